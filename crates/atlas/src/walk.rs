//! The assets of one part of an atlas in their lasting order: those with a position along the Hilbert curve, then those
//! without, by id.

use crate::assets::Assets;
use crate::delta::Part;
use crate::page::Key;
use crate::{AssetIx, Bbox};

/// A walk over a part, perhaps only through a box: what nobody can place may be in it too.
pub(crate) struct Walk<'a> {
    pub part: Part<'a>,
    pub bbox: Option<Bbox>,
    /// The slot where it starts.
    pub first: u32,
}

impl Walk<'_> {
    fn located(&self) -> u32 {
        self.part.assets.index.len() as u32
    }

    fn end(&self) -> u32 {
        self.part.assets.len() as u32
    }

    fn named(&self, slot: u32) -> AssetIx {
        self.part.first + slot
    }

    /// From its start to the end.
    pub fn onwards(&self) -> impl Iterator<Item = AssetIx> {
        self.from(self.first)
    }

    /// Everything, from the very first.
    pub fn all(&self) -> impl Iterator<Item = AssetIx> {
        self.from(0)
    }

    fn from(&self, first: u32) -> impl Iterator<Item = AssetIx> {
        let (in_box, rest) = match self.bbox {
            Some(bbox) => {
                let found = self.part.assets.index.in_box_from(bbox, first as usize);
                (Some(found), first.max(self.located())..self.end())
            }
            None => (None, first..self.end()),
        };
        in_box.into_iter().flatten().chain(rest).map(|slot| self.named(slot))
    }

    /// From before its start back to the very first.
    pub fn backwards(&self) -> impl Iterator<Item = AssetIx> {
        let first = self.first;
        let (in_box, rest) = match self.bbox {
            Some(bbox) if first > 0 => {
                let found = self.part.assets.index.in_box(bbox).take_while(move |slot| *slot < first);
                (found.collect(), self.located()..first.max(self.located()))
            }
            Some(_) => (Vec::new(), 0..0),
            None => (Vec::new(), 0..first),
        };
        rest.rev().chain(in_box.into_iter().rev()).map(|slot| self.named(slot))
    }

    /// How many there are in all.
    pub fn count(&self) -> u64 {
        let count = match self.bbox {
            Some(bbox) => self.part.assets.index.count_in_box(bbox) + (self.end() - self.located()) as usize,
            None => self.part.assets.len(),
        };
        count as u64
    }
}

impl Part<'_> {
    /// The first slot whose asset comes after a key.
    pub fn first_after(self, key: Option<Key>) -> u32 {
        let Some(key) = key else { return 0 };
        let (mut low, mut high) = (0, self.assets.len());
        while low < high {
            let middle = (low + high) / 2;
            if self.assets.key(middle) <= key { low = middle + 1 } else { high = middle }
        }
        low as u32
    }
}

impl Assets {
    /// Where the asset in a slot stands in the lasting order.
    pub fn key(&self, slot: usize) -> Key {
        let rank = u8::from(slot >= self.index.len());
        Key { rank, measure: self.hilbert[slot], id: self.ids[slot] }
    }
}
