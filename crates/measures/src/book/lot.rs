use crate::{Apportion, Certainty, Method, Why};

/// What a target means at a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lot {
    /// All goes to one area.
    One(u32),
    /// It is shared out by a spread.
    Spread(u32),
    /// Equal parts go to several lots, none of which is such itself.
    Several(u32),
    /// All goes outside the areas that are loaded.
    Elsewhere,
    /// No place can be told.
    Nowhere(Why),
}

/// Weights of atoms, and the areas that the atoms are summed up to.
#[derive(Debug, Clone)]
pub(super) struct Spread {
    pub(super) apportion: Apportion,
    /// Of each atom, its place in `slots`.
    pub(super) slot_of: Vec<u32>,
    /// The areas that atoms lie in, in the order of their codes; `None`, the last if there, is elsewhere.
    pub(super) slots: Vec<Option<u32>>,
}

/// Where a part of a line goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Goes {
    /// To an area, as sure as said.
    To(u32, Certainty),
    Elsewhere,
    Nowhere(Why),
}

impl Goes {
    /// The area that it goes to.
    #[inline]
    pub(super) fn area(self) -> Option<u32> {
        match self {
            Self::To(area, _) => Some(area),
            Self::Elsewhere | Self::Nowhere(_) => None,
        }
    }

    /// A line of several parts is counted with the part of the lowest rank.
    #[inline]
    pub(super) fn rank(self) -> u32 {
        match self {
            Self::To(_, Certainty::Located) => 0,
            Self::To(..) => 1,
            Self::Elsewhere => 2,
            Self::Nowhere(why) => 3 + why as u32,
        }
    }
}

/// Room to reckon in, kept so that nothing is allocated for a line.
#[derive(Debug, Default)]
pub(super) struct Room {
    keys: Vec<u64>,
    sums: Vec<i64>,
}

impl Spread {
    /// Gives each of its areas what its atoms get.
    #[inline]
    pub(super) fn give(&self, pence: i64, room: &mut Room, mut give: impl FnMut(Goes, i64)) {
        room.sums.clear();
        room.sums.resize(self.slots.len(), 0);
        let sums = &mut room.sums;
        self.apportion.each(pence, &mut room.keys, |atom, share| sums[self.slot_of[atom] as usize] += share);
        for (slot, &share) in self.slots.iter().zip(room.sums.iter()) {
            give(slot.map_or(Goes::Elsewhere, |area| Goes::To(area, Certainty::Modelled)), share);
        }
    }
}

/// How sure a place is that a method found without sharing anything out.
pub(super) fn certainty(method: Method) -> Certainty {
    // Where there is a place somebody placed it: what has none is `Nowhere`.
    match method.certainty() {
        Certainty::Located => Certainty::Located,
        Certainty::Modelled | Certainty::Unplaced => Certainty::Modelled,
    }
}
