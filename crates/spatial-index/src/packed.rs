use crate::{Bbox, Frame};
use std::ops::Range;

/// More than `u32` things are never held, so with eight to a leaf there are no more levels than this.
const DEEPEST: usize = 11;

/// A tree of boxes over things that already lie in an order where neighbours are near: `F` things to a leaf, `F`
/// boxes to a box. There are no pointers, so node `i` of a level covers the things from `i * F^(level + 1)`.
///
/// Boxes are kept in single precision, rounded outwards by less than a metre: half the memory to walk through.
#[derive(Clone, Debug)]
pub(crate) struct Packed<const F: usize> {
    /// How many things.
    pub len: usize,
    /// How many levels; none when there is nothing.
    pub depth: usize,
    /// All boxes, the root first and the leaves last.
    boxes: Vec<RoughBox>,
    /// The box around everything, exactly.
    bbox: Bbox,
    /// Where each level's boxes start; level 0 are the leaves.
    starts: [usize; DEEPEST],
}

impl<const F: usize> Packed<F> {
    pub fn build(len: usize, box_of: impl Fn(usize) -> Bbox) -> Self {
        let mut levels: Vec<Vec<Bbox>> = vec![];
        let mut boxes = grouped::<F>(len, box_of);
        while !boxes.is_empty() {
            let above = if boxes.len() > 1 { grouped::<F>(boxes.len(), |i| boxes[i]) } else { vec![] };
            levels.push(std::mem::replace(&mut boxes, above));
        }
        let mut starts = [0; DEEPEST];
        for level in (1..levels.len()).rev() {
            starts[level - 1] = starts[level] + levels[level].len();
        }
        let depth = levels.len();
        let bbox = levels.last().map_or(Bbox::EMPTY, |root| root[0]);
        let boxes = levels.iter().rev().flatten().map(RoughBox::around).collect();
        Packed { len, depth, boxes, bbox, starts }
    }

    /// The box around everything.
    pub fn bbox(&self) -> Bbox {
        self.bbox
    }

    /// The root, when there is one.
    pub fn root(&self) -> Option<Node> {
        Some(Node { level: self.depth.checked_sub(1)?, at: 0 })
    }

    #[inline]
    pub fn bbox_of(&self, n: Node) -> Bbox {
        self.boxes[self.starts[n.level] + n.at].into()
    }

    /// How many nodes a level has.
    #[inline]
    pub fn count(&self, level: usize) -> usize {
        if level == 0 {
            self.boxes.len() - self.starts[0]
        } else {
            self.starts[level - 1] - self.starts[level]
        }
    }

    /// The things under a node.
    #[inline]
    pub fn items(&self, n: Node) -> Range<usize> {
        let span = F.pow(n.level as u32 + 1);
        n.at * span..((n.at + 1) * span).min(self.len)
    }

    /// The nodes under a node; none under a leaf.
    #[inline]
    pub fn children(&self, n: Node) -> impl DoubleEndedIterator<Item = Node> + use<F> {
        let Node { level, at } = n;
        let count = if level == 0 { 0 } else { self.count(level - 1) };
        ((at * F).min(count)..((at + 1) * F).min(count)).map(move |at| Node { level: level - 1, at })
    }

    /// The nodes under a node that are no further than a limit, nearest first; each with a bound that nothing in it is
    /// nearer than. Distances are squared.
    #[inline]
    pub fn children_by_distance(
        &self,
        n: Node,
        frame: &Frame,
        limit: f64,
    ) -> impl Iterator<Item = (f64, Node)> + use<F> {
        // Numbers above zero sort as their bits do. The child's place among its siblings takes the last four, which
        // lowers the bound by next to nothing.
        const { assert!(F <= 16) };
        let (mut near, mut count) = ([0_u64; F], 0);
        for (place, child) in (0..).zip(self.children(n)) {
            let bound = frame.box_distance2(&self.bbox_of(child));
            near[count] = bound.to_bits() & !15 | place;
            count += usize::from(bound <= limit);
        }
        near[..count].sort_unstable();
        near.into_iter().take(count).map(move |key| {
            let child = Node { level: n.level - 1, at: n.at * F + (key & 15) as usize };
            (f64::from_bits(key & !15), child)
        })
    }
}

/// A box of the tree: its level, leaves being 0, and its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    pub level: usize,
    pub at: usize,
}

/// The boxes around every `F` in a row.
fn grouped<const F: usize>(len: usize, box_of: impl Fn(usize) -> Bbox) -> Vec<Bbox> {
    (0..len)
        .step_by(F)
        .map(|from| (from..(from + F).min(len)).fold(Bbox::EMPTY, |b, i| b.joined(&box_of(i))))
        .collect()
}

/// West, south, east, north.
#[derive(Clone, Copy, Debug)]
struct RoughBox([f32; 4]);

impl RoughBox {
    fn around(b: &Bbox) -> Self {
        let down = |x: f64| if f64::from(x as f32) > x { (x as f32).next_down() } else { x as f32 };
        let up = |x: f64| -down(-x);
        RoughBox([down(b.west), down(b.south), up(b.east), up(b.north)])
    }
}

impl From<RoughBox> for Bbox {
    #[inline]
    fn from(RoughBox(sides): RoughBox) -> Self {
        let [west, south, east, north] = sides.map(f64::from);
        Bbox { west, south, east, north }
    }
}
