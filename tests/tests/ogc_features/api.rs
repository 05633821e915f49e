//! The API's description.

use super::{Service, id};
use serde_json::Value;

pub fn check(service: &Service) {
    let openapi = &service.openapi;
    assert!(
        openapi["openapi"].as_str().is_some_and(|version| version.starts_with("3.0.")),
        "it is OpenAPI 3.0"
    );
    let root = format!("{}/ogc", service.server.url);
    assert_eq!(openapi["servers"][0]["url"], root, "the first server is the one that was asked");
    let paths = openapi["paths"].as_object().expect("paths");
    for path in ["/", "/conformance", "/api", "/collections"] {
        assert!(paths.contains_key(path), "the description has {path}");
    }
    for collection in &service.collections {
        let at = format!("/collections/{}", id(collection));
        for end in ["", "/items", "/items/{featureId}", "/schema", "/queryables"] {
            assert!(paths.contains_key(&format!("{at}{end}")), "the description has {at}{end}");
        }
    }
    let mut operations: Vec<&str> =
        paths.values().filter_map(|path| path["get"]["operationId"].as_str()).collect();
    assert_eq!(operations.len(), paths.len(), "each operation has an id");
    operations.sort_unstable();
    operations.dedup();
    assert_eq!(operations.len(), paths.len(), "no two operations have the same id");
    for (path, item) in paths {
        let get = &item["get"];
        assert!(get["responses"]["200"].is_object(), "{path} says how it answers well");
        assert!(get["responses"]["400"].is_object(), "{path} says how it answers badly");
        let names: Vec<Value> = get["parameters"]
            .as_array()
            .expect("parameters")
            .iter()
            .map(|parameter| service.resolved(parameter)["name"].clone())
            .collect();
        let mut different = names.clone();
        different.sort_by_key(Value::to_string);
        different.dedup();
        assert_eq!(different.len(), names.len(), "{path} defines each parameter once");
        for placeholder in path.split('/').filter_map(|part| part.strip_prefix('{')) {
            let name = placeholder.trim_end_matches('}');
            assert!(names.contains(&name.into()), "{path} defines {name}");
        }
        if !path.contains('{') {
            let answer = service.server.get(&format!("/ogc{path}"));
            assert_eq!(answer.status, 200, "{path} of the description answers");
            let media = answer.header("content-type").unwrap_or_default();
            let content = service.resolved(&get["responses"]["200"])["content"].clone();
            assert!(content[media].is_object(), "{path} says that it answers with {media}");
        }
    }
}
