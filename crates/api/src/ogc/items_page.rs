//! Features as pages: a table of many, or all that is known of one. Both are made from the GeoJSON.

use super::collections::Collection;
use super::document::{Document, Part, Said};
use super::link::Link;
use super::schema;
use crate::pages::page;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::Value;

/// A page of a collection's features.
pub(super) fn list(of: Collection, geojson: &[u8], links: &[Link]) -> Response {
    let body: Value = serde_json::from_slice(geojson).unwrap_or_default();
    let features = body["features"].as_array().map(Vec::as_slice).unwrap_or_default();
    let named: Vec<(&str, &str)> = schema::properties_of(of)
        .into_iter()
        .map(|property| (property.name, property.title))
        .filter(|(name, _)| features.iter().any(|feature| !feature["properties"][*name].is_null()))
        .collect();
    let row = |feature: &Value| {
        let id = feature["id"].as_str().unwrap_or_default();
        let name = feature["properties"]["name"].as_str().unwrap_or(id);
        let properties = named
            .iter()
            .filter(|(name, _)| *name != "name")
            .map(|(name, _)| Said::value(&feature["properties"][*name]));
        let link = Said::link(name, format!("/ogc/collections/{}/items/{id}?f=html", of.id()));
        std::iter::once(link).chain(properties).chain([Said::text(place(&feature["geometry"]))]).collect()
    };
    let titles = named.iter().filter(|(name, _)| *name != "name").map(|(_, title)| (*title).to_owned());
    let table = Part::Table {
        heading: "Features".into(),
        columns: std::iter::once("Name".to_owned()).chain(titles).chain(["Place".to_owned()]).collect(),
        rows: features.iter().map(row).collect(),
    };
    let mut facts: Vec<(String, Vec<Said>)> = [
        ("On this page", "numberReturned"),
        ("On all pages", "numberMatched"),
        ("Answered", "timeStamp"),
        ("Attribution", "attribution"),
        ("Area asked for", "locality"),
        ("Counts", "counts"),
        ("Not loaded", "not_loaded"),
    ]
    .into_iter()
    .map(|(title, name)| (title.to_owned(), vec![Said::value(&body[name])]))
    .collect();
    facts.retain(|(_, values)| values.iter().any(|value| *value != Said::default()));
    let turns = ["prev", "next"].into_iter().filter_map(|rel| {
        let link = links.iter().find(|link| link.rel == rel)?;
        Some(Said::link(link.title, &link.href))
    });
    let collection = format!("/ogc/collections/{}", of.id());
    let document = Document::new(&format!("{}: features", of.title()), "")
        .below(&[
            ("Data for programs", "/ogc"),
            ("Collections", "/ogc/collections"),
            (of.title().as_str(), collection.as_str()),
        ])
        .with(Part::Facts { heading: "This page".into(), rows: facts })
        .with(table)
        .turning(turns.collect());
    page(StatusCode::OK, &document.linking(links))
}

/// One feature.
pub(super) fn one(of: Collection, geojson: &[u8], links: &[Link]) -> Response {
    let feature: Value = serde_json::from_slice(geojson).unwrap_or_default();
    let properties = &feature["properties"];
    let known = schema::properties_of(of).into_iter().filter(|known| !properties[known.name].is_null());
    let mut rows: Vec<(String, Vec<Said>)> =
        known.map(|known| (known.title.to_owned(), vec![Said::value(&properties[known.name])])).collect();
    if let Some(note) = properties.get("position_note") {
        rows.push(("Note on the place".to_owned(), vec![Said::value(note)]));
    }
    rows.push(("Place".to_owned(), vec![Said::text(place(&feature["geometry"]))]));
    rows.push(("Attribution".to_owned(), vec![Said::value(&feature["attribution"])]));
    let name = properties["name"].as_str().unwrap_or_default();
    let (collection, title) = (format!("/ogc/collections/{}", of.id()), of.title());
    let items = format!("{collection}/items");
    let document = Document::new(name, "")
        .below(&[
            ("Data for programs", "/ogc"),
            ("Collections", "/ogc/collections"),
            (title.as_str(), collection.as_str()),
            ("Features", items.as_str()),
        ])
        .with(Part::Facts { heading: "What is known".into(), rows })
        .with(Part::Folded {
            heading: "Coordinates as GeoJSON".into(),
            text: feature["geometry"].to_string(),
        });
    page(StatusCode::OK, &document.linking(links))
}

/// A geometry in few words.
fn place(geometry: &Value) -> String {
    let kind = geometry["type"].as_str().unwrap_or("Not known");
    let coordinates = &geometry["coordinates"];
    match kind {
        "Point" => Said::value(coordinates).into_text(),
        "Not known" => kind.to_owned(),
        _ => format!("{kind} of {} points", points_in(coordinates)),
    }
}

fn points_in(coordinates: &Value) -> usize {
    match coordinates.as_array() {
        Some(pair) if pair.first().is_some_and(Value::is_number) => 1,
        Some(parts) => parts.iter().map(points_in).sum(),
        None => 0,
    }
}
