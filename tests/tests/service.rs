//! The server, as clients meet it.

use black_box::{Program, Server};
use serde_json::Value;
use std::collections::HashSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

fn borough() -> (Program, Server) {
    let program = Program::new();
    program.import_borough();
    let server = Server::start(&program);
    (program, server)
}

fn ids(features: &[Value]) -> Vec<String> {
    features.iter().map(|f| f["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn the_ogc_api_answers_as_clients_expect() {
    let (_program, server) = borough();
    every_page_leads_to_the_next(&server);
    filters_and_boxes_agree(&server);
    grid_and_degrees_agree(&server);
    the_area_question_says_why(&server);
    bad_requests_are_named(&server);
    answers_are_cached_and_shared(&server);
    every_address_answers(&server);
}

fn every_page_leads_to_the_next(server: &Server) {
    for collection in ["assets", "groups", "buildings", "wards", "lsoas"] {
        let base = format!("/ogc/collections/{collection}");
        let count = server.json(&base)["itemCount"].as_u64().expect("a count") as usize;
        for query in ["", "?limit=7", "?limit=100&bbox=-10,49,3,61"] {
            let all = ids(&server.all_features(&format!("{base}/items{query}")));
            let different: HashSet<&String> = all.iter().collect();
            assert_eq!(different.len(), all.len(), "{collection}{query}: none twice");
            if !query.contains("bbox") {
                assert_eq!(all.len(), count, "{collection}{query}: none missing");
            }
        }
    }
    let near = "/ogc/collections/assets/items?near=-1.55,52.19";
    let whole = ids(&server.all_features(&format!("{near}&limit=10000")));
    assert_eq!(whole, ids(&server.all_features(&format!("{near}&limit=9"))), "pages of the nearest");
    let area = "/ogc/collections/assets/items?locality=E05999001&within_m=2000";
    let whole = ids(&server.all_features(&format!("{area}&limit=10000")));
    assert_eq!(whole, ids(&server.all_features(&format!("{area}&limit=9"))), "pages of an area");
    assert_eq!(
        whole[5..12],
        ids(&server.json(&format!("{area}&limit=7&offset=5"))["features"]
            .as_array()
            .expect("features")
            .clone())
    );
}

fn filters_and_boxes_agree(server: &Server) {
    let all = server.all_features("/ogc/collections/assets/items?limit=10000");
    let of_kind = |kind: &str| all.iter().filter(|f| f["properties"]["kind"] == kind).count() as u64;
    let matched = |query: &str| {
        server.json(&format!("/ogc/collections/assets/items?{query}"))["numberMatched"].as_u64()
    };
    assert_eq!(matched("kind=group"), Some(of_kind("group")));
    assert_eq!(matched("kind=group,building"), Some(all.len() as u64));
    let halls = all
        .iter()
        .filter(|f| f["properties"]["categories"].as_array().is_some_and(|c| c.contains(&"hall".into())));
    assert_eq!(matched("category=hall"), Some(halls.count() as u64));
    let name = all[0]["properties"]["name"].as_str().expect("a name");
    let encoded: String = name.bytes().map(|b| format!("%{b:02X}")).collect();
    let named = all.iter().filter(|f| f["properties"]["name"] == name).count() as u64;
    assert_eq!(matched(&format!("name={encoded}")), Some(named));
    let id = all[0]["id"].as_str().expect("an id");
    assert_eq!(matched(&format!("asset_id={id}")), Some(1));
    let (west, south, east, north) = (-1.60, 52.15, -1.52, 52.22);
    let inside = all.iter().filter(|f| {
        let at = |i: usize| f["geometry"]["coordinates"][i].as_f64();
        f["geometry"].is_null() || matches!((at(0), at(1)), (Some(x), Some(y)) if (west..=east).contains(&x) && (south..=north).contains(&y))
    });
    assert_eq!(matched(&format!("bbox={west},{south},{east},{north}")), Some(inside.count() as u64));
}

fn grid_and_degrees_agree(server: &Server) {
    const GRID: &str = "http://www.opengis.net/def/crs/EPSG/0/27700";
    let grid = server.get(&format!("/ogc/collections/buildings/items?limit=10000&crs={GRID}"));
    assert_eq!(grid.header("content-crs"), Some(format!("<{GRID}>").as_str()));
    let grid = grid.json();
    let degrees = server.json("/ogc/collections/buildings/items?limit=10000");
    assert_eq!(
        ids(grid["features"].as_array().expect("features")),
        ids(degrees["features"].as_array().expect("features"))
    );
    let located = |f: &&Value| !f["geometry"].is_null();
    let feature = grid["features"].as_array().expect("features").iter().find(located).expect("a place");
    let (e, n) = (
        feature["geometry"]["coordinates"][0].as_f64().expect("E"),
        feature["geometry"]["coordinates"][1].as_f64().expect("N"),
    );
    assert!((400_000.0..470_000.0).contains(&e) && (230_000.0..280_000.0).contains(&n), "{e} {n}");
    let around = format!("bbox={},{},{},{}&bbox-crs={GRID}", e - 0.01, n - 0.01, e + 0.01, n + 0.01);
    let found = server.json(&format!("/ogc/collections/buildings/items?{around}"));
    assert!(
        ids(found["features"].as_array().expect("features"))
            .contains(&feature["id"].as_str().expect("an id").to_owned())
    );
}

fn the_area_question_says_why(server: &Server) {
    let answer = server.json("/ogc/collections/assets/items?locality=E05999001&within_m=800&limit=10000");
    let features = answer["features"].as_array().expect("features");
    let with =
        |relation: &str| features.iter().filter(|f| f["properties"]["relation"] == relation).count() as u64;
    for relation in ["inside", "near", "serves", "registered"] {
        assert_eq!(answer["counts"]["relation"][relation].as_u64(), Some(with(relation)), "{relation}");
    }
    assert!(with("inside") > 0 && with("near") > 0 && with("serves") > 0, "{}", answer["counts"]);
    for f in features {
        let p = &f["properties"];
        match p["relation"].as_str() {
            Some("inside") => assert_eq!(p["distance_m"], 0.0),
            Some("near") => assert!(p["distance_m"].as_f64().is_some_and(|m| m <= 800.0)),
            Some("serves") => assert!(p["via"].is_string(), "{p}"),
            other => assert_eq!(other, Some("registered")),
        }
    }
    for kind in answer["not_loaded"].as_array().expect("what is not loaded") {
        assert!(kind["share"].as_f64().is_some_and(|share| (0.0..=1.0).contains(&share)), "{kind}");
    }
    let far = server.json("/ogc/collections/assets/items?locality=E05999001&within_m=20000&limit=1");
    let share = |answer: &Value| answer["not_loaded"][0]["share"].as_f64().expect("a share");
    assert!(share(&far) > share(&answer), "beyond the borough nothing is loaded");
    assert!(!far["not_loaded"][0]["parts"].as_array().expect("parts").is_empty());
}

fn bad_requests_are_named(server: &Server) {
    let items = "/ogc/collections/assets/items";
    let cases = [
        ("nonsense=1", "there is no parameter nonsense"),
        ("limit=unlimited", "limit"),
        ("limit=0", "limit"),
        ("near=-2.3,53.4&offset=18446744073709551615", "offset"),
        ("bbox=1,2,3", "bbox"),
        ("bbox=a,b,c,d", "bbox"),
        ("bbox=1,50,2,NaN", "bbox"),
        ("bbox=1,52,2,51", "bbox"),
        ("crs=http://www.opengis.net/def/crs/0/unsupported", "crs"),
        ("bbox=1,50,2,51&bbox-crs=nonsense", "bbox-crs"),
        ("locality=E05000000", "locality"),
        ("locality=E05999001&within_m=-1", "within_m"),
        ("within_m=800", "within_m"),
        ("near=1", "near"),
        ("near=500,10", "near"),
        ("cursor=zzz", "cursor"),
        ("category=nonsense", "category"),
        ("kind=person", "kind"),
        ("f=xml", "f=xml"),
        ("limit=1&limit=2", "limit"),
    ];
    for (query, named) in cases {
        let answer = server.get(&format!("{items}?{query}"));
        assert_eq!(answer.status, 400, "{query}");
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{query}");
        let detail = answer.json()["detail"].as_str().expect("a detail").to_owned();
        assert!(detail.contains(named), "{query}: {detail}");
    }
    for path in [
        "/ogc/collections/nonsense",
        "/ogc/collections/assets/items/nonsense",
        "/ogc/nonsense",
        "/api/nonsense",
    ] {
        let answer = server.get(path);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (404, Some("application/problem+json")),
            "{path}"
        );
    }
}

fn answers_are_cached_and_shared(server: &Server) {
    let path = "/ogc/collections/assets/items?limit=10";
    let first = server.get(path);
    let tag = first.header("etag").expect("a tag").to_owned();
    let again = server.get_with(path, &[("if-none-match", &tag)]);
    assert_eq!((again.status, again.body.len()), (304, 0));
    assert_ne!(server.get("/ogc/collections/assets/items?limit=11").header("etag"), Some(tag.as_str()));
    assert_eq!(first.header("access-control-allow-origin"), Some("*"));
    let packed = server.get_with(path, &[("accept-encoding", "gzip")]);
    assert_eq!(packed.json()["features"], first.json()["features"], "packed or not, the same");
}

fn every_address_answers(server: &Server) {
    for path in [
        "/",
        "/healthz",
        "/readyz",
        "/ogc/",
        "/ogc",
        "/ogc/api",
        "/ogc/conformance",
        "/ogc/collections",
        "/api/areas",
        "/api/categories",
        "/api/search?q=wexmarsh",
        "/about",
    ] {
        assert_eq!(server.get(path).status, 200, "{path}");
    }
    let api = server.get("/ogc/api");
    assert_eq!(api.header("content-type"), Some("application/vnd.oai.openapi+json;version=3.0"));
    assert!(api.json()["paths"]["/collections/wards/items"].is_object());
    for id in ["assets", "wards"] {
        for end in ["queryables", "schema", "feature-schema"] {
            let schema = server.get(&format!("/ogc/collections/{id}/{end}"));
            assert_eq!(schema.header("content-type"), Some("application/schema+json"));
        }
    }
    let area = server.json("/ogc/collections/wards/items?limit=1")["features"][0].clone();
    let one = server.json(&format!("/ogc/collections/wards/items/{}", area["id"].as_str().expect("an id")));
    assert_eq!(one["geometry"], area["geometry"]);
}

#[test]
fn an_import_is_answered_within_seconds_while_serving() {
    let program = Program::new();
    let server = Server::start(&program);
    assert_eq!(server.json("/ogc/collections/assets")["itemCount"], 0);
    program.import_borough();
    let start = Instant::now();
    while server.json("/ogc/collections/assets")["itemCount"] == 0 {
        assert!(start.elapsed() < Duration::from_secs(30), "the import never arrived");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_half_sent_request_does_not_hold_the_end_open() {
    let (_program, mut server) = borough();
    let address = server.url.trim_start_matches("http://").to_owned();
    let mut half = TcpStream::connect(&address).expect("a connection");
    half.write_all(b"GET /ogc/ HTTP/1.1\r\nHost: x\r\nAcc").expect("half a request");
    let mut idle = TcpStream::connect(&address).expect("a connection");
    idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").expect("a request");
    let mut answer = [0; 64];
    assert!(idle.read(&mut answer).expect("an answer") > 0);
    Command::new("kill").args(["-TERM", &server.pid().to_string()]).status().expect("kill runs");
    assert!(server.ends_within(Duration::from_secs(15)), "it did not end");
}
