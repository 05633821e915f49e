//! GDAL reads every feature of every collection, over HTTP and from the file.

use black_box::{Program, Server, real_data};
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

#[test]
fn gdal_reads_the_file_as_it_stands() {
    let program = loaded();
    let layers = ogrinfo(program.store().to_str().expect("a plain path"));
    let server = Server::start(&program);
    let assets = server.json("/ogc/collections/assets")["itemCount"].as_u64().expect("a count") as usize;
    assert_eq!(layers["assets"], (assets, assets));
    assert!(layers["localities"].0 > 15);
}
