//! Files that are wrong on purpose, each in one way that has been seen in the wild.

use geo::MultiPolygon;
use serde_json::{Value, json};

use crate::boundaries::{collection, degrees, metres, ward_features};
use crate::halls::Hall;
use crate::land::Land;
use crate::libraries::{self, Library};
use crate::table;

/// Wards in each of the bad ward files.
const SOME_WARDS: usize = 3;

/// What a portal answers when a file has moved.
pub fn error_page() -> Vec<u8> {
    b"<!DOCTYPE html>\r\n<html lang=\"en\">\r\n<head><meta charset=\"utf-8\"><title>Page not found | Wexmarsh Council</title></head>\r\n\
      <body>\r\n<h1>Sorry, we cannot find that page</h1>\r\n<p>The page may have moved, or the address may be wrong.</p>\r\n\
      <p><a href=\"https://www.wexmarsh.example.org/\">Go to the home page</a></p>\r\n</body>\r\n</html>\r\n"
        .to_vec()
}

/// Latitude before longitude.
pub fn swapped_axes(land: &Land) -> Vec<u8> {
    let swapped = |place| {
        let [lon, lat] = degrees(place);
        [lat, lon]
    };
    collection("WD_MAY_2025_WEXCOMBE_swapped", None, ward_features(land, SOME_WARDS, swapped))
}

/// Eastings and northings under a label that says degrees.
pub fn metres_called_crs84(land: &Land) -> Vec<u8> {
    let features = ward_features(land, SOME_WARDS, metres);
    collection("WD_MAY_2025_WEXCOMBE_BNG", Some("urn:ogc:def:crs:OGC:1.3:CRS84"), features)
}

/// A list of halls in which every row but the first has something wrong with its coordinates.
pub fn bad_coordinates(halls: &[Hall]) -> Vec<u8> {
    let columns = ["id", "name", "postcode", "longitude", "latitude", "what is wrong"];
    let wrong = |nth: usize, lon: String, lat: String| match nth {
        0 => [lon, lat, "nothing".to_owned()],
        1 => [lat, lon, "longitude and latitude swapped".to_owned()],
        2 => ["NaN".to_owned(), "NaN".to_owned(), "not a number".to_owned()],
        3 => ["0".to_owned(), "0".to_owned(), "zero, zero: a place in the Atlantic".to_owned()],
        4 => [lon, String::new(), "latitude missing".to_owned()],
        5 => [lon.replace('.', ","), lat.replace('.', ","), "decimal commas".to_owned()],
        6 => [lon.trim_start_matches('-').to_owned(), lat, "sign lost: a place in the North Sea".to_owned()],
        7 => ["431100".to_owned(), "254900".to_owned(), "metres under headings of degrees".to_owned()],
        8 => ["-inf".to_owned(), "inf".to_owned(), "infinite".to_owned()],
        9 => ["1e400".to_owned(), lat, "too large for any number".to_owned()],
        10 => ["-181.5".to_owned(), "95.2".to_owned(), "off the globe".to_owned()],
        11 => ["SP 311 549".to_owned(), "SP 311 549".to_owned(), "a grid reference twice".to_owned()],
        12 => [
            "0.000000".to_owned(),
            "99.999999".to_owned(),
            "a postcode directory's mark for no position".to_owned(),
        ],
        13 => [format!("{lon}°"), format!("{lat}°"), "degree signs".to_owned()],
        _ => [lon[..5].to_owned(), lat[..5].to_owned(), "two decimals: right to a kilometre only".to_owned()],
    };
    let rows = halls.iter().take(15).enumerate().map(|(nth, hall)| {
        let [lon, lat] = degrees(hall.place).map(|degree| degree.to_string());
        let [lon, lat, why] = wrong(nth, lon, lat);
        [hall.id.clone(), hall.name.clone(), hall.postcode.clone(), lon, lat, why]
    });
    table::plain(&columns, rows)
}

/// Rings that break a rule of geometry, and one that does not.
pub fn broken_rings() -> Vec<u8> {
    let square = json!([[-1.55, 52.19], [-1.54, 52.19], [-1.54, 52.2], [-1.55, 52.2], [-1.55, 52.19]]);
    let crossing = json!([[-1.55, 52.19], [-1.54, 52.2], [-1.54, 52.19], [-1.55, 52.2], [-1.55, 52.19]]);
    let open = json!([[-1.53, 52.19], [-1.52, 52.19], [-1.52, 52.2], [-1.53, 52.2]]);
    let line = json!([[-1.51, 52.19], [-1.5, 52.19], [-1.51, 52.19]]);
    let clockwise = json!([[-1.49, 52.19], [-1.49, 52.2], [-1.48, 52.2], [-1.48, 52.19], [-1.49, 52.19]]);
    let hole_outside = json!([[-1.4, 52.1], [-1.39, 52.1], [-1.39, 52.11], [-1.4, 52.1]]);
    let shapes: [(&str, Vec<&Value>); 7] = [
        ("nothing wrong", vec![&square]),
        ("ring crosses itself", vec![&crossing]),
        ("ring is not closed", vec![&open]),
        ("ring has no area", vec![&line]),
        ("outer ring runs clockwise", vec![&clockwise]),
        ("hole lies outside its polygon", vec![&square, &hole_outside]),
        ("no rings at all", vec![]),
    ];
    let feature = |(nth, (name, rings)): (usize, (&str, Vec<&Value>))| {
        let columns = json!({"WD25CD": format!("E0599980{}", nth + 1), "WD25NM": name});
        json!({"type": "Feature", "properties": columns, "geometry": {"type": "Polygon", "coordinates": rings}}).to_string()
    };
    let nothing = crate::boundaries::feature(
        &[("WD25CD", json!("E05999808")), ("WD25NM", json!("an empty multipolygon"))],
        None,
        &MultiPolygon(vec![]),
        degrees,
    );
    let features = shapes.into_iter().enumerate().map(feature).chain([nothing]);
    collection("WD_MAY_2025_WEXCOMBE_DRAFT", None, features)
}

/// The libraries, after someone has read UTF-8 with its mark as Windows-1252 and saved it as UTF-8 again.
pub fn double_encoded_bom(libraries: &[Library]) -> Vec<u8> {
    let mut bytes = "ï»¿".as_bytes().to_vec();
    bytes.extend(table::spreadsheet(&libraries::heading(), libraries.iter().take(5).map(libraries::row)));
    bytes
}
