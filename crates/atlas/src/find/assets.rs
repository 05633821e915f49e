//! Groups and buildings by their names, categories, addresses, summaries and register numbers.

use super::fold;
use super::here::{Here, INSIDE};
use super::likely::likely;
use super::query::Query;
use super::tally::{Slot, Tally};
use super::typo;
use super::words::{Gathered, Word, Words};
use crate::{AssetIx, Atlas};
use model::{Asset, CategorySet, Listing, OrgId, Postcode, Status, Uprn};

/// Of a hundred: a word that is not in the name, and a word that is a category's.
const ELSEWHERE: u32 = 45;
const CATEGORY: u32 = 60;
/// Added where an asset is of the category that the words are for, whatever its name.
const IS_ASKED: f32 = 12.0;
/// Taken off what is near the place that the query names, or further away: all that is in it comes first.
const AWAY: f32 = 40.0;
/// In a rare word lies more than in a common one.
const HEAVIEST: u32 = 4;
/// So many candidates for each result have their names compared word by word.
const CANDIDATES: usize = 4;

/// Gathers the words of an asset.
pub fn gather(words: &mut Gathered, asset: &Asset) {
    let record = &asset.record;
    let postcode = record.postcode.as_ref().map(Postcode::as_str).or(record.postcode_text.as_deref());
    let uprn = record.uprn.as_ref().map(Uprn::as_str);
    let others = [record.summary.as_deref(), record.address.as_deref(), postcode, uprn];
    let numbers = record.identifiers.iter().map(OrgId::as_str);
    words.add(&record.name, others.into_iter().flatten().chain(numbers));
}

impl Atlas {
    /// The assets that answer a query best, best first: those with all its words, or else those with most of them.
    /// When the whole query `is_area`'s name, words that are known are no typing errors.
    pub(super) fn assets_for(
        &self,
        query: &Query,
        here: &[Here],
        is_area: bool,
        limit: usize,
    ) -> Vec<(f32, AssetIx)> {
        let (found, complete) = self.assets_with(query, here, limit, false);
        let may_be_misspelt = !query.only_postcode
            && query.tokens.iter().any(|token| token.known && typo::allowed(&token.text) > 0);
        if complete || is_area || !may_be_misspelt {
            return found;
        }
        let (forgiven, complete) = self.assets_with(query, here, limit, true);
        if complete { forgiven } else { found }
    }

    /// The same, forgiving typing errors also where a word is known or not; and whether any asset has all the words.
    fn assets_with(
        &self,
        query: &Query,
        here: &[Here],
        limit: usize,
        forgiving: bool,
    ) -> (Vec<(f32, AssetIx)>, bool) {
        let near = self.near_postcode(query);
        let all = if near.is_some() { query.all() << 1 | 1 } else { query.all() };
        let tally = self.tally(query, here, near.as_deref(), forgiving);
        let there = || tally.found().filter(|(asset, ..)| !self.is_gone(*asset));
        let (complete, best) = there().fold((false, 0.0), |(complete, best), (_, slot, quality)| {
            (complete || slot.tokens == all, f32::max(best, quality))
        });
        if !complete && query.only_postcode {
            return (Vec::new(), false);
        }
        let asked = self.categories_asked(query, here);
        let enough =
            |slot: Slot, quality: f32| if complete { slot.tokens == all } else { quality >= 0.75 * best };
        let mut found: Vec<(f32, AssetIx)> = there()
            .filter(|(_, slot, quality)| enough(*slot, *quality))
            .map(|(asset, slot, quality)| {
                let away = if here.is_empty() || slot.is_here { 0.0 } else { AWAY };
                (self.score(asset, slot, quality, asked) - away, asset)
            })
            .collect();
        let candidates = CANDIDATES * limit + 50;
        if found.len() > candidates {
            found.select_nth_unstable_by(candidates, better);
            found.truncate(candidates);
        }
        for (score, asset) in &mut found {
            *score += query.order(&fold::words(&self.asset_name(*asset)));
        }
        found.sort_unstable_by(better);
        found.truncate(limit);
        (found, complete)
    }

    fn tally(&self, query: &Query, here: &[Here], near: Option<&[(AssetIx, u8)]>, forgiving: bool) -> Tally {
        let mut tally = Tally::new(self.slots());
        let vocabularies = self.asset_words();
        for (i, token) in query.tokens.iter().enumerate() {
            let likely = vocabularies
                .map(|(first, words)| (first, words, likely(words, token, forgiving || !token.known)));
            let places = here.iter().filter(|here| here.tokens & (1 << i) != 0);
            let documents = |words: &Words, likely: &[(Word, u8)]| -> u32 {
                likely.iter().map(|(word, _)| words.count(*word)).sum()
            };
            let documents = likely.iter().map(|(_, words, likely)| documents(words, likely)).sum();
            // A place says where, not what: the thing weighs more.
            let is_place = places.clone().next().is_some();
            let weight = if is_place { 1 } else { self.weight(documents) };
            tally.token(i, weight);
            let each = likely
                .iter()
                .flat_map(|(first, words, likely)| likely.iter().map(move |l| (*first, *words, *l)));
            for (first, words, (word, quality)) in each {
                let elsewhere = (u32::from(quality) * ELSEWHERE / 100) as u8;
                for (slot, in_name) in words.holding(word) {
                    let asset = first + slot;
                    tally.offer(asset, if in_name { quality } else { elsewhere }, in_name);
                    if is_place {
                        tally.here(asset);
                    }
                }
            }
            if let Some((set, quality)) = self.find.categories.of(token) {
                let quality = (u32::from(quality) * CATEGORY / 100) as u8;
                for part in self.parts() {
                    for (slot, traits) in part.assets.traits.iter().enumerate() {
                        if traits.categories.intersects(set) {
                            tally.offer(part.first + slot as AssetIx, quality, false);
                        }
                    }
                }
            }
            for (asset, quality) in places.flat_map(|here| &here.assets) {
                tally.offer(*asset, *quality, false);
                if *quality >= INSIDE {
                    tally.here(*asset);
                }
            }
        }
        if let Some(near) = near {
            tally.token(query.tokens.len(), 1);
            near.iter().for_each(|(asset, quality)| tally.offer(*asset, *quality, false));
        }
        tally
    }

    fn weight(&self, documents: u32) -> u32 {
        let share = self.asset_count() as u32 / documents.max(1);
        (1 + share.max(1).ilog10()).min(HEAVIEST)
    }

    /// The categories that all words agree on that are a category's and not a place's.
    fn categories_asked(&self, query: &Query, here: &[Here]) -> CategorySet {
        let place = here.iter().fold(0, |tokens, here| tokens | here.tokens);
        let things = query.tokens.iter().enumerate().filter(|(i, _)| place & (1 << i) == 0);
        let sets = things.filter_map(|(_, token)| self.find.categories.of(token)).map(|(set, _)| set.bits());
        CategorySet::from_bits(sets.reduce(|a, b| a & b).unwrap_or(0))
    }

    fn score(&self, asset: AssetIx, slot: Slot, quality: f32, asked: CategorySet) -> f32 {
        let traits = self.traits(asset);
        let all_words = f32::from(self.name_words(asset).max(1));
        let of_name = (slot.named.count_ones() as f32 / all_words).min(1.0);
        let use_of = match traits.listing {
            Listing::Usable => 3.0,
            Listing::GreenSpace => 1.5,
            Listing::Land => 0.0,
        };
        let closed = if traits.status == Status::Closed { 15.0 } else { 0.0 };
        let is_asked = if traits.categories.intersects(asked) { IS_ASKED } else { 0.0 };
        quality + 20.0 * of_name + is_asked + use_of - closed
    }

    /// The words of assets, each list with the first asset that it is of.
    fn asset_words(&self) -> [(AssetIx, &Words); 2] {
        [(0, &self.find.assets), (self.base.assets.len() as AssetIx, &self.delta.words)]
    }

    fn name_words(&self, asset: AssetIx) -> u8 {
        let [(_, base), (first, later)] = self.asset_words();
        match asset.checked_sub(first) {
            None => base.name_words(asset),
            Some(slot) => later.name_words(slot),
        }
    }
}

fn better(a: &(f32, AssetIx), b: &(f32, AssetIx)) -> std::cmp::Ordering {
    b.0.total_cmp(&a.0).then(a.1.cmp(&b.1))
}
