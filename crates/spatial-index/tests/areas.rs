//! Many areas and the join against asking each.
mod common;

use common::{place, shape};
use geo::Point;
use proptest::prelude::*;
use spatial_index::{Area, AreaIndex, Bbox, PointIndex, join};

fn areas() -> impl Strategy<Value = Vec<Area>> {
    prop::collection::vec(shape().prop_map(|s| Area::new(&s).unwrap()), 0..30)
}

fn ids(areas: &[Area], test: impl Fn(&Area) -> bool) -> Vec<u32> {
    (0..).zip(areas).filter(|(_, a)| test(a)).map(|(key, _)| key).collect()
}

fn index(areas: &[Area]) -> AreaIndex {
    (0..).zip(areas.iter().cloned()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn asks_as_asking_each(areas in areas(), p in place(), metres in 0.0..90_000.0) {
        let index = index(&areas);
        prop_assert_eq!(index.containing(p), ids(&areas, |a| a.contains(p)));
        let near: Vec<(u32, f64)> = (0..).zip(&areas).map(|(key, a)| (key, a.distance(p))).filter(|(_, d)| *d <= metres).collect();
        prop_assert_eq!(index.within(p, metres), near);
        let b = Bbox::new(p.x(), p.y(), p.x() + 1.0, p.y() + 1.0);
        prop_assert_eq!(index.in_box(b), ids(&areas, |a| a.bbox().overlaps(&b)));
        for a in &areas {
            prop_assert_eq!(index.touching(a), ids(&areas, |b| a.intersects(b)));
        }
    }

    #[test]
    fn what_is_removed_is_gone(areas in areas(), gone in prop::collection::vec(0..30_u32, 0..10), p in place()) {
        let mut index = index(&areas);
        for key in &gone {
            index.remove(*key);
        }
        let left: Vec<u32> = ids(&areas, |a| a.distance(p) < 50_000.0).into_iter().filter(|k| !gone.contains(k)).collect();
        prop_assert_eq!(index.within(p, 50_000.0).into_iter().map(|(k, _)| k).collect::<Vec<_>>(), left);
        prop_assert_eq!(index.iter().count(), index.len());
    }

    #[test]
    fn join_is_asking_for_each_point(areas in areas(), strewn in prop::collection::vec(place(), 0..300), parts in prop::collection::vec((0..30_usize, 0.0..1.0, 0.0..1.0), 0..9000), threads in 0..4_usize) {
        let close = parts.into_iter().filter_map(|(i, x, y)| {
            let b = areas.get(i)?.bbox();
            Some(Point::new(b.west + x * (b.east - b.west), b.south + y * (b.north - b.south)))
        });
        let points: Vec<Point> = strewn.iter().copied().chain(close).collect();
        let index = index(&areas);
        let joined = join(&PointIndex::build(&points).unwrap(), &index, threads);
        prop_assert_eq!(joined.points(), points.len());
        for (id, p) in (0..).zip(&points) {
            prop_assert_eq!(joined.areas_of(id), index.containing(*p));
        }
        prop_assert_eq!(joined.pairs().count(), joined.len());
    }
}

#[test]
fn nothing_to_join() {
    let (none, one) = (PointIndex::build(&[]).unwrap(), PointIndex::build(&[Point::new(0.0, 0.0)]).unwrap());
    assert!(join(&none, &AreaIndex::new(), 2).is_empty());
    let joined = join(&one, &AreaIndex::new(), 2);
    assert!(joined.is_empty() && joined.areas_of(0).is_empty());
}

#[test]
fn an_empty_area_is_kept_and_never_found() {
    let empty = Area::new(&geo::MultiPolygon::new(vec![])).unwrap();
    let mut areas = AreaIndex::new();
    areas.insert(5, empty);
    assert_eq!((areas.len(), areas.in_box(Bbox::WORLD).len()), (1, 0));
    assert!(areas.within(Point::new(0.0, 0.0), f64::INFINITY).is_empty());
    assert!(areas.remove(5).is_some() && areas.is_empty());
}
