//! An atlas with changes says what one says that was built whole.

use crate::common::{WARDS, asset, country, name_of, source};
use atlas::{Atlas, Filter, Found, Key, Query, Region};
use model::{Asset, AssetId, Kind, Position, RecordKind};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const NAMES: [&str; 6] =
    ["Ash Hall", "Elm Hall", "Ash Park", "Oak Bowling Club", "Elm Choir", "Oakley Library"];

/// An asset of a small world: which of 40 it is, its name, kind and place, and where it works.
pub fn any_asset() -> impl Strategy<Value = Asset> {
    let place = proptest::option::weighted(0.8, (0..9i32, 0..5i32));
    (0..40u32, 0..NAMES.len(), any::<bool>(), place, 0..6usize).prop_map(
        |(number, name, group, place, serves)| {
            let kind = if group { Kind::Group } else { Kind::Building };
            let at = place.map(|(x, y)| (-2.0 + 0.01 * f64::from(x), 53.0 + 0.005 * f64::from(y)));
            let mut made = asset(NAMES[name], kind, if number % 3 == 0 { "hall" } else { "park" }, at);
            made.record.key = number.to_string();
            made.record.serves =
                WARDS.get(serves).map(|ward| crate::common::code(ward)).into_iter().collect();
            made.id = made.record.id();
            made
        },
    )
}

pub fn built(assets: &BTreeMap<AssetId, Asset>) -> Atlas {
    let mut builder = country();
    builder.source(source("list", RecordKind::Asset, &[]));
    assets.values().for_each(|asset| builder.asset(asset));
    builder.build(2)
}

/// All pages of an answer in words, with what is said beside the hits.
pub fn answer(atlas: &Atlas, query: &Query, limit: usize) -> Vec<String> {
    let (mut said, mut after): (Vec<String>, Option<Key>) = (Vec::new(), None);
    loop {
        let page = atlas.page(query, after, limit);
        for hit in &page.hits {
            let via = hit.via.map(|via| atlas.via_code(via));
            said.push(format!(
                "{} {} {:?} {:?} {via:?}",
                atlas.asset_id(hit.asset),
                name_of(atlas, hit.asset),
                hit.relation,
                hit.distance_m
            ));
        }
        said.push(format!("of {} {:?} {:?}", page.matched, page.previous, page.breakdown));
        match page.next {
            Some(next) => after = Some(next),
            None => return said,
        }
    }
}

/// The ids of the assets that a text finds.
pub fn found(atlas: &Atlas, text: &str) -> BTreeSet<AssetId> {
    let asset = |found: Found| match found {
        Found::Asset(asset) => Some(atlas.asset_id(asset)),
        _ => None,
    };
    atlas.find(text, 100).into_iter().filter_map(asset).collect()
}

proptest! {
    #[test]
    fn changes_are_answered_as_if_they_had_always_been_there(
        before in proptest::collection::vec(any_asset(), 0..50),
        changes in proptest::collection::vec((any_asset(), any::<bool>()), 0..30),
        limit in 1..12usize,
        x in 0..9i32,
    ) {
        let before: BTreeMap<AssetId, Asset> = before.into_iter().map(|asset| (asset.id, asset)).collect();
        let changes: BTreeMap<AssetId, Option<Asset>> =
            changes.into_iter().map(|(asset, stays)| (asset.id, stays.then_some(asset))).collect();
        let mut after = before.clone();
        for (id, asset) in &changes {
            match asset {
                Some(asset) => after.insert(*id, asset.clone()),
                None => after.remove(id),
            };
        }
        let sources = vec![source("list", RecordKind::Asset, &[])];
        let changed = built(&before).with_changes(2, sources, changes.iter().map(|(id, a)| (*id, a.as_ref())));
        let whole = built(&after);

        prop_assert_eq!(changed.asset_count(), whole.asset_count());
        let point = Position::new(-2.0 + 0.01 * f64::from(x), 53.004).unwrap();
        let bbox = atlas::Bbox { west: point.lon(), south: 53.0, east: -1.94, north: 53.01 };
        let mut regions = vec![
            Region::Everywhere,
            Region::Near { point, within_m: None },
            Region::Near { point, within_m: Some(1_500.0) },
        ];
        regions.extend(WARDS.map(|ward| Region::Around { area: whole.locality(ward).unwrap(), within_m: 700.0 }));
        for kind in [None, Some(Kind::Group)] {
            for region in &regions {
                for bbox in [None, Some(bbox)] {
                    let query = Query { filter: Filter { kind, ..Filter::default() }, region: *region, bbox };
                    prop_assert_eq!(answer(&changed, &query, limit), answer(&whole, &query, limit));
                }
            }
        }
        for area in 0..whole.places().len() as u32 {
            prop_assert_eq!(changed.counts(area), whole.counts(area));
        }
        for kind in Kind::ALL {
            prop_assert_eq!(changed.count_of(kind), whole.count_of(kind));
        }
        // What is only like a text may be found or not, as words of assets that are gone still count as known.
        for text in ["elm hall", "oak", "park", "choir"] {
            let has_all = |asset: &&Asset| {
                let name = asset.record.name.to_lowercase();
                text.split(' ').all(|word| name.split(' ').any(|own| own == word))
            };
            let wanted: BTreeSet<AssetId> = after.values().filter(has_all).map(|asset| asset.id).collect();
            let found = found(&changed, text);
            prop_assert!(found.is_superset(&wanted), "{}: {:?} without {:?}", text, found, wanted);
            prop_assert!(found.iter().all(|id| after.contains_key(id)), "{}: something that is gone", text);
        }
        for id in before.keys().chain(changes.keys()) {
            prop_assert_eq!(changed.asset(*id).is_some(), whole.asset(*id).is_some());
        }
    }
}
