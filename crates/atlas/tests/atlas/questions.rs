//! The questions, on a small country.

use crate::common::{WARDS, area, asset, code, country, name_of, postcode, source};
use atlas::{Filter, Hit, Relation};
use model::{Kind, Level, Postcode, RecordKind};

/// What is in, near or serving a ward, as text: `name relation metres via`.
fn around(atlas: &atlas::Atlas, ward: &str, within_m: f64) -> Vec<String> {
    let area = atlas.locality(ward).expect("an area");
    let describe = |hit: &Hit| {
        let relation = hit.relation.map_or("-", Relation::as_str);
        let metres = hit.distance_m.map_or(String::new(), |m| format!(" {m:.0} m"));
        let via = hit.via.map_or(String::new(), |via| format!(" via {}", atlas.via_name(via)));
        let registered = if hit.registered_here { " registered here" } else { "" };
        format!("{} {relation}{metres}{via}{registered}", name_of(atlas, hit.asset))
    };
    atlas.around(area, within_m, &Filter::default()).iter().map(describe).collect()
}

#[test]
fn inside_then_near_by_distance() {
    let mut builder = country();
    builder.asset(&asset("far", Kind::Building, "hall", Some((-1.90, 53.005))));
    builder.asset(&asset("beside", Kind::Building, "hall", Some((-1.97, 53.005))));
    builder.asset(&asset("close", Kind::Building, "hall", Some((-1.979, 53.005))));
    builder.asset(&asset("middle", Kind::Building, "hall", Some((-1.99, 53.005))));
    let atlas = builder.build(1);
    assert_eq!(
        around(&atlas, WARDS[0], 800.0),
        ["middle inside 0 m", "close near 67 m", "beside near 671 m"]
    );
    assert_eq!(around(&atlas, WARDS[0], 0.0), ["middle inside 0 m"]);
}

#[test]
fn on_a_shared_edge_it_is_inside_one_and_near_at_0_m_in_the_other() {
    let mut builder = country();
    builder.asset(&asset("edge", Kind::Building, "hall", Some((-1.98, 53.004))));
    builder.asset(&asset("corner", Kind::Building, "hall", Some((-1.98, 53.0))));
    let atlas = builder.build(1);
    let [west, east] = [WARDS[0], WARDS[1]].map(|ward| around(&atlas, ward, 0.0));
    for name in ["edge", "corner"] {
        let answers = [&west, &east].map(|hits| hits.iter().find(|hit| hit.starts_with(name)).cloned());
        let inside = answers.iter().flatten().filter(|hit| hit.ends_with("inside 0 m")).count();
        let near = answers.iter().flatten().filter(|hit| hit.ends_with("near 0 m")).count();
        assert_eq!((inside, near), (1, 1), "{name}: {answers:?}");
    }
}

#[test]
fn who_works_across_an_area_is_listed_apart_with_the_area_that_says_so() {
    let mut builder = country();
    builder.source(source("list", RecordKind::Group, &[]));
    for (name, serves) in [
        ("ward group", WARDS[0]),
        ("district group", "E08000001"),
        ("elsewhere", WARDS[3]),
        ("unnamed", "E08000002"),
    ] {
        let mut group = asset(name, Kind::Group, "community", None);
        group.record.serves = vec![code(serves)];
        builder.asset(&group);
    }
    let atlas = builder.build(1);
    let mut of_ward = around(&atlas, WARDS[0], 800.0);
    of_ward.sort();
    assert_eq!(of_ward, ["district group serves via Westshire", "ward group serves via Ward 1"]);
    let mut of_district = around(&atlas, "E08000001", 0.0);
    of_district.sort();
    assert_eq!(of_district, ["district group serves via Westshire", "ward group serves via Ward 1"]);
    assert!(
        around(&atlas, WARDS[2], 0.0).contains(&"unnamed serves via Eastshire".to_owned()),
        "a name without a boundary"
    );
}

#[test]
fn a_correspondence_postcode_gives_a_ward_and_nothing_else() {
    let mut builder = country();
    builder.postcode(&postcode("ZZ1 1AA", Some((-1.99, 53.005))));
    let mut charity = asset("charity", Kind::Group, "community", None);
    charity.record.correspondence = Postcode::parse("ZZ1 1AA").ok();
    builder.asset(&charity);
    let mut both = asset("both", Kind::Group, "community", None);
    both.record.correspondence = Postcode::parse("ZZ1 1AA").ok();
    both.record.serves = vec![code("E08000001")];
    builder.asset(&both);
    let atlas = builder.build(1);
    let mut hits = around(&atlas, WARDS[0], 5_000.0);
    hits.sort();
    assert_eq!(hits, ["both serves via Westshire registered here", "charity registered registered here"]);
    assert_eq!(around(&atlas, WARDS[1], 5_000.0), ["both serves via Westshire"], "never near");
    let asset = atlas.asset(charity.id).expect("it is there");
    assert_eq!(atlas.asset_position(asset), None);
    let mut text = Vec::new();
    atlas.asset_feature(asset).write(&mut text);
    let text = String::from_utf8(text).expect("UTF-8");
    assert!(text.contains(r#""registered_ward":"E05000001""#) && !text.contains("ZZ1"), "{text}");
}

#[test]
fn nothing_loaded_is_not_nothing_there() {
    let mut builder = country();
    builder.source(source("halls", RecordKind::Building, &["E08000001"]));
    builder.source(source("clubs", RecordKind::Group, &[]));
    let atlas = builder.build(1);
    let covered = atlas.coverage(atlas.locality(WARDS[0]).expect("a ward"), 0.0);
    let of = |kind: Kind| covered.kinds.iter().find(|k| k.kind == kind).expect("both kinds").clone();
    assert_eq!(of(Kind::Building).share_not_loaded, 0.0);
    assert_eq!(of(Kind::Group).share_not_loaded, 1.0);
    assert_eq!(of(Kind::Group).unstated, ["clubs"]);
    let beyond = atlas.coverage(atlas.locality(WARDS[1]).expect("a ward"), 1_000.0);
    let halls = beyond.kinds.iter().find(|k| k.kind == Kind::Building).expect("both kinds");
    assert!((0.3..0.9).contains(&halls.share_not_loaded), "{halls:?}");
    let named: Vec<_> = halls.gaps.iter().filter_map(|gap| gap.area.clone()).map(|(code, _)| code).collect();
    assert_eq!(named, ["E08000002"], "{halls:?}");
}

#[test]
fn the_finest_boundary_answers_and_the_newest_vintage_is_meant() {
    let mut builder = country();
    let mut fine = area(Level::Ward, WARDS[0], "Ward 1", -2.0, -1.97, &[]);
    fine.source = "fine".into();
    let ring = fine.boundary.0[0].exterior().clone();
    let mut denser: Vec<_> = ring.coords().copied().collect();
    denser.insert(1, geo_types::coord! { x: -1.985, y: 53.0 });
    fine.boundary.0[0] = geo_types::Polygon::new(denser.into(), vec![]);
    builder.locality(fine);
    let mut old = area(Level::Ward, WARDS[0], "Old Ward 1", -2.5, -2.4, &[]);
    old.locality.vintage = model::Vintage::from_year(2013).expect("a year");
    builder.locality(old);
    let atlas = builder.build(1);
    let place = atlas.place(atlas.locality(WARDS[0]).expect("a ward"));
    assert_eq!(
        (place.source.as_str(), place.name.as_str(), place.vintage().year()),
        ("fine", "Ward 1", 2025)
    );
    let old = atlas.place(atlas.locality("E05000001-2013").expect("the old one is there too"));
    assert_eq!(old.name, "Old Ward 1");
}

#[test]
fn counts_leave_out_what_has_closed_and_set_land_apart() {
    let mut builder = country();
    let at = Some((-1.99, 53.005));
    builder.asset(&asset("hall", Kind::Building, "hall", at));
    builder.asset(&asset("club", Kind::Group, "sports_club", at));
    builder.asset(&asset("verge", Kind::Building, "land", at));
    let mut closed = asset("shut", Kind::Building, "library", at);
    closed.record.status = model::Status::Closed;
    builder.asset(&closed);
    let atlas = builder.build(1);
    let counts = atlas.counts(atlas.locality(WARDS[0]).expect("a ward"));
    assert_eq!((counts.groups, counts.buildings, counts.land), (1, 1, 1));
}

/// What a lookup says: nothing is drawn.
fn lookup(level: Level, small: &str, larger: &str) -> model::Locality {
    let drawn = area(level, small, small, 0.0, 1.0, &[larger]);
    let vintage = model::Vintage::from_year(2021).expect("a year");
    let locality = model::LocalityKey { vintage, ..drawn.locality };
    model::Locality { locality, boundary: geo_types::MultiPolygon(vec![]), ..drawn }
}

#[test]
fn a_lookup_says_with_what_an_area_is_counted_and_is_none_itself() {
    let mut builder = country();
    builder.locality(area(Level::Lsoa, "E01000001", "Small", -2.0, -1.99, &[]));
    for small in ["E01000001", "E01000002"] {
        builder.locality(lookup(Level::Lsoa, small, WARDS[1]));
    }
    let atlas = builder.build(1);
    let small = atlas.locality("E01000001").expect("it is drawn");
    assert_eq!(atlas.counted_with(small).collect::<Vec<_>>(), [WARDS[1]]);
    assert!(!atlas.is_part_of(small, &code(WARDS[1])), "it need not lie there");
    assert!(atlas.is_part_of(small, &code("E08000001")), "as its middle does");
    assert_eq!(atlas.place(small).name, "Small");
    assert!(atlas.locality("E01000002").is_none(), "nobody drew it");
}

#[test]
fn what_lies_in_an_area_is_not_counted_with_what_that_is_counted_with() {
    let mut builder = country();
    builder.locality(area(Level::OutputArea, "E00000001", "Tiny", -1.98, -1.97, &[]));
    builder.locality(area(Level::Lsoa, "E01000001", "Small", -2.0, -1.97, &[]));
    builder.locality(lookup(Level::Lsoa, "E01000001", WARDS[0]));
    let atlas = builder.build(1);
    let tiny = atlas.locality("E00000001").expect("it is drawn");
    assert!(atlas.is_part_of(tiny, &code("E01000001")));
    assert!(!atlas.is_part_of(tiny, &code(WARDS[0])), "it lies in another ward");
    assert_eq!(atlas.counted_with(tiny).count(), 0);
}

#[test]
fn a_lookup_covers_nothing() {
    let mut builder = country();
    builder.source(source("list", RecordKind::Group, &[WARDS[0]]));
    builder.locality(area(Level::Lsoa, "E01000001", "Small", -2.0, -1.96, &[]));
    builder.locality(lookup(Level::Lsoa, "E01000001", WARDS[0]));
    let atlas = builder.build(1);
    let ward = atlas.locality(WARDS[1]).expect("a ward");
    assert_eq!(atlas.coverage(ward, 0.0).kinds[0].share_not_loaded, 1.0, "the list is of the other ward");
}
