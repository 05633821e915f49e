//! OGC API – Features, Parts 1 and 2: what the official test suite (ets-ogcapi-features10) asserts, written afresh, and
//! what it leaves out: how `datetime` is answered, and pages in HTML.
//!
//! The modules are the suite's groups; each assertion says what it checks. Nothing is skipped: it runs on the
//! fictional borough, and on Trafford where `ASSETMAP_REAL_DATA` has it.

mod api;
mod bbox;
mod collections;
mod crs;
mod datetime;
mod features;
mod html;
mod limit;
mod service;

use black_box::{Program, Server, real_data};
use serde_json::Value;

/// The served API under test.
pub struct Service {
    server: Server,
    /// Keeps the store's folder.
    _program: Program,
    openapi: Value,
    collections: Vec<Value>,
}

impl Service {
    fn start(program: Program) -> Self {
        let server = Server::start(&program);
        let openapi = server.json("/ogc/api");
        let collections = server.json("/ogc/collections")["collections"].as_array().cloned();
        Self { server, _program: program, openapi, collections: collections.expect("collections") }
    }

    /// The path of a collection's features: of its `items` link in GeoJSON.
    fn items(&self, collection: &Value) -> String {
        let link = link(collection, "items", "application/geo+json");
        link.unwrap_or_else(|| panic!("{}: an items link in GeoJSON", collection["id"]))
    }

    /// The definition of a parameter of a collection's features, references resolved.
    fn parameter(&self, collection: &Value, name: &str) -> Value {
        let path = format!("/collections/{}/items", id(collection));
        let list = self.openapi["paths"][&path]["get"]["parameters"].as_array().cloned();
        let list = list.unwrap_or_else(|| panic!("{path}: parameters"));
        let resolved = list.iter().map(|parameter| self.resolved(parameter));
        resolved
            .into_iter()
            .find(|parameter| parameter["name"] == name)
            .unwrap_or_else(|| panic!("{path} defines {name}"))
    }

    fn resolved(&self, value: &Value) -> Value {
        match value["$ref"].as_str() {
            Some(at) => self
                .openapi
                .pointer(at.trim_start_matches('#'))
                .cloned()
                .expect("a reference leads somewhere"),
            None => value.clone(),
        }
    }
}

/// The address of a link with a relation and a type.
fn link(of: &Value, rel: &str, kind: &str) -> Option<String> {
    let links = of["links"].as_array()?;
    links.iter().find(|link| link["rel"] == rel && link["type"] == kind)?["href"].as_str().map(str::to_owned)
}

fn id(collection: &Value) -> &str {
    collection["id"].as_str().expect("a collection has an id")
}

fn features(page: &Value) -> &[Value] {
    page["features"].as_array().expect("a collection of features")
}

fn ids(page: &Value) -> Vec<&str> {
    features(page).iter().map(|feature| feature["id"].as_str().expect("a feature has an id")).collect()
}

/// Every position of a geometry; none of null.
fn positions(geometry: &Value) -> Vec<(f64, f64)> {
    fn collect(coordinates: &Value, into: &mut Vec<(f64, f64)>) {
        let list = coordinates.as_array().expect("coordinates");
        match (list.first().and_then(Value::as_f64), list.get(1).and_then(Value::as_f64)) {
            (Some(x), Some(y)) => into.push((x, y)),
            _ => list.iter().for_each(|part| collect(part, into)),
        }
    }
    let mut all = Vec::new();
    if !geometry.is_null() {
        collect(&geometry["coordinates"], &mut all);
    }
    all
}

fn check_all(service: &Service) {
    service::check(service);
    api::check(service);
    collections::check(service);
    features::check(service);
    bbox::check(service);
    limit::check(service);
    datetime::check(service);
    crs::check(service);
    html::check(service);
}

#[test]
fn the_fictional_borough_passes_every_assertion() {
    let program = Program::new();
    program.import_borough();
    program.import_money();
    check_all(&Service::start(program));
}

#[test]
fn trafford_passes_every_assertion() {
    let Some(real) = real_data("the assertions of OGC API – Features on Trafford") else { return };
    let program = Program::new();
    let files = [
        "boundaries/trafford/ward_2023_full_resolution.geojson",
        "boundaries/trafford/lsoa_2021_generalised.geojson",
        "postcodes/trafford_postcodes.csv",
        "groups/charities_operating_in_trafford_2023.csv",
        "buildings/trafford/trafford_libraries.csv",
        "buildings/trafford/trafford_land_and_building_assets.csv",
    ];
    program.import(&[], &files.map(|file| real.join(file)));
    check_all(&Service::start(program));
}
