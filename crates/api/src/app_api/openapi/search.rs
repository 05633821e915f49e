use super::operation::operation;
use super::schema::{described, list, object, or_null, point, reference, text, whole, words};
use super::shared::{levels, needed, query};
use crate::app_api::search::{DEFAULT, MOST};
use model::Kind;
use serde_json::{Value, json};

/// `/search`
pub(in crate::app_api) fn search() -> Value {
    let limit = json!({"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT});
    let what = json!({"type": "string", "minLength": 1, "example": "hall in Millbrook"});
    let get = operation("search", "Areas, postcodes, places and assets, best first")
        .about("Names, summaries, addresses, postcodes, register numbers, area codes and everyday words for categories, in any order, unfinished or with typing errors.")
        .takes(needed(query("q", "What to look for.", what)))
        .takes(query("limit", "How many results at most.", limit))
        .takes_shared(&["atLeast"])
        .gives("What was found", "Found")
        .fails(&[400, 503]);
    json!({"get": get.done()})
}

pub(super) fn schemas() -> Vec<(&'static str, Value)> {
    let wards = || {
        described(
            list(reference("FoundArea")),
            "The wards of today in which it lies, the largest part first.",
        )
    };
    let says = || described(or_null(text()), "The same in words.");
    let area = json!({
        "type": words(["area"]), "id": text(), "code": or_null(text()), "name": text(), "level": levels(),
        "vintage": whole(), "href": text(), "became": wards(), "says": says(),
    });
    let postcode = json!({
        "type": words(["postcode"]), "name": text(), "position": or_null(point()), "says": says(),
        "area": described(or_null(reference("FoundArea")), "The ward in which it lies."),
    });
    let place = json!({
        "type": words(["place"]), "name": text(), "level": or_null(levels()), "code": or_null(text()),
        "became": wards(), "says": says(),
    });
    let asset = json!({
        "type": words(["asset"]), "id": text(), "name": text(), "kind": words(Kind::ALL.map(Kind::as_str)),
        "category": or_null(text()), "address": or_null(text()), "postcode": or_null(text()),
        "ward_name": or_null(text()), "href": text(),
    });
    let all = ["FoundArea", "FoundPostcode", "FoundPlace", "FoundAsset"];
    let found = object(json!({"q": text(), "results": list(json!({"oneOf": all.map(reference)}))}), &[]);
    vec![
        ("FoundArea", object(area, &["became", "says"])),
        ("FoundPostcode", object(postcode, &[])),
        ("FoundPlace", object(place, &[])),
        ("FoundAsset", object(asset, &[])),
        ("Found", found),
    ]
}
