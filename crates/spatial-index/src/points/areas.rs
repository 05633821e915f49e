use super::PointIndex;
use crate::area::{Area, Overlap};
use crate::packed::Node;

impl PointIndex {
    /// The ids of the points in an area, by the rule of [`Area::contains`], in ascending order of slot.
    ///
    /// Blocks of points that lie wholly inside are taken without testing each. `keep` is asked before a point is tested.
    pub fn in_area(&self, area: &Area, mut keep: impl FnMut(u32) -> bool) -> Vec<u32> {
        let mut found = vec![];
        self.visit(area, 0.0, &mut |index, slots, inside| {
            for slot in slots {
                let id = index.id(slot);
                if keep(id) && (inside || area.contains(index.point(slot))) {
                    found.push(id);
                }
            }
        });
        found
    }

    /// The points no further than so many metres from an area, with that distance: 0 inside, and to the nearest edge
    /// outside or in a hole. In ascending order of slot.
    ///
    /// `keep` is asked before a point is measured, so refuse what you do not want here and not afterwards.
    pub fn within(&self, area: &Area, metres: f64, mut keep: impl FnMut(u32) -> bool) -> Vec<(u32, f64)> {
        let mut found = vec![];
        self.visit(area, metres, &mut |index, slots, inside| {
            for slot in slots {
                let id = index.id(slot);
                if !keep(id) {
                    continue;
                }
                let distance =
                    if inside { Some(0.0) } else { area.distance_within(index.point(slot), metres) };
                found.extend(distance.map(|d| (id, d)));
            }
        });
        found
    }

    /// Shows all points that can be within so many metres of an area, in ascending order, and whether they are known
    /// to be inside.
    fn visit(&self, area: &Area, metres: f64, show: &mut impl FnMut(&Self, std::ops::Range<usize>, bool)) {
        let reach = area.bbox().grown(metres);
        let mut todo: Vec<Node> = self.tree.root().into_iter().collect();
        while let Some(node) = todo.pop() {
            let covered = self.tree.bbox_of(node);
            if !reach.overlaps(covered) {
                continue;
            }
            match area.overlap(covered) {
                Overlap::Inside => show(self, self.tree.items(node), true),
                Overlap::Outside if area.overlap(&covered.grown(metres)) == Overlap::Outside => {}
                _ if node.level == 0 => show(self, self.tree.items(node), false),
                _ => {
                    let from = todo.len();
                    todo.extend(self.tree.children(node));
                    todo[from..].reverse();
                }
            }
        }
    }
}
