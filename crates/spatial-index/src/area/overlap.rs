use super::edge::Edge;
use super::{Area, edge};
use crate::Bbox;
use crate::packed::Node;
use geo_types::{Point, coord};

/// How a box lies to an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    /// No point of the box is in the area.
    Outside,
    /// An edge may run through the box: ask for each point.
    Mixed,
    /// Every point of the box is in the area.
    Inside,
}

impl Area {
    /// How a box lies to the area. `Inside` and `Outside` are certain, by the rule of [`Area::contains`]; `Mixed` may
    /// be said too often, because edges are looked at as boxes.
    pub fn overlap(&self, bbox: &Bbox) -> Overlap {
        if !self.bbox.overlaps(bbox) {
            Overlap::Outside
        } else if bbox.contains_box(&self.bbox) || self.any_edge_near(bbox, |_| true) {
            Overlap::Mixed
        } else if self.contains(Point(coord! { x: bbox.west, y: bbox.south })) {
            Overlap::Inside
        } else {
            Overlap::Outside
        }
    }

    /// Whether the two have a point in common, be it on an edge. Unlike [`Area::contains`], edges count on all sides.
    ///
    /// ```
    /// use geo_types::{Rect, coord};
    /// use spatial_index::Area;
    ///
    /// let square = |x| Rect::new(coord! { x: x, y: 0.0 }, coord! { x: x + 1.0, y: 1.0 }).to_polygon().into();
    /// let [a, b, c] = [0.0, 1.0, 2.5].map(|x| Area::new(&square(x)).unwrap());
    /// assert!(a.intersects(&b) && !a.intersects(&c));
    /// ```
    pub fn intersects(&self, other: &Area) -> bool {
        let (few, many) = if self.line.len() <= other.line.len() { (self, other) } else { (other, self) };
        few.bbox.overlaps(&many.bbox)
            && (few.any_edge_near(&many.bbox, |e| many.any_edge_near(&e.bbox(), |f| e.touches(f)))
                // No edges meet, so a ring lies wholly inside or outside.
                || few.ring_starts().any(|c| many.contains(Point(c)))
                || many.ring_starts().any(|c| few.contains(Point(c))))
    }

    /// Whether the test says yes to an edge whose box overlaps this one.
    fn any_edge_near(&self, bbox: &Bbox, mut test: impl FnMut(&Edge) -> bool) -> bool {
        self.tree.root().is_some_and(|root| self.any_edge_under(root, bbox, &mut test))
    }

    fn any_edge_under(&self, node: Node, bbox: &Bbox, test: &mut impl FnMut(&Edge) -> bool) -> bool {
        if !bbox.overlaps(&self.tree.bbox_of(node)) {
            false
        } else if node.level == 0 {
            self.tree
                .items(node)
                .filter_map(|i| edge(&self.line, i))
                .any(|e| bbox.overlaps(&e.bbox()) && test(&e))
        } else {
            self.tree.children(node).any(|child| self.any_edge_under(child, bbox, test))
        }
    }
}
