//! The features of a collection, and one feature.

use super::{Service, features, id, ids, link, positions};
use serde_json::Value;
use std::collections::HashSet;

pub fn check(service: &Service) {
    for collection in &service.collections {
        page(service, collection);
        number_matched(service, collection);
        back_again(service, collection);
        one(service, collection);
        hits_and_ids(service, collection);
    }
}

fn page(service: &Service, collection: &Value) {
    let path = service.items(collection);
    let answer = service.server.get(&format!("{path}?limit=10"));
    assert_eq!(answer.status, 200, "{path} answers");
    assert_eq!(answer.header("content-type"), Some("application/geo+json"), "{path} is GeoJSON");
    let body = answer.json();
    assert_eq!(body["type"], "FeatureCollection", "{path}: the type of the whole");
    for feature in features(&body) {
        assert_eq!(feature["type"], "Feature", "{path}: the type of each");
        assert!(feature["id"].is_string() && feature["properties"].is_object(), "{path}: id and properties");
        for (lon, lat) in positions(&feature["geometry"]) {
            assert!(lon.abs() <= 180.0 && lat.abs() <= 90.0, "{path}: longitude and latitude: {lon} {lat}");
        }
    }
    for (rel, kind) in [
        ("self", "application/geo+json"),
        ("alternate", "text/html"),
        ("alternate", "text/csv"),
        ("collection", "application/json"),
    ] {
        assert!(link(&body, rel, kind).is_some(), "{path} has a link {rel} of type {kind}");
    }
    let time = body["timeStamp"].as_str().expect("a timeStamp");
    assert!(
        time.len() == 20 && time.as_bytes()[10] == b'T' && time.ends_with('Z'),
        "{path}: timeStamp {time}"
    );
    assert_eq!(
        body["numberReturned"].as_u64(),
        Some(features(&body).len() as u64),
        "{path}: numberReturned is the number of features"
    );
    assert_eq!(
        answer.header("ogc-numbermatched").map(str::to_owned),
        Some(body["numberMatched"].to_string()),
        "{path}: the header says numberMatched too"
    );
    let attributed = collection["attribution"].as_str().expect("an attribution");
    assert_eq!(body["attribution"], attributed, "{path}: the words that the licences want");
}

fn number_matched(service: &Service, collection: &Value) {
    let path = service.items(collection);
    for limit in [7, 10_000] {
        let mut met = HashSet::new();
        let first = service.server.json(&format!("{path}?limit={limit}"));
        let matched = first["numberMatched"].as_u64().expect("numberMatched");
        let mut page = first;
        loop {
            assert_eq!(page["numberMatched"], matched, "{path}: each page says the same numberMatched");
            met.extend(ids(&page).into_iter().map(str::to_owned));
            let Some(next) = link(&page, "next", "application/geo+json") else { break };
            assert!(!features(&page).is_empty() && next.contains('?'), "{path}: next follows features");
            page = service.server.json(&next);
        }
        assert_eq!(met.len() as u64, matched, "{path}: walking next in pages of {limit} meets numberMatched");
        assert_eq!(collection["itemCount"], matched, "{path}: itemCount is numberMatched");
    }
}

fn back_again(service: &Service, collection: &Value) {
    let path = service.items(collection);
    let mut forth: Vec<Vec<String>> = Vec::new();
    let owned = |page: &Value| ids(page).into_iter().map(str::to_owned).collect::<Vec<_>>();
    let mut page = service.server.json(&format!("{path}?limit=7"));
    assert!(
        link(&page, "prev", "application/geo+json").is_none(),
        "{path}: nothing is before the first page"
    );
    while let Some(next) = link(&page, "next", "application/geo+json") {
        forth.push(owned(&page));
        page = service.server.json(&next);
    }
    while let Some(before) = link(&page, "prev", "application/geo+json") {
        page = service.server.json(&before);
        assert_eq!(Some(owned(&page)), forth.pop(), "{path}: prev leads to the page before");
    }
    assert!(forth.is_empty(), "{path}: prev leads back to the first page");
}

fn one(service: &Service, collection: &Value) {
    let path = service.items(collection);
    let page = service.server.json(&format!("{path}?limit=3"));
    for feature in features(&page) {
        let at = format!("{path}/{}", feature["id"].as_str().expect("an id"));
        let answer = service.server.get(&at);
        assert_eq!(answer.status, 200, "{at} answers");
        assert_eq!(answer.header("content-type"), Some("application/geo+json"), "{at} is GeoJSON");
        let alone = answer.json();
        for name in ["id", "type", "geometry", "properties"] {
            assert_eq!(alone[name], feature[name], "{at}: {name} is the same alone and in the list");
        }
        for (rel, kind) in
            [("self", "application/geo+json"), ("alternate", "text/html"), ("collection", "application/json")]
        {
            let href =
                link(&alone, rel, kind).unwrap_or_else(|| panic!("{at} has a link {rel} of type {kind}"));
            assert_eq!(service.server.get(&href).status, 200, "{at}: the link {rel} leads somewhere");
        }
        let uprn = &feature["properties"]["uprn"];
        assert!(uprn.is_null() || uprn.is_string(), "{at}: a UPRN is text: {uprn}");
    }
    assert_eq!(
        service.server.get(&format!("{path}/nonsense")).status,
        404,
        "{}: no such feature",
        id(collection)
    );
}

fn hits_and_ids(service: &Service, collection: &Value) {
    let path = service.items(collection);
    let hits = service.server.json(&format!("{path}?resultType=hits"));
    assert!(features(&hits).is_empty(), "{path}: hits come without features");
    assert_eq!(hits["numberMatched"], collection["itemCount"], "{path}: hits say how many there are");
    assert_eq!(hits["numberReturned"], 0, "{path}: none is returned");
    let some = service.server.json(&format!("{path}?limit=3"));
    let asked = format!("{path}?ids={}", ids(&some).join(","));
    let mut found = service.server.json(&asked);
    assert_eq!(found["numberMatched"], ids(&some).len(), "{path}: as many as ids");
    let mut wanted = ids(&some);
    wanted.sort_unstable();
    let list = found["features"].as_array_mut().expect("features");
    list.sort_by_key(|feature| feature["id"].to_string());
    assert_eq!(ids(&found), wanted, "{path}: ids gives those");
}
