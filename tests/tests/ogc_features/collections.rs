//! The collections, and each collection.

use super::{Service, id, link};

pub fn check(service: &Service) {
    list(service);
    for collection in &service.collections {
        let id = id(collection);
        let answer = service.server.get(&format!("/ogc/collections/{id}"));
        assert_eq!(answer.status, 200, "the collection {id} answers");
        let one = answer.json();
        for name in ["id", "title", "description", "extent", "crs", "storageCrs", "itemType"] {
            assert_eq!(one[name], collection[name], "{id}: {name} is the same in the list and alone");
        }
        assert!(
            one["title"].is_string() && one["description"].is_string(),
            "{id} has a title and a description"
        );
        assert_eq!(one["itemType"], "feature", "{id} holds features");
        for document in [collection, &one] {
            for (rel, kind) in [
                ("self", "application/json"),
                ("alternate", "text/html"),
                ("items", "application/geo+json"),
                ("items", "text/html"),
                ("items", "text/csv"),
                ("describedby", "application/schema+json"),
                ("license", "text/html"),
            ] {
                assert!(link(document, rel, kind).is_some(), "{id} has a link {rel} of type {kind}");
            }
        }
        assert!(!service.items(collection).contains('?'), "{id}: the items link has no query");
        extent(collection);
        let sources = one["sources"].as_array().expect("sources");
        assert!(!sources.is_empty(), "{id} names its sources");
        for source in sources {
            assert!(
                source["id"].is_string() && source["title"].is_string(),
                "{id}: a source has id and title"
            );
        }
    }
}

fn list(service: &Service) {
    let answer = service.server.get("/ogc/collections");
    assert_eq!(answer.status, 200, "/collections answers");
    let body = answer.json();
    assert!(link(&body, "self", "application/json").is_some(), "/collections has a self link with its type");
    assert!(link(&body, "alternate", "text/html").is_some(), "/collections has an alternate in HTML");
    let html = service.server.get("/ogc/collections?f=html");
    let header = html.header("link").expect("a Link header");
    assert!(
        header.contains("rel=\"alternate\"; type=\"application/json\""),
        "its page leads back to JSON: {header}"
    );
    assert_eq!(
        body["crs"][0], "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
        "the list of reference systems starts with CRS84"
    );
    assert!(!service.collections.is_empty(), "there are collections");
}

fn extent(collection: &serde_json::Value) {
    let id = id(collection);
    let bbox = collection["extent"]["spatial"]["bbox"][0].as_array().expect("a box");
    let numbers: Vec<f64> = bbox.iter().filter_map(|n| n.as_f64()).collect();
    assert_eq!(numbers.len(), 4, "{id}: the box is four numbers");
    assert!(numbers[0] < numbers[2] && numbers[1] < numbers[3], "{id}: the box is the right way round");
    let interval = collection["extent"]["temporal"]["interval"].as_array();
    if let Some(interval) = interval {
        assert_eq!(interval.len(), 1, "{id}: one interval");
        let ends: Vec<&str> =
            interval[0].as_array().expect("ends").iter().filter_map(|end| end.as_str()).collect();
        assert!(ends.len() == 2 && ends[0] < ends[1], "{id}: the interval runs forward: {ends:?}");
        assert!(
            ends.iter().all(|end| end.len() == 20 && end.ends_with('Z')),
            "{id}: RFC 3339 times: {ends:?}"
        );
    }
}
