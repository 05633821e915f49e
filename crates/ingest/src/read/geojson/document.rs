use super::geometry::{self, Geometry};
use super::json::{Members, short, sort};
use super::{Flaw, bbox};
use crate::Refusal;
use crate::read::csv::header::moved;
use crate::read::document::places;
use serde_json::value::RawValue;
use std::ops::Range;

/// A document's features, by their places in its text, and what its `crs` member is.
pub(super) struct Document {
    /// Each with its line.
    pub features: Vec<(Range<usize>, u64)>,
    pub crs: Option<String>,
    pub odd: Vec<Flaw>,
}

/// Finds the features of a document.
///
/// # Errors
/// When it is not GeoJSON, or not GeoJSON of features.
pub(super) fn parse(text: &str) -> Result<Document, Refusal> {
    let trimmed = text.trim_start();
    if !trimmed.starts_with('{') {
        let what: &RawValue = serde_json::from_str(trimmed).map_err(|error| bad_json(&error, text))?;
        let message = format!("the file is JSON, but not GeoJSON: it is {}, not an object", sort(what));
        return Err(Refusal::of_file("not-geojson", message, NOT_GEOJSON));
    }
    // once more for its own sake: an error in the JSON has a line
    serde_json::from_str::<serde::de::IgnoredAny>(text).map_err(|error| bad_json(&error, text))?;
    let root = Members::of(text).map_err(Flaw::refusal)?;
    let crs = root.get("crs").map(|raw| raw.get()).filter(|raw| *raw != "null").map(String::from);
    let odd = bbox::check(&root, "file").err().into_iter().collect();
    if root.get("type").is_none() && root.get("data_redirect_url").is_some() {
        return Err(moved());
    }
    if root.get("type").is_none()
        && ["releases", "records", "ocid"].iter().any(|name| root.get(name).is_some())
    {
        return Err(open_contracting());
    }
    if root.get("type").is_none() {
        let message = "the file is JSON, but not GeoJSON: it has no member \"type\"";
        return Err(Refusal::of_file("no-type", message, NOT_GEOJSON));
    }
    let kind = root.kind("file").map_err(Flaw::refusal)?;
    let items: Vec<&RawValue> = match kind.as_str() {
        "FeatureCollection" => features(&root).map_err(Flaw::refusal)?,
        "Feature" => vec![serde_json::from_str(trimmed).map_err(|error| bad_json(&error, text))?],
        _ => return Err(not_features(&kind, text)),
    };
    Ok(Document { features: places(text, &items), crs, odd })
}

/// Notices, not money that was paid.
fn open_contracting() -> Refusal {
    Refusal::of_file(
        "open-contracting",
        "the file holds contract notices in the Open Contracting Data Standard (OCDS), which are not read",
        "Import what was paid: the spending as CSV, or grants in the 360Giving standard.",
    )
}

const NOT_GEOJSON: &str = "Import a FeatureCollection; a CSV of the same data will do too.";

fn bad_json(error: &serde_json::Error, text: &str) -> Refusal {
    let flaw = super::explain::explain(error, text);
    Refusal { finding: flaw.at(error.line().max(1) as u64) }
}

fn features<'a>(root: &Members<'a>) -> Result<Vec<&'a RawValue>, Flaw> {
    let flaw = |what: &str| Flaw::new("no-features", format!("the FeatureCollection {what}"), NOT_GEOJSON);
    let raw = root.get("features").ok_or_else(|| flaw("has no member \"features\""))?;
    serde_json::from_str(raw.get())
        .map_err(|_| flaw(&format!("has \"features\" that are {}, not a list", sort(raw))))
}

/// What a document of another type is. A bare geometry's own flaws are named with it.
fn not_features(kind: &str, text: &str) -> Refusal {
    if geometry::type_in_any_case(kind).is_some() {
        return bare_geometry(text);
    }
    for proper in ["FeatureCollection", "Feature"] {
        if proper.eq_ignore_ascii_case(kind) {
            let message = format!("the file's type is \"{}\": it must be written \"{proper}\"", short(kind));
            return Refusal::of_file("type-case", message, "Correct the capitals.");
        }
    }
    if kind == "Topology" {
        return Refusal::of_file("topojson", "the file is TopoJSON", "Convert it to GeoJSON.");
    }
    let message = format!("the file is JSON, but not GeoJSON: its type is \"{}\"", short(kind));
    Refusal::of_file("not-geojson", message, NOT_GEOJSON)
}

fn bare_geometry(text: &str) -> Refusal {
    let remedy = "Wrap each geometry in a feature with properties.";
    let mut flaws = Vec::new();
    let rule = match geometry::parse(text.trim(), &mut flaws) {
        Err(flaw) => {
            let rule = flaw.rule;
            flaws.push(flaw);
            rule
        }
        Ok(geometry) => {
            flaws.extend(super::shape::winding_flaw(&geometry));
            "bare-geometry"
        }
    };
    let besides: Vec<String> = flaws.into_iter().map(|flaw| flaw.message).collect();
    let mut message = String::from(
        "the file is a bare geometry, not features: it has no properties, so nothing in it has a name",
    );
    if !besides.is_empty() {
        message = format!("{}; and {message}", besides.join("; "));
    }
    Refusal::of_file(rule, message, remedy)
}

impl Geometry {
    /// Any one of its positions.
    pub(super) fn any_position(&self) -> Option<geo_types::Coord<f64>> {
        match self {
            Self::Point(at) => Some(*at),
            Self::Polygons(parts) => parts.first()?.first()?.first().copied(),
            Self::Other(_, at) => *at,
        }
    }
}
