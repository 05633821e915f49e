//! Which wards of today an area lies in.

use crate::localities::Localities;
use crate::{Atlas, LocalityIx};
use geo_types::Point;
use model::Level;
use spatial_index::Bbox;
use std::collections::BTreeMap;

/// A part of an area smaller than this is taken for two drawings of one line.
const LEAST_SHARE: f64 = 0.05;
/// Points along each side of the lattice on which shares are estimated.
const SIDE: usize = 20;

/// Of each area whether it is a ward of today: one of which no newer boundary covers the middle.
pub fn wards_of_today(localities: &Localities) -> Vec<bool> {
    let of_today = |ix: LocalityIx| {
        let place = localities.get(ix);
        let middle = Point::new(place.inside.lon(), place.inside.lat());
        place.level() == Level::Ward
            && localities
                .newest(&localities.holding(middle), Level::Ward)
                .is_none_or(|newest| localities.get(newest).vintage() <= place.vintage())
    };
    (0..localities.places.len() as LocalityIx).map(of_today).collect()
}

impl Atlas {
    /// Whether an area is a ward of today.
    pub fn is_ward_today(&self, area: LocalityIx) -> bool {
        self.find.wards_of_today[area as usize]
    }

    /// **Which wards of today is this?** The wards that an area lies in or overlaps, the largest part first: what has
    /// become of a ward of old, or where a parish is. Parts under one in twenty are left out. Empty for a ward of today,
    /// and for districts and larger areas, which have too many.
    pub fn wards_today(&self, area: LocalityIx) -> Vec<LocalityIx> {
        let place = self.place(area);
        if place.level() >= Level::District || self.is_ward_today(area) {
            return Vec::new();
        }
        let Bbox { west, south, east, north } = place.bbox();
        let step = |from: f64, to: f64, i: usize| from + (to - from) * (i as f64 + 0.5) / SIDE as f64;
        let lattice =
            (0..SIDE * SIDE).map(|i| Point::new(step(west, east, i % SIDE), step(south, north, i / SIDE)));
        let middle = Point::new(place.inside.lon(), place.inside.lat());
        self.wards_at(lattice.filter(|p| place.area.contains(*p)).chain([middle]))
    }

    /// The wards of today in which points lie, those with the most points first.
    pub(super) fn wards_at(&self, points: impl Iterator<Item = Point<f64>>) -> Vec<LocalityIx> {
        let mut all = 0;
        let mut counts: BTreeMap<LocalityIx, usize> = BTreeMap::new();
        for point in points {
            all += 1;
            let holding = self.localities.holding(point);
            let wards: Vec<LocalityIx> = holding.into_iter().filter(|ix| self.is_ward_today(*ix)).collect();
            if let Some(ward) = self.localities.newest(&wards, Level::Ward) {
                *counts.entry(ward).or_default() += 1;
            }
        }
        let mut wards: Vec<(LocalityIx, usize)> = counts.into_iter().collect();
        wards.retain(|(_, count)| *count as f64 >= LEAST_SHARE * f64::from(all));
        wards.sort_by_key(|(ix, count)| (std::cmp::Reverse(*count), *ix));
        wards.into_iter().map(|(ix, _)| ix).collect()
    }
}
