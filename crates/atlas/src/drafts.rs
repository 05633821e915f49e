//! Assets on their way into an atlas.

use crate::AssetIx;
use crate::assets::{Assets, Features, NOWHERE, Shared, Traits};
use crate::feature;
use crate::localities::Localities;
use crate::postcodes::Postcodes;
use geo_types::Point;
use model::{Asset, Days, Kind, Level, Position, Postcode};
use spatial_index::{PointIndex, hilbert_key};
use std::collections::HashMap;

/// Assets on their way, in any order.
#[derive(Default)]
pub(crate) struct Drafts {
    drafts: Vec<Draft>,
    text: Vec<u8>,
    shared: Shared,
    /// For one text after another.
    scratch: Vec<u8>,
}

/// An asset on its way: its columns, and where its feature's text lies.
pub(crate) struct Draft {
    id: u128,
    hilbert: u64,
    pub position: Option<Position>,
    traits: Traits,
    days: Days,
    serves: Vec<u32>,
    correspondence: Option<Postcode>,
    from: u64,
    to: u64,
    geometry: u8,
    shared: u32,
}

/// Assets without a position come after all others.
const UNLOCATED: u64 = u64::MAX;

impl Drafts {
    /// Adds an asset; `number` knows the codes of areas.
    pub fn add(&mut self, asset: &Asset, mut number: impl FnMut(&str) -> Option<u32>) {
        let position = asset.located.map(|l| l.position);
        let from = self.text.len() as u64;
        let geometry = feature::write_own(&mut self.text, asset);
        self.scratch.clear();
        feature::write_shared(&mut self.scratch, asset);
        self.drafts.push(Draft {
            id: asset.id.as_u128(),
            hilbert: position.map_or(UNLOCATED, |p| hilbert_key(p.lon(), p.lat())),
            position,
            traits: Traits {
                categories: asset.record.categories,
                kind: asset.record.kind,
                status: asset.record.status,
                listing: asset.record.categories.listing(),
            },
            days: asset.record.as_of.map_or(Days::NONE, Days::of),
            serves: asset.record.serves.iter().filter_map(|code| number(code.as_str())).collect(),
            correspondence: asset.record.correspondence.clone(),
            from,
            to: self.text.len() as u64,
            geometry,
            shared: self.shared.number(&self.scratch),
        });
    }

    /// The columns of all that was added; `wards` says of drafts in order, or of the index of their points, in which
    /// ward each lies that has a position.
    pub fn finish(
        self,
        localities: &Localities,
        postcodes: &Postcodes,
        wards: impl FnOnce(&[Draft], &PointIndex) -> Vec<u32>,
    ) -> Assets {
        let Self { mut drafts, text, shared, .. } = self;
        drafts.sort_by_key(|draft| (draft.position.is_none(), draft.hilbert, draft.id));
        let points: Vec<Point<f64>> =
            drafts.iter().map_while(|d| d.position).map(|p| Point::new(p.lon(), p.lat())).collect();
        let index = PointIndex::build(&points).expect("positions are on the globe");
        let wards = wards(&drafts, &index);
        let mut registered_in: HashMap<u32, Vec<AssetIx>> = HashMap::new();
        let mut serving: HashMap<u32, Vec<AssetIx>> = HashMap::new();
        let mut registered = Vec::with_capacity(drafts.len());
        let mut features = Features {
            own: Vec::with_capacity(text.len()),
            starts: Vec::with_capacity(drafts.len() + 1),
            geometry: drafts.iter().map(|draft| draft.geometry).collect(),
            shared: Shared::default(),
            shares: Vec::with_capacity(drafts.len()),
        };
        let mut with_wards: HashMap<(u32, u32, u32), u32> = HashMap::new();
        let named =
            |ward: u32| (ward != NOWHERE).then(|| localities.get(ward)).map(|w| (w.code(), w.name.as_str()));
        for (i, draft) in drafts.iter().enumerate() {
            let ward = wards.get(i).copied().unwrap_or(NOWHERE);
            let registered_ward = registered_ward(draft, localities, postcodes);
            features.starts.push(features.own.len() as u64);
            features.own.extend_from_slice(&text[draft.from as usize..draft.to as usize]);
            let share = with_wards.entry((draft.shared, ward, registered_ward)).or_insert_with(|| {
                let mut text = shared.get(draft.shared).to_vec();
                feature::write_wards(&mut text, named(ward), named(registered_ward));
                features.shared.number(&text)
            });
            features.shares.push(*share);
            registered.push(registered_ward);
            if registered_ward != NOWHERE {
                registered_in.entry(registered_ward).or_default().push(i as AssetIx);
            }
            for code in &draft.serves {
                serving.entry(*code).or_default().push(i as AssetIx);
            }
        }
        features.starts.push(features.own.len() as u64);
        features.shared.close();
        let ids: Vec<u128> = drafts.iter().map(|draft| draft.id).collect();
        let mut by_id: Vec<AssetIx> = (0..ids.len() as u32).collect();
        by_id.sort_unstable_by_key(|ix| ids[*ix as usize]);
        let groups = drafts.iter().filter(|draft| draft.traits.kind == Kind::Group).count() as u64;
        Assets {
            by_id,
            hilbert: drafts.iter().map(|draft| draft.hilbert).collect(),
            traits: drafts.iter().map(|draft| draft.traits).collect(),
            days: drafts.iter().map(|draft| draft.days).collect(),
            buildings: ids.len() as u64 - groups,
            groups,
            ids,
            registered,
            index,
            features,
            serving,
            registered_in,
        }
    }
}

/// The ward in which a register's correspondence postcode lies: by its position, else by the code that its
/// directory gives.
fn registered_ward(draft: &Draft, localities: &Localities, postcodes: &Postcodes) -> u32 {
    let Some(place) = draft.correspondence.as_ref().and_then(|postcode| postcodes.get(postcode)) else {
        return NOWHERE;
    };
    let by_position = || {
        let p = place.position?;
        localities.newest(&localities.holding(Point::new(p.lon(), p.lat())), Level::Ward)
    };
    let by_code = || localities.find(localities.codes.code(place.ward?));
    by_position().or_else(by_code).unwrap_or(NOWHERE)
}
