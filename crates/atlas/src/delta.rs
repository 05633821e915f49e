//! An atlas is a large part that was built whole, and a small one with what has changed since. The large one is shared
//! by all atlases until the next is built; a write makes the small one anew.

use crate::assets::Assets;
use crate::coverage;
use crate::drafts::Drafts;
use crate::find::{self, Gathered, Words};
use crate::{AssetIx, Atlas, Counts, LocalityIx};
use model::{Asset, AssetId, Source};
use spatial_index::PointIndex;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

/// What was built whole.
pub(crate) struct Base {
    pub assets: Assets,
    pub counts: OnceLock<Vec<Counts>>,
}

/// What has changed since.
#[derive(Default)]
pub(crate) struct Delta {
    /// New and changed assets; their slots follow those of the base.
    pub assets: Assets,
    /// Slots of the base whose assets changed or were taken away.
    pub gone: BTreeSet<AssetIx>,
    pub words: Words,
    /// Of the areas in which something changed.
    pub counts: OnceLock<HashMap<LocalityIx, Counts>>,
}

/// One of the two parts of an atlas.
#[derive(Clone, Copy)]
pub(crate) struct Part<'a> {
    pub assets: &'a Assets,
    /// The [`AssetIx`] of its first slot.
    pub first: AssetIx,
}

impl<'a> Part<'a> {
    /// Who works across the area with a code, and the code.
    pub fn serving(self, code: u32) -> impl Iterator<Item = (AssetIx, u32)> + 'a {
        let slots = self.assets.serving.get(&code).into_iter().flatten();
        slots.map(move |slot| (self.first + slot, code))
    }

    /// Who is registered in a ward.
    pub fn registered_in(self, ward: LocalityIx) -> impl Iterator<Item = AssetIx> + 'a {
        let slots = self.assets.registered_in.get(&ward).into_iter().flatten();
        slots.map(move |slot| self.first + slot)
    }
}

impl Atlas {
    /// This atlas with some assets changed (`Some`) or taken away (`None`), at a later revision. What was changed in it
    /// before and is not named stays changed only if it is named again: the changes are all those since the atlas was
    /// last built whole.
    pub fn with_changes<'a>(
        &self,
        revision: u64,
        mut sources: Vec<Source>,
        changes: impl IntoIterator<Item = (AssetId, Option<&'a Asset>)>,
    ) -> Self {
        sources.sort_by(|a, b| a.id.cmp(&b.id));
        let (mut drafts, mut words) = (Drafts::default(), Gathered::default());
        let mut gone = BTreeSet::new();
        for (id, asset) in changes {
            gone.extend(self.base.assets.slot_of(id));
            if let Some(asset) = asset {
                drafts.add(asset);
                find::gather(&mut words, asset);
            }
        }
        let numbers: Vec<_> = drafts.codes().map(|code| self.localities.codes.known(code)).collect();
        let wards = |points: &PointIndex| {
            (0..points.len()).map(|i| self.localities.ward_at(points.point(i))).collect::<Vec<u32>>()
        };
        let sorted = drafts.sorted();
        let words = Words::in_order(words.sorted(), &sorted.came());
        let assets = sorted.finish(&self.localities, &self.postcodes, &numbers, wards);
        let cover_as_before = coverage::is_same(&self.sources, &sources);
        Self {
            revision,
            sources,
            localities: self.localities.clone(),
            postcodes: self.postcodes.clone(),
            base: self.base.clone(),
            delta: Delta { assets, gone, words, counts: OnceLock::new() },
            find: self.find.clone(),
            coverage: if cover_as_before { self.coverage.clone() } else { Arc::default() },
        }
    }

    /// How many assets have changed since the atlas was last built whole.
    pub fn changed_assets(&self) -> usize {
        self.delta.assets.len().max(self.delta.gone.len())
    }

    /// Its two parts; the later one first, since it overrules the other.
    pub(crate) fn parts(&self) -> [Part<'_>; 2] {
        let first = self.base.assets.len() as AssetIx;
        [Part { assets: &self.delta.assets, first }, Part { assets: &self.base.assets, first: 0 }]
    }

    /// In which part an asset is, and at which slot.
    pub(crate) fn at(&self, asset: AssetIx) -> (&Assets, usize) {
        let slot = asset as usize;
        match slot.checked_sub(self.base.assets.len()) {
            None => (&self.base.assets, slot),
            Some(slot) => (&self.delta.assets, slot),
        }
    }

    /// Whether an asset was changed or taken away since the base was built.
    pub(crate) fn is_gone(&self, asset: AssetIx) -> bool {
        !self.delta.gone.is_empty() && self.delta.gone.contains(&asset)
    }

    /// How many slots there are, those of assets that are gone included.
    pub(crate) fn slots(&self) -> usize {
        self.base.assets.len() + self.delta.assets.len()
    }

    /// Every asset that there is, in no order that means anything.
    pub(crate) fn all_assets(&self) -> impl Iterator<Item = AssetIx> {
        (0..self.slots() as AssetIx).filter(|asset| !self.is_gone(*asset))
    }
}
