//! What must hold for any position and any text.

use osgb::{EastingNorthing, GridRef, LonLat, to_grid, to_lonlat};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4000) })]

    #[test]
    fn grid_to_lonlat_and_back_is_within_a_tenth_of_a_millimetre(e in 0.0..700_000.0, n in 0.0..1_250_000.0) {
        let there = EastingNorthing::new(e, n);
        if let Ok(lonlat) = to_lonlat(there) {
            let back = to_grid(lonlat).unwrap();
            prop_assert!((back.e - e).abs() < 1e-4 && (back.n - n).abs() < 1e-4, "{there} came back as {back}");
        }
    }

    #[test]
    fn lonlat_to_grid_and_back_is_within_a_tenth_of_a_millimetre(lon in -9.5..4.0, lat in 49.5..61.5) {
        let there = LonLat::new(lon, lat);
        if let Ok(grid) = to_grid(there) {
            let back = to_lonlat(grid).unwrap();
            prop_assert!((back.lon - lon).abs() < 9e-10 && (back.lat - lat).abs() < 9e-10, "{there} came back as {back}");
        }
    }

    #[test]
    fn the_whole_globe_is_answered_without_panic(lon in -180.0..=180.0, lat in -90.0..=90.0) {
        let point = LonLat::new(lon, lat);
        let _ = to_grid(point).map_err(|error| error.to_string());
    }

    #[test]
    fn any_float_is_answered_without_panic(a in any::<f64>(), b in any::<f64>(), digits in any::<u8>()) {
        let _ = to_grid(LonLat::new(a, b)).map_err(|error| error.to_string());
        let grid = EastingNorthing::new(a, b);
        let _ = to_lonlat(grid).map_err(|error| error.to_string());
        let _ = GridRef::containing(grid, digits).map_err(|error| error.to_string());
    }

    #[test]
    fn a_reference_reads_back_and_holds_its_position(
        e in 0.0..699_999.9, n in 0.0..1_299_999.9, half in 0_u8..=8
    ) {
        let point = EastingNorthing::new(e, n);
        let reference = GridRef::containing(point, half * 2).unwrap();
        let corner = reference.south_west();
        for (value, low) in [(e, corner.e), (n, corner.n)] {
            prop_assert!(value > low - 1e-6 && value < low + reference.size_m() + 1e-6, "{reference} for {point}");
        }
        prop_assert_eq!(GridRef::parse(&reference.to_string()), Ok(reference));
        prop_assert_eq!(reference.compact().parse(), Ok(reference));
    }

    #[test]
    fn any_text_is_answered_without_panic(text in "\\PC*", near in "[A-Za-z ]{0,3}[0-9 ]{0,20}\\PC?") {
        let _ = GridRef::parse(&text).map_err(|error| error.to_string());
        let _ = GridRef::parse(&near).map_err(|error| error.to_string());
    }
}
