//! Every resource is a page as well: when asked for by `f`, or by a client that prefers HTML, as browsers do.

use super::{Service, id, ids};
use serde_json::Value;

const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

pub fn check(service: &Service) {
    let mut paths: Vec<String> =
        ["/ogc", "/ogc/api", "/ogc/conformance", "/ogc/collections"].map(str::to_owned).to_vec();
    for collection in &service.collections {
        let at = format!("/ogc/collections/{}", id(collection));
        let first = service.server.json(&format!("{at}/items?limit=1"));
        paths.extend(
            ["", "/items", "/schema", "/queryables", "/feature-schema"].map(|end| format!("{at}{end}")),
        );
        paths.push(format!("{at}/items/{}", ids(&first)[0]));
    }
    for path in &paths {
        let json = service.server.get(path);
        for accept in ["*/*", "application/json", "application/geo+json, application/json"] {
            let answer = service.server.get_with(path, &[("accept", accept)]);
            assert_eq!(
                answer.header("content-type"),
                json.header("content-type"),
                "{path}: a program that accepts {accept} gets JSON"
            );
        }
        let header = json.header("link").unwrap_or_default();
        assert!(
            header.contains("rel=\"alternate\"; type=\"text/html\""),
            "{path}: JSON leads to HTML: {header}"
        );
        let asked = service.server.get(&format!("{path}?f=html"));
        let preferred = service.server.get_with(path, &[("accept", BROWSER)]);
        for page in [&asked, &preferred] {
            assert_eq!(page.status, 200, "{path} answers as a page");
            let media = page.header("content-type").unwrap_or_default();
            assert!(media.starts_with("text/html"), "{path} is HTML: {media}");
            let header = page.header("link").unwrap_or_default();
            let own = json.header("content-type").unwrap_or_default();
            assert!(
                header.contains(&format!("rel=\"alternate\"; type=\"{own}\"")),
                "{path}: HTML leads to {own}"
            );
            assert!(page.header("content-security-policy").is_some(), "{path}: the page is guarded");
            let vary = page.headers.iter().any(|(name, value)| name == "vary" && value.contains("Accept"));
            assert!(vary, "{path}: caches keep the formats apart");
            well_formed(path, &page.text());
        }
        let body: Value = json.json();
        says_its_links(path, &body, &asked.text());
    }
    pages_turn(service);
}

fn well_formed(path: &str, page: &str) {
    assert!(page.starts_with("<!doctype html>"), "{path}: HTML 5");
    assert_eq!(page.matches("<h1").count(), 1, "{path}: one heading of the first rank");
    for landmark in ["<main", "<header", "<footer", "<nav", "lang=\"en-GB\""] {
        assert!(page.contains(landmark), "{path}: {landmark}");
    }
    for table in page.split("<table").skip(1) {
        assert!(table.contains("<th scope=\"col\""), "{path}: a table's columns have headers");
    }
}

fn says_its_links(path: &str, body: &Value, page: &str) {
    // A page in HTML is shorter, so it turns elsewhere: see below.
    let others = |link: &&Value| link["rel"] != "self" && link["rel"] != "next";
    for link in body["links"].as_array().into_iter().flatten().filter(others) {
        let href = link["href"].as_str().expect("an address").replace('&', "&#38;");
        let shown = page.contains(&format!("href=\"{href}\"")) || link["type"] == "text/html";
        assert!(shown, "{path}: the page has the link {href}");
    }
}

fn pages_turn(service: &Service) {
    let first = service.server.get("/ogc/collections/assets/items?f=html").text();
    let next = |page: &str, rel: &str| {
        let at = page.find(&format!("<link rel=\"{rel}\""))?;
        let href = page[at..].split("href=\"").nth(1)?.split('"').next()?;
        Some(href.replace("&#38;", "&"))
    };
    assert_eq!(next(&first, "prev"), None, "nothing is before the first page");
    let second = next(&first, "next").expect("there is a second page");
    let answer = service.server.get(&second);
    assert!(
        answer.header("content-type").is_some_and(|media| media.starts_with("text/html")),
        "it is a page too"
    );
    assert!(next(&answer.text(), "prev").is_some(), "the second page leads back");
}
