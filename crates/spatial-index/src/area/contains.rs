use super::edge::Edge;
use super::{Area, edge};
use crate::Bbox;
use geo_types::{Coord, Point};

impl Area {
    /// Whether the point lies in the area.
    ///
    /// # Points on an edge
    ///
    /// belong to the area that lies just east of them; on a horizontal edge, to the one just north. So where areas share
    /// their edges vertex by vertex, a point on an edge or a vertex belongs to exactly one of them: none is counted twice
    /// and none is lost. On an area by itself this means that its western and southern sides are inside, and its eastern
    /// and northern sides are not.
    ///
    /// This holds exactly, not up to rounding: which side of an edge a point is on is decided by adaptive exact
    /// arithmetic, the same for both neighbours.
    ///
    /// ```
    /// use geo_types::{Point, Rect, coord};
    /// use spatial_index::Area;
    ///
    /// let square = |x| Rect::new(coord! { x: x, y: 0.0 }, coord! { x: x + 1.0, y: 1.0 }).to_polygon().into();
    /// let (west, east) = (Area::new(&square(0.0)).unwrap(), Area::new(&square(1.0)).unwrap());
    /// let between = Point::new(1.0, 0.5);
    /// assert!(!west.contains(between) && east.contains(between));
    /// ```
    #[inline]
    pub fn contains(&self, p: Point<f64>) -> bool {
        self.bbox.contains(p)
            && self.slabs.at(p.y()).iter().filter(|&&i| self.is_crossed(i, p)).count() % 2 == 1
    }

    #[inline]
    fn is_crossed(&self, i: u32, p: Point<f64>) -> bool {
        edge(&self.line, i as usize).is_some_and(|e| e.is_crossed_from(p.0))
    }
}

/// The edges by latitude: the bounding box cut into slabs of equal height, each with the edges that reach into it.
#[derive(Clone, Debug)]
pub(super) struct Slabs {
    south: f64,
    per_degree: f64,
    /// Where each slab's edges start in `edges`, and where the last one's end.
    starts: Vec<u32>,
    edges: Vec<u32>,
}

impl Slabs {
    pub fn build(line: &[Coord<f64>], bbox: &Bbox) -> Self {
        // A level edge is never crossed.
        let sloped = || {
            (0..line.len().saturating_sub(1))
                .filter_map(|i| edge(line, i).filter(|e| e.low.y < e.high.y).map(|e| (e, i as u32)))
        };
        let height = bbox.north - bbox.south;
        let count = slab_count(sloped().map(|(e, _)| e.high.y - e.low.y), height);
        let per_degree = if height > 0.0 { count as f64 / height } else { 0.0 };
        let mut slabs = Slabs { south: bbox.south, per_degree, starts: vec![0; count + 1], edges: vec![] };
        for (e, _) in sloped() {
            for slab in slabs.reached_by(&e) {
                slabs.starts[slab + 1] += 1;
            }
        }
        for slab in 0..count {
            slabs.starts[slab + 1] += slabs.starts[slab];
        }
        slabs.edges = vec![0; slabs.starts[count] as usize];
        let mut next = slabs.starts.clone();
        for (e, i) in sloped() {
            for slab in slabs.reached_by(&e) {
                slabs.edges[next[slab] as usize] = i;
                next[slab] += 1;
            }
        }
        slabs
    }

    /// The edges that may be crossed at a latitude within the box.
    #[inline]
    fn at(&self, lat: f64) -> &[u32] {
        let slab = self.slab(lat);
        &self.edges[self.starts[slab] as usize..self.starts[slab + 1] as usize]
    }

    /// Never falls as latitude rises, so an edge is listed in every slab that holds one of its latitudes.
    #[inline]
    fn slab(&self, lat: f64) -> usize {
        (((lat - self.south) * self.per_degree) as usize).min(self.starts.len() - 2)
    }

    fn reached_by(&self, e: &Edge) -> std::ops::RangeInclusive<usize> {
        self.slab(e.low.y)..=self.slab(e.high.y)
    }
}

/// Half as many slabs as edges, but fewer when edges are tall, so that the lists hold four times the edges at most.
fn slab_count(edge_heights: impl Iterator<Item = f64>, height: f64) -> usize {
    let (count, sum) = edge_heights.fold((0_u32, 0.0), |(count, sum), h| (count + 1, sum + h));
    let fit = 3.0 * f64::from(count) * height / sum; // NaN when there are none, and `as` makes that 0
    (fit as usize).clamp(1, count as usize / 2 + 1)
}
