//! By whose people money is shared out, where boundaries or figures of several years are loaded.

mod town;

use app::money::{Ask, allocate_if_due};
use model::Level;
use town::{EAST, Town, WEST};

const BINS: &str = "Wexmarsh Council,Waste,Binmen Ltd,01/05/2026,6.00,Refuse collection\n";

/// Draws older areas from north to south, the first over the western quarter of the town and the second over the rest.
fn draw_older(town: &Town, file: &str, stem: &str, codes: [&str; 2]) {
    let area = |code: &str, west: f64, east: f64| {
        format!(
            r#"{{"type":"Feature","properties":{{"{stem}CD":"{code}","{stem}NM":"{code}"}},"geometry":{{"type":"Polygon",
            "coordinates":[[[{west},53.0],[{east},53.0],[{east},53.1],[{west},53.1],[{west},53.0]]]}}}}"#
        )
    };
    let areas = [area(codes[0], -2.4, -2.3), area(codes[1], -2.3, -2.0)].join(",");
    town.import(file, &format!(r#"{{"type":"FeatureCollection","features":[{areas}]}}"#));
}

fn count(town: &Town, year: u16, people: &[(&str, u32)]) {
    let rows: String = people.iter().map(|(area, people)| format!("{area},{year},{people}\n")).collect();
    let file = format!("population_{}_{year}.csv", people[0].0);
    town.import(&file, &format!("area_code,year,population\n{rows}"));
}

fn shares(town: &Town, level: Level) -> String {
    allocate_if_due(town.store.as_ref()).unwrap();
    let told = town.of(&Ask { level: Some(level), ..Ask::default() });
    let areas: Vec<_> = told.split(' ').filter(|word| word.contains('+')).collect();
    areas.join(" ")
}

#[test]
fn nobody_counts_twice_where_wards_were_drawn_anew() {
    let town = Town::new("wards-anew");
    town.spend(BINS);
    draw_older(&town, "wards_2022.geojson", "WD22", ["E05000011", "E05000012"]);
    count(&town, 2024, &[(WEST, 450), (EAST, 150), ("E05000011", 100), ("E05000012", 500)]);
    assert_eq!(shares(&town, Level::Ward), "0+450 0+150");
}

#[test]
fn nobody_counts_twice_in_small_areas_of_two_censuses() {
    let town = Town::new("censuses");
    town.spend(BINS);
    draw_older(&town, "lsoa_2011.geojson", "LSOA11", ["E01000011", "E01000012"]);
    count(&town, 2024, &[("E01000011", 100), ("E01000012", 500)]);
    assert_eq!(shares(&town, Level::Ward), "0+400 0+200");
}

#[test]
fn newer_totals_of_wards_do_not_take_the_small_areas_away() {
    let town = Town::new("newer-wards");
    town.spend(BINS);
    count(&town, 2025, &[(WEST, 300), (EAST, 300)]);
    assert_eq!(shares(&town, Level::Lsoa), "0+300 0+100 0+100 0+100");
    assert_eq!(shares(&town, Level::Ward), "0+400 0+200", "of the same year");
    count(&town, 2024, &[(WEST, 450), (EAST, 150)]);
    assert_eq!(shares(&town, Level::Ward), "0+450 0+150", "as published for wards");
}
