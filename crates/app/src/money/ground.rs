//! The areas of one level, for [`measures::View`]: which holds a point, and how other areas lie to them.

#[cfg(test)]
mod tests;

use super::inside::{Inside, said_to_be_in, today};
use super::people::{Populations, SmallAreas, chosen};
use atlas::{Atlas, LocalityIx};
use measures::{Lies, Places, WeightSet};
use model::{AreaCode, Level, Position};
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use store::Weights;

pub(super) struct Ground<'a> {
    atlas: &'a Atlas,
    level: Level,
    /// The areas of the level that hold today.
    pub areas: Vec<String>,
    /// What holds the middle of one of them, where they may be larger or smaller than it.
    around: HashSet<LocalityIx>,
    /// The areas that have a national code, by the larger ones that they lie in.
    inside: Inside,
    people: &'a Populations,
    /// Looked up when weights are asked for that were not kept.
    small: OnceCell<SmallAreas>,
    /// Weights as an allocation used them, by name and scope: they go before those of newer figures.
    kept: &'a HashMap<(String, Vec<AreaCode>), Weights>,
}

impl<'a> Ground<'a> {
    pub fn new(
        atlas: &'a Atlas,
        level: Level,
        people: &'a Populations,
        kept: &'a HashMap<(String, Vec<AreaCode>), Weights>,
    ) -> Self {
        let areas: Vec<String> = today(atlas, level).map(|place| place.code().to_owned()).collect();
        let middles = today(atlas, level).filter(|_| level == Level::Neighbourhood).map(|place| place.inside);
        let around = middles.flat_map(|middle| atlas.localities_at(middle)).collect();
        let inside = Inside::new(atlas, areas.iter().filter_map(|area| AreaCode::parse(area).ok()));
        Self { atlas, level, areas, around, inside, people, small: OnceCell::new(), kept }
    }

    fn at(&self, position: Position) -> Option<LocalityIx> {
        self.atlas.locality_at(position, self.level)
    }

    fn code(&self, ix: LocalityIx) -> String {
        self.atlas.place(ix).code().to_owned()
    }

    /// Neighbourhoods are of any size. What is not larger than the one at its middle counts there; what is, or holds the
    /// middle of one, lies across; and of the smallest areas nobody can tell how many of their people live in a part.
    fn lies_to_neighbourhoods(&self, area: &AreaCode) -> Lies {
        let is_smallest = area.level() <= Some(Level::Lsoa);
        let across = if is_smallest { Lies::Elsewhere } else { Lies::Across };
        let Some(ix) = self.atlas.locality(area.as_str()) else { return across };
        let place = self.atlas.place(ix);
        match self.at(place.inside) {
            Some(holds) if place.size() <= self.atlas.place(holds).size() => Lies::In(self.code(holds)),
            Some(_) => across,
            None if self.around.contains(&ix) => across,
            None => Lies::Elsewhere,
        }
    }
}

impl Places for Ground<'_> {
    fn area_at(&self, position: Position) -> Option<String> {
        self.at(position).map(|ix| self.code(ix))
    }

    fn lies(&self, area: &AreaCode) -> Lies {
        if self.level == Level::Neighbourhood {
            return self.lies_to_neighbourhoods(area);
        }
        let known = self.atlas.locality(area.as_str());
        let level = known.map(|ix| self.atlas.place(ix).level()).or(area.level());
        if level > Some(self.level) {
            return if self.inside.is_any_in(area) { Lies::Across } else { Lies::Elsewhere };
        }
        // What a lookup says goes before the middle; an area that newer ones lie over goes to the one that holds its middle.
        let said = known.and_then(|ix| said_to_be_in(self.atlas, ix, self.level)).map(String::from);
        let middle = || self.area_at(self.atlas.place(known?).inside);
        said.or_else(middle).map_or(Lies::Elsewhere, Lies::In)
    }

    fn weights(&self, name: &str, scope: &[AreaCode]) -> Option<WeightSet> {
        let kept = self.kept.get(&(name.to_owned(), scope.to_vec())).cloned();
        let small = || self.small.get_or_init(|| self.people.small_areas(self.atlas));
        let kept = kept.or_else(|| self.people.weights(small(), name, scope))?;
        let areas: Vec<AreaCode> = self.inside.of(scope).into_iter().cloned().collect();
        chosen(&kept, self.level, &areas)
    }
}
