use crate::columns::Columns;
use crate::map::empties::Empties;
use crate::notes::Notes;
use crate::profile::{OneOrMore, PlaceColumns};
use crate::raw_row::RawRow;
use crate::validate::coordinates::{Unit, degrees, numbers};
use model::{AreaCode, Finding, Postcode, StatedPlace};
use std::collections::BTreeMap;

/// Where the places stand that a line is for, one entry for each of several.
pub(super) struct Places(Vec<Place>);

#[derive(Default)]
struct Place {
    area: Option<usize>,
    postcode: Option<usize>,
    longitude: Option<usize>,
    latitude: Option<usize>,
}

impl Places {
    pub fn new(rule: &PlaceColumns, columns: &Columns) -> Self {
        let mut places: BTreeMap<u32, Place> = BTreeMap::new();
        let mut take = |names: &Option<OneOrMore>, set: fn(&mut Place) -> &mut Option<usize>| {
            for name in names.iter().flat_map(|names| names.names()) {
                for (number, i) in columns.find_numbered(name) {
                    set(places.entry(number).or_default()).get_or_insert(i);
                }
            }
        };
        take(&rule.area, |place| &mut place.area);
        take(&rule.postcode, |place| &mut place.postcode);
        take(&rule.longitude, |place| &mut place.longitude);
        take(&rule.latitude, |place| &mut place.latitude);
        Self(places.into_values().collect())
    }

    /// The places of a line. What is no place is dropped with a warning: the money is counted all the same.
    pub fn of(&self, row: &RawRow, empties: &Empties, notes: &mut Notes<'_>) -> Vec<StatedPlace> {
        let mut found: Vec<StatedPlace> = Vec::new();
        for place in &self.0 {
            let stated = place.of(row, empties, notes);
            found.extend(stated.filter(|stated| !found.contains(stated)));
        }
        found
    }
}

impl Place {
    /// An area's code goes before a point: publishers who give both give the middle of the area.
    fn of(&self, row: &RawRow, empties: &Empties, notes: &mut Notes<'_>) -> Option<StatedPlace> {
        let cell = |at: Option<usize>| at.and_then(|i| empties.value(row.cell(i)));
        let remedy = "Correct it; the line is counted without its place.";
        if let Some(text) = cell(self.postcode) {
            match Postcode::parse(text) {
                Ok(postcode) => return Some(StatedPlace::Postcode(postcode)),
                Err(bad) => notes.warn("bad-postcode", format!("{bad}; it was dropped"), remedy),
            }
        }
        if let Some(text) = cell(self.area) {
            match AreaCode::parse(text) {
                Ok(code) => return Some(StatedPlace::Area(code)),
                Err(bad) => notes.warn("bad-area-code", format!("{bad}; it was dropped"), remedy),
            }
        }
        let (lon, lat) = (cell(self.longitude).unwrap_or_default(), cell(self.latitude).unwrap_or_default());
        let pair = numbers(lon, lat, Unit::Degrees, notes);
        let point = pair.and_then(|pair| pair.map(|(lon, lat)| degrees(lon, lat, notes)).transpose());
        match point {
            Ok(point) => point.map(StatedPlace::Point),
            Err(Finding { rule, message, .. }) => {
                notes.warnings.push(Finding {
                    line: Some(notes.line),
                    rule,
                    message: format!("{message}; it was dropped"),
                    remedy: remedy.into(),
                });
                None
            }
        }
    }
}
