//! An atlas is a large part that was built whole, and a small one with what has changed since. The large one is shared
//! by all atlases until the next is built; a write makes the small one anew.

use crate::assets::Assets;
use crate::coverage;
use crate::drafts::{Draft, Drafts};
use crate::find::{self, Words};
use crate::{AssetIx, Atlas, Counts, LocalityIx};
use geo_types::Point;
use model::{Asset, AssetId, Source};
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
        let mut drafts = Drafts::default();
        let mut gone = BTreeSet::new();
        for (id, asset) in changes {
            gone.extend(self.base.assets.slot_of(id));
            if let Some(asset) = asset {
                drafts.add(asset, |code| self.localities.codes.known(code));
            }
        }
        let wards = |drafts: &[Draft]| {
            let points = drafts.iter().map_while(|draft| draft.position);
            points.map(|p| self.localities.ward_at(Point::new(p.lon(), p.lat()))).collect()
        };
        let assets = drafts.finish(&self.localities, &self.postcodes, |drafts, _| wards(drafts));
        let words = find::words_of(&assets);
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
