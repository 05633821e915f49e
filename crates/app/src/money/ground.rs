//! The areas of one level, for [`measures::View`]: which holds a point, and how other areas lie to them.

#[cfg(test)]
mod tests;

use super::people::{Populations, chosen, lies_in, said_to_be_in, today};
use atlas::{Atlas, LocalityIx};
use measures::{Lies, Places, WeightSet};
use model::{AreaCode, Level, Position};
use std::collections::{HashMap, HashSet};
use store::Weights;

pub(super) struct Ground<'a> {
    atlas: &'a Atlas,
    level: Level,
    /// The areas of the level that hold today.
    pub areas: Vec<String>,
    /// What holds the middle of one of them, where they may be larger or smaller than it.
    around: HashSet<LocalityIx>,
    people: &'a Populations,
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
        Self { atlas, level, areas, around, people, kept }
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
            let within = |place: &atlas::Place| {
                self.atlas.locality(&place.id).is_some_and(|ix| self.atlas.is_part_of(ix, area))
                    || known.is_some_and(|large| self.atlas.localities_at(place.inside).contains(&large))
            };
            let any = self.atlas.places_of(self.level).iter().any(within);
            return if any { Lies::Across } else { Lies::Elsewhere };
        }
        // What a lookup says goes before the middle; an area that newer ones lie over goes to the one that holds its middle.
        let said = known.and_then(|ix| said_to_be_in(self.atlas, ix, self.level)).map(String::from);
        let middle = || self.area_at(self.atlas.place(known?).inside);
        said.or_else(middle).map_or(Lies::Elsewhere, Lies::In)
    }

    fn weights(&self, name: &str, scope: &[AreaCode]) -> Option<WeightSet> {
        let kept = self.kept.get(&(name.to_owned(), scope.to_vec())).cloned();
        let kept = kept.or_else(|| self.people.weights(self.atlas, name, scope))?;
        let inside = |area: &AreaCode| scope.iter().any(|code| lies_in(self.atlas, area, code));
        let areas = self.areas.iter().filter_map(|area| AreaCode::parse(area).ok());
        let areas: Vec<AreaCode> = areas.filter(inside).collect();
        chosen(&kept, self.level, &areas)
    }
}
