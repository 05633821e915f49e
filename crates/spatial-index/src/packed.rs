use crate::Bbox;

/// A tree of boxes over things that already lie in an order where neighbours are near: `F` things to a leaf, `F`
/// boxes to a box. There are no pointers, so node `i` of a level covers the things from `i * F^(level + 1)`.
#[derive(Clone, Debug)]
pub(crate) struct Packed<const F: usize> {
    /// How many things.
    pub len: usize,
    /// Boxes of the leaves first, the one root last; no levels when there is nothing.
    pub levels: Vec<Vec<Bbox>>,
}

impl<const F: usize> Packed<F> {
    pub fn build(len: usize, box_of: impl Fn(usize) -> Bbox) -> Self {
        let mut levels: Vec<Vec<Bbox>> = vec![];
        let mut boxes = grouped::<F>(len, box_of);
        while !boxes.is_empty() {
            let above = if boxes.len() > 1 { grouped::<F>(boxes.len(), |i| boxes[i]) } else { vec![] };
            levels.push(std::mem::replace(&mut boxes, above));
        }
        Packed { len, levels }
    }

    /// The box around everything.
    pub fn bbox(&self) -> Bbox {
        self.levels.last().map_or(Bbox::EMPTY, |top| top[0])
    }

    /// The root's level, when there is a root.
    pub fn root(&self) -> Option<Node> {
        Some(Node { level: self.levels.len().checked_sub(1)?, at: 0 })
    }

    pub fn bbox_of(&self, n: Node) -> &Bbox {
        &self.levels[n.level][n.at]
    }

    /// The things under a node.
    pub fn items(&self, n: Node) -> std::ops::Range<usize> {
        let span = F.pow(n.level as u32 + 1);
        n.at * span..((n.at + 1) * span).min(self.len)
    }

    /// The nodes under a node; none under a leaf.
    pub fn children(&self, n: Node) -> impl Iterator<Item = Node> + use<F> {
        let Node { level, at } = n;
        let count = if level == 0 { 0 } else { self.levels[level - 1].len() };
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
