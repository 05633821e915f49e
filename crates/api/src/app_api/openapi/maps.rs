//! What the maps of the pages draw. They take what the pages take, and leave out what they do not understand.

use super::operation::operation;
use super::schema::{described, like, list, object, or_null, point, reference, text, whole, with, words};
use super::shared::{OF_MONEY, needed, query};
use super::spend::area;
use model::{Kind, WeekPart};
use serde_json::{Value, json};

/// `/map`
pub(in crate::app_api) fn map() -> Value {
    let within = json!({"type": "integer", "minimum": 0, "default": 800});
    let get = operation(
        "map",
        "What the map beside a list draws: an area, its neighbours, and what the list shows",
    )
    .takes(needed(query("area", "The id or code of an area.", like("E05999001"))))
    .takes(query("within", "How far from its edge, in metres.", within))
    .takes(query("kind", "Only this kind.", words(Kind::ALL.map(Kind::as_str))))
    .takes(query("category", "Categories or families, commas between.", like("hall")))
    .takes(query("access", "Only places whose source says yes.", words(["step-free"])))
    .takes(query("open", "Only what is open then.", words(WeekPart::ALL.map(WeekPart::as_str))))
    .takes(query("unknown", "Of those two also what no source says.", words(["include"])))
    .takes(query("from_postcode", "Nearest to this postcode first.", text()))
    .takes(query("pick", "The shortlist: ids, commas between.", text()))
    .takes(query("show", "Which parts of the list are unfolded.", text()))
    .takes(query("all", "Which parts of the list are not cut.", text()))
    .takes_shared(&["atLeast"])
    .gives("What to draw", "Map")
    .fails(&[404, 503]);
    json!({"get": get.done()})
}

/// `/spend/map`
pub(in crate::app_api) fn spend_map() -> Value {
    let get =
        operation("spendMap", "What the map of spending draws: boundaries for display, figures, shades")
            .takes_shared(&["level"])
            .takes_shared(&OF_MONEY)
            .takes_shared(&["prices", "atLeast"])
            .gives("What to draw", "SpendMap")
            .fails(&[400, 404, 503]);
    json!({"get": get.done()})
}

/// A feature of GeoJSON with these properties.
fn feature(properties: Value) -> Value {
    let geometry = object(json!({"type": text(), "coordinates": list(json!({}))}), &[]);
    object(
        json!({"type": words(["Feature"]), "id": text(), "geometry": geometry, "properties": properties}),
        &[],
    )
}

fn collection(of: &str) -> Value {
    object(json!({"type": words(["FeatureCollection"]), "features": list(reference(of))}), &[])
}

pub(super) fn schemas() -> Vec<(&'static str, Value)> {
    let outline = json!({"id": text(), "name": text(), "inside": point(), "href": text()});
    let asset = json!({
        "id": text(), "name": text(), "kind": words(Kind::ALL.map(Kind::as_str)), "relation": or_null(text()),
        "shelf": described(text(), "The part of the list in which it is."), "why": text(), "href": text(),
    });
    let shaded = json!({
        "inside": point(), "href": text(), "said": text(),
        "colour": described(or_null(like("#08519c")), "Its shade; null without a figure, and where there is no map."),
    });
    let map = json!({
        "revision": whole(), "area": reference("Outline"), "neighbours": collection("Outline"),
        "assets": collection("MappedAsset"),
    });
    let prices = described(or_null(like("2024-25")), "In whose prices the figures are; null: of the day.");
    let no_map =
        described(or_null(text()), "Why the page draws no map: the figures are the same in each area.");
    let of_money = json!({"revision": whole(), "prices": prices, "no_map": no_map});
    vec![
        ("Outline", feature(object(outline, &[]))),
        ("MappedAsset", feature(object(asset, &[]))),
        ("ShadedArea", feature(with(area(), shaded))),
        ("Map", object(map, &[])),
        ("SpendMap", with(collection("ShadedArea"), of_money)),
    ]
}
