use super::Area;
use crate::Frame;
use crate::packed::Node;
use geo_types::Point;

impl Area {
    /// Metres from the point to the area: 0 inside, otherwise to the nearest edge, also from within a hole.
    ///
    /// Infinite when the area is empty or the point is not finite.
    ///
    /// ```
    /// use geo_types::{Point, Rect, coord};
    /// use spatial_index::Area;
    ///
    /// let square = Rect::new(coord! { x: -1.6, y: 53.7 }, coord! { x: -1.5, y: 53.8 }).to_polygon();
    /// let area = Area::new(&square.into()).unwrap();
    /// assert_eq!(area.distance(Point::new(-1.55, 53.75)), 0.0);
    /// assert!((area.distance(Point::new(-1.55, 53.81)) - 1113.0).abs() < 1.0);
    /// ```
    pub fn distance(&self, p: Point<f64>) -> f64 {
        self.distance_within(p, f64::INFINITY).unwrap_or(f64::INFINITY)
    }

    /// The distance when it is no more than `metres`; cheaper the smaller that is.
    pub fn distance_within(&self, p: Point<f64>, metres: f64) -> Option<f64> {
        if metres.is_nan() || metres < 0.0 || self.is_empty() || !p.x().is_finite() || !p.y().is_finite() {
            return None;
        }
        if self.contains(p) {
            return Some(0.0);
        }
        let frame = Frame::at(p);
        // Found distances must be below the first bound: the next number up lets the limit itself in.
        let limit = (metres * metres).next_up();
        let root = self.tree.root()?;
        if frame.box_distance2(&self.bbox) >= limit {
            return None;
        }
        let nearest = self.nearest_edge2(&frame, root, limit);
        (nearest < limit).then(|| nearest.sqrt())
    }

    /// The least squared distance to an edge under a node, or `best` when none is below it.
    fn nearest_edge2(&self, frame: &Frame, node: Node, mut best: f64) -> f64 {
        if node.level == 0 {
            let edges = self.tree.items(node);
            return frame.path_distance2(&self.line[edges.start..=edges.end], best);
        }
        for (bound, child) in self.tree.children_by_distance(node, frame, best) {
            if bound < best {
                best = self.nearest_edge2(frame, child, best);
            }
        }
        best
    }
}
