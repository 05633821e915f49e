use crate::delta::Part;
use crate::filter::{Filter, Ready};
use crate::walk::Walk;
use crate::{AssetIx, Atlas, Bbox, Breakdown, Hit, LocalityIx};
use geo_types::Point;
use model::Position;

/// Which assets, and in what order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// Which count.
    pub filter: Filter,
    /// Where.
    pub region: Region,
    /// Only in this box as well, or without a position: what nobody can place may be anywhere.
    pub bbox: Option<Bbox>,
}

/// Where to look; it also gives the order of the answer.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum Region {
    /// Everywhere, also assets without a position: in the order of the Hilbert curve.
    #[default]
    Everywhere,
    /// In, near or serving an area: in the order of relation and distance.
    Around {
        /// Which area.
        area: LocalityIx,
        /// How far from its edge, metres.
        within_m: f64,
    },
    /// Nearest to a point first.
    Near {
        /// Which point.
        point: Position,
        /// No further than so many metres.
        within_m: Option<f64>,
    },
}

/// The place of an asset in the order of an answer: lasting, so that a walk from page to page meets each asset that
/// is left alone exactly once, whatever is written in the meantime.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Of the relation.
    pub rank: u8,
    /// Hilbert key, or the bits of a distance in metres.
    pub measure: u64,
    /// The asset's id.
    pub id: u128,
}

/// One page of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The assets on it.
    pub hits: Vec<Hit>,
    /// How many there are on all pages together.
    pub matched: u64,
    /// Where the next page starts; `None` on the last.
    pub next: Option<Key>,
    /// Where the page before starts.
    pub previous: Previous,
    /// Of the hits on all pages together, where an area was asked about.
    pub breakdown: Option<Breakdown>,
}

/// Where the page before this one starts, if it is as long as this one may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Previous {
    /// Nowhere: this is the first page.
    None,
    /// At the start.
    Start,
    /// After a key.
    After(Key),
}

impl Previous {
    /// From what comes before the page, last first, up to one more than a page.
    fn of<T>(before: &[T], limit: usize, key: impl Fn(&T) -> Key) -> Self {
        match before.get(limit) {
            Some(last_but_a_page) => Self::After(key(last_but_a_page)),
            None if before.is_empty() => Self::None,
            None => Self::Start,
        }
    }
}

impl Atlas {
    /// The assets that a query asks for, after a key and up to a limit.
    pub fn page(&self, query: &Query, after: Option<Key>, limit: usize) -> Page {
        self.page_where(query, None, after, limit)
    }

    /// The same, of those only whose position passes a test as well: for boxes in other reference systems.
    pub fn page_where(
        &self,
        query: &Query,
        test: Option<&dyn Fn(Position) -> bool>,
        after: Option<Key>,
        limit: usize,
    ) -> Page {
        match query.region {
            Region::Everywhere => self.page_everywhere(query, test, after, limit),
            Region::Around { area, within_m } => {
                let mut hits = self.around(area, within_m, &query.filter);
                if query.bbox.is_some() || test.is_some() {
                    hits.retain(|hit| self.may_be_at(hit.asset, query.bbox, test));
                }
                let breakdown = Some(Breakdown::of(self, &hits));
                Page { breakdown, ..self.page_of(hits, after, limit) }
            }
            Region::Near { point, within_m } => self.page_near(query, test, point, within_m, after, limit),
        }
    }

    /// Whether an asset's position is in the box and passes the test, or is not known.
    fn may_be_at(&self, asset: AssetIx, bbox: Option<Bbox>, test: Option<&dyn Fn(Position) -> bool>) -> bool {
        self.asset_position(asset).is_none_or(|p| {
            bbox.is_none_or(|bbox| bbox.contains(Point::new(p.lon(), p.lat())))
                && test.is_none_or(|test| test(p))
        })
    }

    /// Where a hit stands in its answer's order.
    pub fn key(&self, hit: &Hit) -> Key {
        let id = self.id_number(hit.asset);
        let measure = |hit: &Hit| hit.distance_m.unwrap_or(0.0).to_bits();
        match (hit.relation, hit.distance_m) {
            (Some(relation), _) => Key { rank: relation as u8, measure: measure(hit), id },
            (None, Some(_)) => Key { rank: 0, measure: measure(hit), id },
            (None, None) => {
                let (assets, slot) = self.at(hit.asset);
                assets.key(slot)
            }
        }
    }

    fn page_everywhere(
        &self,
        query: &Query,
        test: Option<&dyn Fn(Position) -> bool>,
        after: Option<Key>,
        limit: usize,
    ) -> Page {
        let filter = Ready::new(&query.filter);
        let keep = |asset: AssetIx| {
            !self.is_gone(asset)
                && filter.lets_through(self, asset)
                && (test.is_none() || self.may_be_at(asset, None, test))
        };
        // What is asked so simply is counted without a look at each asset.
        let counted = |walk: &Walk| match (query.filter.kind, query.bbox) {
            _ if test.is_some() || !query.filter.only_kind() => None,
            (None, _) => Some(walk.count()),
            (Some(kind), None) => Some(walk.part.assets.count_of(kind)),
            (Some(_), Some(_)) => None,
        };
        let asked_for = |asset: &&AssetIx| {
            filter.lets_through(self, **asset) && self.may_be_at(**asset, query.bbox, None)
        };
        let hit = |asset| Hit::plain(asset);
        let mut found: Vec<Hit> = Vec::with_capacity(limit.min(1_000) + 2);
        let mut before: Vec<Hit> = Vec::new();
        let mut matched = 0;
        // The base first, as what is found in it is in order already.
        for part in self.parts().into_iter().rev() {
            let walk = Walk { part, bbox: query.bbox, first: part.first_after(after) };
            found.extend(walk.onwards().filter(|asset| keep(*asset)).take(limit + 1).map(hit));
            before.extend(walk.backwards().filter(|asset| keep(*asset)).take(limit + 1).map(hit));
            matched += match counted(&walk) {
                Some(all) if part.first == 0 => all - self.delta.gone.iter().filter(asked_for).count() as u64,
                Some(all) => all,
                None => walk.all().filter(|asset| keep(*asset)).count() as u64,
            };
        }
        if self.changed_assets() > 0 {
            found.sort_by_key(|hit| self.key(hit));
            before.sort_by_key(|hit| std::cmp::Reverse(self.key(hit)));
        }
        let previous = Previous::of(&before, limit, |hit| self.key(hit));
        self.finish(found, matched, limit, previous)
    }

    fn page_near(
        &self,
        query: &Query,
        test: Option<&dyn Fn(Position) -> bool>,
        point: Position,
        within_m: Option<f64>,
        after: Option<Key>,
        limit: usize,
    ) -> Page {
        let filter = Ready::new(&query.filter);
        let anywhere = query.bbox.is_none() && test.is_none();
        let keep = |asset: AssetIx| {
            !self.is_gone(asset)
                && filter.lets_through(self, asset)
                && (anywhere || self.may_be_at(asset, query.bbox, test))
        };
        let place = Point::new(point.lon(), point.lat());
        let hits = |part: Part, found: Vec<(u32, f64)>| {
            let hit = move |(slot, metres)| Hit { distance_m: Some(metres), ..Hit::plain(part.first + slot) };
            found.into_iter().map(hit)
        };
        if let Some(metres) = within_m {
            let within = |part: Part| {
                let keep = |slot| keep(part.first + slot);
                hits(part, part.assets.index.within_metres_of_point(place, metres, keep))
            };
            let mut hits: Vec<Hit> = self.parts().into_iter().flat_map(within).collect();
            hits.sort_by_key(|hit| self.key(hit));
            return self.page_of(hits, after, limit);
        }
        let untested = anywhere && query.filter.is_empty();
        let located = |part: Part| match untested && self.delta.gone.is_empty() {
            true => part.assets.index.len(),
            false => (0..part.assets.index.len() as u32).filter(|slot| keep(part.first + slot)).count(),
        };
        let matched: usize = self.parts().map(located).into_iter().sum();
        // What comes after a key is found by asking for more, until enough of it lies behind the key. Of points that
        // are as far away as the furthest found there may be more, so only nearer ones are settled.
        let mut k = limit + 1;
        loop {
            let mut all: Vec<Hit> = Vec::with_capacity(k);
            // As far as this everything was found, in every part.
            let mut furthest = f64::INFINITY;
            for part in self.parts() {
                let found = part.assets.index.nearest(place, k, None, |slot| keep(part.first + slot));
                if found.len() == k {
                    furthest = furthest.min(found.last().map_or(0.0, |(_, metres)| *metres));
                }
                all.extend(hits(part, found));
            }
            let exhausted = furthest == f64::INFINITY;
            all.retain(|hit| hit.distance_m.is_some_and(|metres| metres <= furthest));
            all.sort_by_key(|hit| self.key(hit));
            let previous = self.cut_before(&mut all, after, limit);
            let settled = all.iter().filter(|hit| hit.distance_m.is_some_and(|m| m < furthest)).count();
            if exhausted || settled >= limit {
                return self.finish(all, matched as u64, limit, previous);
            }
            k *= 2;
        }
    }

    /// A page of hits in order.
    fn page_of(&self, mut hits: Vec<Hit>, after: Option<Key>, limit: usize) -> Page {
        let matched = hits.len() as u64;
        let previous = self.cut_before(&mut hits, after, limit);
        self.finish(hits, matched, limit, previous)
    }

    /// Takes away what comes up to a key, from hits in order; says where the page before starts.
    fn cut_before(&self, hits: &mut Vec<Hit>, after: Option<Key>, limit: usize) -> Previous {
        let at = after.map_or(0, |key| hits.partition_point(|hit| self.key(hit) <= key));
        let before: Vec<Hit> = hits.drain(..at).rev().take(limit.saturating_add(1)).collect();
        Previous::of(&before, limit, |hit| self.key(hit))
    }

    /// Cuts at the limit; what was behind it makes the next page.
    fn finish(&self, mut hits: Vec<Hit>, matched: u64, limit: usize, previous: Previous) -> Page {
        let more = hits.len() > limit;
        hits.truncate(limit);
        let next = hits.last().filter(|_| more).map(|hit| self.key(hit));
        Page { hits, matched, next, previous, breakdown: None }
    }
}
