mod areas;
mod in_box;
mod near;

pub use in_box::InBox;

use crate::packed::Packed;
use crate::{Bbox, hilbert_key};
use geo_types::{Coord, Point};

/// Points to a leaf of the tree, and boxes to a box.
const FAN: usize = 16;

/// Many points, indexed once and for all: a packed Hilbert tree.
///
/// Use it for what is read far more often than it changes. To change it, build another: a million points take a few
/// tenths of a second, much less when they come in order. It takes 16 bytes a point, 4 more when they did not come in
/// order, and about 1 for the tree.
///
/// # Ids and slots
///
/// A point's **id** is its index in the slice given to [`build`](PointIndex::build); every query answers in ids. Inside,
/// points lie in the order of [`hilbert_key`], ties in the order of the slice; a point's place there is its **slot**.
/// Queries visit slots in ascending order. So bring points that are sorted by `hilbert_key`: ids are then slots,
/// answers come in ascending order, and what you look up for neighbouring answers lies together in memory.
#[derive(Clone, Debug)]
pub struct PointIndex {
    /// By slot.
    coords: Vec<Coord<f64>>,
    /// From slot to id; empty when they are the same.
    ids: Vec<u32>,
    tree: Packed<FAN>,
}

impl Default for PointIndex {
    /// Without a point.
    fn default() -> Self {
        Self::build(&[]).expect("there is no point that could be wrong")
    }
}

/// Why points could not be indexed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PointIndexError {
    /// A coordinate is NaN, infinite, or outside -180 to 180, -90 to 90.
    #[error("point {index} (counting from 0) is not a longitude and latitude: {lon}, {lat}")]
    NotOnEarth {
        /// Its index in the slice, from 0.
        index: usize,
        /// Its longitude, as given.
        lon: f64,
        /// Its latitude, as given.
        lat: f64,
    },
    /// Ids are `u32`.
    #[error("{0} points are more than ids can number")]
    TooMany(usize),
}

impl PointIndex {
    /// Indexes points; a point's id is its index in the slice.
    ///
    /// # Errors
    ///
    /// When a point is not on Earth, or there are more than `u32` counts. None is left out silently: filter first.
    ///
    /// # Example
    ///
    /// ```
    /// use geo_types::Point;
    /// use spatial_index::{PointIndex, PointIndexError};
    ///
    /// assert_eq!(PointIndex::build(&[Point::new(-1.5, 53.8)]).unwrap().len(), 1);
    /// let swapped_and_bad = PointIndex::build(&[Point::new(53.8, -1.5), Point::new(0.0, 430_000.0)]);
    /// assert!(matches!(swapped_and_bad, Err(PointIndexError::NotOnEarth { index: 1, .. })));
    /// ```
    pub fn build(points: &[Point<f64>]) -> Result<Self, PointIndexError> {
        if u32::try_from(points.len()).is_err() {
            return Err(PointIndexError::TooMany(points.len()));
        }
        if let Some(index) = points.iter().position(|p| !Bbox::WORLD.contains(*p)) {
            let (lon, lat) = points[index].x_y();
            return Err(PointIndexError::NotOnEarth { index, lon, lat });
        }
        let ids = hilbert_order(points);
        let coords: Vec<Coord<f64>> = match &ids[..] {
            [] => points.iter().map(|p| p.0).collect(),
            ids => ids.iter().map(|&id| points[id as usize].0).collect(),
        };
        let tree = Packed::build(coords.len(), |i| Bbox::around([coords[i]]));
        Ok(PointIndex { coords, ids, tree })
    }

    /// How many points.
    pub fn len(&self) -> usize {
        self.coords.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.coords.is_empty()
    }

    /// The box around all points; empty when there are none.
    pub fn bbox(&self) -> Bbox {
        self.tree.bbox()
    }

    /// The id of the point in a slot.
    ///
    /// # Panics
    ///
    /// When there is no such slot.
    pub fn id(&self, slot: usize) -> u32 {
        if self.ids.is_empty() { slot as u32 } else { self.ids[slot] }
    }

    /// The point in a slot.
    ///
    /// # Panics
    ///
    /// When there is no such slot.
    pub fn point(&self, slot: usize) -> Point<f64> {
        Point(self.coord(slot))
    }

    /// Whether the points came in the order of [`hilbert_key`], so that ids are slots.
    pub fn ids_are_slots(&self) -> bool {
        self.ids.is_empty()
    }

    pub(crate) fn tree(&self) -> &Packed<FAN> {
        &self.tree
    }

    fn coord(&self, slot: usize) -> Coord<f64> {
        self.coords[slot]
    }
}

/// The ids in Hilbert order, or nothing when the points are in that order as they come.
fn hilbert_order(points: &[Point<f64>]) -> Vec<u32> {
    let mut keyed: Vec<(u64, u32)> =
        points.iter().zip(0..).map(|(p, id)| (hilbert_key(p.x(), p.y()), id)).collect();
    if keyed.is_sorted() {
        return vec![];
    }
    keyed.sort_unstable(); // the id breaks ties, so this is stable
    keyed.into_iter().map(|(_, id)| id).collect()
}
