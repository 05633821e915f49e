use super::coordinates::{list, position, ring};
use super::json::{Members, short, sort};
use super::{Flaw, MAX_VERTICES, bbox};
use geo_types::Coord;
use serde_json::Value;
use serde_json::value::RawValue;

/// A geometry as it stands in the document, in whatever reference system.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Geometry {
    Point(Coord<f64>),
    /// Polygons, each its rings.
    Polygons(Vec<Vec<Vec<Coord<f64>>>>),
    /// Of another type, and one of its positions.
    Other(&'static str, Option<Coord<f64>>),
}

const TYPES: [&str; 7] =
    ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"];

/// The type's proper name, if it is a type of geometry in any case.
pub(super) fn type_in_any_case(kind: &str) -> Option<&'static str> {
    TYPES.into_iter().find(|proper| proper.eq_ignore_ascii_case(kind))
}

/// Reads one geometry and checks its structure; what is odd and harmless goes to `warnings`.
///
/// # Errors
/// The first thing that is wrong with it.
pub(super) fn parse(text: &str, warnings: &mut Vec<Flaw>) -> Result<Geometry, Flaw> {
    if text.bytes().filter(|b| *b == b'[').count() > MAX_VERTICES {
        return Err(Flaw::new(
            "too-many-vertices",
            format!("the geometry has more than {MAX_VERTICES} vertices, which is the limit"),
            "Use a more generalised version of the boundary, or cut it into several features.",
        ));
    }
    let members = Members::of(text)?;
    let kind = proper_type(&members)?;
    bbox::check(&members, "geometry")?;
    if kind == "GeometryCollection" {
        return collection(&members).map(|()| Geometry::Other(kind, None));
    }
    let raw = members.get("coordinates").ok_or_else(|| {
        Flaw::new("no-coordinates", format!("the {kind} has no \"coordinates\""), "Export the file again.")
    })?;
    let value = value_of(raw)?;
    of_type(kind, &value, warnings)
}

fn proper_type(members: &Members<'_>) -> Result<&'static str, Flaw> {
    let kind = members.kind("geometry")?;
    match type_in_any_case(&kind) {
        Some(proper) if proper == kind => Ok(proper),
        Some(proper) => Err(Flaw::new(
            "type-case",
            format!("the geometry's type is \"{}\": it must be written \"{proper}\"", short(&kind)),
            "Correct the capitals.",
        )),
        None => Err(Flaw::new(
            "unknown-type",
            format!("\"{}\" is no type of geometry", short(&kind)),
            format!("The types are: {}.", TYPES.join(", ")),
        )),
    }
}

fn value_of(raw: &RawValue) -> Result<Value, Flaw> {
    serde_json::from_str(raw.get()).map_err(|error| super::explain::explain(&error, raw.get()))
}

fn of_type(kind: &'static str, value: &Value, warnings: &mut Vec<Flaw>) -> Result<Geometry, Flaw> {
    let path = "coordinates";
    match kind {
        "Point" => position(value, path, warnings).map(Geometry::Point),
        "Polygon" => Ok(Geometry::Polygons(vec![rings(value, path, warnings)?])),
        "MultiPolygon" => {
            let parts = list(value, path, "a list of polygons")?.iter().enumerate();
            let parts: Result<Vec<_>, Flaw> =
                parts.map(|(i, part)| rings(part, &format!("{path}[{i}]"), warnings)).collect();
            parts.and_then(not_empty).map(Geometry::Polygons)
        }
        "MultiLineString" => {
            let mut first = None;
            for (i, line) in list(value, path, "a list of lines")?.iter().enumerate() {
                first = first.or(positions(line, &format!("{path}[{i}]"), 2, warnings)?);
            }
            Ok(Geometry::Other(kind, first))
        }
        "LineString" => Ok(Geometry::Other(kind, positions(value, path, 2, warnings)?)),
        _ => Ok(Geometry::Other(kind, positions(value, path, 1, warnings)?)),
    }
}

fn rings(value: &Value, path: &str, warnings: &mut Vec<Flaw>) -> Result<Vec<Vec<Coord<f64>>>, Flaw> {
    let items = list(value, path, "a polygon, a list of rings")?.iter().enumerate();
    let rings: Result<Vec<_>, Flaw> =
        items.map(|(i, item)| ring(item, &format!("{path}[{i}]"), warnings)).collect();
    rings.and_then(not_empty)
}

fn not_empty<T>(items: Vec<T>) -> Result<Vec<T>, Flaw> {
    if items.is_empty() {
        return Err(Flaw::new("empty-geometry", "the geometry has no positions at all", "Draw the area."));
    }
    Ok(items)
}

fn positions(
    value: &Value,
    path: &str,
    least: usize,
    warnings: &mut Vec<Flaw>,
) -> Result<Option<Coord<f64>>, Flaw> {
    let items = list(value, path, "a list of positions")?;
    if items.len() < least {
        let message = format!("{path} has {} positions: {least} are the least", items.len());
        return Err(Flaw::new("too-few-positions", message, "Draw it again."));
    }
    let mut first = None;
    for (i, item) in items.iter().enumerate() {
        let at = position(item, &format!("{path}[{i}]"), warnings)?;
        first.get_or_insert(at);
    }
    Ok(first)
}

fn collection(members: &Members<'_>) -> Result<(), Flaw> {
    let remedy = "Write one geometry a feature.";
    let Some(raw) = members.get("geometries") else {
        return Err(Flaw::new("no-geometries", "the GeometryCollection has no \"geometries\"", remedy));
    };
    let items: Vec<&RawValue> = serde_json::from_str(raw.get()).map_err(|_| {
        Flaw::new("no-geometries", format!("\"geometries\" is {}, not a list", sort(raw)), remedy)
    })?;
    for (i, item) in items.iter().enumerate() {
        if !item.get().starts_with('{') {
            let message = format!("geometries[{i}] is {}, not a geometry", sort(item));
            return Err(Flaw::new("not-a-geometry", message, remedy));
        }
    }
    Ok(())
}
