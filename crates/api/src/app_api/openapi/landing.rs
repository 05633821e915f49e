use super::operation::operation;
use super::schema::{list, object, reference, text};
use serde_json::{Value, json};

/// `/`
pub(in crate::app_api) fn landing() -> Value {
    json!({"get": operation("landing", "What there is").gives("What this is, with links", "Landing").fails(&[400]).done()})
}

pub(super) fn schemas() -> Vec<(&'static str, Value)> {
    let link = object(json!({"href": text(), "rel": text(), "type": text(), "title": text()}), &[]);
    let landing =
        object(json!({"title": text(), "description": text(), "links": list(reference("Link"))}), &[]);
    vec![("Link", link), ("Landing", landing)]
}
