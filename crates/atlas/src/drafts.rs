//! Assets on their way into an atlas.

use crate::AssetIx;
use crate::assets::{Assets, Features, NOWHERE, Shared, Traits};
use crate::buckets::Buckets;
use crate::feature;
use crate::find::Quick;
use crate::localities::Localities;
use crate::postcodes::{Postcodes, pack};
use crate::texts::Texts;
use geo_types::Point;
use model::{Asset, Days, Kind, Position};
use spatial_index::{PointIndex, hilbert_key};
use std::collections::HashMap;

/// Assets on their way, in any order.
#[derive(Default)]
pub(crate) struct Drafts {
    buckets: Buckets,
    /// How many have come.
    count: u32,
    shared: Shared,
    /// Codes of areas across which assets work, and which asset, by when it came, names which.
    codes: Shared,
    serving: Vec<(u32, u32)>,
    /// For one text after another.
    scratch: Vec<u8>,
}

/// An asset on its way: its columns, and where its feature's text lies.
#[derive(Clone)]
pub(crate) struct Draft {
    id: u128,
    hilbert: u64,
    pub position: Option<Position>,
    traits: Traits,
    days: Days,
    /// The postcode that letters reach, packed; 0 where there is none.
    letters: u64,
    /// When it came: how many came before it.
    came: u32,
    pub start: u32,
    pub length: u32,
    shared: u32,
    geometry: u8,
}

/// Assets without a position come after all others.
const UNLOCATED: u64 = u64::MAX;

impl Draft {
    /// Its place in the lasting order of assets.
    pub fn order(&self) -> (bool, u64, u128) {
        (self.position.is_none(), self.hilbert, self.id)
    }
}

impl Drafts {
    /// Adds an asset.
    pub fn add(&mut self, asset: &Asset) {
        let record = &asset.record;
        let position = asset.located.map(|l| l.position);
        self.scratch.clear();
        feature::write_shared(&mut self.scratch, asset);
        let shared = self.shared.number(&self.scratch);
        self.scratch.clear();
        let geometry = feature::write_own(&mut self.scratch, asset);
        let draft = Draft {
            id: asset.id.as_u128(),
            hilbert: position.map_or(UNLOCATED, |p| hilbert_key(p.lon(), p.lat())),
            position,
            traits: Traits {
                categories: record.categories,
                kind: record.kind,
                status: record.status,
                listing: record.categories.listing(),
            },
            days: record.as_of.map_or(Days::NONE, Days::of),
            letters: record.correspondence.as_ref().map_or(0, pack),
            came: self.count,
            start: 0,
            length: 0,
            shared,
            geometry,
        };
        self.buckets.add(draft, &self.scratch);
        for code in &record.serves {
            self.serving.push((self.count, self.codes.number(code.as_str().as_bytes())));
        }
        self.count += 1;
    }

    /// The codes of areas across which assets work, in the order in which they came.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.codes.iter().map(|code| std::str::from_utf8(code).expect("codes are text"))
    }

    /// In the lasting order.
    pub fn sorted(self) -> Sorted {
        Sorted { runs: self.buckets.sorted(), shared: self.shared, serving: self.serving }
    }
}

/// Drafts in the lasting order of assets.
pub(crate) struct Sorted {
    runs: Vec<(Vec<Draft>, Vec<u8>)>,
    shared: Shared,
    serving: Vec<(u32, u32)>,
}

impl Sorted {
    fn drafts(&self) -> impl Iterator<Item = &Draft> + Clone {
        self.runs.iter().flat_map(|(drafts, _)| drafts)
    }

    /// Of each slot, when its asset came.
    pub fn came(&self) -> Vec<u32> {
        self.drafts().map(|draft| draft.came).collect()
    }

    /// The columns of all that was added. `numbers` are those of [`Drafts::codes`], where the atlas knows them; `wards`
    /// says in which ward each point lies.
    pub fn finish(
        self,
        localities: &Localities,
        postcodes: &Postcodes,
        numbers: &[Option<u32>],
        wards: impl Fn(&PointIndex) -> Vec<u32>,
    ) -> Assets {
        let points: Vec<Point<f64>> =
            self.drafts().map_while(|d| d.position).map(|p| Point::new(p.lon(), p.lat())).collect();
        let index = PointIndex::build(&points).expect("positions are on the globe");
        drop(points);
        let registered = registered_wards(self.drafts(), localities, postcodes, &wards);
        let wards = wards(&index);
        let serving = self.serving(numbers);
        let Self { mut runs, shared, .. } = self;
        let own = texts(&mut runs);
        let drafts = || runs.iter().flat_map(|(drafts, _)| drafts);
        let (shared, shares) = shares(drafts(), &shared, &wards, &registered, localities);
        let ids: Vec<u128> = drafts().map(|draft| draft.id).collect();
        let groups = drafts().filter(|draft| draft.traits.kind == Kind::Group).count() as u64;
        Assets {
            by_id: by_id(&ids),
            hilbert: drafts().map(|draft| draft.hilbert).collect(),
            traits: drafts().map(|draft| draft.traits).collect(),
            days: drafts().map(|draft| draft.days).collect(),
            features: Features {
                own,
                geometry: drafts().map(|draft| draft.geometry).collect(),
                shared,
                shares,
            },
            buildings: ids.len() as u64 - groups,
            groups,
            ids,
            registered_in: registered_in(&registered),
            registered,
            index,
            serving,
        }
    }

    /// Who works across which area, by slot.
    fn serving(&self, numbers: &[Option<u32>]) -> HashMap<u32, Vec<AssetIx>> {
        let mut serving: HashMap<u32, Vec<AssetIx>> = HashMap::new();
        if self.serving.is_empty() {
            return serving;
        }
        let mut slots = vec![0; self.drafts().count()];
        for (slot, draft) in (0..).zip(self.drafts()) {
            slots[draft.came as usize] = slot;
        }
        for (came, code) in &self.serving {
            if let Some(number) = numbers[*code as usize] {
                serving.entry(number).or_default().push(slots[*came as usize]);
            }
        }
        serving.values_mut().for_each(|slots| slots.sort_unstable());
        serving
    }
}

/// The slots in the order of ids.
fn by_id(ids: &[u128]) -> Vec<AssetIx> {
    let mut by_id: Vec<AssetIx> = (0..ids.len() as u32).collect();
    by_id.sort_unstable_by_key(|ix| ids[*ix as usize]);
    by_id
}

/// The slots by the ward in which they are registered.
pub(crate) fn registered_in(registered: &[u32]) -> HashMap<u32, Vec<AssetIx>> {
    let mut registered_in: HashMap<u32, Vec<AssetIx>> = HashMap::new();
    for (slot, ward) in (0..).zip(registered).filter(|(_, ward)| **ward != NOWHERE) {
        registered_in.entry(*ward).or_default().push(slot);
    }
    registered_in
}

/// The texts, taken from the runs.
fn texts(runs: &mut [(Vec<Draft>, Vec<u8>)]) -> Texts {
    let mut texts = Texts::default();
    for (drafts, text) in runs {
        texts.push(std::mem::take(text), drafts.iter().map(|draft| draft.start));
    }
    texts
}

/// The texts that drafts have in common, with the wards that they lie and are registered in; and which each has.
fn shares<'a>(
    drafts: impl Iterator<Item = &'a Draft>,
    shared: &Shared,
    wards: &[u32],
    registered: &[u32],
    localities: &Localities,
) -> (Shared, Vec<u32>) {
    let mut texts = Shared::default();
    let mut with_wards: HashMap<(u32, u32, u32), u32, Quick> = HashMap::default();
    let named =
        |ward: u32| (ward != NOWHERE).then(|| localities.get(ward)).map(|w| (w.code(), w.name.as_str()));
    let mut shares = Vec::with_capacity(registered.len());
    for (i, draft) in drafts.enumerate() {
        let ward = wards.get(i).copied().unwrap_or(NOWHERE);
        let share = with_wards.entry((draft.shared, ward, registered[i])).or_insert_with(|| {
            let mut text = shared.get(draft.shared).to_vec();
            feature::write_wards(&mut text, named(ward), named(registered[i]));
            texts.number(&text)
        });
        shares.push(*share);
    }
    texts.close();
    (texts, shares)
}

/// The ward in which each register's correspondence postcode lies: by its position, else by the code that its directory
/// gives.
fn registered_wards<'a>(
    drafts: impl Iterator<Item = &'a Draft> + Clone,
    localities: &Localities,
    postcodes: &Postcodes,
    wards: impl Fn(&PointIndex) -> Vec<u32>,
) -> Vec<u32> {
    let mut known: Vec<u64> =
        drafts.clone().map(|draft| draft.letters).filter(|letters| *letters != 0).collect();
    known.sort_unstable();
    known.dedup();
    let places: Vec<_> = known.iter().map(|letters| postcodes.get_packed(*letters)).collect();
    let at = |place: &Option<crate::PostcodePlace>| {
        place.and_then(|place| place.position).map(|p| Point::new(p.lon(), p.lat()))
    };
    let points: Vec<Point<f64>> = places.iter().filter_map(at).collect();
    let mut by_position = wards(&PointIndex::build(&points).expect("positions are on the globe")).into_iter();
    let by_code = |ward: Option<u32>| localities.find(localities.codes.code(ward?));
    let found: Vec<u32> = places
        .iter()
        .map(|place| {
            let here = at(place).and_then(|_| by_position.next()).filter(|ward| *ward != NOWHERE);
            here.or_else(|| by_code(place.as_ref()?.ward)).unwrap_or(NOWHERE)
        })
        .collect();
    drafts.map(|draft| known.binary_search(&draft.letters).map_or(NOWHERE, |at| found[at])).collect()
}
