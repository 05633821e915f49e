//! The parameter `datetime`. The official suite checks only its definition; how it is answered is checked here
//! against each feature's own date.

use super::{Service, features};
use serde_json::Value;

pub fn check(service: &Service) {
    for collection in &service.collections {
        let parameter = service.parameter(collection, "datetime");
        assert_eq!(parameter["in"], "query", "datetime is in the query");
        assert_ne!(parameter["required"], true, "datetime is not required");
        assert_eq!(parameter["style"], "form", "datetime: style");
        assert_eq!(parameter["explode"], false, "datetime: explode");
        assert_eq!(parameter["schema"]["type"], "string", "datetime is text");
        answers(service, collection);
        refusals(service, collection);
    }
}

/// The first and last day that a date as its source wrote it may mean, as text: these compare as days do.
fn span(date: &str) -> (String, String) {
    match date.len() {
        4 => (format!("{date}-01-01"), format!("{date}-12-31")),
        7 => (format!("{date}-01"), format!("{date}-31")),
        _ => (date.to_owned(), date.to_owned()),
    }
}

fn answers(service: &Service, collection: &Value) {
    let path = service.items(collection);
    let all = service.server.all_features(&format!("{path}?limit=10000"));
    let cases = [
        ("2023-06-15", "2023-06-15", "2023-06-15"),
        ("2023-06-15T10:00:00Z", "2023-06-15", "2023-06-15"),
        ("2023-06-15T23:30:00-01:00", "2023-06-16", "2023-06-16"),
        ("2023-01-01/2023-12-31", "2023-01-01", "2023-12-31"),
        ("2022-01-01T00:00:00Z/2023-06-30T23:59:59Z", "2022-01-01", "2023-06-30"),
        ("2024-01-01/..", "2024-01-01", "9999-12-31"),
        ("2024-01-01/", "2024-01-01", "9999-12-31"),
        ("../2022-12-31", "0000-01-01", "2022-12-31"),
        ("/2022-12-31T12:00:00Z", "0000-01-01", "2022-12-31"),
        ("1066-10-14", "1066-10-14", "1066-10-14"),
    ];
    for (asked, first, last) in cases {
        let meets = |feature: &&Value| match feature["properties"]["as_of"].as_str() {
            Some(date) => {
                let (from, to) = span(date);
                from.as_str() <= last && to.as_str() >= first
            }
            None => true,
        };
        let wanted = all.iter().filter(meets).count();
        let query = format!("{path}?limit=10000&datetime={asked}");
        let answer = service.server.json(&query);
        assert_eq!(answer["numberMatched"], wanted, "{query}: what shares a day, or has no date");
        assert!(features(&answer).iter().all(|feature| meets(&feature)), "{query}: nothing else");
    }
    if let Some(interval) = collection["extent"]["temporal"]["interval"][0].as_array() {
        let ends: Vec<&str> = interval.iter().filter_map(Value::as_str).collect();
        let within = service.server.json(&format!("{path}?limit=1&datetime={}/{}", ends[0], ends[1]));
        assert_eq!(within["numberMatched"], all.len(), "{path}: its temporal extent holds every date");
    }
}

fn refusals(service: &Service, collection: &Value) {
    let path = service.items(collection);
    for asked in [
        "",
        "..",
        "/",
        "../..",
        "2023",
        "2023-06",
        "2023-02-30",
        "2023-06-15T10:00:00",
        "2023-06-15/2023-06-14",
        "a/b",
    ] {
        let answer = service.server.get(&format!("{path}?datetime={asked}"));
        assert_eq!(answer.status, 400, "{path}: {asked:?} is no date, time or interval");
    }
}
