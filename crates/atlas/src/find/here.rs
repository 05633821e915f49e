//! Places in a query for something else: "food bank in Easton" asks for food banks, in or near Easton first.

use super::areas::{AreaHit, Named};
use super::query::Query;
use crate::delta::Part;
use crate::{AssetIx, Atlas};
use geo_types::Point;
use model::Level;

/// How far from a place is still near it, metres.
const NEAR_M: f64 = 2_000.0;
/// The quality of lying inside; outside, it falls with the distance.
pub const INSIDE: u8 = 75;
const NEAR: f64 = 62.0;
const FAR: f64 = 40.0;
/// No more places than this are looked into.
const MOST: usize = 12;

/// Assets in or near a place that a query names.
pub struct Here {
    /// The tokens that name it, as bits.
    pub tokens: u16,
    /// Each with a quality from 0 to 100.
    pub assets: Vec<(AssetIx, u8)>,
}

impl Atlas {
    /// The places among the other words of a query, with what is there.
    pub(super) fn here(&self, query: &Query, areas: &[AreaHit]) -> Vec<Here> {
        let part = |hit: &&AreaHit| hit.tokens != query.all() && (hit.is_whole || hit.is_begun);
        let mut meant: Vec<&AreaHit> = areas.iter().filter(part).collect();
        let beaten = |hit: &AreaHit| {
            areas.iter().filter(part).any(|other| {
                let both = hit.tokens & other.tokens;
                let longer = both == hit.tokens && other.tokens != hit.tokens;
                other.is_whole && (longer || (!hit.is_whole && both != 0))
            })
        };
        meant.retain(|hit| !beaten(hit));
        meant.sort_by(|a, b| b.score.total_cmp(&a.score));
        meant.iter().take(MOST).filter_map(|hit| self.in_area(hit)).collect()
    }

    fn in_area(&self, hit: &AreaHit) -> Option<Here> {
        let Named::Area(ix) = hit.named else { return None };
        let place = self.place(ix);
        let within_m = if place.level() >= Level::District { 0.0 } else { NEAR_M };
        let within = |part: Part| part.assets.index.within(&place.area, within_m, |_| true);
        let assets = self.found_in_parts(within).map(|(asset, metres)| (asset, quality(metres))).collect();
        Some(Here { tokens: hit.tokens, assets })
    }

    /// What is near a postcode that stands among other words.
    pub(super) fn near_postcode(&self, query: &Query) -> Option<Vec<(AssetIx, u8)>> {
        let postcode = query.postcode.as_ref().filter(|_| !query.only_postcode)?;
        let position = self.postcode(postcode)?.position?;
        let point = Point::new(position.lon(), position.lat());
        let within = |part: Part| part.assets.index.within_metres_of_point(point, 2.0 * NEAR_M, |_| true);
        Some(self.found_in_parts(within).map(|(asset, metres)| (asset, quality(metres / 2.0))).collect())
    }

    fn found_in_parts(&self, find: impl Fn(Part) -> Vec<(u32, f64)>) -> impl Iterator<Item = (AssetIx, f64)> {
        let found = |part: Part| (part.first, find(part));
        let found = self.parts().map(found).into_iter();
        found.flat_map(|(first, found)| found.into_iter().map(move |(slot, metres)| (first + slot, metres)))
    }
}

fn quality(metres: f64) -> u8 {
    if metres == 0.0 {
        return INSIDE;
    }
    (NEAR - (NEAR - FAR) * metres.min(NEAR_M) / NEAR_M) as u8
}
