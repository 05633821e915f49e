//! Answers as a table: one row a feature, properties in the order of the schema, then coordinates in degrees and on
//! the British National Grid, and the words that the source's licence wants.

use super::crs::Crs;
use atlas::feature::{ANSWER_PROPERTIES, PROPERTIES, Property};
use atlas::{Atlas, Hit, Place};
use model::Position;
use serde_json::{Map, Value};

/// Columns that both kinds of table end with.
const PLACE_AND_SOURCE: [&str; 6] =
    ["longitude", "latitude", "easting", "northing", "attribution", "licence"];

/// A byte order mark, so that spreadsheets read a table as UTF-8.
const MARK: &str = "\u{feff}";

/// The table of assets.
pub(super) fn assets(atlas: &Atlas, hits: &[Hit]) -> Vec<u8> {
    let columns: Vec<&str> = PROPERTIES.iter().chain(ANSWER_PROPERTIES).map(|p| p.name).collect();
    let rows = hits.iter().map(|hit| {
        let properties = properties(atlas, hit);
        let source = properties.get("source").and_then(Value::as_str).unwrap_or_default();
        let last = place_and_source(atlas, atlas.asset_position(hit.asset), source);
        columns.iter().map(|name| cell(properties.get(*name))).chain(last).collect()
    });
    placed_table(&columns, rows)
}

/// The table of areas, each with a point inside it.
pub(super) fn areas(
    atlas: &Atlas,
    places: &[&Place],
    columns: &[&'static Property],
    say: impl Fn(&Place) -> Value,
) -> Vec<u8> {
    let columns: Vec<&str> = columns.iter().map(|p| p.name).collect();
    let rows = places.iter().map(|place| {
        let properties = say(place);
        let last = place_and_source(atlas, Some(place.inside), &place.source);
        columns.iter().map(|name| cell(properties.get(name))).chain(last).collect()
    });
    placed_table(&columns, rows)
}

fn placed_table(columns: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let columns: Vec<&str> = columns.iter().chain(&PLACE_AND_SOURCE).copied().collect();
    table(&columns, rows)
}

/// A table of any rows.
pub(crate) fn table(columns: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let head = columns.iter().map(|column| (*column).to_owned()).collect();
    write(MARK.as_bytes().to_vec(), std::iter::once(head).chain(rows))
}

/// Further rows of a table.
pub(crate) fn rows(rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    write(Vec::new(), rows)
}

fn write(out: Vec<u8>, rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut out = csv::Writer::from_writer(out);
    for row in rows {
        out.write_record(row).expect("writing to memory");
    }
    out.into_inner().expect("writing to memory")
}

fn place_and_source(atlas: &Atlas, position: Option<Position>, source: &str) -> [String; 6] {
    let place = |crs: Crs| {
        let (a, b) = position.and_then(|p| crs.project(p.lon(), p.lat())).unzip();
        [a, b].map(|n: Option<f64>| n.map_or_else(String::new, |n| n.to_string()))
    };
    let ([lon, lat], [easting, northing]) = (place(Crs::Crs84), place(Crs::Grid));
    let source = atlas.source(source);
    let text = |text: Option<&String>| text.map_or_else(String::new, |text| harmless(text));
    let attribution = text(source.and_then(|source| source.attribution.as_ref()));
    let licence = text(source.and_then(|source| source.licence.as_ref()));
    [lon, lat, easting, northing, attribution, licence]
}

fn properties(atlas: &Atlas, hit: &Hit) -> Map<String, Value> {
    let text = atlas.asset_feature(hit.asset).properties();
    let mut properties: Map<String, Value> = serde_json::from_slice(&text).unwrap_or_default();
    let answer = [
        ("relation", hit.relation.map(|r| r.as_str().into())),
        ("distance_m", hit.distance_m.map(|m| ((m * 100.0).round() / 100.0).into())),
        ("via", hit.via.map(|via| atlas.via_code(via).into())),
        ("registered_here", hit.registered_here.then(|| true.into())),
    ];
    properties.extend(answer.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    properties
}

/// A value as the text of a cell.
pub(crate) fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => harmless(text),
        Some(Value::Array(list)) => {
            harmless(&list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(";"))
        }
        Some(other) => other.to_string(),
    }
}

/// A text that a spreadsheet would run as a formula gets an apostrophe in front; a number does not.
fn harmless(text: &str) -> String {
    let starts_formula =
        text.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if starts_formula && text.parse::<f64>().is_err() { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn formulas_are_made_harmless_and_numbers_stay() {
        for text in ["=1+1", "+44 161 123", "-cmd", "@x", " =1", "\t=1"] {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        for text in ["-12.5", "+3", "plain", "0161 1", ""] {
            assert_eq!(harmless(text), text);
        }
    }
}
