//! GDAL reads every feature of every collection, over HTTP and from the file.

use black_box::{Program, Server, real_data};
use serde_json::Value;
use std::collections::BTreeMap;
use std::process::Command;

fn loaded() -> Program {
    let program = Program::new();
    match real_data("reading Trafford with GDAL; the fictional borough is read instead") {
        Some(real) => {
            let files = [
                "boundaries/trafford/ward_2023_full_resolution.geojson",
                "boundaries/trafford/lsoa_2021_generalised.geojson",
                "postcodes/trafford_postcodes.csv",
                "groups/charities_operating_in_trafford_2023.csv",
                "buildings/trafford/trafford_libraries.csv",
                "buildings/trafford/trafford_land_and_building_assets.csv",
                "buildings/libraries_england_2021.csv",
            ];
            program.import(&[], &files.map(|file| real.join(file)));
        }
        None => {
            program.import_borough();
        }
    }
    program
}

/// How many features `ogrinfo -al` prints of each layer, and how many it says there are.
fn ogrinfo(source: &str) -> BTreeMap<String, (usize, usize)> {
    let output = Command::new("ogrinfo").args(["-ro", "-al", source]).output();
    let output = output.expect("ogrinfo is not installed; ./scripts/test installs it");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && !errors.contains("ERROR"), "{errors}\n{text}");
    let mut layers = BTreeMap::new();
    let mut layer = String::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("Layer name: ") {
            layer = name.to_owned();
            layers.insert(layer.clone(), (0, 0));
        } else if line.starts_with("OGRFeature(") {
            layers.get_mut(&layer).expect("a layer").0 += 1;
        } else if let Some(count) = line.strip_prefix("Feature Count: ") {
            layers.get_mut(&layer).expect("a layer").1 = count.parse().expect("a number");
        }
    }
    layers
}

#[test]
fn gdal_reads_every_feature_of_every_collection() {
    let program = loaded();
    let server = Server::start(&program);
    let layers = ogrinfo(&format!("OAPIF:{}/ogc", server.url));
    let collections = server.json("/ogc/collections");
    for collection in collections["collections"].as_array().expect("collections") {
        let id = collection["id"].as_str().expect("an id");
        let count = collection["itemCount"].as_u64().expect("a count") as usize;
        assert_eq!(layers.get(id).map(|l| l.0), Some(count), "features of {id}; layers: {layers:?}");
    }
    assert!(layers["assets"].0 > 400, "{layers:?}");
}

/// What is asked for by a property is asked of the server: one request, for one page.
#[test]
fn gdal_leaves_filters_and_counts_to_the_server() {
    let program = loaded();
    let server = Server::start(&program);
    let collection = format!("{}/ogc/collections/buildings", server.url);
    let wanted = server.json(&format!("{collection}/items?category=library"))["numberMatched"].clone();
    let run = |options: &[&str]| {
        let output = Command::new("ogrinfo")
            .args(["-ro", "-oo", "PAGE_SIZE=10000"])
            .args(options)
            .args([format!("OAPIF:{collection}").as_str(), "buildings", "-where", "category='library'"])
            .env("CPL_DEBUG", "HTTP")
            .output()
            .expect("ogrinfo is not installed; ./scripts/test installs it");
        let text = format!(
            "{}\n{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        let asked = text.matches("category=library").count();
        (text.clone(), asked)
    };
    let (text, asked) = run(&["-q"]);
    assert_eq!(asked, 1, "one request for the features\n{text}");
    assert_eq!(text.matches("OGRFeature(").count(), wanted.as_u64().expect("a number") as usize, "{text}");
    let (text, asked) = run(&["-so"]);
    assert_eq!(asked, 1, "one request for their number\n{text}");
    assert!(text.contains("resultType=hits") && text.contains(&format!("Feature Count: {wanted}")), "{text}");
}

/// The collection of money as GDAL reads it, by area.
fn ogr2ogr(server: &Server, options: &[&str]) -> BTreeMap<String, Value> {
    let source = format!("OAPIF:{}/ogc/collections/locality-spend", server.url);
    let output = Command::new("ogr2ogr")
        .args(["-f", "GeoJSON", "-lco", "NATIVE_DATA=NO", "/vsistdout/"])
        .args(options)
        .args([source.as_str(), "locality-spend"])
        .output()
        .expect("ogr2ogr is not installed; ./scripts/test installs it");
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && !errors.contains("ERROR"), "{errors}");
    let read: Value = serde_json::from_slice(&output.stdout).expect("GeoJSON");
    let features = read["features"].as_array().expect("features");
    features.iter().map(|one| (one["properties"]["code"].to_string(), one["properties"].clone())).collect()
}

#[test]
fn gdal_reads_the_figures_that_the_answer_and_the_table_have() {
    let program = Program::new();
    program.import_borough();
    program.import_money();
    let server = Server::start(&program);
    for (query, filter) in [
        ("", None),
        ("?level=lsoa", Some("level='lsoa'")),
        ("?year=2026-27&service=waste", Some("year='2026-27' AND service='waste'")),
    ] {
        let answer = server.json(&format!("/api/spend{query}"));
        let areas = answer["localities"].as_array().expect("areas");
        let read = ogr2ogr(&server, &filter.map_or(vec![], |filter| vec!["-where", filter]));
        assert_eq!(read.len(), areas.len(), "{query}");
        let table = server.get_with(&format!("/api/spend{query}"), &[("accept", "text/csv")]).text();
        let mut rows = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
        let rows: Vec<BTreeMap<String, String>> = rows.deserialize().map(|row| row.expect("a row")).collect();
        assert_eq!(rows.len(), areas.len(), "{query}");
        for (area, row) in areas.iter().zip(&rows) {
            let of_gdal = &read[&area["code"].to_string()];
            for name in
                ["pence", "located_pence", "modelled_pence", "service_pence", "population", "per_head_pence"]
            {
                assert_eq!(of_gdal[name], area[name], "{name} of {area}");
                assert_eq!(row[name], area[name].to_string(), "{name} of {area}");
            }
        }
        assert!(areas.iter().any(|area| area["pence"].as_i64() > Some(0)), "{query}: {answer}");
    }
}

#[test]
fn gdal_reads_the_file_as_it_stands() {
    let program = loaded();
    let layers = ogrinfo(program.store().to_str().expect("a plain path"));
    let server = Server::start(&program);
    let assets = server.json("/ogc/collections/assets")["itemCount"].as_u64().expect("a count") as usize;
    assert_eq!(layers["assets"], (assets, assets));
    assert!(layers["localities"].0 > 15);
}
