use super::operation::operation;
use super::schema::{list, object, reference, text, words};
use model::{Category, Family};
use serde_json::{Value, json};

/// `/categories`
pub(in crate::app_api) fn categories() -> Value {
    let get = operation("categories", "The categories in their families")
        .takes_shared(&["atLeast"])
        .gives("The taxonomy", "Categories")
        .fails(&[400, 503]);
    json!({"get": get.done()})
}

pub(super) fn schemas() -> Vec<(&'static str, Value)> {
    let category = object(json!({"id": words(Category::all().map(Category::id)), "title": text()}), &[]);
    let families = Family::ALL.iter().map(|family| family.id());
    let family = json!({"id": words(families), "title": text(), "categories": list(reference("Category"))});
    vec![
        ("Category", category),
        ("Family", object(family, &[])),
        ("Categories", object(json!({"families": list(reference("Family"))}), &[])),
    ]
}
