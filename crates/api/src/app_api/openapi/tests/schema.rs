//! Whether a value is as a schema says: types, members that are needed, and none that is not described.

use serde_json::{Map, Value};

/// What is wrong with a value, each with its place in it.
pub(super) fn mistakes(description: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let schema = resolved(description, schema);
    if value.is_null() {
        let may_be = schema["nullable"] == true || schema.as_object().is_some_and(Map::is_empty);
        return if may_be { Vec::new() } else { vec![format!("{at} is null")] };
    }
    if let Some(all) = schema["allOf"].as_array() {
        return all.iter().flat_map(|one| mistakes(description, one, value, at)).collect();
    }
    if let Some(any) = schema["oneOf"].as_array() {
        let of_each: Vec<_> = any.iter().map(|one| mistakes(description, one, value, at)).collect();
        return match of_each.iter().filter(|mistakes| mistakes.is_empty()).count() {
            1 => Vec::new(),
            n => vec![format!("{at} is {n} of those that it may be: {of_each:?}")],
        };
    }
    let mut found = Vec::new();
    let is_of_type = match schema["type"].as_str() {
        None => true,
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("number") => value.is_number(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some(other) => panic!("no type {other}"),
    };
    if !is_of_type {
        found.push(format!("{at} is no {}: {value}", schema["type"]));
    }
    if schema["enum"].as_array().is_some_and(|words| !words.contains(value)) {
        found.push(format!("{at} is none of {}: {value}", schema["enum"]));
    }
    for (i, item) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(mistakes(description, &schema["items"], item, &format!("{at}[{i}]")));
    }
    if let Some(members) = value.as_object() {
        found.extend(of_members(description, schema, members, at));
    }
    found
}

fn of_members(description: &Value, schema: &Value, members: &Map<String, Value>, at: &str) -> Vec<String> {
    let names = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let mut found: Vec<String> =
        names.filter(|name| !members.contains_key(*name)).map(|name| format!("{at} has no {name}")).collect();
    for (name, member) in members {
        let at = format!("{at}.{name}");
        match (schema["properties"].get(name), &schema["additionalProperties"]) {
            (Some(schema), _) | (None, schema @ Value::Object(_)) => {
                found.extend(mistakes(description, schema, member, &at));
            }
            (None, Value::Bool(true)) => {}
            (None, _) if schema["properties"].is_null() => {}
            (None, _) => found.push(format!("{at} is not described")),
        }
    }
    found
}

/// What a reference stands for.
pub(super) fn resolved<'d>(description: &'d Value, schema: &'d Value) -> &'d Value {
    match schema["$ref"].as_str() {
        None => schema,
        Some(reference) => {
            let place = reference.strip_prefix('#').expect("a place in the description");
            description.pointer(place).unwrap_or_else(|| panic!("there is no {reference}"))
        }
    }
}

#[test]
fn what_is_not_as_described_is_found() {
    let description = serde_json::json!({"a": {"type": "object", "required": ["n"], "properties": {
        "n": {"type": "integer"}, "word": {"type": "string", "enum": ["x", null], "nullable": true},
        "list": {"type": "array", "items": {"oneOf": [{"type": "string"}, {"type": "boolean"}]}},
    }}});
    for (value, expected) in [
        (serde_json::json!({"n": 1, "word": null, "list": ["a", true]}), ""),
        (serde_json::json!({"n": 1.5}), "v.n is no \"integer\": 1.5"),
        (serde_json::json!({"n": null}), "v.n is null"),
        (serde_json::json!({}), "v has no n"),
        (serde_json::json!({"n": 1, "word": "y"}), "v.word is none of [\"x\",null]: \"y\""),
        (serde_json::json!({"n": 1, "more": 1}), "v.more is not described"),
    ] {
        let found = mistakes(&description, &serde_json::json!({"$ref": "#/a"}), &value, "v");
        assert_eq!(found.join("; "), expected);
    }
    let of_none = serde_json::json!({"n": 1, "list": [3]});
    assert!(!mistakes(&description, &description["a"], &of_none, "v").is_empty());
}
