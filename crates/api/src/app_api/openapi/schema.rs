//! What answers are made of: short words for schemas, and all of those that have names.

use super::{areas, assets, categories, landing, lines, maps, search, spend};
use serde_json::{Map, Value, json};

/// Every schema, by name.
pub(super) fn all() -> Value {
    let resources = [
        landing::schemas(),
        search::schemas(),
        areas::schemas(),
        categories::schemas(),
        assets::schemas(),
        spend::schemas(),
        lines::schemas(),
        maps::schemas(),
    ];
    let mut all = Map::new();
    all.insert("Problem".into(), problem());
    for schemas in resources {
        all.extend(schemas.into_iter().map(|(name, schema)| (name.to_owned(), schema)));
    }
    all.into()
}

/// What is wrong, in words (RFC 9457).
fn problem() -> Value {
    let mut problem = object(
        json!({
            "type": text(), "title": text(), "status": whole(),
            "detail": described(text(), "What was wrong, and what there is."),
            "field": described(text(), "The field whose value can't be so."),
            "revision": described(whole(), "What the asset's revision is now, where somebody was faster."),
            "yours": described(reference("Changes"), "What you wanted."),
            "theirs": described(reference("Changes"), "What the same fields say now."),
        }),
        &["field", "revision", "yours", "theirs"],
    );
    problem["additionalProperties"] = json!(true);
    problem
}

/// A schema by its name.
pub(super) fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// An object with all these members, but for those that may be left out.
pub(super) fn object(properties: Value, optional: &[&str]) -> Value {
    let names = properties.as_object().into_iter().flat_map(Map::keys);
    let required: Vec<&String> = names.filter(|name| !optional.contains(&name.as_str())).collect();
    let mut object = json!({"type": "object", "properties": properties});
    // an empty list is not allowed
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    object
}

/// The members of one object and more.
pub(super) fn with(mut object: Value, more: Value) -> Value {
    for (name, schema) in more.as_object().into_iter().flatten() {
        object["properties"][name] = schema.clone();
        match object.get_mut("required").and_then(Value::as_array_mut) {
            Some(required) => required.push(json!(name)),
            None => object["required"] = json!([name]),
        }
    }
    object
}

/// An object whose members all are of a kind, whatever they are called.
pub(super) fn by_name(of: Value) -> Value {
    json!({"type": "object", "additionalProperties": of})
}

pub(super) fn text() -> Value {
    json!({"type": "string"})
}

pub(super) fn like(example: &str) -> Value {
    json!({"type": "string", "example": example})
}

/// One of some words.
pub(super) fn words<'w>(words: impl IntoIterator<Item = &'w str>) -> Value {
    json!({"type": "string", "enum": words.into_iter().collect::<Vec<_>>()})
}

pub(super) fn whole() -> Value {
    json!({"type": "integer"})
}

/// Money, in pence; below zero for a credit.
pub(super) fn pence() -> Value {
    json!({"type": "integer", "format": "int64"})
}

pub(super) fn yes_or_no() -> Value {
    json!({"type": "boolean"})
}

pub(super) fn list(of: Value) -> Value {
    json!({"type": "array", "items": of})
}

/// Longitude, latitude.
pub(super) fn point() -> Value {
    json!({"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2})
}

pub(super) fn described(schema: Value, description: &str) -> Value {
    match schema.get("$ref") {
        // what stands beside a reference is passed over
        Some(_) => json!({"allOf": [schema], "description": description}),
        None => {
            let mut schema = schema;
            schema["description"] = json!(description);
            schema
        }
    }
}

/// The same, or null where it is not known or does not apply.
pub(super) fn or_null(schema: Value) -> Value {
    if schema.get("$ref").is_some() {
        return json!({"nullable": true, "allOf": [schema]});
    }
    let mut schema = schema;
    if let Some(words) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        words.push(Value::Null);
    }
    schema["nullable"] = json!(true);
    schema
}
