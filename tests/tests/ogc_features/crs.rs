//! Part 2: reference systems.

use super::{Service, id, ids};
use serde_json::Value;

const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
const UNSUPPORTED: &str = "http://www.opengis.net/def/crs/0/unsupported";

pub fn check(service: &Service) {
    for collection in &service.collections {
        let systems = discovery(collection);
        let path = service.items(collection);
        let first = service.server.json(&format!("{path}?limit=10"));
        let feature = ids(&first)[0].to_owned();
        for items in [format!("{path}?limit=10"), format!("{path}/{feature}?")] {
            let plain = service.server.get(&items);
            let angled = format!("<{CRS84}>");
            assert_eq!(
                plain.header("content-crs"),
                Some(angled.as_str()),
                "{items}: CRS84 when none is asked for"
            );
            for crs in &systems {
                let answer = service.server.get(&format!("{items}&crs={crs}"));
                assert_eq!(answer.status, 200, "{items} answers in {crs}");
                let angled = format!("<{crs}>");
                assert_eq!(
                    answer.header("content-crs"),
                    Some(angled.as_str()),
                    "{items}: Content-Crs of {crs}"
                );
            }
            let answer = service.server.get(&format!("{items}&crs={UNSUPPORTED}"));
            assert_eq!(answer.status, 400, "{items}: an unsupported crs is a 400");
        }
        for crs in &systems {
            let page = service.server.json(&format!("{path}?limit=10&crs={crs}"));
            assert_eq!(ids(&page), ids(&first), "{path}: the same page in {crs}");
        }
        boxes(service, collection, &systems);
    }
}

fn discovery(collection: &Value) -> Vec<String> {
    let systems: Vec<String> = collection["crs"]
        .as_array()
        .expect("crs is a list")
        .iter()
        .filter_map(|crs| crs.as_str().map(str::to_owned))
        .collect();
    assert!(!systems.is_empty(), "{} lists reference systems", id(collection));
    for crs in &systems {
        let parts: Vec<&str> = crs.trim_start_matches("http://www.opengis.net/def/crs/").split('/').collect();
        assert!(
            crs.starts_with("http://www.opengis.net/def/crs/") && parts.len() == 3,
            "an address of a crs: {crs}"
        );
    }
    assert!(systems.contains(&CRS84.to_owned()), "{} is served in CRS84", id(collection));
    let storage = collection["storageCrs"].as_str().expect("storageCrs");
    assert!(systems.contains(&storage.to_owned()), "{}: storageCrs is one of crs", id(collection));
    systems
}

/// The extent, read from the server itself in each system: the corners of the box around the features.
fn boxes(service: &Service, collection: &Value, systems: &[String]) {
    let path = service.items(collection);
    let extent = &collection["extent"]["spatial"]["bbox"][0];
    let [west, south, east, north] = [0, 1, 2, 3].map(|i| extent[i].as_f64().expect("a number"));
    let in_crs84 = service.server.json(&format!("{path}?limit=10&bbox={west},{south},{east},{north}"));
    for crs in systems {
        let all = service.server.all_features(&format!("{path}?limit=10000&crs={crs}"));
        let positions: Vec<(f64, f64)> = all.iter().flat_map(|f| super::positions(&f["geometry"])).collect();
        if positions.is_empty() {
            assert!(
                all.iter().all(|f| f["geometry"].is_null()),
                "{path}: there is nothing to draw a box around"
            );
            continue;
        }
        // A little more than what the last decimal was rounded by.
        let margin = if crs.ends_with("27700") || crs.ends_with("3857") { 0.02 } else { 2e-7 };
        let low =
            |of: fn(&(f64, f64)) -> f64| positions.iter().map(of).fold(f64::INFINITY, f64::min) - margin;
        let high =
            |of: fn(&(f64, f64)) -> f64| positions.iter().map(of).fold(f64::NEG_INFINITY, f64::max) + margin;
        let bbox = format!("{},{},{},{}", low(|p| p.0), low(|p| p.1), high(|p| p.0), high(|p| p.1));
        let query = format!("{path}?limit=10&bbox={bbox}&bbox-crs={crs}");
        let found = service.server.json(&query);
        let known = ids(&in_crs84);
        assert!(ids(&found).iter().all(|id| known.contains(id)), "{query}: the features of the box in CRS84");
        assert_eq!(found["numberMatched"], all.len(), "{query}: all of them are in the box around them");
        // What the server places in one system it finds there by the same numbers.
        if let Some(feature) = all.iter().find(|f| f["geometry"]["type"] == "Point") {
            let (x, y) = super::positions(&feature["geometry"])[0];
            let around = format!("{},{},{},{}", x - margin, y - margin, x + margin, y + margin);
            let found = service.server.json(&format!("{path}?limit=10000&bbox={around}&bbox-crs={crs}"));
            let id = feature["id"].as_str().expect("an id");
            assert!(ids(&found).contains(&id), "{path}: {id} is where it is said to be in {crs}");
        }
    }
    let answer =
        service.server.get(&format!("{path}?bbox={west},{south},{east},{north}&bbox-crs={UNSUPPORTED}"));
    assert_eq!(answer.status, 400, "{path}: an unsupported bbox-crs is a 400");
}
