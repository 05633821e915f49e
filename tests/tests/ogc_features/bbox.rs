//! The parameter `bbox`.

use super::{Service, features, positions};
use serde_json::Value;

/// West, south, east, north.
type Box4 = [f64; 4];

pub fn check(service: &Service) {
    for collection in &service.collections {
        definition(&service.parameter(collection, "bbox"));
        let extent = &collection["extent"]["spatial"]["bbox"][0];
        let extent: Box4 = [0, 1, 2, 3].map(|i| extent[i].as_f64().expect("a number"));
        let boxes = [
            ("its extent", extent),
            ("south-east England", [-1.5, 50.0, 1.5, 53.0]),
            ("the equator", [-80.0, -5.0, -70.0, 5.0]),
            ("the antimeridian", [177.0, 65.0, -177.0, 70.0]),
            ("the north pole", [-180.0, 85.0, 180.0, 90.0]),
            ("the south pole", [-180.0, -90.0, 180.0, -85.0]),
        ];
        for (what, bbox) in boxes {
            response(service, collection, what, bbox);
        }
        without_a_place(service, collection, extent);
    }
}

fn definition(parameter: &Value) {
    assert_eq!(parameter["in"], "query", "bbox is in the query");
    assert_ne!(parameter["required"], true, "bbox is not required");
    assert_eq!(parameter["style"], "form", "bbox: style");
    assert_eq!(parameter["explode"], false, "bbox: explode");
    let schema = &parameter["schema"];
    assert_eq!(schema["type"], "array", "bbox is a list");
    assert_eq!((&schema["minItems"], &schema["maxItems"]), (&4.into(), &6.into()), "bbox: four to six");
    assert_eq!(schema["items"]["type"], "number", "bbox: of numbers");
}

fn response(service: &Service, collection: &Value, what: &str, bbox: Box4) {
    let path = service.items(collection);
    let [west, south, east, north] = bbox;
    let query = format!("{path}?limit=10&bbox={west},{south},{east},{north}");
    let answer = service.server.get(&query);
    assert_eq!(answer.status, 200, "{query} ({what}) answers");
    let body = answer.json();
    for feature in features(&body) {
        let all = positions(&feature["geometry"]);
        assert!(all.is_empty() || may_meet(&all, bbox), "{query} ({what}): {} is in the box", feature["id"]);
    }
    let with_heights = format!("{path}?limit=10&bbox={west},{south},0,{east},{north},100");
    let six = service.server.json(&with_heights);
    assert_eq!(six["features"], body["features"], "{with_heights}: heights change nothing");
}

/// Whether the box around the positions meets the box: what meets it does.
fn may_meet(all: &[(f64, f64)], [west, south, east, north]: Box4) -> bool {
    let low = |of: fn(&(f64, f64)) -> f64| all.iter().map(of).fold(f64::INFINITY, f64::min);
    let high = |of: fn(&(f64, f64)) -> f64| all.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
    let (left, right, bottom, top) = (low(|p| p.0), high(|p| p.0), low(|p| p.1), high(|p| p.1));
    let across = if west <= east { left <= east && right >= west } else { right >= west || left <= east };
    across && bottom <= north && top >= south
}

/// Requirement fc-bbox-response: the parameter matches features without a spatial geometry, too.
fn without_a_place(service: &Service, collection: &Value, extent: Box4) {
    let path = service.items(collection);
    let all = service.server.all_features(&format!("{path}?limit=10000"));
    let unplaced = all.iter().filter(|feature| feature["geometry"].is_null()).count();
    let nowhere = service.server.json(&format!("{path}?bbox=-80,-5,-70,5"));
    assert_eq!(nowhere["numberMatched"], unplaced, "{path}: on the equator there is only what has no place");
    let [west, south, east, north] = extent;
    let everywhere = service.server.json(&format!("{path}?bbox={west},{south},{east},{north}"));
    assert_eq!(everywhere["numberMatched"], all.len(), "{path}: in its extent there is everything");
}
