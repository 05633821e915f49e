use crate::filter::{Filter, Ready};
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
        let id = self.assets.ids[hit.asset as usize];
        let measure = |hit: &Hit| hit.distance_m.unwrap_or(0.0).to_bits();
        match (hit.relation, hit.distance_m) {
            (Some(relation), _) => Key { rank: relation as u8, measure: measure(hit), id },
            (None, Some(_)) => Key { rank: 0, measure: measure(hit), id },
            (None, None) => {
                let rank = u8::from(hit.asset as usize >= self.assets.index.len());
                Key { rank, measure: self.assets.hilbert[hit.asset as usize], id }
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
        let first = after.map_or(0, |key| self.first_after(key));
        let filter = Ready::new(&query.filter);
        let passes = |asset: AssetIx| test.is_none() || self.may_be_at(asset, None, test);
        let keep = |asset: &AssetIx| filter.lets_through(self, *asset) && passes(*asset);
        let index = &self.assets.index;
        let unfiltered = query.filter.is_empty() && test.is_none();
        let (located, all) = (index.len() as u32, self.asset_count() as u32);
        let (found, matched, before): (Vec<AssetIx>, u64, Vec<AssetIx>) = match query.bbox {
            Some(bbox) => {
                let unlocated = first.max(located)..all;
                let found = index.in_box_from(bbox, first as usize).chain(unlocated);
                let matched = match unfiltered {
                    true => index.count_in_box(bbox) + (all - located) as usize,
                    false => index.in_box(bbox).chain(located..all).filter(keep).count(),
                };
                let before = index.in_box(bbox).chain(located..all).take_while(|asset| *asset < first);
                let mut before: Vec<AssetIx> = before.filter(keep).collect();
                before.reverse();
                (found.filter(keep).take(limit + 1).collect(), matched as u64, before)
            }
            None => (
                (first..all).filter(keep).take(limit + 1).collect(),
                self.count_everywhere(&query.filter, test.is_none(), &keep),
                (0..first).rev().filter(keep).take(limit + 1).collect(),
            ),
        };
        let previous = Previous::of(&before, limit, |asset| self.key(&Hit::plain(*asset)));
        self.finish(found.into_iter().map(Hit::plain).collect(), matched, limit, previous)
    }

    fn count_everywhere(&self, filter: &Filter, untested: bool, keep: &impl Fn(&AssetIx) -> bool) -> u64 {
        match filter.kind {
            None if untested && filter.is_empty() => self.asset_count() as u64,
            Some(kind) if untested && filter.only_kind() => self.count_of(kind),
            _ => (0..self.asset_count() as u32).filter(keep).count() as u64,
        }
    }

    /// The first asset after a key in the order of the columns.
    fn first_after(&self, key: Key) -> AssetIx {
        let located = self.assets.index.len();
        let order = |i: usize| (u8::from(i >= located), self.assets.hilbert[i], self.assets.ids[i]);
        let (mut low, mut high) = (0, self.asset_count());
        while low < high {
            let middle = (low + high) / 2;
            if order(middle) <= (key.rank, key.measure, key.id) { low = middle + 1 } else { high = middle }
        }
        low as AssetIx
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
            filter.lets_through(self, asset) && (anywhere || self.may_be_at(asset, query.bbox, test))
        };
        let place = Point::new(point.lon(), point.lat());
        let hit = |(asset, metres)| Hit { distance_m: Some(metres), ..Hit::plain(asset) };
        let index = &self.assets.index;
        if let Some(metres) = within_m {
            let within = index.within_metres_of_point(place, metres, keep);
            let mut hits: Vec<Hit> = within.into_iter().map(hit).collect();
            hits.sort_by_key(|hit| self.key(hit));
            return self.page_of(hits, after, limit);
        }
        let matched = match anywhere && query.filter.is_empty() {
            true => index.len(),
            false => (0..index.len() as u32).filter(|asset| keep(*asset)).count(),
        };
        // What comes after a key is found by asking for more, until enough of it lies behind the key. Of points that
        // are as far away as the furthest found there may be more, so only nearer ones are settled.
        let mut k = limit + 1;
        loop {
            let found = index.nearest(place, k, None, keep);
            let exhausted = found.len() < k;
            let furthest = found.last().map_or(0.0, |(_, metres)| *metres);
            let mut hits: Vec<Hit> = found.into_iter().map(hit).collect();
            hits.sort_by_key(|hit| self.key(hit));
            let previous = self.cut_before(&mut hits, after, limit);
            let settled = hits.iter().filter(|hit| hit.distance_m.is_some_and(|m| m < furthest)).count();
            if exhausted || settled >= limit {
                return self.finish(hits, matched as u64, limit, previous);
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
