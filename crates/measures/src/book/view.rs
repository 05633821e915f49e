use super::lot::{Goes, Lot, Room, Spread, certainty};
use super::places::{Lies, Places};
use crate::{Apportion, Method, People, Place, Target, Why};
use model::AreaCode;
use std::collections::BTreeMap;

/// What each of a book's targets means for the areas of one level.
#[derive(Debug, Clone)]
pub struct View {
    areas: Vec<String>,
    lots: Vec<Lot>,
    spreads: Vec<Spread>,
    several: Vec<Box<[Lot]>>,
}

/// Weights by their name and scope; `None` where they are not loaded.
type Spreads = BTreeMap<(String, Vec<AreaCode>), Option<Lot>>;

impl View {
    /// A view of targets on the areas of a level.
    pub fn new(mut areas: Vec<String>, targets: &[Target], places: &impl Places) -> Self {
        areas.sort();
        areas.dedup();
        let mut view =
            Self { areas, lots: Vec::with_capacity(targets.len()), spreads: vec![], several: vec![] };
        let mut known = Spreads::new();
        for target in targets {
            let lot = view.lot(target, places, &mut known);
            view.lots.push(lot);
        }
        view
    }

    /// The areas, in the order of their codes. Answers number them so.
    pub fn areas(&self) -> &[String] {
        &self.areas
    }

    /// The number of an area.
    pub fn number_of(&self, area: &str) -> Option<u32> {
        self.areas
            .binary_search_by(|known| known.as_str().cmp(area))
            .ok()
            .and_then(|place| u32::try_from(place).ok())
    }

    fn lot(&mut self, target: &Target, places: &impl Places, known: &mut Spreads) -> Lot {
        let parts: Vec<Lot> = match target {
            Target::Nowhere(why) => return Lot::Nowhere(*why),
            Target::Weights { weights, scope } => return self.spread(weights, scope, places, known),
            Target::Point(position) => return self.at(places.area_at(*position)),
            Target::Areas(codes) => codes.iter().map(|code| self.area(code, places, known)).collect(),
            Target::Several(parts) => parts
                .iter()
                .map(|part| match part {
                    Place::Area(code) => self.area(code, places, known),
                    Place::Point(position) => self.at(places.area_at(*position)),
                })
                .collect(),
        };
        match parts[..] {
            [] => Lot::Nowhere(Why::NoRule),
            [only] => only,
            _ => {
                self.several.push(parts.into_boxed_slice());
                Lot::Several(self.several.len() as u32 - 1)
            }
        }
    }

    fn at(&self, area: Option<String>) -> Lot {
        area.and_then(|area| self.number_of(&area)).map_or(Lot::Elsewhere, Lot::One)
    }

    fn area(&mut self, code: &AreaCode, places: &impl Places, known: &mut Spreads) -> Lot {
        match places.lies(code) {
            Lies::In(area) => self.at(Some(area)),
            Lies::Elsewhere => Lot::Elsewhere,
            Lies::Across => self.spread(&People::All.to_string(), std::slice::from_ref(code), places, known),
        }
    }

    fn spread(&mut self, name: &str, scope: &[AreaCode], places: &impl Places, known: &mut Spreads) -> Lot {
        let key = (name.to_owned(), scope.to_vec());
        let lot = match known.get(&key) {
            Some(lot) => *lot,
            None => {
                let made = self.make_spread(name, scope, places);
                known.insert(key, made);
                made
            }
        };
        // A whole area that is one of the level's own needs no people to be shared out among.
        let whole = || match scope {
            [code] => match places.lies(code) {
                Lies::In(area) => self.number_of(&area).map(Lot::One),
                Lies::Across | Lies::Elsewhere => None,
            },
            _ => None,
        };
        lot.or_else(whole).unwrap_or(Lot::Nowhere(Why::NoPeople))
    }

    fn make_spread(&mut self, name: &str, scope: &[AreaCode], places: &impl Places) -> Option<Lot> {
        let set = places.weights(name, scope)?;
        // Of atoms that are larger than the areas nobody knows how many of their people live in which.
        let area_of = |code: &AreaCode| match places.lies(code) {
            Lies::In(area) => Some(self.number_of(&area)),
            Lies::Elsewhere => Some(None),
            Lies::Across => None,
        };
        let areas: Option<Vec<Option<u32>>> = set.atoms().iter().map(|(code, _)| area_of(code)).collect();
        let areas = areas?;
        let mut slots = areas.clone();
        let order = |area: &Option<u32>| area.unwrap_or(u32::MAX);
        slots.sort_by_key(order);
        slots.dedup();
        let place_of =
            |area: &Option<u32>| slots.binary_search_by_key(&order(area), order).unwrap_or_default() as u32;
        let slot_of = areas.iter().map(place_of).collect();
        let apportion = Apportion::new(set.atoms().iter().map(|(_, weight)| *weight).collect()).ok()?;
        self.spreads.push(Spread { apportion, slot_of, slots });
        Some(Lot::Spread(self.spreads.len() as u32 - 1))
    }

    /// What a target means here.
    pub(super) fn lot_of(&self, target: u32) -> Lot {
        self.lots.get(target as usize).copied().unwrap_or(Lot::Nowhere(Why::NoRule))
    }

    /// Gives every part of an amount to where it goes. The parts add up to it.
    #[inline]
    pub(super) fn give(
        &self,
        lot: Lot,
        method: Method,
        pence: i64,
        room: &mut Room,
        give: &mut impl FnMut(Goes, i64),
    ) {
        match lot {
            Lot::One(area) => give(Goes::To(area, certainty(method)), pence),
            Lot::Spread(spread) => self.spreads[spread as usize].give(pence, room, give),
            Lot::Elsewhere => give(Goes::Elsewhere, pence),
            Lot::Nowhere(why) => give(Goes::Nowhere(why), pence),
            Lot::Several(several) => {
                let parts = &self.several[several as usize];
                let (each, left) = (pence / parts.len() as i64, pence % parts.len() as i64);
                for (place, &part) in parts.iter().enumerate() {
                    // Equal remainders: the pence that are left go to the first, as everywhere.
                    let more = if (place as u64) < left.unsigned_abs() { left.signum() } else { 0 };
                    self.give_part(part, method, each + more, room, give);
                }
            }
        }
    }

    /// One of several: none of which is several itself.
    fn give_part(
        &self,
        part: Lot,
        method: Method,
        pence: i64,
        room: &mut Room,
        give: &mut impl FnMut(Goes, i64),
    ) {
        match part {
            Lot::One(area) => give(Goes::To(area, certainty(method)), pence),
            Lot::Spread(spread) => self.spreads[spread as usize].give(pence, room, give),
            Lot::Elsewhere | Lot::Several(_) => give(Goes::Elsewhere, pence),
            Lot::Nowhere(why) => give(Goes::Nowhere(why), pence),
        }
    }

    /// Whether anything of a lot may reach an area.
    pub(super) fn reaches(&self, lot: Lot, area: u32) -> bool {
        match lot {
            Lot::One(one) => one == area,
            Lot::Spread(spread) => self.spreads[spread as usize].slots.contains(&Some(area)),
            Lot::Several(several) => {
                self.several[several as usize].iter().any(|part| self.reaches(*part, area))
            }
            Lot::Elsewhere | Lot::Nowhere(_) => false,
        }
    }
}
