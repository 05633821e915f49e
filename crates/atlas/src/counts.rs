use crate::{Atlas, LocalityIx};
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

impl Atlas {
    /// The counts of an area. All areas are counted together, at the first question.
    pub fn counts(&self, area: LocalityIx) -> Counts {
        self.counts.get_or_init(|| self.count_all())[area as usize]
    }

    fn count_all(&self) -> Vec<Counts> {
        let mut counts = vec![Counts::default(); self.places().len()];
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let joined = join(&self.assets.index, &self.localities.index, threads);
        for (asset, area) in joined.pairs() {
            let traits = self.assets.traits[asset as usize];
            let count = &mut counts[area as usize];
            match (traits.status, traits.kind, traits.listing) {
                (Status::Closed, ..) => {}
                (_, Kind::Group, _) => count.groups += 1,
                (_, Kind::Building, Listing::Usable) => count.buildings += 1,
                (_, Kind::Building, _) => count.land += 1,
            }
        }
        counts
    }
}
