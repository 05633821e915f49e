use crate::assets::Traits;
use crate::{AssetIx, Atlas, LocalityIx};
use geo_types::Point;
use model::{Kind, Listing, Status};
use spatial_index::join;

/// How many open assets lie inside an area.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Groups.
    pub groups: u32,
    /// Buildings that people can use.
    pub buildings: u32,
    /// Land, green space and property without a public use.
    pub land: u32,
}

impl Counts {
    /// The number in which an asset counts.
    fn of(&mut self, traits: Traits) -> Option<&mut u32> {
        match (traits.status, traits.kind, traits.listing) {
            (Status::Closed, ..) => None,
            (_, Kind::Group, _) => Some(&mut self.groups),
            (_, Kind::Building, Listing::Usable) => Some(&mut self.buildings),
            (_, Kind::Building, _) => Some(&mut self.land),
        }
    }
}

impl Atlas {
    /// The counts of an area. All areas are counted together, at the first question.
    pub fn counts(&self, area: LocalityIx) -> Counts {
        let mut counts = self.base.counts.get_or_init(|| self.count_base())[area as usize];
        let lies_here = |asset: AssetIx| {
            let position = self.asset_position(asset);
            position.is_some_and(|p| self.place(area).area.contains(Point::new(p.lon(), p.lat())))
        };
        for asset in self.delta.gone.iter().copied().filter(|asset| lies_here(*asset)) {
            if let Some(count) = counts.of(self.traits(asset)) {
                *count -= 1;
            }
        }
        let first = self.base.assets.len() as AssetIx;
        for asset in (first..self.slots() as AssetIx).filter(|asset| lies_here(*asset)) {
            if let Some(count) = counts.of(self.traits(asset)) {
                *count += 1;
            }
        }
        counts
    }

    fn count_base(&self) -> Vec<Counts> {
        let mut counts = vec![Counts::default(); self.places().len()];
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let joined = join(&self.base.assets.index, &self.localities.index, threads);
        for (asset, area) in joined.pairs() {
            if let Some(count) = counts[area as usize].of(self.traits(asset)) {
                *count += 1;
            }
        }
        counts
    }
}
