use super::document::{self, Document};
use super::feature::{self, Feature};
use super::geometry::Geometry;
use super::json::Members;
use super::{Flaw, crs, shape};
use crate::columns::Columns;
use crate::map::ColumnSummary;
use crate::raw_row::{Item, RawRow, Rows, Shape};
use crate::read::document::Document as Whole;
use crate::{Crs, Options, Refusal};
use model::{AreaCode, Finding};
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

/// The column that stands for the geometry in profiles.
pub(crate) const GEOMETRY: &str = "geometry";

/// The features of a document, as rows whose cells are their properties.
pub(crate) struct GeoJsonRows {
    text: String,
    features: std::vec::IntoIter<(Range<usize>, u64)>,
    columns: HashMap<String, usize>,
    crs: Crs,
    /// GeoJSON of 2008, which has a `crs` member, had no rule for the winding of rings.
    winding_matters: bool,
    notices: Vec<Finding>,
    /// How many features were handed out.
    count: usize,
}

impl GeoJsonRows {
    /// Finds the features and their properties' names, and stands before the first feature.
    ///
    /// # Errors
    /// When the document is not GeoJSON of features, or its reference system is not read.
    pub fn open(whole: Whole, options: &Options) -> Result<(Self, Columns), Refusal> {
        let Whole { text, notices } = whole;
        let Document { features, crs: stated, odd } = document::parse(&text)?;
        let sample = features.iter().find_map(|(place, _)| position_in(&text[place.clone()]));
        let (crs, notice) = crs::settle(stated.as_deref(), sample, options)?;
        let names = property_names(&text, &features);
        let notices = notices.into_iter().chain(notice);
        let notices = notices.chain(odd.into_iter().map(|flaw| flaw.refusal().finding)).collect();
        let columns = names.iter().enumerate().map(|(i, name)| (name.clone(), i)).collect();
        let names = names.into_iter().chain([GEOMETRY.to_owned()]);
        let winding_matters = stated.is_none();
        let rows =
            Self { features: features.into_iter(), text, columns, crs, winding_matters, notices, count: 0 };
        Ok((rows, Columns::new(names)))
    }

    /// What the coordinates are.
    pub fn crs(&self) -> Crs {
        self.crs
    }

    /// Whether the first feature with a geometry has a point.
    pub fn are_points(&self) -> bool {
        let features = self.features.as_slice().iter().map(|(place, _)| &self.text[place.clone()]);
        let mut geometries = features.filter_map(|text| feature::parse(text).ok()?.geometry);
        matches!(geometries.next(), Some(Geometry::Point(_)))
    }

    /// What the values of each column have in common.
    pub fn summary(&self) -> Vec<ColumnSummary> {
        let mut values = vec![Values::default(); self.columns.len()];
        for (place, _) in self.features.as_slice() {
            let Some(properties) = feature::properties_of(&self.text[place.clone()]) else { continue };
            let Ok(members) = Members::of(properties) else { continue };
            for (name, value) in members.iter() {
                if let (Some(i), Ok(text)) = (self.columns.get(name), cell(value.get())) {
                    values[*i].add(&text);
                }
            }
        }
        values.iter().map(Values::summary).collect()
    }

    fn row(&self, place: Range<usize>, line: u64) -> Result<RawRow, Flaw> {
        let Feature { properties, geometry, geometry_text, mut warnings } =
            feature::parse(&self.text[place])?;
        let mut row = RawRow::starting(line);
        self.fill(&mut row, properties)?;
        row.json = Some(properties.to_owned());
        row.geometry = geometry_text.to_owned();
        row.shape = match geometry {
            None => Shape::Null,
            Some(geometry) => {
                if self.winding_matters {
                    warnings.extend(shape::winding_flaw(&geometry));
                }
                let placed = shape::place(geometry, self.crs, line, &mut warnings);
                placed.unwrap_or_else(|flaw| Shape::Unusable(flaw.at(line)))
            }
        };
        row.warnings = warnings.into_iter().map(|flaw| flaw.at(line)).collect();
        Ok(row)
    }

    /// The cells of a feature that is no good, as far as its properties can be read.
    fn cells(&self, properties: &str) -> Vec<String> {
        let mut row = RawRow::default();
        if self.fill(&mut row, properties).is_ok() { row.cells() } else { Vec::new() }
    }

    fn fill(&self, row: &mut RawRow, properties: &str) -> Result<(), Flaw> {
        let mut cells = vec![String::new(); self.columns.len()];
        for (name, value) in Members::of(properties)?.iter() {
            if let Some(i) = self.columns.get(name) {
                cells[*i] = cell(value.get())?;
            }
        }
        cells.iter().for_each(|cell| row.push(cell));
        Ok(())
    }
}

/// What was seen of one column's values.
#[derive(Default, Clone)]
struct Values {
    seen: HashSet<AreaCode>,
    /// All values, as hashes.
    different: HashSet<u64>,
    count: usize,
    others: usize,
}

impl Values {
    fn add(&mut self, text: &str) {
        if !text.trim().is_empty() {
            let mut hasher = DefaultHasher::new();
            text.trim().hash(&mut hasher);
            self.different.insert(hasher.finish());
        }
        match AreaCode::parse(text) {
            _ if text.trim().is_empty() => {}
            Ok(code) => {
                self.count += 1;
                self.seen.insert(code);
            }
            Err(_) => self.others += 1,
        }
    }

    /// A column is one of codes when most of its values are: a bad one is that row's fault.
    fn summary(&self) -> ColumnSummary {
        let all = self.count + self.others;
        ColumnSummary {
            distinct: self.seen.len() == self.count,
            mostly_differ: all > 0 && self.different.len() * 2 > all,
            area_codes: self.count > self.others,
        }
    }
}

impl Rows for GeoJsonRows {
    fn next(&mut self) -> Result<Option<Item>, Refusal> {
        let Some((place, line)) = self.features.next() else { return Ok(None) };
        self.count += 1;
        Ok(Some(match self.row(place.clone(), line) {
            Ok(mut row) => {
                row.feature = Some(self.count);
                Item::Row(row)
            }
            Err(flaw) => {
                let properties = feature::properties_of(&self.text[place]).unwrap_or_default();
                let message = format!("{}: {}", called(self.count, properties), flaw.message);
                Item::Bad(Flaw { message, ..flaw }.at(line), self.cells(properties))
            }
        }))
    }

    fn take_notices(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.notices)
    }
}

/// A value as the cell of a table: texts as they are, null as nothing, everything else as it is written.
fn cell(value: &str) -> Result<String, Flaw> {
    match value.as_bytes().first() {
        Some(b'"') => serde_json::from_str(value).map_err(|error| super::explain::explain(&error, value)),
        Some(b'n') => Ok(String::new()),
        _ => Ok(value.to_owned()),
    }
}

/// A feature's number, from 1, and its name among its properties: many files have all features in one line.
pub(crate) fn called(number: usize, properties: &str) -> String {
    let is_name = |name: &str| {
        let name = name.to_lowercase();
        name.contains("name") || name == "title"
    };
    let members = Members::of(properties).ok();
    let mut names = members.iter().flat_map(Members::iter).filter(|(name, _)| is_name(name));
    let name = names.find_map(|(_, value)| cell(value.get()).ok().filter(|text| !text.trim().is_empty()));
    match name {
        Some(name) => format!("feature {number} ({})", name.trim().chars().take(60).collect::<String>()),
        None => format!("feature {number}"),
    }
}

fn position_in(feature: &str) -> Option<geo_types::Coord<f64>> {
    feature::parse(feature).ok()?.geometry?.any_position()
}

/// The names of all features' properties, in the order in which they first stand there.
fn property_names(text: &str, features: &[(Range<usize>, u64)]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut seen = HashSet::new();
    for (place, _) in features {
        let Some(properties) = feature::properties_of(&text[place.clone()]) else { continue };
        let Ok(members) = Members::of(properties) else { continue };
        for (name, _) in members.iter() {
            if seen.insert(name.to_owned()) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::called;

    #[test]
    fn a_feature_is_known_by_its_number_and_name() {
        assert_eq!(called(13, r#"{"fid":7,"SITENAME_1":"Lock Lane"}"#), "feature 13 (Lock Lane)");
        assert_eq!(called(2, r#"{"name":null,"title":" Oak "}"#), "feature 2 (Oak)");
        assert_eq!(called(1, "{}"), "feature 1");
        assert_eq!(called(1, ""), "feature 1");
    }
}
