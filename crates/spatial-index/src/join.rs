use crate::area::{Area, Overlap};
use crate::packed::Node;
use crate::{AreaIndex, PointIndex};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The level of the nodes that are handed to the threads: 4,096 points each.
const BATCH_LEVEL: usize = 2;

/// Which areas hold each point, by the rule of [`Area::contains`], on so many threads (0 counts as 1).
///
/// The tree of points and the areas are walked together: a block of points that lies in an area, or beside it, is
/// settled for all of its points at once. The answer is the same for any number of threads.
///
/// ```
/// use geo_types::{Point, Rect, coord};
/// use spatial_index::{Area, AreaIndex, PointIndex, join};
///
/// let square = |x, side| Area::new(&Rect::new(coord! { x: x, y: 0.0 }, coord! { x: x + side, y: side }).to_polygon().into());
/// let areas: AreaIndex = [(3, square(1.0, 1.0).unwrap()), (7, square(0.0, 4.0).unwrap())].into_iter().collect();
/// let points = PointIndex::build(&[Point::new(1.5, 0.5), Point::new(3.0, 3.0), Point::new(9.0, 9.0)]).unwrap();
///
/// let joined = join(&points, &areas, 2);
/// assert_eq!(joined.areas_of(0), [3, 7]);
/// assert_eq!(joined.areas_of(1), [7]);
/// assert!(joined.areas_of(2).is_empty());
/// ```
pub fn join(points: &PointIndex, areas: &AreaIndex, threads: usize) -> Joined {
    let tree = points.tree();
    let level = BATCH_LEVEL.min(tree.depth.saturating_sub(1));
    let batches = tree.count(level);
    let next = AtomicUsize::new(0);
    let work = || {
        let take = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|at| *at < batches);
        std::iter::from_fn(take)
            .map(|at| (at, Batch::of(points, areas, Node { level, at })))
            .collect::<Vec<_>>()
    };
    let mut done: Vec<(usize, Batch)> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(batches)).map(|_| scope.spawn(work)).collect();
        let mine = work();
        others.into_iter().flat_map(|t| t.join().expect("the join does not panic")).chain(mine).collect()
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    Joined::from_batches(points, done.into_iter().map(|(_, batch)| batch).collect())
}

/// Which areas hold each point: what [`join`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// Where each id's keys start in `keys`, and where the last one's end.
    starts: Vec<usize>,
    keys: Vec<u32>,
}

impl Joined {
    /// The keys of the areas that hold a point, ascending.
    ///
    /// # Panics
    ///
    /// When there is no such id.
    pub fn areas_of(&self, id: u32) -> &[u32] {
        &self.keys[self.starts[id as usize]..self.starts[id as usize + 1]]
    }

    /// All pairs of point and area, ascending.
    pub fn pairs(&self) -> impl Iterator<Item = (u32, u32)> {
        (0..self.points() as u32).flat_map(|id| self.areas_of(id).iter().map(move |key| (id, *key)))
    }

    /// How many points were asked for.
    pub fn points(&self) -> usize {
        self.starts.len() - 1
    }

    /// How many pairs were found.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether no area holds any point.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// From the order of slots to that of ids.
    fn from_batches(points: &PointIndex, batches: Vec<Batch>) -> Self {
        let mut starts = vec![0; points.len() + 1];
        let mut slots = 0..;
        for (count, slot) in batches.iter().flat_map(|b| &b.counts).zip(&mut slots) {
            starts[points.id(slot) as usize + 1] = *count as usize;
        }
        for id in 0..points.len() {
            starts[id + 1] += starts[id];
        }
        if points.ids_are_slots() {
            let keys = batches.into_iter().flat_map(|b| b.keys).collect();
            return Joined { starts, keys };
        }
        let mut keys = vec![0; starts[points.len()]];
        let mut slot = 0;
        for batch in &batches {
            let mut rest = &batch.keys[..];
            for count in &batch.counts {
                let (these, others) = rest.split_at(*count as usize);
                let start = starts[points.id(slot) as usize];
                keys[start..start + these.len()].copy_from_slice(these);
                (rest, slot) = (others, slot + 1);
            }
        }
        Joined { starts, keys }
    }
}

/// What was found for a run of slots: how many areas for each, and their keys.
#[derive(Default)]
struct Batch {
    counts: Vec<u32>,
    keys: Vec<u32>,
}

/// An area that may hold points of the node at hand, and whether it is known to hold them all.
#[derive(Clone, Copy)]
struct Candidate<'a> {
    key: u32,
    area: &'a Area,
    whole: bool,
}

impl Batch {
    fn of(points: &PointIndex, areas: &AreaIndex, node: Node) -> Self {
        let near = areas.near(points.tree().bbox_of(node));
        let candidates: Vec<_> = near.map(|(key, area)| Candidate { key, area, whole: false }).collect();
        let mut batch = Batch::default();
        batch.walk(points, node, &candidates);
        batch
    }

    fn walk(&mut self, points: &PointIndex, node: Node, above: &[Candidate<'_>]) {
        let covered = points.tree().bbox_of(node);
        let here: Vec<Candidate<'_>> = above
            .iter()
            .filter_map(|c| match c.whole {
                true => Some(*c),
                false => match c.area.overlap(&covered) {
                    Overlap::Outside => None,
                    Overlap::Mixed => Some(*c),
                    Overlap::Inside => Some(Candidate { whole: true, ..*c }),
                },
            })
            .collect();
        if node.level > 0 && here.iter().any(|c| !c.whole) {
            for child in points.tree().children(node) {
                self.walk(points, child, &here);
            }
            return;
        }
        for slot in points.tree().items(node) {
            let before = self.keys.len();
            let p = points.point(slot);
            self.keys.extend(here.iter().filter(|c| c.whole || c.area.contains(p)).map(|c| c.key));
            self.counts.push((self.keys.len() - before) as u32);
        }
    }
}
