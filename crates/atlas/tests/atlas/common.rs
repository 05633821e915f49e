//! A small country: four square wards in two districts, and whatever assets a test puts there.

use atlas::{Atlas, AtlasBuilder};
use geo_types::{MultiPolygon, polygon};
use model::{
    AreaCode, Asset, AssetRecord, Category, CategorySet, Kind, Level, Locality, LocalityKey, Located,
    Position, PositionQuality, Postcode, PostcodeRecord, RecordKind, Source, Vintage,
};

pub const WARDS: [&str; 4] = ["E05000001", "E05000002", "E05000003", "E05000004"];

pub fn code(text: &str) -> AreaCode {
    AreaCode::parse(text).expect("a code")
}

/// Wards of 0.02 by 0.01 degrees from west to east; the first two are in the district E08000001, whose boundary is
/// loaded, the others in E08000002, of which there is only the name of its code.
pub fn country() -> AtlasBuilder {
    let mut builder = AtlasBuilder::default();
    for (i, ward) in WARDS.iter().enumerate() {
        let west = -2.0 + 0.02 * i as f64;
        let district = if i < 2 { "E08000001" } else { "E08000002" };
        builder.locality(area(Level::Ward, ward, &format!("Ward {}", i + 1), west, west + 0.02, &[district]));
    }
    builder.locality(area(Level::District, "E08000001", "Westshire", -2.0, -1.96, &[]));
    builder
}

pub fn area(level: Level, id: &str, name: &str, west: f64, east: f64, parents: &[&str]) -> Locality {
    let (south, north) = (53.0, 53.01);
    Locality {
        source: "areas".into(),
        key: id.into(),
        locality: LocalityKey { level, code: id.into(), vintage: Vintage::from_year(2025).expect("a year") },
        name: name.into(),
        parents: parents.iter().map(|p| code(p)).collect(),
        boundary: MultiPolygon(vec![
            polygon![(x: west, y: south), (x: east, y: south), (x: east, y: north), (x: west, y: north)],
        ]),
        as_of: None,
    }
}

pub fn source(id: &str, kind: RecordKind, covers: &[&str]) -> Source {
    Source {
        id: id.into(),
        title: id.into(),
        publisher: None,
        licence: None,
        attribution: None,
        kind,
        covers: covers.iter().map(|c| code(c)).collect(),
        area_names: [(code("E08000002"), "Eastshire".to_owned())].into(),
        as_of: None,
    }
}

pub fn asset(name: &str, kind: Kind, category: &str, place: Option<(f64, f64)>) -> Asset {
    let categories: CategorySet = Category::parse(category).into_iter().collect();
    let position = place.map(|(lon, lat)| Position::new(lon, lat).expect("a position"));
    let record =
        AssetRecord { kind, name: name.into(), categories, position, ..AssetRecord::blank("list", name) };
    let located = position.map(|position| Located { position, quality: PositionQuality::Surveyed });
    Asset { id: record.id(), located, record }
}

pub fn postcode(text: &str, place: Option<(f64, f64)>) -> PostcodeRecord {
    PostcodeRecord {
        postcode: Postcode::parse(text).expect("a postcode"),
        position: place.and_then(|(lon, lat)| Position::new(lon, lat).ok()),
        ward: None,
        district: None,
        lsoa: None,
        msoa: None,
        terminated: false,
    }
}

pub fn name_of(atlas: &Atlas, asset: u32) -> String {
    let properties: serde_json::Value =
        serde_json::from_slice(&atlas.asset_feature(asset).properties()).expect("properties are JSON");
    properties["name"].as_str().expect("a name").to_owned()
}
