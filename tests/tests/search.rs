//! Whether people find what they mean: prepared queries, each with the first hit that is right.

use black_box::{Program, Server, real_data, repository};
use serde_json::Value;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Of a hundred prepared queries so many must have the right first hit.
const WANTED: usize = 95;

#[test]
fn the_fictional_borough_is_found_by_its_words() {
    let program = Program::new();
    program.import_borough();
    let server = Server::start(&program);
    evaluate(&server, "wexmarsh.tsv");
    no_text_is_too_odd(&server);
    assets_are_found_by_their_names(&server);
}

/// What stands in the files of one council; wards of three vintages, so that old ones are found as well.
const TRAFFORD: &[&str] = &[
    "boundaries/trafford/ward_2023_full_resolution.geojson",
    "boundaries/trafford/ward_2017_generalised.geojson",
    "boundaries/trafford/wards_2013_E08000009.geojson",
    "boundaries/trafford/parish.geojson",
    "boundaries/trafford/msoa_2021_generalised.geojson",
    "boundaries/trafford/lsoa_2021_generalised.geojson",
    "boundaries/trafford/localities_2023_generalised.geojson",
    "boundaries/trafford/gm_local_authority_2023_generalised.geojson",
    "postcodes/trafford_postcodes.csv",
    "groups/charities_operating_in_trafford_2023.csv",
    "groups/gm_food_banks.csv",
    "groups/trafford_sports_clubs.csv",
    "buildings/trafford/trafford_libraries.csv",
    "buildings/trafford/trafford_community_hubs.csv",
    "buildings/trafford/trafford_land_and_building_assets.csv",
    "buildings/trafford/trafford_schools_and_colleges.csv",
    "buildings/trafford/trafford_leisure_centres.csv",
    "buildings/trafford/trafford_childrens_centres.csv",
    "buildings/libraries_england_2021.csv",
];

#[test]
fn trafford_is_found_by_its_words() {
    let Some(real) = real_data("searching Trafford") else { return };
    let program = Program::new();
    let files: Vec<PathBuf> = TRAFFORD.iter().map(|file| real.join(file)).collect();
    program.import(&[], &files);
    evaluate(&Server::start(&program), "trafford.tsv");
}

/// Asks every query of a table: query, the right first hit or several, and optionally what it must say, with tabs
/// between.
fn evaluate(server: &Server, table: &str) {
    let path = repository().join("tests/queries").join(table);
    let text = std::fs::read_to_string(&path).expect("the table is there");
    let rows = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let (mut asked, mut right, mut slowest) = (0, 0, Duration::ZERO);
    for row in rows {
        let cells: Vec<&str> = row.split('\t').collect();
        let start = Instant::now();
        let results = search(server, cells[0]);
        slowest = slowest.max(start.elapsed());
        asked += 1;
        let got = results.first().map_or("nothing".into(), described);
        let says = results.first().and_then(|first| first["says"].as_str()).unwrap_or_default();
        let is_right = cells[1].split(" / ").any(|wanted| wanted == got)
            && cells.get(2).is_none_or(|part| says.contains(part.trim()));
        right += usize::from(is_right);
        if !is_right {
            println!("{table}: “{}”: {got} ({says}), not {}", cells[0], cells[1..].join(", "));
        }
    }
    println!("{table}: {right} of {asked} right, slowest answer {slowest:?}");
    assert!(right * 100 >= WANTED * asked, "{table}: only {right} of {asked} are right");
}

fn search(server: &Server, text: &str) -> Vec<Value> {
    let mut answer = server.json(&format!("/api/search?limit=10&q={}", encoded(text)));
    answer["results"].as_array_mut().map(std::mem::take).expect("results")
}

fn described(result: &Value) -> String {
    let text = |name: &str| result[name].as_str().unwrap_or_default().trim();
    format!("{} {}", text("type"), text("name"))
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn no_text_is_too_odd(server: &Server) {
    let long = "hall ".repeat(2_000);
    let odd = [
        "the",
        "-",
        "’",
        "\u{0}",
        "\u{202e}hall",
        "🏛",
        "%",
        "\\\"",
        "a b c d e f g h i j k l m n o p q r s t",
        "E05",
        "QX",
        "1",
        "ǅ",
        "ﬃ",
        "ß",
        "İstanbul",
        "<b>",
        "&",
        "''",
        &long,
    ];
    for text in odd {
        let answer = server.get(&format!("/api/search?q={}", encoded(text)));
        assert!(
            answer.status == 200 || answer.status == 400 || answer.status == 414,
            "{text}: {}",
            answer.status
        );
    }
}

/// Every twelfth asset by its whole name, and by its name with a letter left out of a long word.
fn assets_are_found_by_their_names(server: &Server) {
    let all = server.all_features("/ogc/collections/assets/items?limit=10000");
    let (mut asked, mut found, mut misspelt, mut forgiven) = (0, 0, 0, 0);
    for asset in all.iter().step_by(12) {
        let name = asset["properties"]["name"].as_str().expect("a name");
        let has = |text: &str| {
            search(server, text).iter().any(|hit| described(hit) == format!("asset {}", name.trim()))
        };
        asked += 1;
        found += usize::from(has(name));
        let long = name.split_whitespace().find(|word| word.len() >= 5 && word.is_ascii());
        if let Some(word) = long {
            misspelt += 1;
            forgiven += usize::from(has(&name.replacen(word, &format!("{}{}", &word[..2], &word[3..]), 1)));
        }
    }
    println!("by name {found} of {asked}, misspelt {forgiven} of {misspelt}");
    assert_eq!(found, asked, "a name finds its asset");
    assert!(forgiven * 100 >= 90 * misspelt, "{forgiven} of {misspelt} in spite of a missing letter");
}
