//! The areas of one level, for [`measures::View`]: which holds a point, and how other areas lie to them.

use super::people::{Populations, chosen, lies_in, said_to_be_in, today};
use atlas::{Atlas, LocalityIx};
use measures::{Lies, Places, WeightSet};
use model::{AreaCode, Level, Position};
use std::collections::HashMap;
use store::Weights;

pub(super) struct Ground<'a> {
    atlas: &'a Atlas,
    level: Level,
    /// The areas of the level that hold today.
    pub areas: Vec<AreaCode>,
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
        let areas = today(atlas, level).collect();
        Self { atlas, level, areas, people, kept }
    }

    fn at(&self, position: Position) -> Option<LocalityIx> {
        self.atlas.locality_at(position, self.level)
    }

    fn code(&self, ix: LocalityIx) -> Option<AreaCode> {
        AreaCode::parse(self.atlas.place(ix).code()).ok()
    }
}

impl Places for Ground<'_> {
    fn area_at(&self, position: Position) -> Option<AreaCode> {
        self.at(position).and_then(|ix| self.code(ix))
    }

    fn lies(&self, area: &AreaCode) -> Lies {
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
        let said = known.and_then(|ix| said_to_be_in(self.atlas, ix, self.level));
        let middle = || self.area_at(self.atlas.place(known?).inside);
        said.or_else(middle).map_or(Lies::Elsewhere, Lies::In)
    }

    fn weights(&self, name: &str, scope: &[AreaCode]) -> Option<WeightSet> {
        let kept = self.kept.get(&(name.to_owned(), scope.to_vec())).cloned();
        let kept = kept.or_else(|| self.people.weights(self.atlas, name, scope))?;
        let inside = |area: &AreaCode| scope.iter().any(|code| lies_in(self.atlas, area, code));
        let areas: Vec<AreaCode> = self.areas.iter().filter(|area| inside(area)).cloned().collect();
        chosen(&kept, self.level, &areas)
    }
}
