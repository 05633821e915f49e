//! What goes in comes out: every kind of entry with every field and with none.

use crate::common::*;
use geo_types::{LineString, MultiPolygon, Polygon, polygon};
use model::{
    AreaCode, CategorySet, Facility, Kind, Level, LocalityKey, LocalityRecord, OrgId, PartialDate, Position,
    PositionQuality, PostcodeRecord, RecordKind, Source, Status, Uprn, Vintage,
};
use store::{Entry, FileReport, Run};

crate::in_both_homes!(
    an_asset_with_every_field_and_one_with_none,
    a_boundary_with_holes_and_parts,
    a_postcode_with_every_field_and_one_with_none,
    a_source_grows_and_keeps_the_later_date,
    a_run_says_what_the_file_was,
    entries_come_in_the_order_of_the_contract
);

fn area(code: &str) -> AreaCode {
    AreaCode::parse(code).unwrap()
}

fn full_asset() -> model::Asset {
    let mut full = asset("row, \"7\"\n", "St Mary’s Hall — the “old” one");
    let record = &mut full.record;
    record.kind = Kind::Building;
    record.summary = Some("Coffee; 50 % off,\nfor all 🙂".into());
    record.categories = CategorySet::parse_query("hall,library,park").unwrap();
    record.address = Some("1 High Street, Sale".into());
    record.postcode = Some(postcode("M33 7ZF"));
    record.postcode_text = Some("M33".into());
    record.uprn = Some(Uprn::parse("10000480247").unwrap());
    record.position = Some(Position::new(-2.352_123_456_789_012, 53.388_000_000_000_01).unwrap());
    record.correspondence = Some(postcode("WA14 1AH"));
    record.website = Some("https://example.org/?a=1&b=2".into());
    record.email = Some("hello@example.org".into());
    record.phone = Some("0161 000 0000".into());
    record.opening_hours = Some("Mo-Fr 09:00-17:00".into());
    record.facilities = vec![
        Facility { label: "Capacity".into(), value: "120".into() },
        Facility { label: "Step, \"free\"".into(), value: "yes".into() },
    ];
    record.serves = vec![area("E05015239"), area("E08000009")];
    record.identifiers = vec![OrgId::charity("1061234").unwrap(), OrgId::parse("GB-XX-1,2%2C3").unwrap()];
    record.status = Status::Closed;
    record.as_of = Some(PartialDate::parse("2023-04").unwrap());
    full.id = full.record.id();
    full.located = at(-2.352_123_456_789_012, 53.388_000_000_000_01, PositionQuality::Surveyed);
    full
}

fn an_asset_with_every_field_and_one_with_none(home: &Home) {
    let given = vec![full_asset(), asset("8", "Bare")];
    import(&*home.store(), given.clone());
    let found = assets(&*home.store());
    assert_eq!(found, given);
    let bits = |a: &model::Asset| a.located.map(|l| (l.position.lon().to_bits(), l.position.lat().to_bits()));
    assert_eq!(bits(&found[0]), bits(&given[0]));
}

fn a_boundary_with_holes_and_parts(home: &Home) {
    let square = |x: f64, side: f64| -> LineString<f64> {
        vec![(x, 53.1), (x + side, 53.1), (x + side, 53.1 + side), (x, 53.1 + side), (x, 53.1)].into()
    };
    let given = LocalityRecord {
        source: "wards".into(),
        key: "E05015239".into(),
        locality: LocalityKey {
            level: Level::Ward,
            code: "E05015239".into(),
            vintage: Vintage::from_year(2025).unwrap(),
        },
        name: "Ashton upon Mersey".into(),
        parents: vec![area("E08000009")],
        boundary: MultiPolygon(vec![
            Polygon::new(square(-2.3, 0.2), vec![square(-2.25, 0.1 / 3.0)]),
            Polygon::new(square(-3.0, 0.1), vec![]),
        ]),
        as_of: Some(PartialDate::parse("2025").unwrap()),
    };
    // a lookup draws nothing
    let not_drawn = LocalityRecord { key: "2".into(), boundary: MultiPolygon(vec![]), ..given.clone() };
    import_areas(&*home.store(), "wards", vec![given.clone(), not_drawn.clone()]);
    let found: Vec<LocalityRecord> = all(&*home.store())
        .into_iter()
        .filter_map(|entry| if let Entry::Locality(area) = entry { Some(area) } else { None })
        .collect();
    assert_eq!(found, [given, not_drawn]);
}

fn a_postcode_with_every_field_and_one_with_none(home: &Home) {
    let bare = PostcodeRecord {
        postcode: postcode("M1 1AE"),
        position: None,
        ward: None,
        district: None,
        lsoa: None,
        msoa: None,
        terminated: false,
    };
    let full = PostcodeRecord {
        postcode: postcode("M33 7ZF"),
        position: Some(Position::new(-2.1, 53.3).unwrap()),
        ward: Some(area("E05015239")),
        district: Some(area("E08000009")),
        lsoa: Some(area("E01006074")),
        msoa: Some(area("E02001259")),
        terminated: true,
    };
    let store = home.store();
    import_postcodes(&*store, "onspd", vec![full.clone(), bare.clone()]);
    let found = store.postcodes(&[full.postcode.clone(), postcode("M2 2BB"), bare.postcode.clone()]).unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!(found[&full.postcode], full);
    assert_eq!(found[&bare.postcode], bare);
}

fn a_source_grows_and_keeps_the_later_date(home: &Home) {
    let store = home.store();
    let first = Source {
        id: "clubs".into(),
        title: "Clubs".into(),
        publisher: Some("Trafford Council".into()),
        licence: Some("OGL-UK-3.0".into()),
        attribution: Some("© Trafford".into()),
        kind: RecordKind::Group,
        covers: vec![area("E08000009")],
        area_names: [(area("E08000009"), "Trafford".to_owned())].into(),
        as_of: Some(PartialDate::parse("2024-05").unwrap()),
    };
    let second = Source {
        title: "Clubs and societies".into(),
        licence: None,
        covers: vec![area("E08000003")],
        area_names: [(area("E08000003"), "Manchester".to_owned())].into(),
        as_of: Some(PartialDate::parse("2023").unwrap()),
        ..first.clone()
    };
    let publish =
        |s: &Source| store.begin_import(s).unwrap().publish(s, &FileReport::default()).unwrap().revision;
    assert_eq!([publish(&first), publish(&first), publish(&second), publish(&second)], [1, 1, 2, 2]);
    let Entry::Source(found) = all(&*store).remove(0) else { panic!("sources come first") };
    let expected = Source {
        covers: vec![area("E08000003"), area("E08000009")],
        area_names: first.area_names.into_iter().chain(second.area_names.clone()).collect(),
        as_of: first.as_of,
        ..second
    };
    assert_eq!(found, expected);
}

fn a_run_says_what_the_file_was(home: &Home) {
    let store = home.store();
    let clubs = source("clubs", RecordKind::Group);
    let report = FileReport {
        file: "clubs.csv".into(),
        profile: "clubs".into(),
        sha256: "ab".repeat(32),
        read: 5,
        merged: 1,
        rejected: 2,
        reasons: vec![("no name".into(), 2)],
    };
    let mut import = store.begin_import(&clubs).unwrap();
    import.assets(staged_all(vec![asset("1", "One"), asset("2", "Two")])).unwrap();
    import.publish(&clubs, &report).unwrap();
    import_postcodes(&*store, "onspd", vec![]);
    let runs = store.runs(None, 10).unwrap();
    assert_eq!(runs.iter().map(|r| r.run).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(store.runs(Some(2), 10).unwrap(), runs[1..]);
    assert_eq!(store.runs(None, 1).unwrap(), runs[..1]);
    let at = runs[1].at.clone();
    assert!(at.len() == 24 && at.ends_with('Z'), "{at}");
    let expected =
        Run { run: 1, source: "clubs".into(), at, revision: 1, report, created: 2, updated: 0, unchanged: 0 };
    assert_eq!(runs[1], expected);
}

fn entries_come_in_the_order_of_the_contract(home: &Home) {
    let store = home.store();
    import(&*store, vec![asset("1", "One")]);
    let shape: MultiPolygon<f64> =
        polygon![(x: 0.0, y: 51.0), (x: 1.0, y: 51.0), (x: 1.0, y: 52.0), (x: 0.0, y: 51.0)].into();
    let ward = LocalityRecord {
        source: "areas".into(),
        key: "a".into(),
        locality: LocalityKey {
            level: Level::Neighbourhood,
            code: "areas:a".into(),
            vintage: Vintage::from_year(2020).unwrap(),
        },
        name: "A".into(),
        parents: vec![],
        boundary: shape,
        as_of: None,
    };
    import_areas(&*store, "areas", vec![ward]);
    let one = PostcodeRecord {
        postcode: postcode("M1 1AE"),
        position: None,
        ward: None,
        district: None,
        lsoa: None,
        msoa: None,
        terminated: false,
    };
    import_postcodes(&*store, "onspd", vec![one]);
    let order: Vec<&str> = all(&*store)
        .iter()
        .map(|entry| match entry {
            Entry::Source(_) => "source",
            Entry::Locality(_) => "locality",
            Entry::Postcode(_) => "postcode",
            Entry::Asset(_) => "asset",
        })
        .collect();
    assert_eq!(order.join(" "), "source source source locality postcode asset");
    assert_eq!(counts(&*store), "public 1, staff 0, hidden 0, areas 1, postcodes 1");
}
