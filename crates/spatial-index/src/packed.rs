use crate::Bbox;
use std::ops::Range;

/// More than `u32` things are never held, so with eight to a leaf there are no more levels than this.
const DEEPEST: usize = 11;

/// A tree of boxes over things that already lie in an order where neighbours are near: `F` things to a leaf, `F`
/// boxes to a box. There are no pointers, so node `i` of a level covers the things from `i * F^(level + 1)`.
#[derive(Clone, Debug)]
pub(crate) struct Packed<const F: usize> {
    /// How many things.
    pub len: usize,
    /// How many levels; none when there is nothing.
    pub depth: usize,
    /// All boxes, the root first and the leaves last.
    boxes: Vec<Bbox>,
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
        levels.reverse();
        Packed { len, depth, boxes: levels.concat(), starts }
    }

    /// The box around everything.
    pub fn bbox(&self) -> Bbox {
        self.boxes.first().copied().unwrap_or(Bbox::EMPTY)
    }

    /// The root, when there is one.
    pub fn root(&self) -> Option<Node> {
        Some(Node { level: self.depth.checked_sub(1)?, at: 0 })
    }

    #[inline]
    pub fn bbox_of(&self, n: Node) -> &Bbox {
        &self.boxes[self.starts[n.level] + n.at]
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
