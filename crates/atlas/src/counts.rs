use crate::assets::Traits;
use crate::{AssetIx, Atlas, LocalityIx};
use geo_types::Point;
use model::{Kind, Listing, Status};
use spatial_index::join;
use std::collections::HashMap;

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
        self.delta
            .counts
            .get_or_init(|| self.count_changed())
            .get(&area)
            .copied()
            .unwrap_or_else(|| self.base_counts()[area as usize])
    }

    fn base_counts(&self) -> &[Counts] {
        self.base.counts.get_or_init(|| self.count_base())
    }

    /// The counts of the areas in which something has changed since the base was built.
    fn count_changed(&self) -> HashMap<LocalityIx, Counts> {
        let mut counts = HashMap::new();
        let mut count = |asset: AssetIx, add: fn(&mut u32)| {
            let Some(position) = self.asset_position(asset) else { return };
            for area in self.localities.holding(Point::new(position.lon(), position.lat())) {
                let of_area = counts.entry(area).or_insert_with(|| self.base_counts()[area as usize]);
                if let Some(number) = of_area.of(self.traits(asset)) {
                    add(number);
                }
            }
        };
        self.delta.gone.iter().for_each(|asset| count(*asset, |number| *number -= 1));
        let first = self.base.assets.len() as AssetIx;
        (first..self.slots() as AssetIx).for_each(|asset| count(asset, |number| *number += 1));
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
