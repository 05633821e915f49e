use super::{Keep, Plain, Reader, Writer, bad};
use crate::assets::{Assets, Features, Shared, Traits};
use crate::drafts::registered_in;
use crate::texts::Texts;
use geo_types::Point;
use model::{CategorySet, Kind, Status};
use spatial_index::PointIndex;
use std::collections::BTreeMap;
use std::io::Result;

impl Keep for Assets {
    const NAME: &'static str = "assets";

    /// All but the texts, which are a section of their own.
    fn write(&self, to: &mut Writer<'_>) -> Result<()> {
        to.column(&self.ids)?;
        to.column(&self.by_id)?;
        to.column(&self.hilbert)?;
        to.column(&self.traits)?;
        to.column(&self.days)?;
        to.column(&self.registered)?;
        let points: Vec<(f64, f64)> = (0..self.index.len()).map(|i| self.index.point(i).x_y()).collect();
        to.column(&points)?;
        to.bytes(&self.features.geometry)?;
        to.column(&self.features.shares)?;
        to.texts(self.features.shared.iter())?;
        let serving: BTreeMap<u32, &[u32]> =
            self.serving.iter().map(|(code, slots)| (*code, &slots[..])).collect();
        to.column(&serving.keys().copied().collect::<Vec<u32>>())?;
        to.lists(serving.values().map(|slots| slots.iter().copied()))
    }

    fn read(from: &mut Reader<'_>) -> Result<Self> {
        let ids: Vec<u128> = from.column()?;
        let count = ids.len();
        let by_id = from.column_of(count)?;
        let hilbert = from.column_of(count)?;
        let traits: Vec<Traits> = from.column_of(count)?;
        let days = from.column_of(count)?;
        let registered: Vec<u32> = from.column_of(count)?;
        let points: Vec<Point<f64>> = from.column::<(f64, f64)>()?.into_iter().map(Point::from).collect();
        let index = PointIndex::build(&points).map_err(|error| bad(&error.to_string()))?;
        let features = Features {
            own: Texts::default(),
            geometry: from.column_of(count)?,
            shares: from.column_of(count)?,
            shared: from.lists()?.into_iter().collect::<Shared>(),
        };
        let codes: Vec<u32> = from.column()?;
        let slots: Vec<Vec<u32>> = from.lists()?;
        if codes.len() != slots.len() {
            return Err(bad("its codes are too few or too many"));
        }
        let groups = traits.iter().filter(|traits| traits.kind == Kind::Group).count() as u64;
        Ok(Self {
            buildings: count as u64 - groups,
            groups,
            registered_in: registered_in(&registered),
            serving: codes.into_iter().zip(slots).collect(),
            ids,
            by_id,
            hilbert,
            traits,
            days,
            registered,
            index,
            features,
        })
    }
}

impl Assets {
    /// Whether what was read apart fits together.
    pub(super) fn is_sound(&self) -> bool {
        let count = self.len() as u32;
        let shared = self.features.shared.len();
        let is_slot = |slot: &u32| *slot < count;
        self.features.own.starts.len() == count as usize
            && self.index.len() <= count as usize
            && (self.index.is_empty() || self.index.ids_are_slots())
            && self.by_id.iter().all(is_slot)
            && self.serving.values().flatten().all(is_slot)
            && self.features.shares.iter().all(|share| (*share as usize) < shared)
    }
}

impl Keep for Texts {
    const NAME: &'static str = "texts";

    fn write(&self, to: &mut Writer<'_>) -> Result<()> {
        to.column(&self.starts)?;
        to.number(self.pieces.len())?;
        self.pieces.iter().try_for_each(|piece| to.bytes(piece))
    }

    fn read(from: &mut Reader<'_>) -> Result<Self> {
        let starts: Vec<u64> = from.column()?;
        let count = from.number()?;
        let mut pieces: Vec<Vec<u8>> = Vec::new();
        for _ in 0..count {
            pieces.push(from.bytes()?);
        }
        let within = |start: &u64| {
            pieces.get((start >> 32) as usize).is_some_and(|piece| *start as u32 as usize <= piece.len())
        };
        if starts.is_sorted() && starts.iter().all(within) {
            Ok(Self { pieces, starts })
        } else {
            Err(bad("its texts do not fit together"))
        }
    }
}

/// The listing is made of the categories again.
impl Plain for Traits {
    const WIDTH: usize = 10;

    fn put(self, to: &mut Vec<u8>) {
        self.categories.bits().put(to);
        to.push(u8::from(self.kind == Kind::Group));
        to.push(u8::from(self.status == Status::Closed));
    }

    fn take(from: &[u8]) -> Option<Self> {
        let (bits, rest) = from.split_at_checked(8)?;
        let categories = CategorySet::from_bits(u64::take(bits)?);
        let &[group, closed] = rest else { return None };
        Some(Self {
            categories,
            kind: if group == 1 { Kind::Group } else { Kind::Building },
            status: if closed == 1 { Status::Closed } else { Status::Open },
            listing: categories.listing(),
        })
    }
}
