//! The areas of one level, for [`measures::View`]: which holds a point, and how other areas lie to them.

use super::people::Populations;
use atlas::{Atlas, LocalityIx};
use measures::{Lies, Places, WeightSet};
use model::{AreaCode, Level, Position};
use std::collections::HashMap;

pub(super) struct Ground<'a> {
    pub atlas: &'a Atlas,
    pub level: Level,
    pub people: &'a Populations,
    /// Weights as an allocation used them, by name and scope: they go before those of newer figures.
    pub kept: &'a HashMap<(String, Vec<AreaCode>), WeightSet>,
}

impl Ground<'_> {
    /// The areas of the level that hold today: not those over which a newer one lies.
    pub fn areas(&self) -> Vec<AreaCode> {
        let places = self.atlas.places_of(self.level).iter();
        let holds = places.filter(|place| {
            let newest = self.at(place.inside).map(|ix| &self.atlas.place(ix).id);
            newest.is_none_or(|id| *id == place.id)
        });
        holds.filter_map(|place| AreaCode::parse(place.code()).ok()).collect()
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
        // An area of the level that newer ones lie over goes to the one that holds its middle.
        known.and_then(|ix| self.area_at(self.atlas.place(ix).inside)).map_or(Lies::Elsewhere, Lies::In)
    }

    fn weights(&self, name: &str, scope: &[AreaCode]) -> Option<WeightSet> {
        let kept = self.kept.get(&(name.to_owned(), scope.to_vec())).cloned();
        kept.or_else(|| self.people.weights(self.atlas, name, scope))
    }
}
