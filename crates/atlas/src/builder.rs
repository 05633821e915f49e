use crate::assets::{Assets, Features, NOWHERE, Shared, Traits};
use crate::feature;
use crate::localities::{Codes, Localities};
use crate::postcodes::{Postcodes, pack};
use crate::{AssetIx, Atlas};
use geo_types::Point;
use model::{Asset, Days, Kind, Level, Locality, Position, Postcode, PostcodeRecord, Source};
use spatial_index::{AreaIndex, PointIndex, hilbert_key, join};
use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

/// Takes everything that is public at one revision, in any order, and makes an [`Atlas`] of it.
#[derive(Default)]
pub struct AtlasBuilder {
    sources: Vec<Source>,
    localities: Vec<Locality>,
    codes: Codes,
    postcodes: Vec<(u64, Option<Position>, u32)>,
    /// Ward code to the codes that a postcode directory names beside it.
    ward_in: HashMap<u32, BTreeSet<u32>>,
    drafts: Vec<Draft>,
    text: Vec<u8>,
    shared: Shared,
    /// For one text after another.
    scratch: Vec<u8>,
}

/// An asset on its way: its columns, and where its feature's text lies.
struct Draft {
    id: u128,
    hilbert: u64,
    position: Option<Position>,
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

impl AtlasBuilder {
    /// Adds a source.
    pub fn source(&mut self, source: Source) {
        self.sources.push(source);
    }

    /// Adds an area as one source drew it.
    pub fn locality(&mut self, locality: Locality) {
        self.localities.push(locality);
    }

    /// Adds a postcode; each at most once.
    pub fn postcode(&mut self, record: &PostcodeRecord) {
        let ward = record.ward.as_ref().map(|code| self.codes.number(code.as_str()));
        if let (Some(ward), Some(district)) = (ward, &record.district) {
            let district = self.codes.number(district.as_str());
            self.ward_in.entry(ward).or_default().insert(district);
        }
        self.postcodes.push((pack(&record.postcode), record.position, ward.unwrap_or(NOWHERE)));
    }

    /// Adds a public asset.
    pub fn asset(&mut self, asset: &Asset) {
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
            serves: asset.record.serves.iter().map(|code| self.codes.number(code.as_str())).collect(),
            correspondence: asset.record.correspondence.clone(),
            from,
            to: self.text.len() as u64,
            geometry,
            shared: self.shared.number(&self.scratch),
        });
    }

    /// The atlas of what was added.
    pub fn build(self, revision: u64) -> Atlas {
        let Self { mut sources, localities, mut codes, postcodes, ward_in, mut drafts, text, shared, .. } =
            self;
        sources.sort_by(|a, b| a.id.cmp(&b.id));
        // Of several names the one from the source that sorts first; a loaded boundary's own goes before all.
        for (code, name) in sources.iter().rev().flat_map(|source| &source.area_names) {
            codes.set_name(code.as_str(), name);
        }
        let localities = Localities::new(localities, codes, &ward_in);
        let postcodes = Postcodes::new(postcodes);
        drafts.sort_by_key(|draft| (draft.position.is_none(), draft.hilbert, draft.id));
        let assets = assets(drafts, &text, &shared, &localities, &postcodes);
        drop(text);
        let find = crate::find::Index::new(&assets, &localities);
        Atlas {
            revision,
            find,
            sources,
            assets,
            localities,
            postcodes,
            counts: OnceLock::new(),
            coverage: crate::coverage::Cache::default(),
        }
    }
}

fn assets(
    drafts: Vec<Draft>,
    text: &[u8],
    shared: &Shared,
    localities: &Localities,
    postcodes: &Postcodes,
) -> Assets {
    let points: Vec<Point<f64>> =
        drafts.iter().map_while(|d| d.position).map(|p| Point::new(p.lon(), p.lat())).collect();
    let index = PointIndex::build(&points).expect("positions are on the globe");
    let wards = wards_of(&index, localities);
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

/// The ward in which each point lies, in its newest vintage.
fn wards_of(points: &PointIndex, localities: &Localities) -> Vec<u32> {
    let wards: AreaIndex = localities
        .index
        .iter()
        .filter(|(ix, _)| localities.get(*ix).level() == Level::Ward)
        .map(|(ix, area)| (ix, area.clone()))
        .collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let joined = join(points, &wards, threads);
    (0..points.len() as u32)
        .map(|point| localities.newest(joined.areas_of(point), Level::Ward).unwrap_or(NOWHERE))
        .collect()
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
