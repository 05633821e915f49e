use super::operation::{Operation, operation};
use super::schema::{
    by_name, described, like, list, object, or_null, point, reference, text, whole, words, yes_or_no,
};
use super::shared::query;
use crate::app_api::assets::MOST_HAPPENINGS;
use model::{Category, EDITABLE, Kind, Status, Visibility};
use serde_json::{Value, json};

/// `/assets`
pub(in crate::app_api) fn assets() -> Value {
    let location = json!({"description": "Where it is", "schema": text()});
    let body = json!({"fields": {"kind": "building", "name": "Ash Hall", "categories": ["hall"]}, "reason": "opened in May"});
    let post = operation("create", "A new group or building")
        .about("kind and name are needed. A request that was sent before with the same Idempotency-Key is a 200 with what it made.")
        .takes_shared(&["idempotencyKey"])
        .reads("Change", body)
        .gives("It was made before", "AssetState")
        .also(201, "It was made", ("Location", location))
        .fails(&[400, 422, 503])
        .for_editors();
    json!({"post": post.done()})
}

/// `/assets/{id}`
pub(in crate::app_api) fn asset() -> Value {
    let get = operation("asset", "One group or building, for those who look after it")
        .takes_shared(&["assetId"])
        .gives("All its fields, and which people have changed", "AssetState")
        .fails(&[404, 503])
        .for_editors();
    let all: Value = EDITABLE.iter().map(|field| ((*field).to_owned(), example(field))).collect();
    let put = change("replace", "All fields as they shall be").reads("Change", json!({"fields": all}));
    let some = json!({"fields": {"phone": "0161 496 0000"}, "reason": "seen on their door"});
    let patch = change("change", "Some fields as they shall be").reads("Change", some);
    let delete =
        change("retire", "Takes it out: found by nobody, kept with its history, not brought back by imports");
    json!({
        "get": get.done(),
        "put": put.fails(&[422]).done(),
        "patch": patch.fails(&[422]).done(),
        "delete": delete.fails(&[422]).done(),
    })
}

/// `/assets/{id}/restore`
pub(in crate::app_api) fn restore() -> Value {
    json!({"post": change("restore", "Puts it back").fails(&[422]).done()})
}

/// `/assets/{id}/history`
pub(in crate::app_api) fn history() -> Value {
    let limit =
        json!({"type": "integer", "minimum": 1, "maximum": MOST_HAPPENINGS, "default": MOST_HAPPENINGS});
    let get = operation("history", "What happened to it, newest first")
        .takes_shared(&["assetId"])
        .takes(query("before", "Only what happened before this revision; next leads on.", whole()))
        .takes(query("limit", "How many happenings on a page; more is cut to the most.", limit))
        .gives("A page of what happened", "History")
        .fails(&[400, 404, 503])
        .for_editors();
    json!({"get": get.done()})
}

/// What changes an asset that is there.
fn change(id: &'static str, summary: &'static str) -> Operation {
    operation(id, summary)
        .takes_shared(&["assetId", "ifMatch", "idempotencyKey"])
        .gives("As it is now", "AssetState")
        .fails(&[400, 404, 409, 428, 503])
        .for_editors()
}

/// The schema of a field that may be changed.
fn field(name: &str) -> Value {
    match name {
        "kind" => words(Kind::ALL.map(Kind::as_str)),
        "visibility" => {
            words([Visibility::Public, Visibility::Staff, Visibility::Hidden].map(Visibility::as_str))
        }
        "status" => words([Status::Open, Status::Closed].map(Status::as_str)),
        "name" => text(),
        "categories" => list(words(Category::all().map(Category::id))),
        "position" => or_null(point()),
        "facilities" => list(object(json!({"label": text(), "value": text()}), &[])),
        "serves" => described(list(like("E05999001")), "The areas that it works across, by code."),
        "identifiers" => list(like("GB-CHC-1234567")),
        _ => or_null(text()),
    }
}

/// A value of a field, as an example.
fn example(field: &str) -> Value {
    match field {
        "kind" => json!("building"),
        "visibility" => json!("public"),
        "status" => json!("open"),
        "name" => json!("Ash Hall"),
        "categories" => json!(["hall"]),
        "facilities" | "serves" | "identifiers" => json!([]),
        _ => Value::Null,
    }
}

pub(super) fn schemas() -> Vec<(&'static str, Value)> {
    let fields: Value = EDITABLE.iter().map(|name| ((*name).to_owned(), field(name))).collect();
    let change = json!({
        "fields": reference("Changes"),
        "reason": described(or_null(text()), "Why, in the person's words; history shows it."),
    });
    let edited = json!({
        "field": words(EDITABLE.iter().copied()), "by": text(), "at": time(), "value": any(), "source_says": any(),
        "disagrees": described(yes_or_no(), "Whether the source has changed its mind since."),
    });
    let located = object(json!({"position": point(), "quality": text()}), &[]);
    let state = json!({
        "id": text(), "revision": described(whole(), "The same as the ETag."), "retired": yes_or_no(),
        "source": text(), "fields": reference("Fields"), "located": or_null(located),
        "edited": list(reference("EditedField")),
    });
    let happening = json!({
        "revision": whole(), "at": time(), "by": described(or_null(text()), "By whom; null for an import."),
        "what": words(["created", "changed", "retired", "restored", "imported"]),
        "run": described(or_null(whole()), "The import, if it was one."),
        "fields": described(by_name(json!({"type": "array", "items": {}, "minItems": 2, "maxItems": 2})), "What each field was before, and what after."),
        "reason": or_null(text()),
    });
    let history = json!({
        "history": list(reference("Happening")),
        "next": described(or_null(text()), "The address of the next page."),
    });
    vec![
        ("Fields", object(fields.clone(), &[])),
        ("Changes", object(fields, EDITABLE)),
        ("Change", object(change, &["reason"])),
        ("EditedField", object(edited, &[])),
        ("AssetState", object(state, &[])),
        ("Happening", object(happening, &[])),
        ("History", object(history, &[])),
    ]
}

fn time() -> Value {
    json!({"type": "string", "format": "date-time"})
}

/// A value of any type.
fn any() -> Value {
    json!({"nullable": true})
}
