use crate::Bbox;
use geo_types::Coord;
use robust::orient2d;
use std::cmp::Ordering;

/// A side of a ring, always kept the same way round: from its lower end to its higher, of equal ones from west to
/// east. Both neighbours of a shared edge so keep the very same numbers, and get the very same answers from them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Edge {
    pub low: Coord<f64>,
    pub high: Coord<f64>,
}

impl Edge {
    /// Nothing when an end is NaN.
    #[inline]
    pub fn new(a: Coord<f64>, b: Coord<f64>) -> Option<Self> {
        match (a.y, a.x).partial_cmp(&(b.y, b.x))? {
            Ordering::Less | Ordering::Equal => Some(Edge { low: a, high: b }),
            Ordering::Greater => Some(Edge { low: b, high: a }),
        }
    }

    pub fn bbox(&self) -> Bbox {
        Bbox::new(self.low.x.min(self.high.x), self.low.y, self.low.x.max(self.high.x), self.high.y)
    }

    /// Whether a ray from the point to the east crosses the edge: its lower end counts, its higher does not, and a
    /// point on the edge itself does not cross it.
    #[inline]
    pub fn is_crossed_from(&self, p: Coord<f64>) -> bool {
        if p.y < self.low.y || p.y >= self.high.y || p.x >= self.low.x.max(self.high.x) {
            return false;
        }
        p.x < self.low.x.min(self.high.x) || side(self, p) > 0.0
    }

    /// Whether the two have a point in common.
    pub fn touches(&self, o: &Edge) -> bool {
        let apart = |e: &Edge, f: &Edge| {
            let (a, b) = (side(e, f.low), side(e, f.high));
            (a > 0.0 && b > 0.0) || (a < 0.0 && b < 0.0)
        };
        self.bbox().overlaps(&o.bbox()) && !apart(self, o) && !apart(o, self)
    }
}

/// Above 0 when the point is to the left of the edge seen from its lower end, below when to the right, 0 when on its
/// line; the sign is exact.
#[inline]
fn side(e: &Edge, p: Coord<f64>) -> f64 {
    let exact = |c: Coord<f64>| robust::Coord { x: c.x, y: c.y };
    orient2d(exact(e.low), exact(e.high), exact(p))
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::coord;

    fn edge(a: (f64, f64), b: (f64, f64)) -> Edge {
        Edge::new(coord! { x: a.0, y: a.1 }, coord! { x: b.0, y: b.1 }).unwrap()
    }

    #[test]
    fn is_kept_the_same_way_round() {
        assert_eq!(edge((1.0, 2.0), (0.0, 0.0)), edge((0.0, 0.0), (1.0, 2.0)));
        assert_eq!(edge((1.0, 2.0), (0.0, 2.0)), edge((0.0, 2.0), (1.0, 2.0)));
    }

    #[test]
    fn touches() {
        let e = edge((0.0, 0.0), (2.0, 2.0));
        let cases = [
            (edge((0.0, 2.0), (2.0, 0.0)), true),  // crossing
            (edge((2.0, 2.0), (3.0, 0.0)), true),  // end to end
            (edge((1.0, 1.0), (2.0, 0.0)), true),  // an end on the other
            (edge((1.0, 1.0), (3.0, 3.0)), true),  // along
            (edge((3.0, 3.0), (4.0, 4.0)), false), // along, further on
            (edge((1.0, 0.0), (2.0, 1.0)), false), // beside
        ];
        for (o, expected) in cases {
            assert_eq!((e.touches(&o), o.touches(&e)), (expected, expected), "{o:?}");
        }
    }
}
