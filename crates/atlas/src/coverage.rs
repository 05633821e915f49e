use crate::{Atlas, Bbox, LocalityIx};
use geo::InteriorPoint;
use geo_types::Point;
use model::{Kind, Level, Source};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex};

/// For how much of an area and its surroundings something was loaded.
#[derive(Debug, Clone, PartialEq)]
pub struct Coverage {
    /// For groups and for buildings.
    pub kinds: Vec<KindCoverage>,
}

/// For how much of an area and its surroundings assets of one kind were loaded.
#[derive(Debug, Clone, PartialEq)]
pub struct KindCoverage {
    /// Which kind.
    pub kind: Kind,
    /// The share, 0 to 1, for which no source says that it covers it.
    pub share_not_loaded: f64,
    /// The parts of that, largest first.
    pub gaps: Vec<Gap>,
    /// Titles of sources of this kind that do not say which area they cover: what they hold counts as a find, not
    /// as cover.
    pub unstated: Vec<String>,
}

/// A part for which nothing was loaded.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// Code and name of the smallest large area (district, else county, region, ward) known there; `None` beyond all
    /// loaded boundaries.
    pub area: Option<(String, String)>,
    /// Its share, 0 to 1, of the area and its surroundings.
    pub share: f64,
}

#[derive(Default)]
pub(crate) struct Cache(Mutex<HashMap<(LocalityIx, u64), Arc<Coverage>>>);

/// Whether two lists of sources, by id, say the same of what is covered.
pub(crate) fn is_same(before: &[Source], now: &[Source]) -> bool {
    let says =
        |source: &Source| (source.id.clone(), source.kind, source.covers.clone(), source.title.clone());
    before.iter().map(says).eq(now.iter().map(says))
}

/// Enough for a share to about two parts in a hundred.
const SAMPLES: usize = 2_500;
const CACHED: usize = 10_000;

impl Atlas {
    /// The part of an area and of what lies within so many metres of it for which nothing was loaded, by kind:
    /// estimated on a lattice of points, so a sliver may be missed, and the same question gives the same answer.
    pub fn coverage(&self, area: LocalityIx, within_m: f64) -> Arc<Coverage> {
        let within_m = within_m.round();
        let key = (area, within_m.to_bits());
        if let Some(known) = self.coverage.0.lock().expect("no panic while locked").get(&key) {
            return known.clone();
        }
        let made = Arc::new(self.measure_coverage(area, within_m));
        let mut cache = self.coverage.0.lock().expect("no panic while locked");
        if cache.len() >= CACHED {
            cache.clear();
        }
        cache.insert(key, made.clone());
        made
    }

    fn measure_coverage(&self, area: LocalityIx, within_m: f64) -> Coverage {
        // Most samples lie in the same few areas.
        let mut samples: HashMap<Vec<LocalityIx>, usize> = HashMap::new();
        for sample in self.samples(area, within_m) {
            *samples.entry(self.localities.holding(sample)).or_default() += 1;
        }
        let known: Vec<(Known, usize)> =
            samples.into_iter().map(|(holding, count)| (self.known_in(&holding), count)).collect();
        Coverage { kinds: Kind::ALL.map(|kind| self.kind_coverage(kind, &known)).into() }
    }

    fn kind_coverage(&self, kind: Kind, known: &[(Known, usize)]) -> KindCoverage {
        let (stated, unstated): (Vec<_>, Vec<_>) =
            self.sources().iter().filter(|s| s.kind.may_hold(kind)).partition(|s| !s.covers.is_empty());
        let covered: BTreeSet<u32> = stated
            .iter()
            .flat_map(|s| &s.covers)
            .filter_map(|code| self.localities.codes.known(code.as_str()))
            .collect();
        let mut gaps: BTreeMap<Option<u32>, usize> = BTreeMap::new();
        for (place, count) in known.iter().filter(|(place, _)| place.codes.is_disjoint(&covered)) {
            *gaps.entry(place.name).or_default() += count;
        }
        let all: usize = known.iter().map(|(_, count)| count).sum();
        let share = |count: usize| count as f64 / all.max(1) as f64;
        let codes = &self.localities.codes;
        let mut gaps: Vec<Gap> = gaps
            .into_iter()
            .map(|(code, count)| Gap {
                area: code.map(|c| (codes.code(c).to_owned(), codes.name(c).to_owned())),
                share: share(count),
            })
            .collect();
        gaps.sort_by(|a, b| b.share.total_cmp(&a.share));
        KindCoverage {
            kind,
            share_not_loaded: gaps.iter().map(|gap| gap.share).fold(0.0, |all, share| all + share),
            gaps,
            unstated: unstated.iter().map(|s| s.title.clone()).collect(),
        }
    }

    /// A lattice of points over the area and its surroundings.
    fn samples(&self, area: LocalityIx, within_m: f64) -> Vec<Point<f64>> {
        let place = self.place(area);
        let Bbox { west, south, east, north } = place.bbox().grown(within_m);
        let side = (SAMPLES as f64).sqrt() as usize;
        let step = |from: f64, to: f64, i: usize| from + (to - from) * (i as f64 + 0.5) / side as f64;
        let lattice =
            (0..side * side).map(|i| Point::new(step(west, east, i % side), step(south, north, i / side)));
        // Islets may lie between the points of the lattice: each part of the area counts at least once.
        let parts = place.boundary.iter().filter_map(InteriorPoint::interior_point);
        lattice.filter(|p| place.area.distance_within(*p, within_m).is_some()).chain(parts).collect()
    }

    fn known_in(&self, holding: &[LocalityIx]) -> Known {
        let codes: BTreeSet<u32> = holding.iter().flat_map(|ix| &self.place(*ix).codes).copied().collect();
        let level_of = |code: u32| model::AreaCode::parse(self.localities.codes.code(code)).ok()?.level();
        let named = [Level::District, Level::County, Level::Region, Level::Ward, Level::Country];
        let name =
            named.iter().find_map(|level| codes.iter().copied().find(|c| level_of(*c) == Some(*level)));
        Known { codes, name }
    }
}

/// What is known where some areas overlap: the codes of what is around, and which of them names it best.
struct Known {
    codes: BTreeSet<u32>,
    name: Option<u32>,
}
