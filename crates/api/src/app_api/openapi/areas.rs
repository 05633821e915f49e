use super::operation::operation;
use super::schema::{described, list, object, or_null, point, reference, text, whole};
use super::shared::{levels, query};
use serde_json::{Value, json};

/// `/areas`
pub(in crate::app_api) fn areas() -> Value {
    let get = operation("areas", "Areas with the numbers of groups and buildings inside, without boundaries")
        .takes(query("level", "Only the areas of this level.", levels()))
        .takes_shared(&["atLeast"])
        .gives("The areas", "Areas")
        .fails(&[400, 503]);
    json!({"get": get.done()})
}

pub(super) fn schemas() -> Vec<(&'static str, Value)> {
    let area = json!({
        "id": text(), "code": or_null(text()), "name": text(), "level": levels(),
        "vintage": described(whole(), "The year of the boundary."),
        "groups": whole(), "buildings": whole(), "land": whole(),
        "centre": described(point(), "A point inside, for a name."),
    });
    vec![("Area", object(area, &[])), ("Areas", object(json!({"areas": list(reference("Area"))}), &[]))]
}
