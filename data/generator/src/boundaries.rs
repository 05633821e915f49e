//! Boundaries as GeoJSON, one feature a line, with the columns of the Office for National Statistics.

use geo::{Centroid, Coord, LineString, MultiPolygon};
use osgb::{EastingNorthing, LonLat, to_lonlat};
use serde_json::{Value, json};

use crate::land::{Area, BOROUGH_CODE, BOROUGH_NAME, Land};
use crate::random::at;

const WGS84: &str = "urn:ogc:def:crs:OGC:1.3:CRS84";
const NATIONAL_GRID: &str = "urn:ogc:def:crs:EPSG::27700";

/// How a vertex is written.
pub type Axes = fn(Coord) -> [f64; 2];

pub fn wards(land: &Land) -> Vec<u8> {
    collection("WD_MAY_2025_WEXCOMBE_BFC", Some(WGS84), ward_features(land, usize::MAX, degrees))
}

pub fn wards_bng(land: &Land) -> Vec<u8> {
    collection("WD_MAY_2025_WEXCOMBE_BFC_BNG", Some(NATIONAL_GRID), ward_features(land, usize::MAX, metres))
}

pub fn districts(land: &Land) -> Vec<u8> {
    let feature = |(fid, area): (usize, &Area)| {
        let columns = [("FID", json!(fid + 1)), ("LAD25CD", json!(area.code)), ("LAD25NM", json!(area.name))];
        feature(&columns, Some(area), &area.shape, degrees)
    };
    collection("LAD_MAY_2025_BFC", None, land.districts.iter().enumerate().map(feature))
}

pub fn lsoas(land: &Land) -> Vec<u8> {
    let feature = |(fid, lsoa): (usize, &crate::land::Lsoa)| {
        let area = &lsoa.area;
        let columns =
            [("FID", json!(fid + 1)), ("LSOA21CD", json!(area.code)), ("LSOA21NM", json!(area.name))];
        feature(&columns, Some(area), &area.shape, degrees)
    };
    collection("LSOA_2021_EW_BFC_V10", None, land.lsoas.iter().enumerate().map(feature))
}

/// The first so many wards, one feature a line.
pub fn ward_features(land: &Land, limit: usize, axes: Axes) -> impl Iterator<Item = String> {
    land.wards.iter().take(limit).enumerate().map(move |(fid, ward)| {
        let area = &ward.area;
        let columns = [
            ("FID", json!(fid + 1)),
            ("WD25CD", json!(area.code)),
            ("WD25NM", json!(area.name)),
            ("LAD25CD", json!(BOROUGH_CODE)),
            ("LAD25NM", json!(BOROUGH_NAME)),
        ];
        feature(&columns, Some(area), &area.shape, axes)
    })
}

/// A whole file. `crs` is the old member of that name, which councils and the statistics office still write.
pub fn collection(name: &str, crs: Option<&str>, features: impl Iterator<Item = String>) -> Vec<u8> {
    let crs = crs.map_or(String::new(), |crs| {
        format!(
            "\"crs\": {{\"type\": \"name\", \"properties\": {{\"name\": \"{crs}\"}}}},
"
        )
    });
    let features: Vec<String> = features.collect();
    format!(
        "{{\n\"type\": \"FeatureCollection\",\n\"name\": \"{name}\",\n{crs}\"features\": [\n{}\n]\n}}\n",
        features.join(",\n")
    )
    .into_bytes()
}

/// Columns in the order given; then where the area lies, when there is one.
pub fn feature(columns: &[(&str, Value)], area: Option<&Area>, shape: &MultiPolygon, axes: Axes) -> String {
    let mut columns: Vec<String> =
        columns.iter().map(|(name, value)| format!("\"{name}\": {value}")).collect();
    if let Some(area) = area {
        let middle = area.shape.centroid().expect("an area has a middle").0;
        let [long, lat] = degrees(middle).map(|degree| (degree * 1e5).round() / 1e5);
        columns.push(format!(
            "\"BNG_E\": {}, \"BNG_N\": {}, \"LONG\": {long}, \"LAT\": {lat}, \"GlobalID\": \"{}\"",
            middle.x.round(),
            middle.y.round(),
            global_id(&area.code)
        ));
    }
    let polygons: Vec<Value> = shape
        .iter()
        .map(|polygon| {
            let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
            rings.map(|ring| positions(ring, axes)).collect()
        })
        .collect();
    let (kind, coordinates) = match &polygons[..] {
        [polygon] => ("Polygon", polygon.clone()),
        _ => ("MultiPolygon", Value::Array(polygons)),
    };
    let geometry = format!("{{\"type\": \"{kind}\", \"coordinates\": {coordinates}}}");
    format!("{{\"type\": \"Feature\", \"properties\": {{{}}}, \"geometry\": {geometry}}}", columns.join(", "))
}

fn positions(ring: &LineString, axes: Axes) -> Value {
    ring.0.iter().map(|vertex| json!(axes(*vertex))).collect()
}

/// Longitude and latitude, to about a centimetre.
pub fn degrees(place: Coord) -> [f64; 2] {
    let LonLat { lon, lat } =
        to_lonlat(EastingNorthing::new(place.x, place.y)).expect("the borough is on the grid");
    [lon, lat].map(|degree| (degree * 1e7).round() / 1e7)
}

pub fn metres(place: Coord) -> [f64; 2] {
    [place.x, place.y]
}

fn global_id(code: &str) -> String {
    let number: i64 = code[1..].parse().expect("a code ends in digits");
    let part = |salt, limit: f64| ((at(number, 0, salt) + 1.0) / 2.0 * limit) as u64;
    format!(
        "{:08x}-{:04x}-4{:03x}-9{:03x}-{:012x}",
        part(1, 4_294_967_296.0),
        part(2, 65_536.0),
        part(3, 4_096.0),
        part(4, 4_096.0),
        part(5, 281_474_976_710_656.0)
    )
}
