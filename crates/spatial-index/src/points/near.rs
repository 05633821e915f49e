use super::PointIndex;
use crate::Frame;
use crate::packed::Node;
use geo_types::Point;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

impl PointIndex {
    /// The `k` points nearest to a place, as ids and metres, nearest first; equally near ones by id.
    ///
    /// Only points no further than `max_metres`, when given, and only ids that `keep` says yes to. `keep` is asked
    /// once at most for a point, and only for points that are near enough to count.
    ///
    /// ```
    /// use geo_types::Point;
    /// use spatial_index::PointIndex;
    ///
    /// let index = PointIndex::build(&[Point::new(-1.5, 53.8), Point::new(-1.6, 53.8), Point::new(-1.7, 53.8)]).unwrap();
    /// let odd = index.nearest(Point::new(-1.5, 53.8), 5, Some(10_000.0), |id| id % 2 == 1);
    /// assert_eq!(odd.len(), 1);
    /// assert!(odd[0].0 == 1 && (odd[0].1 - 6_588.0).abs() < 1.0);
    /// ```
    pub fn nearest(
        &self,
        place: Point<f64>,
        k: usize,
        max_metres: Option<f64>,
        mut keep: impl FnMut(u32) -> bool,
    ) -> Vec<(u32, f64)> {
        let limit = max_metres.map_or(f64::INFINITY, |m| if m < 0.0 { f64::NAN } else { m * m });
        let mut best = Best { k, limit, found: BinaryHeap::new() };
        if k > 0 && !limit.is_nan() && place.x().is_finite() && place.y().is_finite() {
            self.search(&Frame::at(place), &mut best, &mut keep);
        }
        best.found.into_sorted_vec().into_iter().map(|f| (f.id, f.distance2.sqrt())).collect()
    }

    /// The points no further than so many metres from a place, with their distance, in ascending order of slot.
    pub fn within_metres_of_point(
        &self,
        place: Point<f64>,
        metres: f64,
        mut keep: impl FnMut(u32) -> bool,
    ) -> Vec<(u32, f64)> {
        let mut found = vec![];
        if metres.is_nan() || metres < 0.0 || !place.x().is_finite() || !place.y().is_finite() {
            return found;
        }
        let (frame, limit) = (Frame::at(place), metres * metres);
        let mut todo: Vec<Node> = self.tree.root().into_iter().collect();
        while let Some(node) = todo.pop() {
            if frame.box_distance2(self.tree.bbox_of(node)) > limit {
                continue;
            }
            if node.level > 0 {
                todo.extend(self.tree.children(node).rev());
                continue;
            }
            for slot in self.tree.items(node) {
                let distance2 = frame.distance2(self.coord(slot));
                let id = self.id(slot);
                if distance2 <= limit && keep(id) {
                    found.push((id, distance2.sqrt()));
                }
            }
        }
        found
    }

    /// Nearest boxes first, until no box can hold anything better.
    fn search(&self, frame: &Frame, best: &mut Best, keep: &mut impl FnMut(u32) -> bool) {
        let mut todo = BinaryHeap::new();
        let mut next = self.tree.root().map(|node| Reach { bound: 0.0, node });
        while let Some(Reach { bound, node }) = next {
            if bound > best.worst() {
                return;
            }
            if node.level == 0 {
                for slot in self.tree.items(node) {
                    let distance2 = frame.distance2(self.coord(slot));
                    if distance2 <= best.worst() {
                        best.offer(Found { distance2, id: self.id(slot) }, keep);
                    }
                }
            } else {
                let worst = best.worst();
                todo.extend(self.tree.children(node).filter_map(|node| {
                    let bound = frame.box_distance2(self.tree.bbox_of(node));
                    (bound <= worst).then_some(Reach { bound, node })
                }));
            }
            next = todo.pop();
        }
    }
}

/// The best so far, the worst of them on top.
struct Best {
    k: usize,
    /// Squared metres, included.
    limit: f64,
    found: BinaryHeap<Found>,
}

impl Best {
    /// Nothing further than this counts any more.
    fn worst(&self) -> f64 {
        if self.found.len() < self.k {
            self.limit
        } else {
            self.found.peek().map_or(self.limit, |f| f.distance2)
        }
    }

    fn offer(&mut self, f: Found, keep: &mut impl FnMut(u32) -> bool) {
        if self.found.len() < self.k {
            if keep(f.id) {
                self.found.push(f);
            }
        } else if self.found.peek().is_some_and(|worst| f < *worst) && keep(f.id) {
            *self.found.peek_mut().expect("k is not 0") = f;
        }
    }
}

/// A point found. Ordered by distance, then id.
struct Found {
    distance2: f64,
    id: u32,
}

/// A node to look at, not nearer than `bound`. The greatest of these is the nearest.
struct Reach {
    bound: f64,
    node: Node,
}

impl Ord for Found {
    fn cmp(&self, o: &Self) -> Ordering {
        self.distance2.total_cmp(&o.distance2).then(self.id.cmp(&o.id))
    }
}

impl Ord for Reach {
    fn cmp(&self, o: &Self) -> Ordering {
        o.bound.total_cmp(&self.bound)
    }
}

macro_rules! ordered {
    ($type:ty) => {
        impl PartialOrd for $type {
            fn partial_cmp(&self, o: &Self) -> Option<Ordering> {
                Some(self.cmp(o))
            }
        }
        impl PartialEq for $type {
            fn eq(&self, o: &Self) -> bool {
                self.cmp(o).is_eq()
            }
        }
        impl Eq for $type {}
    };
}
ordered!(Found);
ordered!(Reach);
