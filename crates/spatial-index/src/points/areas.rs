use super::{FAN, PointIndex};
use crate::Bbox;
use crate::area::{Area, Overlap};
use crate::packed::Node;

/// Up to so many points of a leaf are tested one by one; for more it pays to ask first how the leaf lies to the area.
const FEW: usize = 4;

impl PointIndex {
    /// The ids of the points in an area, by the rule of [`Area::contains`], in ascending order of slot.
    ///
    /// Blocks of points that lie wholly inside are taken without testing each. `keep` is asked before a point is tested.
    pub fn in_area(&self, area: &Area, keep: impl FnMut(u32) -> bool) -> Vec<u32> {
        let mut found = vec![];
        let question = Question { index: self, area, metres: 0.0, reach: area.bbox() };
        question.walk(keep, |id, slot, inside| {
            if inside || area.contains(self.point(slot)) {
                found.push(id);
            }
        });
        found
    }

    /// The points no further than so many metres from an area, with that distance: 0 inside, and to the nearest edge
    /// outside or in a hole. In ascending order of slot.
    ///
    /// `keep` is asked before a point is measured, so refuse what you do not want here and not afterwards.
    pub fn within(&self, area: &Area, metres: f64, keep: impl FnMut(u32) -> bool) -> Vec<(u32, f64)> {
        let mut found = vec![];
        let question = Question { index: self, area, metres, reach: area.bbox().grown(metres) };
        question.walk(keep, |id, slot, inside| {
            let distance = if inside { Some(0.0) } else { area.distance_within(self.point(slot), metres) };
            found.extend(distance.map(|d| (id, d)));
        });
        found
    }
}

/// Which points lie within so many metres of an area.
struct Question<'a> {
    index: &'a PointIndex,
    area: &'a Area,
    metres: f64,
    /// The area's box, grown by those metres.
    reach: Bbox,
}

impl Question<'_> {
    /// Shows all points to keep that may be the answer, in ascending order of slot, and whether they are known to be
    /// inside.
    fn walk(&self, mut keep: impl FnMut(u32) -> bool, mut show: impl FnMut(u32, usize, bool)) {
        let tree = self.index.tree();
        let mut todo: Vec<Node> = tree.root().into_iter().collect();
        while let Some(node) = todo.pop() {
            let covered = tree.bbox_of(node);
            if !self.reach.overlaps(&covered) {
                continue;
            }
            if node.level == 0 {
                self.leaf(node, &mut keep, &mut show);
                continue;
            }
            match self.overlap(&covered) {
                Overlap::Outside => {}
                Overlap::Inside => {
                    for slot in tree.items(node) {
                        let id = self.index.id(slot);
                        if keep(id) {
                            show(id, slot, true);
                        }
                    }
                }
                Overlap::Mixed => todo.extend(tree.children(node).rev()),
            }
        }
    }

    fn leaf(&self, node: Node, keep: &mut impl FnMut(u32) -> bool, show: &mut impl FnMut(u32, usize, bool)) {
        let first = self.index.tree().items(node).start;
        let mut hits = self.index.hits_in_leaf(&self.reach, first);
        let (mut kept, mut count) = ([(0, 0); FAN], 0);
        while hits != 0 {
            let slot = first + hits.trailing_zeros() as usize;
            hits &= hits - 1;
            let id = self.index.id(slot);
            if keep(id) {
                kept[count] = (id, slot);
                count += 1;
            }
        }
        let overlap =
            if count <= FEW { Overlap::Mixed } else { self.overlap(&self.index.tree().bbox_of(node)) };
        if overlap != Overlap::Outside {
            for (id, slot) in &kept[..count] {
                show(*id, *slot, overlap == Overlap::Inside);
            }
        }
    }

    /// `Inside` when all of a box is in the area, `Outside` when none of it is near enough.
    fn overlap(&self, covered: &Bbox) -> Overlap {
        match self.area.overlap(covered) {
            Overlap::Outside if self.area.overlap(&covered.grown(self.metres)) != Overlap::Outside => {
                Overlap::Mixed
            }
            overlap => overlap,
        }
    }
}
