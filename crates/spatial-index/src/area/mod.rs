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
/// It takes about 32 bytes an edge.
#[derive(Clone, Debug)]
pub struct Area {
    bbox: Bbox,
    /// All rings' vertices, ring after ring, each closed. Edge `i` runs from vertex `i` to the next. Between two rings
    /// there is a vertex that is NaN, as one lifts a pen, and the two edges it makes are none.
    line: Vec<Coord<f64>>,
    /// A tree over the edges, for distance and overlap; neighbours along a ring are near each other.
    tree: Packed<FAN>,
    /// The edges by latitude, for containment.
    slabs: Slabs,
}

impl Area {
    /// The box around it; empty when it has no ring.
    pub fn bbox(&self) -> Bbox {
        self.bbox
    }

    /// Whether it has no ring at all. Such an area holds nothing and is infinitely far from everything.
    pub fn is_empty(&self) -> bool {
        self.line.is_empty()
    }

    /// The first vertex of each ring.
    fn ring_starts(&self) -> impl Iterator<Item = Coord<f64>> {
        self.line.split(|c| is_lift(*c)).filter_map(|ring| ring.first().copied())
    }
}

/// What stands between two rings.
const LIFT: Coord<f64> = Coord { x: f64::NAN, y: f64::NAN };

fn is_lift(c: Coord<f64>) -> bool {
    c.x.is_nan()
}

/// The edge that starts at a vertex.
#[inline]
fn edge(line: &[Coord<f64>], i: usize) -> Option<Edge> {
    Edge::new(line[i], line[i + 1])
}
