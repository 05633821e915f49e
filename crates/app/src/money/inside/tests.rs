use super::*;
use atlas::AtlasBuilder;
use geo_types::{MultiPolygon, polygon};
use model::{Locality, LocalityKey, Vintage};

const WEST: &str = "E05000001";
const EAST: &str = "E05000002";
const SMALL: &str = "E01000001";
const TINY: &str = "E00000001";
const DISTRICT: &str = "E08000001";

fn code(text: &str) -> AreaCode {
    AreaCode::parse(text).unwrap()
}

/// From north to south across some tenths of a degree of longitude; of no width, it is a lookup that draws nothing.
fn area(level: Level, code_of_it: &str, west: f64, east: f64, parents: &[&str]) -> Locality {
    let (west, east) = (west / 10.0 - 2.0, east / 10.0 - 2.0);
    let drawn = polygon![(x: west, y: 53.0), (x: east, y: 53.0), (x: east, y: 53.1), (x: west, y: 53.1)];
    Locality {
        source: "drawn".into(),
        key: code_of_it.into(),
        locality: LocalityKey { level, code: code_of_it.into(), vintage: Vintage::from_year(2024).unwrap() },
        name: code_of_it.into(),
        parents: parents.iter().map(|parent| code(parent)).collect(),
        boundary: MultiPolygon(if west < east { vec![drawn] } else { vec![] }),
        as_of: None,
    }
}

/// An LSOA the larger part of which lies in the west, and an output area of it that lies in the east.
fn town(lookups: &[(Level, &str, &str)]) -> Atlas {
    let mut builder = AtlasBuilder::default();
    builder.locality(area(Level::Ward, WEST, 0.0, 5.0, &[DISTRICT]));
    builder.locality(area(Level::Ward, EAST, 5.0, 10.0, &[DISTRICT]));
    builder.locality(area(Level::Lsoa, SMALL, 1.0, 7.0, &[]));
    builder.locality(area(Level::OutputArea, TINY, 6.0, 7.0, &[]));
    for (level, small, ward) in lookups {
        builder.locality(area(*level, small, 0.0, 0.0, &[ward]));
    }
    builder.build(1)
}

/// In which of the areas the small ones lie, and `lies_in` says the same.
fn lie(atlas: &Atlas) -> String {
    let inside = Inside::new(atlas, [code(TINY), code(SMALL)]);
    let in_each = [WEST, EAST, DISTRICT].map(|large| {
        let large = code(large);
        let all = inside.of(std::slice::from_ref(&large));
        for small in [TINY, SMALL] {
            assert_eq!(lies_in(atlas, &code(small), &large), all.contains(&code(small)), "{small} {large}");
        }
        all.iter()
            .map(|area| if area.as_str() == TINY { "tiny" } else { "small" })
            .collect::<Vec<_>>()
            .join(" ")
    });
    in_each.join(" | ")
}

#[test]
fn what_a_lookup_says_of_an_area_holds_for_that_area_alone() {
    let (oa, lsoa) = (Level::OutputArea, Level::Lsoa);
    for (lookups, expected) in [
        (&[][..], "small | tiny | "),
        (&[(lsoa, SMALL, WEST)], "small | tiny | small"),
        (&[(lsoa, SMALL, EAST)], " | tiny small | small"),
        (&[(oa, TINY, EAST), (lsoa, SMALL, WEST)], "small | tiny | tiny small"),
        (&[(oa, TINY, WEST), (lsoa, SMALL, EAST)], "tiny | small | tiny small"),
    ] {
        assert_eq!(lie(&town(lookups)), expected, "{lookups:?}");
    }
}

#[test]
fn of_lookups_that_contradict_each_other_none_counts() {
    let atlas = town(&[(Level::Lsoa, SMALL, WEST), (Level::Lsoa, SMALL, EAST)]);
    assert_eq!(lie(&atlas), "small | tiny | ");
}
