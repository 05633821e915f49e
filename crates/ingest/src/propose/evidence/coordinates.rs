use super::super::{Claim, Column, Field};
use super::phone::says_telephone;
use crate::grid::is_grid_range;
use crate::validate::coordinates::{Unit, number};
use crate::validate::pin::{self, Pin};
use model::Position;

fn in_degrees(value: &str, from: f64, to: f64) -> bool {
    value.contains('.') && number(value, Unit::Degrees).is_some_and(|n| (from..=to).contains(&n))
}

/// Degrees of latitude in the United Kingdom.
pub(super) fn latitude(column: &Column<'_>) -> Option<Claim> {
    let is = |value: &str| in_degrees(value, 49.5, 61.5);
    let said = column.says(&["lat", "latitude", "y", "ycoord", "geoy"]);
    degrees(column, Field::Latitude, "latitudes", said, is)
}

/// Degrees of longitude in the United Kingdom.
pub(super) fn longitude(column: &Column<'_>) -> Option<Claim> {
    let is = |value: &str| in_degrees(value, -9.5, 2.5);
    let said = column.says(&["lon", "long", "lng", "longitude", "x", "xcoord", "geox"]);
    // small numbers are many things: without a word in the header it takes decimals that nobody writes by hand
    let fine =
        |value: &str| is(value) && value.rsplit('.').next().is_some_and(|decimals| decimals.len() >= 4);
    if said {
        degrees(column, Field::Longitude, "longitudes", said, is)
    } else {
        degrees(column, Field::Longitude, "longitudes", said, fine)
    }
}

fn degrees(
    column: &Column<'_>,
    field: Field,
    what: &str,
    said: bool,
    is: impl Fn(&str) -> bool,
) -> Option<Claim> {
    let percent = column.percent(&is);
    let weight = match (said, percent) {
        (true, 50..) => 97,
        (false, 90..) => 80,
        _ => return None,
    };
    Claim::new(field, weight, format!("looks like {what} in the UK: {}", column.so_many(is)))
}

/// Eastings of the National Grid.
pub(super) fn easting(column: &Column<'_>) -> Option<Claim> {
    let is = |value: &str| number(value, Unit::Metres).is_some_and(|n| is_grid_range(n, 400_000.0));
    let said = column.says(&["e", "east", "easting", "eastings", "x", "xcoord", "geox", "oseast1m", "gridx"]);
    metres(column, Field::Easting, "eastings", said, is)
}

/// Northings of the National Grid.
pub(super) fn northing(column: &Column<'_>) -> Option<Claim> {
    let is = |value: &str| number(value, Unit::Metres).is_some_and(|n| is_grid_range(400_000.0, n));
    let said =
        column.says(&["n", "north", "northing", "northings", "y", "ycoord", "geoy", "osnrth1m", "gridy"]);
    metres(column, Field::Northing, "northings", said, is)
}

fn metres(
    column: &Column<'_>,
    field: Field,
    what: &str,
    said: bool,
    is: impl Fn(&str) -> bool,
) -> Option<Claim> {
    let enough = said && column.percent(&is) >= 50;
    enough.then(|| {
        Claim::new(
            field,
            96,
            format!(
                "its header and numbers are those of {what} of the National Grid: {} in range",
                column.so_many(is)
            ),
        )
    })?
}

/// Both numbers in one cell, or a grid reference. In a column that says that it has pins, half of them may be bad.
pub(super) fn point(column: &Column<'_>) -> Option<Claim> {
    let is = |value: &str| match pin::read(value) {
        Pin::Pair { x, y, .. } => Position::new(x, y).is_ok_and(Position::is_near_uk) || is_grid_range(x, y),
        Pin::Square(_) => true,
        Pin::Postcode(_) | Pin::Telephone | Pin::Nothing => false,
    };
    let is_or_postcode = |value: &str| is(value) || matches!(pin::read(value), Pin::Postcode(_));
    let said = column.says(PINS) || (column.says(&["grid"]) && column.says(&["ref", "reference"]));
    let enough = match column.percent(is) {
        _ if says_telephone(column) => false,
        60.. => true,
        1.. => said && column.percent(is_or_postcode) >= 40,
        0 => false,
    };
    let squares = column.count(|value| matches!(pin::read(value), Pin::Square(_)));
    let what = if squares * 2 > column.count(is) { "grid references" } else { "two coordinates in one cell" };
    enough.then(|| Claim::new(Field::Point, 96, format!("looks like {what}: {}", column.so_many(is))))?
}

/// Words of a header that say that its cells are places on a map.
const PINS: &[&str] = &[
    "pin",
    "map",
    "latlng",
    "latlong",
    "latlon",
    "lat",
    "lng",
    "coordinates",
    "coords",
    "coordinate",
    "gps",
    "point",
    "geo",
    "location",
    "position",
    "gridref",
    "ngr",
    "osgr",
];

/// The geometries of a GeoJSON file.
pub(super) fn geometry(column: &Column<'_>) -> Option<Claim> {
    column.is_geometry.then(|| {
        Claim::new(
            Field::Geometry,
            100,
            "the features have geometries: points, or polygons whose inside is taken",
        )
    })?
}

/// Whether it is a coordinate of any sort.
pub(in super::super) fn is_coordinate(column: &Column<'_>) -> bool {
    [latitude, longitude, easting, northing, point].iter().any(|evidence| evidence(column).is_some())
}
