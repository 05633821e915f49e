//! Search on a small town: any text is answered, and a name finds what has it.

use atlas::{Atlas, AtlasBuilder, Found};
use geo_types::{LineString, MultiPolygon, Polygon};
use model::*;
use proptest::prelude::*;

/// A square, its sides in degrees.
fn square(level: Level, code: &str, year: u16, name: &str, west: f64, south: f64, side: f64) -> Locality {
    let (east, north) = (west + side, south + side);
    let ring =
        LineString::from(vec![(west, south), (east, south), (east, north), (west, north), (west, south)]);
    LocalityRecord {
        source: format!("{code}-{year}"),
        key: code.into(),
        locality: LocalityKey { level, code: code.into(), vintage: Vintage::from_year(year).unwrap() },
        name: name.into(),
        parents: Vec::new(),
        boundary: MultiPolygon::new(vec![Polygon::new(ring, vec![])]),
        as_of: None,
    }
}

fn hall(name: &str, category: &str, at: Option<(f64, f64)>) -> Asset {
    let record = AssetRecord {
        kind: Kind::Building,
        name: name.into(),
        categories: CategorySet::parse_query(category).unwrap(),
        ..AssetRecord::blank("halls", name)
    };
    let position = at.map(|(lon, lat)| Position::new(lon, lat).unwrap());
    let located = position.map(|position| Located { position, quality: PositionQuality::Surveyed });
    Asset { id: record.id(), record, located }
}

/// Three wards of today, two of them where there was one, and a parish in the western one.
fn town(names: &[String]) -> Atlas {
    let mut builder = AtlasBuilder::default();
    builder.locality(square(Level::Ward, "E05000001", 2013, "Marsh End", -2.40, 53.40, 0.02));
    builder.locality(square(Level::Ward, "E05000011", 2023, "Westerly & Marsh", -2.40, 53.40, 0.01));
    builder.locality(square(Level::Ward, "E05000012", 2023, "Eastering", -2.39, 53.40, 0.01));
    builder.locality(square(Level::Ward, "E05000013", 2023, "Northwick", -2.40, 53.41, 0.02));
    builder.locality(square(Level::Parish, "E04000001", 2023, "Pennyfold", -2.398, 53.402, 0.003));
    builder.asset(&hall("Zion Rooms", "food_bank", Some((-2.397, 53.403))));
    builder.asset(&hall("Grove Food Bank", "food_bank", Some((-2.382, 53.408))));
    builder.asset(&hall("Lantern House", "library", None));
    for name in names {
        builder.asset(&hall(name, "hall", None));
    }
    for (i, postcode) in ["ZZ1 1AA", "ZZ1 2AB", "ZZ11 1AA"].into_iter().enumerate() {
        builder.postcode(&PostcodeRecord {
            postcode: Postcode::parse(postcode).unwrap(),
            position: Position::new(-2.395 + 0.01 * i as f64, 53.405).ok(),
            ward: None,
            district: None,
            lsoa: None,
            msoa: None,
            terminated: false,
        });
    }
    builder.build(1)
}

fn first(atlas: &Atlas, text: &str) -> String {
    let name = |ix: &u32| atlas.place(*ix).name.clone();
    let names = |wards: &[u32]| wards.iter().map(name).collect::<Vec<_>>().join(" + ");
    match atlas.find(text, 10).first() {
        None => "nothing".into(),
        Some(Found::Area(ix)) => format!("{} ({})", name(ix), names(&atlas.wards_today(*ix))),
        Some(Found::Postcode(postcode, ward)) => {
            format!("{postcode} ({})", ward.iter().map(name).collect::<String>())
        }
        Some(Found::Place { name, became, .. }) => format!("{name} ({})", names(became)),
        Some(Found::Asset(asset)) => atlas.asset_name(*asset),
    }
}

#[test]
fn people_find_what_they_mean_and_hear_where_it_is() {
    let atlas = town(&[]);
    for (text, found) in [
        ("pennyfold", "Pennyfold (Westerly & Marsh)"),
        ("penyfold parish", "Pennyfold (Westerly & Marsh)"),
        ("marsh end", "Marsh End (Northwick + Westerly & Marsh + Eastering)"),
        ("easterng", "Eastering ()"),
        ("eastering", "Eastering ()"),
        ("wm", "Westerly & Marsh ()"),
        ("e05000012", "Eastering ()"),
        ("zz11aa", "ZZ1 1AA (Westerly & Marsh)"),
        ("zz1", "ZZ1 (Westerly & Marsh + Eastering)"),
        ("zz1 2", "ZZ1 2 (Eastering)"),
        ("zz2", "nothing"),
        ("lantrn house", "Lantern House"),
        ("food bank pennyfold", "Zion Rooms"),
        ("food bank near eastering", "Grove Food Bank"),
        ("foodbank", "Grove Food Bank"),
        ("books", "Lantern House"),
        ("qqq", "nothing"),
        ("", "nothing"),
    ] {
        assert_eq!(first(&atlas, text), found, "{text}");
    }
}

#[test]
fn the_same_question_has_the_same_answer() {
    let (one, other) = (town(&[]), town(&[]));
    for text in ["food", "marsh", "e", "zz1"] {
        assert_eq!(one.find(text, 10), other.find(text, 10));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_answered(text in ".{0,60}", limit in 0usize..30) {
        prop_assert!(town(&[]).find(&text, limit).len() <= limit);
    }

    #[test]
    fn a_whole_name_finds_its_asset(names in proptest::collection::vec("[A-Za-zé'&. -]{0,20}[a-z]{2}", 1..8)) {
        let atlas = town(&names);
        for name in &names {
            let asset = atlas.asset(hall(name, "hall", None).id).unwrap();
            prop_assert!(atlas.find(name, 20).contains(&Found::Asset(asset)), "{}", name);
        }
    }
}
