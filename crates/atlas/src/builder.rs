use crate::Atlas;
use crate::assets::NOWHERE;
use crate::delta::{Base, Delta};
use crate::find::{self, Words};
use crate::intake::Intake;
use crate::localities::{Codes, Localities};
use crate::postcodes::{Postcodes, pack};
use model::{Asset, Level, Locality, Position, PostcodeRecord, Source};
use spatial_index::{AreaIndex, PointIndex, join};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

/// Takes everything that is public at one revision, in any order, and makes an [`Atlas`] of it.
#[derive(Default)]
pub struct AtlasBuilder {
    sources: Vec<Source>,
    localities: Vec<Locality>,
    codes: Codes,
    postcodes: Vec<(u64, Option<Position>, u32)>,
    /// Ward code to the codes that a postcode directory names beside it.
    ward_in: HashMap<u32, BTreeSet<u32>>,
    intake: Intake,
}

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
        self.intake.add(asset);
    }

    /// Adds many public assets, and comes back while they are still being worked on.
    pub fn assets(&mut self, assets: Vec<Asset>) {
        self.intake.add_all(assets);
    }

    /// The atlas of what was added.
    pub fn build(self, revision: u64) -> Atlas {
        let Self { mut sources, localities, mut codes, postcodes, ward_in, intake } = self;
        sources.sort_by(|a, b| a.id.cmp(&b.id));
        let (drafts, words) = intake.finish();
        let numbers: Vec<_> = drafts.codes().map(|code| Some(codes.number(code))).collect();
        // Of several names the one from the source that sorts first; a loaded boundary's own goes before all.
        for (code, name) in sources.iter().rev().flat_map(|source| &source.area_names) {
            codes.set_name(code.as_str(), name);
        }
        let (assets, localities, postcodes, words) = std::thread::scope(|scope| {
            let words = scope.spawn(|| words.sorted());
            let localities = Localities::new(localities, codes, &ward_in);
            let postcodes = Postcodes::new(postcodes);
            let drafts = drafts.sorted();
            let came = drafts.came();
            let words = words.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            let words = scope.spawn(move || Words::in_order(words, &came));
            let wards = wards(&localities);
            let assets = drafts
                .finish(&localities, &postcodes, &numbers, |points| wards_of(points, &wards, &localities));
            let words = words.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            (assets, localities, postcodes, words)
        });
        let find = find::Index::new(words, &localities);
        Atlas {
            revision,
            sources,
            localities: Arc::new(localities),
            postcodes: Arc::new(postcodes),
            base: Arc::new(Base { assets, counts: OnceLock::new() }),
            delta: Delta::default(),
            find: Arc::new(find),
            coverage: Arc::default(),
        }
    }
}

/// The wards of all vintages.
fn wards(localities: &Localities) -> AreaIndex {
    let all = localities.index.iter().filter(|(ix, _)| localities.get(*ix).level() == Level::Ward);
    all.map(|(ix, area)| (ix, area.clone())).collect()
}

/// The ward in which each point lies, in its newest vintage.
fn wards_of(points: &PointIndex, wards: &AreaIndex, localities: &Localities) -> Vec<u32> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let joined = join(points, wards, threads);
    (0..points.len() as u32)
        .map(|point| localities.newest(joined.areas_of(point), Level::Ward).unwrap_or(NOWHERE))
        .collect()
}
