//! Whether the description is true: every route has an entry, every method that it names is answered and no other, and
//! answers are as their schemas say.

mod schema;

use crate::spend::fixture::{Answer, WARD, change, get, get_of_none, send};
use axum::http::StatusCode;
use schema::{mistakes, resolved};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

fn description() -> Value {
    get("/api/openapi.json").json()
}

fn paths(description: &Value) -> impl Iterator<Item = (&str, &Value)> {
    description["paths"].as_object().expect("paths").iter().map(|(path, item)| (path.as_str(), item))
}

/// A good request of each path that is read; those of a new path are to be added here.
fn addresses(path: &str) -> Vec<String> {
    let asset = || get("/ogc/collections/assets/items?limit=1").json()["features"][0]["id"].clone();
    let line = || get(&format!("/api/spend/{WARD}/lines?limit=1")).json()["lines"][0]["id"].clone();
    let id = |id: Value| id.as_str().expect("an id").to_owned();
    match path {
        "/" => vec!["".into()],
        "/search" => ["hall", "QX1", "Millbrook", "QX1 1AA"]
            .map(|q| format!("/search?q={}", q.replace(' ', "+")))
            .to_vec(),
        "/areas" => vec!["/areas".into(), "/areas?level=ward".into()],
        "/assets/{id}" => vec![format!("/assets/{}", id(asset()))],
        "/assets/{id}/history" => vec![format!("/assets/{}/history?limit=5", id(asset()))],
        "/spend" => {
            vec![
                "/spend".into(),
                "/spend?year=2019-20&prices=2024-25".into(),
                "/spend?year=2019-20&class=levy".into(),
            ]
        }
        "/spend/{code}" => vec![
            format!("/spend/{WARD}"),
            format!("/spend/{WARD}?prices=2024-25"),
            format!("/spend/{WARD}?basis=awarded"),
        ],
        "/spend/{code}/lines" => vec![format!("/spend/{WARD}/lines?limit=5"), format!("/spend/{WARD}/lines")],
        "/spend/lines/{id}" => vec![format!("/spend/lines/{}?level=lsoa", id(line()))],
        "/map" => vec![format!("/map?area={WARD}")],
        "/categories" | "/spend/map" | "/openapi.json" => vec![path.to_owned()],
        _ => panic!("{path}: say by which request it is tried"),
    }
}

/// A good request, by somebody who may change things.
fn read(address: &str) -> Answer {
    send("GET", &format!("/api{address}"))
}

#[test]
fn every_route_is_described() {
    let description = description();
    let described: BTreeSet<&str> = paths(&description).map(|(path, _)| path).collect();
    // routes of the API's own are added with their description; those of the pages are looked for in the code
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pages")];
    let mut found = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let code = std::fs::read_to_string(&path).unwrap();
            for route in code.split(".route(\"/api").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(described.contains(route), "{route} is not described");
                found += 1;
            }
        }
    }
    assert_eq!(found, 2, "the maps");
}

#[test]
fn each_path_answers_the_methods_that_are_named_and_no_other() {
    let description = description();
    for (path, item) in paths(&description) {
        let address = path.replace("{id}", "nobody").replace("{code}", WARD);
        for method in METHODS {
            let answer = send(&method.to_uppercase(), &format!("/api{address}"));
            let is_answered = answer.status != StatusCode::METHOD_NOT_ALLOWED;
            assert_eq!(is_answered, item.get(method).is_some(), "{method} {path}");
        }
    }
}

#[test]
fn answers_are_as_described() {
    let description = description();
    for (path, item) in paths(&description).filter(|(_, item)| item.get("get").is_some()) {
        let content = &item["get"]["responses"]["200"]["content"];
        for address in addresses(path) {
            let answer = read(&address);
            let kind = answer.header("content-type");
            let found = mistakes(&description, &content[kind]["schema"], &answer.json(), "answer");
            assert!(content.get(kind).is_some(), "{address}: {kind} is not described");
            assert!(found.is_empty(), "{address}:\n{}", found.join("\n"));
            for header in item["get"]["responses"]["200"]["headers"].as_object().into_iter().flatten() {
                let is_there = answer.headers.contains_key(header.0.as_str());
                assert!(is_there, "{address}: no {}", header.0);
            }
            if content.get("text/csv").is_some() {
                let mark = if address.contains('?') { '&' } else { '?' };
                let table = read(&format!("{address}{mark}f=csv"));
                assert!(table.header("content-type").starts_with("text/csv"), "{address}");
            }
        }
    }
}

#[test]
fn parameters_are_those_that_are_taken() {
    let description = description();
    for (path, item) in paths(&description).filter(|(_, item)| item.get("get").is_some()) {
        // the maps take what the pages take, and one asset takes nothing and looks at nothing
        if ["/map", "/spend/map", "/assets/{id}"].contains(&path) {
            continue;
        }
        let parameters = item["get"]["parameters"].as_array().unwrap().iter();
        let parameters = parameters.map(|parameter| resolved(&description, parameter));
        let in_query = parameters.filter(|parameter| parameter["in"] == "query");
        let described: BTreeSet<&str> = in_query.filter_map(|parameter| parameter["name"].as_str()).collect();
        let address = addresses(path).remove(0);
        let mark = if address.contains('?') { '&' } else { '?' };
        let refused = send("GET", &format!("/api{address}{mark}nonsense=1"));
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{path}: {}", refused.text);
        let problem: Value = serde_json::from_str(&refused.text).unwrap();
        let detail = problem["detail"].as_str().unwrap();
        let taken = detail.split_once("there are ").map_or("", |(_, names)| names);
        let taken: BTreeSet<&str> = taken.split(", ").filter(|name| !name.is_empty()).collect();
        assert_eq!(described, taken, "{path}");
    }
}

#[test]
fn failures_are_as_described() {
    let description = description();
    let problem = &description["components"]["schemas"]["Problem"];
    for (method, address, status) in [
        ("GET", "/api/search", 400),
        ("GET", "/api/areas?level=moon", 400),
        ("GET", "/api/assets/nobody", 404),
        ("POST", "/api/assets", 400),
        ("DELETE", "/api/assets/00000000-0000-0000-0000-000000000000", 428),
        ("GET", "/api/spend/E05999999", 404),
        ("GET", "/api/map?area=nowhere", 404),
        ("GET", "/api/nothing", 404),
    ] {
        let answer = send(method, address);
        assert_eq!(answer.status.as_u16(), status, "{address}: {}", answer.text);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{address}");
        let body: Value = serde_json::from_str(&answer.text).unwrap();
        assert_eq!(mistakes(&description, problem, &body, "problem"), Vec::<String>::new(), "{address}");
    }
    let without_token = get("/api/assets/nobody");
    assert_eq!(without_token.status, StatusCode::UNAUTHORIZED);
    assert_eq!(get_of_none("/api/spend").status, StatusCode::NOT_FOUND);
}

#[test]
fn changes_are_as_described() {
    let description = description();
    let operation = |path: &str, method: &str| description["paths"][path][method].clone();
    let example =
        |operation: &Value| operation["requestBody"]["content"]["application/json"]["example"].clone();
    let check = |operation: &Value, answer: &Answer| {
        let described = resolved(&description, &operation["responses"][answer.status.as_str()]);
        let kind = answer.header("content-type");
        let body: Value = serde_json::from_str(&answer.text).unwrap();
        assert!(described["content"].get(kind).is_some(), "{} {kind}: {body}", answer.status);
        let found = mistakes(&description, &described["content"][kind]["schema"], &body, "answer");
        assert_eq!(found, Vec::<String>::new(), "{}", answer.status);
        body
    };
    let (create, again) = (operation("/assets", "post"), [("idempotency-key", "once")]);
    let made = change("POST", "/api/assets", &again, &example(&create));
    assert_eq!((made.status, made.headers.contains_key("location")), (StatusCode::CREATED, true));
    let address = format!("/api/assets/{}", check(&create, &made)["id"].as_str().unwrap());
    let repeated = change("POST", "/api/assets", &again, &example(&create));
    assert_eq!(repeated.status, StatusCode::OK);
    check(&create, &repeated);
    let mut seen = made.header("etag").to_owned();
    for (path, method) in [
        ("/assets/{id}", "patch"),
        ("/assets/{id}", "put"),
        ("/assets/{id}", "delete"),
        ("/assets/{id}/restore", "post"),
    ] {
        let operation = operation(path, method);
        let body = example(&operation);
        let address = format!("{address}{}", path.trim_start_matches("/assets/{id}"));
        let method = method.to_uppercase();
        let schema = &description["components"]["schemas"]["Change"];
        assert!(body.is_null() || mistakes(&description, schema, &body, "body").is_empty(), "{method}");
        let unseen = change(&method, &address, &[], &body);
        assert_eq!(unseen.status, StatusCode::PRECONDITION_REQUIRED, "{method}");
        check(&operation, &unseen);
        let done = change(&method, &address, &[("if-match", &seen)], &body);
        assert_eq!(done.status, StatusCode::OK, "{method}: {}", done.text);
        check(&operation, &done);
        let late = change(&method, &address, &[("if-match", &seen)], &body);
        assert_eq!(late.status, StatusCode::CONFLICT, "{method}: {}", late.text);
        check(&operation, &late);
        seen = done.header("etag").to_owned();
    }
    let history = operation("/assets/{id}/history", "get");
    let happened = check(&history, &change("GET", &format!("{address}/history?limit=2"), &[], &Value::Null));
    assert_eq!(happened["history"].as_array().map(Vec::len), Some(2));
    assert!(happened["next"].is_string());
}

#[test]
fn ids_of_operations_differ_and_references_lead_somewhere() {
    let description = description();
    let mut ids = BTreeSet::new();
    for (path, item) in paths(&description) {
        for method in METHODS.iter().filter_map(|method| item.get(method)) {
            assert!(ids.insert(method["operationId"].to_string()), "{path}: {}", method["operationId"]);
        }
    }
    fn walk(description: &Value, value: &Value) {
        resolved(description, value);
        match value {
            Value::Object(members) => members.values().for_each(|member| walk(description, member)),
            Value::Array(items) => items.iter().for_each(|item| walk(description, item)),
            _ => {}
        }
    }
    walk(&description, &description);
}

#[test]
fn the_api_says_where_its_description_is() {
    for address in ["/api", "/api/"] {
        let answer = get(address);
        assert!(answer.header("link").contains("/api/openapi.json>; rel=\"service-desc\""), "{address}");
        assert!(answer.json()["links"].as_array().unwrap().len() >= 3);
    }
    let kind = "application/vnd.oai.openapi+json;version=3.0";
    assert_eq!(get("/api/openapi.json").header("content-type"), kind);
    let url = &description()["servers"][0]["url"];
    assert!(url.as_str().is_some_and(|url| url.starts_with("http") && url.ends_with("/api")), "{url}");
}
