//! Of which areas anything is held: those of the bodies whose lines there are. Where no list of a council's payments is
//! loaded, nothing spent is not what is known, but that nothing is known.

use super::Ledger;
use super::payers::Payers;
use atlas::Atlas;
use measures::Question;
use model::AreaCode;

/// The areas of the bodies whose lines are asked for.
pub(super) struct Held<'a> {
    pub atlas: &'a Atlas,
    areas: Vec<AreaCode>,
    /// Lines there are, but no area is known of any of their bodies.
    anywhere: bool,
}

impl Ledger {
    /// Of which areas there are lines that are asked for.
    pub(super) fn held<'a>(&self, atlas: &'a Atlas, question: &Question) -> Held<'a> {
        let known = Payers::new(atlas);
        let payers = self.book.payers_held(question);
        let names = payers.iter().filter_map(|payer| self.payers.get(usize::from(*payer)));
        let areas: Vec<AreaCode> = names.filter_map(|name| known.area_of(name).cloned()).collect();
        Held { atlas, anywhere: areas.is_empty() && !payers.is_empty(), areas }
    }
}

impl Held<'_> {
    /// Whether an area lies in one of them.
    pub fn covers(&self, code: &str) -> bool {
        let lies_in = || {
            let ix = self.atlas.locality(code)?;
            let around = self.atlas.localities_at(self.atlas.place(ix).inside).into_iter();
            let mut all = around.chain([ix]);
            Some(all.any(|ix| self.areas.iter().any(|area| self.atlas.is_part_of(ix, area))))
        };
        self.anywhere || lies_in().unwrap_or_default()
    }
}
