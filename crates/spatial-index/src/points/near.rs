use super::{FAN, PointIndex};
use crate::Frame;
use crate::packed::Node;
use geo_types::Point;
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
        let mut best = Best { k, worst: limit, found: BinaryHeap::with_capacity(k.min(64)) };
        let asked = k > 0 && !limit.is_nan() && place.x().is_finite() && place.y().is_finite();
        if let Some(root) = self.tree.root().filter(|_| asked) {
            self.search(root, &Frame::at(place), &mut best, &mut keep);
        }
        best.found.into_sorted_vec().into_iter().map(|f| (f.id(), f.distance2().sqrt())).collect()
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
            if frame.box_distance2(&self.tree.bbox_of(node)) > limit {
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

    /// The nearer boxes of a node first, as long as they can hold anything better.
    fn search(&self, node: Node, frame: &Frame, best: &mut Best, keep: &mut impl FnMut(u32) -> bool) {
        if node.level == 0 {
            let slots = self.tree.items(node);
            // All distances first: without a branch between them they are calculated side by side.
            let mut distances = [f64::NAN; FAN];
            for (d, c) in distances.iter_mut().zip(&self.coords[slots.clone()]) {
                *d = frame.distance2(*c);
            }
            for (slot, distance2) in slots.zip(distances) {
                if distance2 <= best.worst {
                    best.offer(Found::new(distance2, self.id(slot)), keep);
                }
            }
            return;
        }
        for (bound, child) in self.tree.children_by_distance(node, frame, best.worst) {
            if bound > best.worst {
                return;
            }
            self.search(child, frame, best, keep);
        }
    }
}

/// The best so far, the worst of them on top.
struct Best {
    k: usize,
    /// Nothing further than this counts any more, in squared metres.
    worst: f64,
    found: BinaryHeap<Found>,
}

impl Best {
    fn offer(&mut self, f: Found, keep: &mut impl FnMut(u32) -> bool) {
        let full = self.found.len() == self.k;
        if full && self.found.peek().is_some_and(|worst| f >= *worst) || !keep(f.id()) {
            return;
        }
        if !full {
            self.found.push(f);
        } else if let Some(mut worst) = self.found.peek_mut() {
            *worst = f;
        }
        if self.found.len() == self.k {
            self.worst = self.found.peek().map_or(self.worst, Found::distance2);
        }
    }
}

/// A squared distance and an id in one number that sorts by both: numbers not below zero sort as their bits do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Found(u128);

impl Found {
    fn new(distance2: f64, id: u32) -> Self {
        Found(u128::from(distance2.to_bits()) << 32 | u128::from(id))
    }

    fn distance2(&self) -> f64 {
        f64::from_bits((self.0 >> 32) as u64)
    }

    fn id(&self) -> u32 {
        self.0 as u32
    }
}
