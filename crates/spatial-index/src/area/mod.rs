mod build;
mod contains;
mod distance;
mod edge;
mod error;
mod overlap;

pub use error::{AreaError, Place};
pub use overlap::Overlap;

use crate::Bbox;
use crate::packed::Packed;
use contains::Slabs;
use edge::Edge;
use geo_types::Coord;

/// Edges to a leaf of the tree, and boxes to a box.
const FAN: usize = 8;

/// A polygon or several, with holes, made ready for many questions.
///
/// Rings are read by the even-odd rule: a place is inside when it has an odd number of rings around it. For valid
/// polygons, whose rings do not cross and whose parts do not overlap, this is the usual meaning, whichever way the
/// rings turn. Parts that overlap cancel out: repair before.
///
/// It takes about 50 bytes an edge.
#[derive(Clone, Debug)]
pub struct Area {
    bbox: Bbox,
    /// All rings' edges, ring after ring, so that neighbours in the list are neighbours on the map.
    edges: Vec<Edge>,
    /// A tree over the edges, for distance and overlap.
    tree: Packed<FAN>,
    /// The edges by latitude, for containment.
    slabs: Slabs,
    /// One vertex of each ring.
    starts: Vec<Coord<f64>>,
}

impl Area {
    /// The box around it; empty when it has no ring.
    pub fn bbox(&self) -> Bbox {
        self.bbox
    }

    /// Whether it has no ring at all. Such an area holds nothing and is infinitely far from everything.
    pub fn is_empty(&self) -> bool {
        self.edges.is_empty()
    }
}
