//! Of which areas anything is held: those of the bodies whose lines there are. Where no list of a council's payments is
//! loaded, nothing spent is not what is known, but that nothing is known.

use super::Ledger;
use super::inside::is_at;
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
        let payers = self.book.payers_held(question);
        let known = self.areas_of_payers(atlas);
        let areas = payers.iter().filter_map(|payer| known.get(usize::from(*payer))?.clone());
        let areas: Vec<AreaCode> = areas.collect();
        Held { atlas, anywhere: areas.is_empty() && !payers.is_empty(), areas }
    }
}

impl Ledger {
    /// The area of a payer, where it is known.
    pub(super) fn area_of_payer(&self, atlas: &Atlas, name: &str) -> Option<&AreaCode> {
        let at = self.payer_called(name)?;
        self.areas_of_payers(atlas).get(usize::from(at))?.as_ref()
    }

    /// The area of each payer, where it is known.
    fn areas_of_payers(&self, atlas: &Atlas) -> &[Option<AreaCode>] {
        self.payer_areas.get_or_init(|| {
            let known = Payers::new(atlas);
            self.payers.iter().map(|name| known.area_of(name).cloned()).collect()
        })
    }
}

impl Held<'_> {
    /// Whether an area lies in one of them.
    pub fn covers(&self, code: &str) -> bool {
        let lies_in = || {
            let ix = self.atlas.locality(code)?;
            let is_said = self.areas.iter().any(|area| self.atlas.is_part_of(ix, area));
            Some(is_said || is_at(self.atlas, self.atlas.place(ix).inside, &self.areas))
        };
        self.anywhere || lies_in().unwrap_or_default()
    }
}
