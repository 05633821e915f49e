use crate::{Area, Bbox};
use geo_types::Point;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Many areas, each under a number of your choice. Areas may come and go, overlap and nest.
///
/// An R-tree over the areas' boxes, so a question costs little more than the areas whose boxes are near. Cloning copies
/// the tree but shares the areas. All answers are in ascending order of key.
///
/// ```
/// use geo_types::{Point, Rect, coord};
/// use spatial_index::{Area, AreaIndex};
///
/// let square = |x, side| Area::new(&Rect::new(coord! { x: x, y: 0.0 }, coord! { x: x + side, y: side }).to_polygon().into());
/// let mut areas = AreaIndex::new();
/// areas.insert(7, square(0.0, 4.0).unwrap());
/// areas.insert(3, square(1.0, 1.0).unwrap());
/// assert_eq!(areas.containing(Point::new(1.5, 0.5)), [3, 7]);
/// areas.remove(3);
/// assert_eq!(areas.containing(Point::new(1.5, 0.5)), [7]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct AreaIndex {
    areas: BTreeMap<u32, Arc<Area>>,
    /// The boxes of the areas that are not empty.
    tree: RTree<Entry>,
}

type Entry = GeomWithData<Rectangle<[f64; 2]>, u32>;

impl AreaIndex {
    /// An index without areas.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts an area under a key, and gives back what was there.
    pub fn insert(&mut self, key: u32, area: impl Into<Arc<Area>>) -> Option<Arc<Area>> {
        let before = self.remove(key);
        let area = area.into();
        if !area.is_empty() {
            self.tree.insert(entry(key, &area));
        }
        self.areas.insert(key, area);
        before
    }

    /// Takes an area out, and gives it back.
    pub fn remove(&mut self, key: u32) -> Option<Arc<Area>> {
        let area = self.areas.remove(&key)?;
        self.tree.remove(&entry(key, &area));
        Some(area)
    }

    /// The area under a key.
    pub fn get(&self, key: u32) -> Option<&Arc<Area>> {
        self.areas.get(&key)
    }

    /// All areas with their keys.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &Arc<Area>)> {
        self.areas.iter().map(|(key, area)| (*key, area))
    }

    /// How many areas.
    pub fn len(&self) -> usize {
        self.areas.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.areas.is_empty()
    }

    /// The areas that hold a point, by the rule of [`Area::contains`].
    pub fn containing(&self, p: Point<f64>) -> Vec<u32> {
        self.near(Bbox::around([p.0])).filter(|(_, area)| area.contains(p)).map(|(key, _)| key).collect()
    }

    /// The areas whose boxes overlap a box.
    pub fn in_box(&self, bbox: Bbox) -> Vec<u32> {
        self.near(bbox).map(|(key, _)| key).collect()
    }

    /// The areas that have a point in common with another, be it on an edge. That other need not be one of these.
    pub fn touching(&self, area: &Area) -> Vec<u32> {
        self.near(area.bbox()).filter(|(_, other)| other.intersects(area)).map(|(key, _)| key).collect()
    }

    /// The areas no further than so many metres from a point, with that distance: 0 for those that hold it.
    pub fn within(&self, p: Point<f64>, metres: f64) -> Vec<(u32, f64)> {
        self.near(Bbox::around([p.0]).grown(metres))
            .filter_map(|(key, area)| area.distance_within(p, metres).map(|d| (key, d)))
            .collect()
    }

    /// The areas whose boxes overlap a box, in ascending order of key.
    pub(crate) fn near(&self, bbox: Bbox) -> impl Iterator<Item = (u32, &Area)> {
        let mut keys: Vec<u32> = if bbox.is_empty() {
            vec![]
        } else {
            self.tree.locate_in_envelope_intersecting(&envelope(&bbox)).map(|e| e.data).collect()
        };
        keys.sort_unstable();
        keys.into_iter().map(|key| (key, &*self.areas[&key]))
    }
}

impl<A: Into<Arc<Area>>> FromIterator<(u32, A)> for AreaIndex {
    /// Builds the tree at once, which is faster than one by one. Of two areas under one key the last stays.
    fn from_iter<I: IntoIterator<Item = (u32, A)>>(iter: I) -> Self {
        let areas: BTreeMap<_, _> = iter.into_iter().map(|(key, area)| (key, area.into())).collect();
        let entries = areas.iter().filter(|(_, area)| !area.is_empty()).map(|(key, area)| entry(*key, area));
        AreaIndex { tree: RTree::bulk_load(entries.collect()), areas }
    }
}

fn entry(key: u32, area: &Area) -> Entry {
    GeomWithData::new(Rectangle::from_aabb(envelope(&area.bbox())), key)
}

fn envelope(b: &Bbox) -> AABB<[f64; 2]> {
    AABB::from_corners([b.west, b.south], [b.east, b.north])
}
