//! General, landing page, conformance, errors.

use super::{Service, link};
use std::io::{Read, Write};
use std::net::TcpStream;

pub fn check(service: &Service) {
    http_1_1(service);
    landing_page(service);
    conformance(service);
    errors(service);
}

fn http_1_1(service: &Service) {
    let address = service.server.url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).expect("a connection");
    let request = format!("GET /ogc/ HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200"), "the status line speaks HTTP/1.1: {}", &answer[..40]);
}

fn landing_page(service: &Service) {
    for path in ["/ogc", "/ogc/"] {
        let answer = service.server.get(path);
        assert_eq!(answer.status, 200, "the landing page answers at {path}");
        assert_eq!(answer.header("content-type"), Some("application/json"), "the landing page is JSON");
        let page = answer.json();
        let rels: Vec<&str> =
            page["links"].as_array().expect("links").iter().filter_map(|link| link["rel"].as_str()).collect();
        for rel in ["self", "alternate", "service-desc", "service-doc", "conformance", "data", "about"] {
            assert!(rels.contains(&rel), "the landing page has a link {rel}");
        }
        for (rel, kind) in [
            ("service-desc", "application/vnd.oai.openapi+json;version=3.0"),
            ("service-doc", "text/html"),
            ("conformance", "application/json"),
            ("data", "application/json"),
        ] {
            let href = link(&page, rel, kind).unwrap_or_else(|| panic!("the link {rel} has the type {kind}"));
            let answer = service.server.get(&href);
            assert_eq!(answer.status, 200, "the link {rel} of the landing page leads somewhere");
            let media = answer.header("content-type").unwrap_or_default();
            assert!(media.starts_with(kind), "{rel} is served as {kind}: {media}");
        }
        for link in page["links"].as_array().expect("links") {
            assert!(
                link["type"].is_string() && link["title"].is_string(),
                "each link has type and title: {link}"
            );
        }
    }
}

fn conformance(service: &Service) {
    let answer = service.server.get("/ogc/conformance");
    assert_eq!(answer.status, 200, "/conformance answers");
    let body = answer.json();
    let classes = body["conformsTo"].as_array().expect("conformsTo is a list");
    assert!(classes.iter().all(|class| class.is_string()), "conformsTo holds texts only");
    for class in [
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
        "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
    ] {
        assert!(classes.contains(&class.into()), "it conforms to {class}");
    }
    let response = &service.openapi["paths"]["/conformance"]["get"]["responses"];
    assert!(response["200"].is_object(), "the description has /conformance with a 200");
}

fn errors(service: &Service) {
    for collection in &service.collections {
        let items = service.items(collection);
        for (query, what) in [
            ("limit=unlimited", "a limit that is no number"),
            ("limit=0", "a limit below the least"),
            ("limit=-1", "a negative limit"),
            ("bbox=1,2,3", "a box of three numbers"),
            ("bbox=1,2,3,4,5", "a box of five numbers"),
            ("datetime=yesterday", "a date that is none"),
            ("resultType=all", "a result type that there is not"),
            ("f=xml", "a format that there is not"),
            ("unknown9c1b=1", "an unknown parameter"),
        ] {
            let answer = service.server.get(&format!("{items}?{query}"));
            assert_eq!(answer.status, 400, "{what} is a 400: {items}?{query}");
            assert_eq!(
                answer.header("content-type"),
                Some("application/problem+json"),
                "{what} is explained"
            );
        }
        let free = service.openapi["paths"][format!("/collections/{}/items", super::id(collection))]["get"]
            ["parameters"]
            .as_array()
            .is_some_and(|all| all.iter().any(|p| service.resolved(p)["schema"]["additionalProperties"] == true));
        assert!(!free, "no parameter takes any name");
    }
    for path in ["/ogc", "/ogc/api", "/ogc/conformance", "/ogc/collections", "/ogc/collections/assets"] {
        let answer = service.server.get(&format!("{path}?unknown9c1b=1"));
        assert_eq!(answer.status, 400, "an unknown parameter is a 400 at {path}");
    }
}
