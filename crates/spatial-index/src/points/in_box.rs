use super::{FAN, PointIndex};
use crate::Bbox;
use crate::packed::Node;
use geo_types::Coord;

impl PointIndex {
    /// The ids of the points in a box, edges included, in ascending order of slot.
    ///
    /// ```
    /// use geo_types::Point;
    /// use spatial_index::{Bbox, PointIndex};
    ///
    /// let index = PointIndex::build(&[Point::new(1.0, 1.0), Point::new(2.0, 2.0), Point::new(9.0, 9.0)]).unwrap();
    /// assert_eq!(index.in_box(Bbox::new(0.0, 0.0, 2.0, 2.0)).collect::<Vec<_>>(), [0, 1]);
    /// ```
    pub fn in_box(&self, bbox: Bbox) -> InBox<'_> {
        self.in_box_from(bbox, 0)
    }

    /// As [`in_box`](PointIndex::in_box), but from a slot on: the next page of an answer.
    ///
    /// Starting costs no more than a few boxes, however far the slot. [`InBox::next_slot`] says where to go on.
    ///
    /// ```
    /// # use geo_types::Point;
    /// # use spatial_index::{Bbox, PointIndex};
    /// # let points: Vec<_> = (0..50).map(|i| Point::new(f64::from(i), 0.0)).collect();
    /// let index = PointIndex::build(&points).unwrap();
    /// let mut first = index.in_box(Bbox::WORLD);
    /// let page: Vec<_> = first.by_ref().take(20).collect();
    /// let next: Vec<_> = index.in_box_from(Bbox::WORLD, first.next_slot()).take(20).collect();
    /// assert_eq!((page.len(), next.len()), (20, 20));
    /// assert!(page.iter().all(|id| !next.contains(id)));
    /// ```
    pub fn in_box_from(&self, bbox: Bbox, slot: usize) -> InBox<'_> {
        let mut found = InBox { index: self, bbox, at: slot, whole: 0..0, leaf: 0, hits: 0 };
        let within_leaf = slot % FAN;
        if within_leaf > 0 && slot < self.len() {
            found.leaf = slot - within_leaf;
            found.hits = self.hits_in_leaf(&bbox, found.leaf) & (u32::MAX << within_leaf);
            found.at = found.leaf + FAN;
        }
        found
    }

    /// How many points are in a box. Blocks of points that lie wholly inside are counted unseen.
    pub fn count_in_box(&self, bbox: Bbox) -> usize {
        let mut found = self.in_box(bbox);
        let mut count = 0;
        while found.advance() {
            count += found.whole.len() + found.hits.count_ones() as usize;
            (found.whole, found.hits) = (0..0, 0);
        }
        count
    }

    /// One bit for each of a leaf's points that is in the box.
    #[inline]
    pub(super) fn hits_in_leaf(&self, b: &Bbox, first: usize) -> u32 {
        let rest = &self.coords[first..];
        match rest.first_chunk::<FAN>() {
            Some(leaf) => hits(b, leaf), // of known length, so the compiler unrolls it
            None => hits(b, rest),
        }
    }
}

#[inline(always)]
fn hits(b: &Bbox, leaf: &[Coord<f64>]) -> u32 {
    let inside = |c: &Coord<f64>| (c.x >= b.west) & (c.x <= b.east) & (c.y >= b.south) & (c.y <= b.north);
    (0..).zip(leaf).fold(0, |bits, (i, c)| bits | u32::from(inside(c)) << i)
}

/// The ids of the points in a box, in ascending order of slot. See [`PointIndex::in_box`].
#[derive(Clone, Debug)]
pub struct InBox<'a> {
    index: &'a PointIndex,
    bbox: Bbox,
    /// The first slot that has not been looked at: the start of a leaf.
    at: usize,
    /// Slots still to be given without a look, because their node lies in the box.
    whole: std::ops::Range<usize>,
    /// The first slot of the last leaf looked at, and one bit for each of its points still to be given.
    leaf: usize,
    hits: u32,
}

impl InBox<'_> {
    /// Where to go on later: everything before this slot has been given or is not in the box.
    pub fn next_slot(&self) -> usize {
        if !self.whole.is_empty() {
            self.whole.start
        } else if self.hits != 0 {
            self.leaf + self.hits.trailing_zeros() as usize
        } else {
            self.at
        }
    }

    /// Goes on to the next node wholly in the box, or the next leaf with points in it.
    ///
    /// There is no stack. A slot is the start of a leaf and perhaps of larger nodes: of these, the largest that
    /// misses the box is stepped over, and the largest that lies in the box is taken whole.
    fn advance(&mut self) -> bool {
        let tree = &self.index.tree;
        'next: while self.at < tree.len {
            let mut level = largest_at(self.at).min(tree.depth - 1);
            loop {
                let node = Node { level, at: self.at >> shift(level) };
                let covered = tree.bbox_of(node);
                if !self.bbox.overlaps(&covered) {
                    self.at += 1 << shift(level);
                    continue 'next;
                }
                if self.bbox.contains_box(&covered) {
                    self.whole = tree.items(node);
                    self.at += 1 << shift(level);
                    return true;
                }
                if level == 0 {
                    break;
                }
                level -= 1;
            }
            (self.leaf, self.hits) = (self.at, self.index.hits_in_leaf(&self.bbox, self.at));
            self.at += FAN;
            if self.hits != 0 {
                return true;
            }
        }
        self.at = self.at.min(tree.len);
        false
    }
}

impl Iterator for InBox<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        loop {
            if let Some(slot) = self.whole.next() {
                return Some(self.index.id(slot));
            }
            if self.hits != 0 {
                let slot = self.leaf + self.hits.trailing_zeros() as usize;
                self.hits &= self.hits - 1;
                return Some(self.index.id(slot));
            }
            if !self.advance() {
                return None;
            }
        }
    }
}

/// A node of this level covers 2 to this power slots.
fn shift(level: usize) -> usize {
    (level + 1) * FAN.ilog2() as usize
}

/// The level of the largest node that starts at a slot.
fn largest_at(slot: usize) -> usize {
    (slot.trailing_zeros() / FAN.ilog2()) as usize - 1
}
