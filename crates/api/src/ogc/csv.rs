//! Answers as a table: one row an asset, in the order of [`feature::PROPERTIES`], with coordinates in degrees and on
//! the British National Grid.

use super::crs::Crs;
use atlas::feature::{ANSWER_PROPERTIES, PROPERTIES};
use atlas::{Atlas, Hit};
use serde_json::{Map, Value};

/// The table, with a byte order mark so that spreadsheets read it as UTF-8.
pub(super) fn table(atlas: &Atlas, hits: &[Hit]) -> Vec<u8> {
    let mut out = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let columns: Vec<&str> = PROPERTIES.iter().chain(ANSWER_PROPERTIES).map(|p| p.name).collect();
    let place = ["longitude", "latitude", "easting", "northing", "attribution"];
    let header = columns.iter().copied().chain(place);
    out.write_record(header).expect("writing to memory");
    for hit in hits {
        let properties = properties(atlas, hit);
        let cells = columns.iter().map(|name| cell(properties.get(*name)));
        let position = atlas.asset_position(hit.asset);
        let degrees = position.and_then(|p| Crs::Crs84.project(p.lon(), p.lat()));
        let grid = position.and_then(|p| Crs::Grid.project(p.lon(), p.lat()));
        let numbers = [degrees.map(|d| d.0), degrees.map(|d| d.1), grid.map(|g| g.0), grid.map(|g| g.1)];
        let numbers = numbers.map(|n| n.map_or_else(String::new, |n| n.to_string()));
        let source = properties.get("source").and_then(Value::as_str).and_then(|id| atlas.source(id));
        let attribution = source.and_then(|s| s.attribution.clone()).unwrap_or_default();
        out.write_record(cells.chain(numbers).chain([attribution])).expect("writing to memory");
    }
    out.into_inner().expect("writing to memory")
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

fn cell(value: Option<&Value>) -> String {
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
