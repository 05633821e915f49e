//! How many people live where, out of what several sources say for several years.

use atlas::Atlas;
use measures::{People, WeightSet};
use model::{AreaCode, Level, PopulationRecord};
use std::collections::BTreeMap;

/// The levels whose figures are shared out by, the smallest first.
const ATOMS: [Level; 4] = [Level::OutputArea, Level::Lsoa, Level::Msoa, Level::Ward];

/// Populations by area and year: of several sources the one with ages, then the one that sorts first.
#[derive(Default)]
pub(super) struct Populations(BTreeMap<AreaCode, BTreeMap<u16, PopulationRecord>>);

impl Populations {
    /// Adds what a source says, sources in the order of their ids.
    pub fn add(&mut self, people: PopulationRecord) {
        let of_area = self.0.entry(people.area.clone()).or_default();
        match of_area.get(&people.year) {
            Some(known) if !known.by_age.is_empty() || people.by_age.is_empty() => {}
            _ => {
                of_area.insert(people.year, people);
            }
        }
    }

    /// The people of an area in a year, or in the known year that is nearest to it; of two the later.
    pub fn of(&self, area: &AreaCode, year: u16) -> Option<&PopulationRecord> {
        let nearest = self
            .0
            .get(area)?
            .values()
            .min_by_key(|known| (known.year.abs_diff(year), std::cmp::Reverse(known.year)));
        nearest
    }

    /// The newest year of which the small areas in a scope are known, with their people; of the smallest level that is
    /// known there at all.
    pub fn atoms(&self, atlas: &Atlas, scope: &[AreaCode]) -> Vec<&PopulationRecord> {
        for level in ATOMS {
            let areas = self.0.iter().filter(|(area, _)| area.level() == Some(level));
            let inside: Vec<_> =
                areas.filter(|(area, _)| scope.iter().any(|code| lies_in(atlas, area, code))).collect();
            let year = inside.iter().filter_map(|(_, years)| years.keys().next_back()).max().copied();
            let of_year: Vec<_> = inside.iter().filter_map(|(_, years)| years.get(&year?)).collect();
            if !of_year.is_empty() {
                return of_year;
            }
        }
        Vec::new()
    }

    /// Weights of people in a scope; `None` when how many live there is not known.
    pub fn weights(&self, atlas: &Atlas, name: &str, scope: &[AreaCode]) -> Option<WeightSet> {
        WeightSet::of_people(People::parse(name)?, scope.to_vec(), self.atoms(atlas, scope)).ok()
    }
}

/// Whether a small area lies in another: it is it, it is said to be part of it, or its middle lies in it.
fn lies_in(atlas: &Atlas, small: &AreaCode, code: &AreaCode) -> bool {
    if small == code {
        return true;
    }
    let Some(ix) = atlas.locality(small.as_str()) else { return false };
    if atlas.is_part_of(ix, code) {
        return true;
    }
    atlas.locality(code.as_str()).is_some_and(|large| {
        let inside = atlas.place(ix).inside;
        atlas.localities_at(inside).contains(&large)
    })
}
