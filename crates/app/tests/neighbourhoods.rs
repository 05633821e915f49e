//! Money by neighbourhoods that a council drew by hand: they have no national code, may leave people out and may overlap.

mod town;

use app::money::{Ask, AskError, Order, Turn, allocate_if_due, read};
use model::{Level, Pence};
use town::Town;

const LINES: &str = "\
Wexmarsh Council,Waste,Binmen Ltd,01/05/2026,6.01,Refuse collection
Wexmarsh Council,Culture,Ash Tree Hall Ltd,02/05/2026,10.00,Hire of hall for library events
Wexmarsh Council,Zxqv,Qrst Ltd,04/05/2026,(1.00),
";

/// Draws neighbourhoods from north to south across some degrees of longitude, and places the money anew.
fn draw(town: &Town, areas: &[(&str, f64, f64)]) {
    let area = |(name, west, east): &(&str, f64, f64)| {
        format!(
            r#"{{"type":"Feature","properties":{{"area_name":"{name}"}},"geometry":{{"type":"Polygon",
            "coordinates":[[[{west},53.0],[{east},53.0],[{east},53.1],[{west},53.1],[{west},53.0]]]}}}}"#
        )
    };
    let areas: Vec<String> = areas.iter().map(area).collect();
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, areas.join(","));
    town.import("neighbourhoods_2024.geojson", &text);
    town.spend(LINES);
    allocate_if_due(town.store.as_ref()).unwrap();
}

fn by_neighbourhood() -> Ask {
    Ask { level: Some(Level::Neighbourhood), ..Ask::default() }
}

#[test]
fn what_they_leave_out_is_elsewhere() {
    let town = Town::new("drawn");
    draw(&town, &[("Old Town", -2.4, -2.2), ("Mill", -2.2, -2.1)]);
    // The bins are for 600 people: 400 in the Old Town, 100 by the mill, 100 in neither. The hall is by the mill.
    let told = town.of(&by_neighbourhood());
    assert_eq!(told, "Mill 1000+100 11 | Old Town 0+401 1 | -100 of 1501");
    let (atlas, ledger) = read(town.store.as_ref()).unwrap();
    let spending = ledger.spending(&atlas, &by_neighbourhood()).unwrap();
    assert_eq!(spending.elsewhere.pence, Pence(100));
    assert_eq!(
        spending.areas.iter().map(|area| area.people).collect::<Vec<_>>(),
        [Some((100, 2024)), Some((400, 2024))]
    );
}

#[test]
fn each_has_a_ledger() {
    let town = Town::new("drawn-ledger");
    draw(&town, &[("Old Town", -2.4, -2.2), ("Mill", -2.2, -2.1)]);
    let (atlas, ledger) = read(town.store.as_ref()).unwrap();
    assert_eq!(ledger.areas(&atlas, Level::Neighbourhood), 2);
    let places = atlas.places_of(Level::Neighbourhood).iter().map(|place| place.code());
    let mill = places.into_iter().find(|code| code.ends_with(":mill")).expect("it is drawn");
    assert!(ledger.has_area(&atlas, Level::Neighbourhood, mill));
    let within = ledger.within(&atlas, &Ask::default(), mill, 5).unwrap();
    assert_eq!((within.area.name.as_str(), within.area.sum.all().pence), ("Mill", Pence(1_100)));
    let turn = Turn { order: Order::default(), after: None, limit: 9 };
    let page = ledger.lines(town.store.as_ref(), &atlas, &Ask::default(), mill, &turn).unwrap().unwrap();
    let mut shares: Vec<i64> = page.lines.iter().map(|shown| shown.share.0).collect();
    shares.sort_unstable();
    assert_eq!(shares, [100, 1_000]);
    let nobody = ledger.within(&atlas, &by_neighbourhood(), "neighbourhoods:moon", 5);
    assert!(matches!(nobody, Err(AskError::NoArea(..))), "{nobody:?}");
}

#[test]
fn where_two_overlap_a_place_counts_in_one_of_them() {
    let town = Town::new("drawn-twice");
    draw(&town, &[("Old Town", -2.4, -2.15), ("Mill", -2.22, -2.0)]);
    let (atlas, ledger) = read(town.store.as_ref()).unwrap();
    let spending = ledger.spending(&atlas, &by_neighbourhood()).unwrap();
    let sum: i64 = spending.areas.iter().map(|area| area.sum.all().pence.0).sum();
    assert_eq!((spending.areas.len(), sum, spending.elsewhere.pence), (2, 1_601, Pence(0)));
    let people: u64 = spending.areas.iter().filter_map(|area| area.people).map(|(people, _)| people).sum();
    assert_eq!(people, 600);
}

#[test]
fn one_that_is_smaller_than_the_areas_whose_people_are_known_has_nobody() {
    let town = Town::new("drawn-small");
    draw(&town, &[("Green", -2.16, -2.14)]);
    let told = town.of(&by_neighbourhood());
    assert_eq!(told, "Green 1000+0 -1 | -100 of 1501", "the hall is there; of the people nobody knows");
}
