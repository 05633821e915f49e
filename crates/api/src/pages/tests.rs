//! The views on a small atlas, and every route.

use super::ask::Ask;
use super::facts::Row;
use super::list::ListPage;
use super::{asset, map, search, start};
use askama::Template;
use atlas::{Atlas, AtlasBuilder};
use geo_types::{MultiPolygon, polygon};
use model::{
    AreaCode, Asset, AssetRecord, Category, Facility, Kind, Level, Locality, LocalityKey, Located,
    PartialDate, Position, PositionQuality, Postcode, PostcodeRecord, RecordKind, Source, Status, Vintage,
};

mod officer;
mod routes;

const WARD: &str = "E05000001-2023";

/// Two wards side by side, one kilometre or so wide, in a district without a boundary.
fn small_town() -> AtlasBuilder {
    let mut builder = AtlasBuilder::default();
    builder.source(source("wards", RecordKind::Area, &[]));
    builder.source(source("halls", RecordKind::Building, &["E08000001"]));
    for (code, name, west) in [("E05000001", "Mill & Marsh", -2.40), ("E05000002", "Easton", -2.385)] {
        builder.locality(ward(code, name, west));
    }
    builder.postcode(&PostcodeRecord {
        postcode: Postcode::parse("ZZ1 1AA").unwrap(),
        position: Position::new(-2.39, 53.405).ok(),
        ward: AreaCode::parse("E05000001").ok(),
        district: AreaCode::parse("E08000001").ok(),
        lsoa: None,
        msoa: None,
        terminated: false,
    });
    builder
}

fn source(id: &str, kind: RecordKind, covers: &[&str]) -> Source {
    Source {
        id: id.into(),
        title: format!("List of {id}"),
        publisher: None,
        licence: Some("OGL-UK-3.0".into()),
        attribution: None,
        kind,
        covers: covers.iter().map(|code| AreaCode::parse(code).unwrap()).collect(),
        area_names: [(AreaCode::parse("E08000001").unwrap(), "Anyborough".to_owned())].into(),
        as_of: None,
    }
}

fn ward(code: &str, name: &str, west: f64) -> Locality {
    let (east, south, north) = (west + 0.015, 53.40, 53.41);
    Locality {
        source: "wards".into(),
        key: code.into(),
        locality: LocalityKey {
            level: Level::Ward,
            code: code.into(),
            vintage: Vintage::from_year(2023).unwrap(),
        },
        name: name.into(),
        parents: vec![AreaCode::parse("E08000001").unwrap()],
        boundary: MultiPolygon(vec![polygon![
            (x: west, y: south), (x: east, y: south), (x: east, y: north), (x: west, y: north)
        ]]),
        as_of: None,
    }
}

fn record(name: &str, kind: Kind, category: &str, place: Option<(f64, f64)>) -> Asset {
    let record = AssetRecord {
        kind,
        name: name.into(),
        categories: Category::parse(category).into_iter().collect(),
        as_of: PartialDate::parse("2023-04").ok(),
        ..AssetRecord::blank("halls", name)
    };
    let position = place.map(|(lon, lat)| Position::new(lon, lat).unwrap());
    Asset {
        id: record.id(),
        located: position.map(|position| Located { position, quality: PositionQuality::Postcode }),
        record,
    }
}

const INSIDE: Option<(f64, f64)> = Some((-2.395, 53.405));
/// Some 66 metres over the eastern edge of the first ward.
const NEAR: Option<(f64, f64)> = Some((-2.384, 53.405));

fn town() -> Atlas {
    let mut builder = small_town();
    builder.asset(&record("Zion Hall", Kind::Building, "hall", INSIDE));
    builder.asset(&record("Abbey Library", Kind::Building, "library", INSIDE));
    builder.asset(&record("Easton Hall", Kind::Building, "hall", NEAR));
    builder.asset(&record("Mill Park", Kind::Building, "park", INSIDE));
    builder.asset(&record("Depot", Kind::Building, "council_property", INSIDE));
    let mut closed = record("Old Baths", Kind::Building, "hall", INSIDE);
    closed.record.status = Status::Closed;
    builder.asset(&closed);
    let mut across = record("Borough Food Bank", Kind::Group, "food_bank", None);
    across.record.serves = vec![AreaCode::parse("E08000001").unwrap()];
    builder.asset(&across);
    let mut registered = record("Widows’ Fund", Kind::Group, "food", None);
    registered.record.correspondence = Postcode::parse("ZZ1 1AA").ok();
    builder.asset(&registered);
    builder.build(7)
}

fn list(atlas: &Atlas, query: &str) -> ListPage {
    let read = Ask::read(query);
    ListPage::of(atlas, atlas.locality(&read.ask.area).unwrap(), &read)
}

fn rows(page: &ListPage) -> impl Iterator<Item = &Row> {
    page.parts.iter().flat_map(|part| &part.rows)
}

fn names(page: &ListPage) -> Vec<&str> {
    rows(page).map(|row| row.name.as_str()).collect()
}

#[test]
fn the_list_is_what_people_can_use_inside_by_name_then_near_by_distance() {
    let atlas = town();
    let page = list(&atlas, &format!("area={WARD}&within=800"));
    assert_eq!(names(&page), ["Abbey Library", "Zion Hall", "Easton Hall"]);
    assert_eq!(page.count, "3 groups and buildings");
    assert_eq!(page.count_detail, "2 inside, 1 more within 800 metres of its edge.");
    let rows: Vec<&Row> = rows(&page).collect();
    assert_eq!(rows[0].why, "Inside Mill & Marsh");
    assert_eq!(rows[0].age, "Listed April 2023, not checked since");
    assert_eq!(rows[0].placed, Some("placed by its postcode"));
    assert!(rows[2].why.ends_with("metres from the edge of Mill & Marsh"), "{}", rows[2].why);
    let shelves: Vec<&str> = page.shelves.iter().map(|shelf| shelf.title.as_str()).collect();
    assert_eq!(
        shelves,
        [
            "1 group also works across Anyborough",
            "1 is registered here, which doesn’t mean it works here",
            "1 park or other green space",
            "1 piece of land or council property",
            "1 building closed or no longer active",
        ]
    );
    assert!(page.shelves.iter().all(|shelf| !shelf.is_open));
}

#[test]
fn filters_narrow_and_their_counts_respect_each_other() {
    let atlas = town();
    let page = list(&atlas, &format!("area={WARD}&within=800&kind=building&category=hall"));
    assert_eq!(names(&page), ["Zion Hall", "Easton Hall"]);
    let kinds: Vec<&str> = page.kinds.iter().map(|choice| choice.count.as_str()).collect();
    assert_eq!(kinds, ["2", "0", "2"]);
    let titles: Vec<String> = page
        .families
        .iter()
        .flat_map(|family| family.categories.iter().map(|c| format!("{} {}", c.title, c.count)))
        .collect();
    assert_eq!(
        titles,
        [
            "Hall or meeting room 2",
            "Council property 0, and 1 below",
            "Park or garden 0, and 1 below",
            "Library 1"
        ]
    );
    assert_eq!(
        page.chosen,
        [("Hall or meeting room", "/?area=E05000001-2023&within=800&kind=building".to_owned())]
    );
    assert_eq!(page.clear.as_deref(), Some("/?area=E05000001-2023&within=800"));
    assert_eq!(page.heading, "Buildings in and near Mill & Marsh");
}

#[test]
fn downloads_ask_the_same_question() {
    let page = list(&town(), &format!("area={WARD}&within=400&kind=building&category=hall&show=green"));
    assert_eq!(
        page.downloads.unwrap().csv.unwrap(),
        "/ogc/collections/assets/items?f=csv&locality=E05000001-2023&within_m=400&kind=building&category=hall&limit=10000"
    );
}

#[test]
fn what_was_not_loaded_is_said_by_kind() {
    let page = list(&town(), &format!("area={WARD}&within=0"));
    let said: Vec<&str> = page.coverage.iter().map(|statement| statement.text.as_str()).collect();
    assert_eq!(
        said,
        ["No list of groups was loaded at all. An empty list here does not mean that there are none."]
    );
}

#[test]
fn an_empty_list_says_how_far_to_look() {
    let atlas = town();
    let page = list(&atlas, "area=E05000002-2023&within=0&category=library");
    assert!(page.parts.is_empty());
    let (text, href) = page.further.unwrap();
    assert_eq!(text, "Look within 800 metres: 1 group or building");
    assert_eq!(href, "/?area=E05000002-2023&within=800&category=library");
    assert!(list(&atlas, "area=E05000002-2023&category=museum").further.is_none());
}

#[test]
fn a_long_list_is_cut_and_can_be_seen_whole() {
    let mut builder = small_town();
    for i in 0..60 {
        builder.asset(&record(&format!("Hall {i:02}"), Kind::Building, "hall", INSIDE));
    }
    let atlas = builder.build(1);
    let page = list(&atlas, &format!("area={WARD}"));
    assert_eq!((page.shown, page.count.as_str()), (50, "60 groups and buildings"));
    let (text, href) = page.show_all.unwrap();
    assert_eq!((text.as_str(), href.as_str()), ("Show all 60", "/?area=E05000001-2023&within=800&all=list"));
    assert_eq!(list(&atlas, &href[2..]).shown, 60);
}

#[test]
fn the_map_shows_exactly_what_the_list_and_open_groups_show() {
    let atlas = town();
    for query in [
        "within=800",
        "within=0",
        "within=800&show=green,closed",
        "within=800&category=park",
        "within=800&kind=group",
    ] {
        let query = format!("area={WARD}&{query}");
        let page = list(&atlas, &query);
        let open = page.shelves.iter().filter(|shelf| shelf.is_open);
        let rows = rows(&page).chain(open.flat_map(|shelf| shelf.parts.iter().flat_map(|part| &part.rows)));
        let mut listed: Vec<String> = rows.map(|row| row.id.clone()).collect();
        let read = Ask::read(&query);
        let drawn = map::map(&atlas, atlas.locality(WARD).unwrap(), &read.ask);
        let features = drawn["assets"]["features"].as_array().unwrap();
        let mut on_map: Vec<String> = features.iter().map(|f| f["id"].as_str().unwrap().to_owned()).collect();
        listed.sort();
        on_map.sort();
        assert_eq!(listed, on_map, "{query}");
        assert_eq!(drawn["neighbours"]["features"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn names_that_look_like_markup_are_inert() {
    let evil = r#""><script>alert('x')</script><img src=x onerror=alert(1)>"#;
    let mut builder = small_town();
    let mut hall = record(evil, Kind::Building, "hall", INSIDE);
    hall.record.website = Some("javascript:alert(1)".into());
    hall.record.summary = Some(evil.into());
    hall.record.facilities = vec![Facility { label: evil.into(), value: evil.into() }];
    let id = hall.id;
    builder.asset(&hall);
    let atlas = builder.build(1);
    let read = Ask::read(&format!("area={WARD}&q={evil}&within={evil}&category={evil}"));
    let asset = asset::AssetPage::of(&atlas, atlas.asset(id).unwrap(), None);
    for html in [
        ListPage::of(&atlas, 0, &read).render().unwrap(),
        search::SearchPage::of(&atlas, &Ask::read(&format!("q={}", super::address::value(evil))))
            .render()
            .unwrap(),
        asset.render().unwrap(),
    ] {
        assert!(html.contains("alert("), "the text itself is kept");
        assert!(!html.contains("<script>") && !html.contains("<img"), "{html}");
        assert!(!html.contains("href=\"javascript"), "{html}");
    }
}

#[test]
fn the_way_back_is_a_list_of_ours_or_none() {
    let atlas = town();
    let back = |from: &str| asset::back(&atlas, &format!("from={}", super::address::value(from)));
    let query = "area=E05000001-2023&within=400&kind=building&show=green";
    assert_eq!(back(query), Some(format!("/?{query}")));
    for from in ["https://evil.example/", "//evil.example", "javascript:alert(1)", "area=nowhere", ""] {
        assert_eq!(back(from), None, "{from}");
    }
    let back = back("area=E05000001-2023&within=0&next=https://evil.example").unwrap();
    assert_eq!(back, "/?area=E05000001-2023&within=0");
}

#[test]
fn what_a_hirer_asks_is_never_no() {
    let mut builder = small_town();
    let mut hall = record("Zion Hall", Kind::Building, "hall", INSIDE);
    hall.record.facilities =
        vec![Facility { label: "capacity".into(), value: "120; 40 in the annexe".into() }];
    let id = hall.id;
    builder.asset(&hall);
    let atlas = builder.build(1);
    let page = asset::AssetPage::of(&atlas, atlas.asset(id).unwrap(), None);
    let said = |label: &str| {
        page.practical.iter().find(|fact| fact.label == label).map(|fact| fact.values[0].text.as_str())
    };
    assert_eq!(said("Capacity"), Some("120; 40 in the annexe"));
    assert_eq!(said("How many people it holds"), None);
    for label in ["Opening or meeting times", "Contact", "Step-free access", "Cost to hire"] {
        assert_eq!(said(label), Some("Not known, ask"), "{label}");
    }
    let place: Vec<String> =
        page.place.iter().map(|fact| format!("{}: {}", fact.label, fact.values[0].text)).collect();
    assert!(
        place.contains(&"Latitude, longitude: 53.40500, -2.39500 (placed by its postcode)".to_owned()),
        "{place:?}"
    );
    assert!(place.iter().any(|text| text.starts_with("Grid reference: SJ ")), "{place:?}");
}

#[test]
fn one_exact_area_or_postcode_goes_straight_to_its_list() {
    let atlas = town();
    assert_eq!(search::only_area(&atlas, "zz11aa").as_deref(), Some(WARD));
    assert_eq!(search::only_area(&atlas, " easton ").as_deref(), Some("E05000002-2023"));
    assert_eq!(search::only_area(&atlas, "E05000001").as_deref(), Some(WARD));
    assert_eq!(search::only_area(&atlas, "hall"), None);
    assert!(search::SearchPage::of(&atlas, &Ask::read("q=qqq")).found_nothing());
    let meant = search::SearchPage::of(&atlas, &Ask::read("q=ZZ1+OAA")).suggestion.unwrap();
    assert_eq!(meant, ("ZZ1 0AA".to_owned(), "/?q=ZZ1+0AA".to_owned()));
}

#[test]
fn an_empty_store_says_what_to_do() {
    let html = start::StartPage::of(&AtlasBuilder::default().build(0), &Ask::read("")).render().unwrap();
    assert!(html.contains("assetmap import"), "{html}");
    let html = start::StartPage::of(&town(), &Ask::read("")).render().unwrap();
    assert!(html.contains("Mill &#38; Marsh") && html.contains("2 buildings"), "{html}");
}
