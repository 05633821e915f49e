use super::*;
use atlas::AtlasBuilder;
use geo_types::{MultiPolygon, polygon};
use measures::{Book, Class, Line, LineShare, Method, Target, View, Why};
use model::{Basis, Locality, LocalityKey, Pence, PopulationRecord, Standing, Vintage};
use proptest::prelude::*;

fn code(text: &str) -> AreaCode {
    AreaCode::parse(text).unwrap()
}

const SMALL_AREAS: u32 = 8;

/// From north to south across some tenths of a degree of longitude.
fn area(level: Level, code: &str, year: u16, west: u32, east: u32) -> Locality {
    let (west, east) = (f64::from(west) / 10.0 - 2.0, f64::from(east) / 10.0 - 2.0);
    Locality {
        source: "drawn".into(),
        key: format!("{code}-{year}"),
        locality: LocalityKey { level, code: code.into(), vintage: Vintage::from_year(year).unwrap() },
        name: code.into(),
        parents: vec![],
        boundary: MultiPolygon(vec![
            polygon![(x: west, y: 53.0), (x: east, y: 53.0), (x: east, y: 53.1), (x: west, y: 53.1)],
        ]),
        as_of: None,
    }
}

/// A district of four wards of two small areas each, with neighbourhoods over it.
fn town(drawn: &[(u32, u32, u16)]) -> Atlas {
    let mut builder = AtlasBuilder::default();
    builder.locality(area(Level::District, "E08000001", 2024, 0, 10 * SMALL_AREAS));
    for n in 0..SMALL_AREAS {
        builder.locality(area(Level::Lsoa, &format!("E0100000{n}"), 2021, 10 * n, 10 * n + 10));
        if n % 2 == 0 {
            builder.locality(area(Level::Ward, &format!("E0500000{n}"), 2024, 10 * n, 10 * n + 20));
        }
    }
    for (n, (west, wide, year)) in drawn.iter().enumerate() {
        builder.locality(area(Level::Neighbourhood, &format!("drawn:{n}"), *year, *west, west + wide));
    }
    builder.build(1)
}

fn target() -> impl Strategy<Value = Target> {
    let district = || vec![code("E08000001")];
    let any_area = prop_oneof![
        (0..SMALL_AREAS).prop_map(|n| format!("E0100000{n}")),
        (0..SMALL_AREAS).prop_map(|n| format!("E0500000{n}")),
        Just("E08000001".to_owned()),
    ];
    prop_oneof![
        (-2.5..7.0).prop_map(|lon| Target::Point(Position::new(lon, 53.05).unwrap())),
        prop::collection::vec(any_area, 1..4)
            .prop_map(|codes| Target::Areas(codes.iter().map(|text| code(text)).collect())),
        Just(Target::Weights { weights: "population".into(), scope: district() }),
        Just(Target::Nowhere(Why::NoRule)),
    ]
}

fn line(pence: i64) -> Line {
    Line {
        payer: 0,
        month: None,
        day: None,
        service: None,
        class: Class::Service,
        basis: Basis::Paid,
        standing: Standing::Named,
        method: Method::Stated,
        payee: None,
        pence: Pence(pence),
        target: 0,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn however_neighbourhoods_are_drawn_shares_add_up_to_the_line(
        drawn in prop::collection::vec((0_u32..90, 1_u32..50, 2023_u16..2025), 0..6),
        people in prop::collection::vec(0_u32..2_000, SMALL_AREAS as usize),
        target in target(),
        pence in -100_000_i64..100_000,
    ) {
        let atlas = town(&drawn);
        let mut known = Populations::default();
        for (n, total) in people.iter().enumerate() {
            let area = code(&format!("E0100000{n}"));
            known.add(PopulationRecord { source: "x".into(), area, year: 2024, total: *total, by_age: vec![], by_band: vec![] });
        }
        let kept = HashMap::new();
        let ground = Ground::new(&atlas, Level::Neighbourhood, &known, &kept);
        let view = View::new(ground.areas.clone(), &[target], &ground);
        let mut book = Book::default();
        book.push(line(pence)).unwrap();
        let shares = book.line_shares(&view, 0);
        let each = |share: &LineShare| match share {
            LineShare::Area(_, _, pence) | LineShare::Elsewhere(pence) | LineShare::Nowhere(_, pence) => pence.0,
        };
        prop_assert_eq!(shares.iter().map(each).sum::<i64>(), pence);
        let summed: u64 = known.summed(&atlas, &ground).values().map(|all| all.people).sum();
        prop_assert!(summed <= people.iter().map(|people| u64::from(*people)).sum(), "nobody counts twice");
    }
}
