//! The area question against PostGIS: the same hits and the same metres.

use black_box::{PostGis, Program, Server, real_data, repository};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

const DISTANCES_M: [u32; 4] = [0, 400, 800, 2_000];

/// Ours and theirs agree to one part in a thousand; a centimetre is the precision of stored coordinates.
fn same_metres(ours: f64, theirs: f64) -> bool {
    (ours - theirs).abs() <= (theirs * 0.001).max(0.011)
}

#[test]
fn every_ward_has_the_hits_and_distances_that_postgis_finds() {
    let program = Program::new();
    match real_data("distances in Trafford; the fictional borough is compared instead") {
        Some(real) => {
            let file = |name: &str| real.join(name);
            program.import(
                &[],
                &[
                    file("boundaries/trafford/ward_2023_full_resolution.geojson"),
                    file("postcodes/trafford_postcodes.csv"),
                    file("groups/charities_operating_in_trafford_2023.csv"),
                    file("buildings/trafford/trafford_libraries.csv"),
                    file("buildings/trafford/trafford_community_hubs.csv"),
                    file("buildings/trafford/trafford_land_and_building_assets.csv"),
                    file("buildings/libraries_england_2021.csv"),
                    dense(&program, &file("postcodes/trafford_postcodes.csv"), "postcode", "lon", "lat"),
                ],
            );
        }
        None => {
            program.import_borough();
            let postcodes = repository().join("data/postcodes.csv");
            program.import(&[], &[dense(&program, &postcodes, "pcds", "long", "lat")]);
        }
    }
    let server = Server::start(&program);
    let postgis = PostGis::start();
    let positions = load(&postgis, &server);
    assert!(positions > 500, "only {positions} places to compare");
    let truth = distances(&postgis);
    let (mut compared, mut disputed) = (0, BTreeMap::new());
    let mut wrong = Vec::new();
    for ward in server.all_features("/ogc/collections/wards/items") {
        let code = ward["properties"]["code"].as_str().expect("a code");
        for limit in DISTANCES_M {
            let path = format!("/ogc/collections/assets/items?locality={code}&within_m={limit}&limit=10000");
            let ours = hits(&server, &path);
            let none = BTreeMap::new();
            let theirs = truth.get(code).unwrap_or(&none);
            compared += compare(code, f64::from(limit), &ours, theirs, &mut disputed, &mut wrong);
        }
    }
    println!(
        "{positions} places, {compared} distances compared with PostGIS, {} of them edge by edge",
        disputed.len()
    );
    assert!(disputed.len() * 1_000 < compared, "{} of {compared} are disputed", disputed.len());
    settle(&postgis, &disputed, &mut wrong);
    assert!(compared > 1_000, "only {compared} distances compared");
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

/// A place for every postcode, so that there are many near every edge.
fn dense(program: &Program, postcodes: &PathBuf, name: &str, lon: &str, lat: &str) -> PathBuf {
    let text = std::fs::read_to_string(postcodes).expect("a file of postcodes");
    let mut lines = text.lines();
    let plain =
        |line: &'_ str| -> Vec<String> { line.split(',').map(|c| c.trim_matches('"').to_owned()).collect() };
    let header = plain(lines.next().expect("a header"));
    let column = |wanted: &str| header.iter().position(|name| *name == wanted).expect("the column");
    let (name, lon, lat) = (column(name), column(lon), column(lat));
    let mut out = String::from("id,name,kind,longitude,latitude,description,category,tags\n");
    for line in lines {
        let cells = plain(line);
        if !cells[lat].starts_with("99.9") {
            let _ = writeln!(out, "{0},Place {0},building,{1},{2},,,", cells[name], cells[lon], cells[lat]);
        }
    }
    let path = program.folder().join("dense.csv");
    std::fs::write(&path, out).expect("a temporary file");
    path
}

/// Gives what we serve to PostGIS; says how many places that are.
fn load(postgis: &PostGis, server: &Server) -> usize {
    let mut sql = String::from(
        "CREATE TABLE wards (code text, shape geography(Geometry, 4326));\n\
         CREATE TABLE places (id text, shape geography(Point, 4326));\n",
    );
    for ward in server.all_features("/ogc/collections/wards/items") {
        let code = ward["properties"]["code"].as_str().expect("a code");
        let _ = writeln!(
            sql,
            "INSERT INTO wards VALUES ('{code}', ST_GeomFromGeoJSON('{}')::geography);",
            ward["geometry"]
        );
    }
    let places = server.all_features("/ogc/collections/assets/items?limit=10000");
    let located: Vec<&Value> = places.iter().filter(|place| !place["geometry"].is_null()).collect();
    for place in &located {
        let id = place["id"].as_str().expect("an id");
        let at = &place["geometry"]["coordinates"];
        let _ = writeln!(
            sql,
            "INSERT INTO places VALUES ('{id}', ST_MakePoint({}, {})::geography);",
            at[0], at[1]
        );
    }
    sql.push_str("CREATE INDEX ON places USING gist (shape);\n");
    postgis.query(&sql);
    located.len()
}

/// By ward, every place within the greatest distance and a little more, and how far it is.
fn distances(postgis: &PostGis) -> BTreeMap<String, BTreeMap<String, f64>> {
    let rows = postgis.query(
        "SELECT w.code, p.id, ST_Distance(w.shape, p.shape) FROM wards w JOIN places p ON ST_DWithin(w.shape, p.shape, 2010)",
    );
    let mut truth: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
    for row in rows {
        let cells: Vec<&str> = row.split('\t').collect();
        let metres: f64 = cells[2].parse().expect("metres");
        truth.entry(cells[0].to_owned()).or_default().insert(cells[1].to_owned(), metres);
    }
    truth
}

/// What is inside or near: metres by id.
fn hits(server: &Server, path: &str) -> BTreeMap<String, f64> {
    let features = server.all_features(path).into_iter();
    let placed = features.filter(|f| matches!(f["properties"]["relation"].as_str(), Some("inside" | "near")));
    placed
        .map(|f| {
            let metres = f["properties"]["distance_m"].as_f64().expect("metres");
            assert!(
                f["properties"]["relation"] == "near" || metres == 0.0,
                "what is inside is 0 m away: {f}"
            );
            (f["id"].as_str().expect("an id").to_owned(), metres)
        })
        .collect()
}

/// A ward's code and an asset's id, and the metres between them by our account.
type Disputed = BTreeMap<(String, String), f64>;

fn compare(
    code: &str,
    limit: f64,
    ours: &BTreeMap<String, f64>,
    theirs: &BTreeMap<String, f64>,
    disputed: &mut Disputed,
    wrong: &mut Vec<String>,
) -> usize {
    let at_the_limit = |metres: f64| same_metres(limit, metres);
    for (id, metres) in theirs.iter().filter(|(_, metres)| **metres <= limit) {
        match ours.get(id) {
            None if !at_the_limit(*metres) => {
                wrong.push(format!("{code} {limit} m: {id} at {metres} m is missing"))
            }
            Some(found) if !same_metres(*found, *metres) => {
                disputed.insert((code.to_owned(), id.clone()), *found);
            }
            _ => {}
        }
    }
    for (id, metres) in ours {
        let theirs = theirs.get(id).copied();
        if theirs.is_none_or(|theirs| theirs > limit && !at_the_limit(theirs)) {
            wrong.push(format!("{code} {limit} m: {id} at {metres} m should not be there ({theirs:?})"));
        }
    }
    ours.len()
}

/// PostGIS looks for the nearest place of a boundary on a sphere, and only then measures to it on the ellipsoid: a
/// corner that is a little nearer in truth may lose. Asked edge by edge it finds the nearest; that must be ours.
fn settle(postgis: &PostGis, disputed: &Disputed, wrong: &mut Vec<String>) {
    for ((code, id), ours) in disputed {
        let rows = postgis.query(&format!(
            "SELECT min(ST_Distance(edge.geom::geography, p.shape)) FROM places p, wards w, \
             ST_DumpSegments(w.shape::geometry) AS edge WHERE w.code = '{code}' AND p.id = '{id}'"
        ));
        let theirs: f64 = rows[0].parse().expect("metres");
        if !same_metres(*ours, theirs) {
            wrong.push(format!("{code}: {id} is {ours} m away, PostGIS says {theirs} m, edge by edge"));
        }
    }
}
