//! OSTN15 against points whose answer Ordnance Survey has published.

use osgb::{EastingNorthing, Error, LonLat, to_grid, to_lonlat};

/// The most that a coordinate may differ, metres. The published answers are whole millimetres.
const TOLERANCE_M: f64 = 0.002;

/// Corners of the country: test points of Ordnance Survey's OSTN15 developer pack, and the worked example of its guide.
const POINTS: [(&str, f64, f64, f64, f64); 11] = [
    ("TP01 St Mary's, Scilly", -6.29977752014, 49.92226393730, 91_492.146, 11_318.804),
    ("TP04 Isle of Wight", -1.29782277240, 50.57563665000, 449_816.371, 75_335.861),
    ("TP07 North Foreland", 1.44454730409, 51.37447025550, 639_821.835, 169_565.858),
    ("TP09 London", -0.11992557180, 51.48936564950, 530_624.974, 178_388.464),
    ("TP12 Worcester", -2.15458614387, 52.25529381630, 389_544.190, 261_912.153),
    ("TP16 Cheshire", -2.64049320810, 53.34480280190, 357_455.843, 383_290.436),
    ("TP21 Isle of Man", -4.63452168212, 54.08666318080, 227_778.330, 468_847.388),
    ("TP27 Edinburgh", -3.29479219337, 55.92478265510, 319_188.434, 670_947.534),
    ("TP31 St Kilda", -8.57854456076, 57.81351838410, 9_587.909, 899_448.996),
    ("TP40 Shetland", -2.07382822798, 60.13308091660, 395_999.668, 1_138_728.951),
    ("Caister water tower", 1.716073973, 52.658007833, 651_409.804, 313_177.450),
];

/// The larger of the two differences, in metres, both ways.
fn check(name: &str, lonlat: LonLat, expected: EastingNorthing) -> (f64, f64) {
    let difference = |a: EastingNorthing, b: EastingNorthing| (a.e - b.e).abs().max((a.n - b.n).abs());
    let grid = to_grid(lonlat).unwrap_or_else(|error| panic!("{name}: {error}"));
    let forward = difference(grid, expected);
    let back = to_lonlat(expected).unwrap_or_else(|error| panic!("{name}: {error}"));
    let metres_north = (back.lat - lonlat.lat).abs() * 111_400.0;
    let metres_east = (back.lon - lonlat.lon).abs() * 111_400.0 * lonlat.lat.to_radians().cos();
    let backward = metres_north.max(metres_east);
    assert!(forward < TOLERANCE_M, "{name}: {grid:.4} is {forward:.4} m from {expected}");
    assert!(backward < TOLERANCE_M, "{name}: {back:.9} is {backward:.4} m from {lonlat}");
    (forward, backward)
}

#[test]
fn well_known_points_agree_both_ways() {
    for (name, lon, lat, e, n) in POINTS {
        check(name, LonLat::new(lon, lat), EastingNorthing::new(e, n));
    }
}

/// All forty points of the developer pack. They are read from where `ASSETMAP_REAL_DATA` says.
#[test]
fn developer_pack_agrees_both_ways() {
    let Some(folder) = std::env::var_os("ASSETMAP_REAL_DATA") else {
        println!("skipped: ASSETMAP_REAL_DATA is not set, so the developer pack's points were not tried");
        return;
    };
    let table = |name: &str| -> Vec<(String, f64, f64)> {
        let path = std::path::Path::new(&folder).join("transforms").join(name);
        let text =
            std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let row = |line: &str| {
            let fields: Vec<&str> = line.split(',').collect();
            (fields[0].to_owned(), fields[1].parse().unwrap(), fields[2].parse().unwrap())
        };
        text.lines().skip(1).filter(|line| !line.trim().is_empty()).map(row).collect()
    };
    let inputs = table("OSTN15_OSGM15_TestInput_ETRStoOSGB.txt");
    let outputs = table("OSTN15_OSGM15_TestOutput_ETRStoOSGB.txt");
    assert_eq!((inputs.len(), outputs.len()), (40, 40));
    let mut worst = (0.0_f64, 0.0_f64);
    for ((name, lat, lon), (same_name, e, n)) in inputs.into_iter().zip(outputs) {
        assert_eq!(name, same_name);
        let (forward, backward) = check(&name, LonLat::new(lon, lat), EastingNorthing::new(e, n));
        worst = (worst.0.max(forward), worst.1.max(backward));
    }
    println!("worst of 40 points: {:.2} mm to the grid, {:.2} mm back", worst.0 * 1000.0, worst.1 * 1000.0);
}

#[test]
fn places_without_cover_are_refused() {
    for (name, lon, lat) in [
        ("Belfast", -5.93, 54.60),
        ("Dublin", -6.26, 53.35),
        ("Calais", 1.86, 50.95),
        ("Jersey", -2.11, 49.19),
        ("Rockall", -13.69, 57.60),
        ("the Faroes", -6.77, 62.01),
        ("Null Island", 0.0, 0.0),
        ("Manchester, swapped", 53.48, -2.24),
        ("Manchester, in metres", 384_000.0, 398_000.0),
        ("a mark for 'no position' in postcode files", 0.0, 99.999_999),
    ] {
        let point = LonLat::new(lon, lat);
        assert_eq!(to_grid(point), Err(Error::OutsideCover(point)), "{name}");
    }
    for (name, e, n) in [
        ("west of the grid", -1.0, 500_000.0),
        ("north of it", 400_000.0, 1_260_000.0),
        ("Ireland", 100_000.0, 480_000.0),
        ("degrees", -2.24, 53.48 * 1e6),
        ("very far", 1e300, -1e300),
    ] {
        let point = EastingNorthing::new(e, n);
        assert_eq!(to_lonlat(point), Err(Error::OutsideGrid(point)), "{name}");
    }
}

#[test]
fn numbers_that_are_none_are_refused() {
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(to_grid(LonLat::new(bad, 52.0)), Err(Error::NotFinite("longitude")));
        assert_eq!(to_grid(LonLat::new(-2.0, bad)), Err(Error::NotFinite("latitude")));
        assert_eq!(to_lonlat(EastingNorthing::new(bad, 0.0)), Err(Error::NotFinite("easting")));
        assert_eq!(to_lonlat(EastingNorthing::new(0.0, bad)), Err(Error::NotFinite("northing")));
    }
}
