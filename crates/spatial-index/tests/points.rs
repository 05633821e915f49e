//! Points against brute force.
mod common;

use common::{grid_place, place, shape};
use geo::Point;
use proptest::prelude::*;
use spatial_index::{Area, Bbox, Frame, PointIndex, PointIndexError, hilbert_key};

/// Few or many, strewn or on a grid with many equal ones, in Hilbert order or not.
fn points() -> impl Strategy<Value = Vec<Point>> {
    let some =
        prop_oneof![prop::collection::vec(place(), 0..700), prop::collection::vec(grid_place(), 0..700)];
    (some, any::<bool>()).prop_map(|(mut points, sorted)| {
        if sorted {
            points.sort_by_key(|p| hilbert_key(p.x(), p.y()));
        }
        points
    })
}

fn bbox() -> impl Strategy<Value = Bbox> {
    (grid_place(), 0.0..3.0, 0.0..3.0).prop_map(|(p, w, h)| Bbox::new(p.x(), p.y(), p.x() + w, p.y() + h))
}

/// The ids of points that pass, in the order of slots.
fn brute(points: &[Point], test: impl Fn(u32, Point) -> bool) -> Vec<u32> {
    let mut ids: Vec<u32> = (0..).zip(points).filter(|(id, p)| test(*id, **p)).map(|(id, _)| id).collect();
    ids.sort_by_key(|id| hilbert_key(points[*id as usize].x(), points[*id as usize].y()));
    ids
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn in_box(points in points(), b in bbox()) {
        let index = PointIndex::build(&points).unwrap();
        let expected = brute(&points, |_, p| b.contains(p));
        prop_assert_eq!(index.in_box(b).collect::<Vec<_>>(), expected.clone());
        prop_assert_eq!(index.count_in_box(b), expected.len());
        prop_assert_eq!(index.count_in_box(Bbox::WORLD), points.len());
        prop_assert_eq!(index.bbox(), Bbox::around(points.iter().map(|p| p.0)));
    }

    #[test]
    fn pages_make_up_the_whole(points in points(), b in bbox(), size in 1..40_usize) {
        let index = PointIndex::build(&points).unwrap();
        let (mut slot, mut ids) = (0, vec![]);
        loop {
            let mut page = index.in_box_from(b, slot);
            let before = ids.len();
            ids.extend(page.by_ref().take(size));
            slot = page.next_slot();
            if ids.len() - before < size {
                break;
            }
        }
        prop_assert_eq!(ids, index.in_box(b).collect::<Vec<_>>());
    }

    #[test]
    fn a_page_may_start_at_any_slot(points in points(), b in bbox(), slot in 0..800_usize) {
        let index = PointIndex::build(&points).unwrap();
        let expected: Vec<u32> = (slot..index.len()).filter(|s| b.contains(index.point(*s))).map(|s| index.id(s)).collect();
        prop_assert_eq!(index.in_box_from(b, slot).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn nearest(points in points(), p in place(), k in 0..50_usize, limit in prop::option::of(0.0..300_000.0), parts in 1..4_u32) {
        let index = PointIndex::build(&points).unwrap();
        let frame = Frame::at(p);
        let mut all: Vec<(u32, f64)> = (0..).zip(&points).map(|(id, q)| (id, frame.distance(q.0))).collect();
        all.retain(|(id, d)| id % parts == 0 && *d <= limit.unwrap_or(f64::INFINITY));
        all.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        all.truncate(k);
        prop_assert_eq!(index.nearest(p, k, limit, |id| id % parts == 0), all);
    }

    #[test]
    fn within_metres_of_point(points in points(), p in place(), metres in 0.0..200_000.0) {
        let index = PointIndex::build(&points).unwrap();
        let frame = Frame::at(p);
        let expected = brute(&points, |id, q| id % 2 == 0 && frame.distance(q.0) <= metres);
        let found = index.within_metres_of_point(p, metres, |id| id % 2 == 0);
        prop_assert!(found.iter().all(|(id, d)| *d == frame.distance(points[*id as usize].0)));
        prop_assert_eq!(found.into_iter().map(|(id, _)| id).collect::<Vec<_>>(), expected);
    }

    /// Points close around a shape, so that blocks of them lie inside, outside and across.
    #[test]
    fn in_area_and_within(shape in shape(), parts in prop::collection::vec((-0.5..1.5, -0.5..1.5), 0..3000), metres in 0.0..10_000.0, keep in 1..6_u32) {
        let area = Area::new(&shape).unwrap();
        let b = area.bbox();
        let at = |(x, y): (f64, f64)| Point::new(b.west + x * (b.east - b.west), b.south + y * (b.north - b.south));
        let points: Vec<Point> = parts.into_iter().map(at).collect();
        let index = PointIndex::build(&points).unwrap();
        let inside = brute(&points, |id, p| id % keep == 0 && area.contains(p));
        prop_assert_eq!(index.in_area(&area, |id| id % keep == 0), inside);
        let near = brute(&points, |id, p| id % keep == 0 && area.distance(p) <= metres);
        let expected: Vec<(u32, f64)> = near.into_iter().map(|id| (id, area.distance(points[id as usize]))).collect();
        prop_assert_eq!(index.within(&area, metres, |id| id % keep == 0), expected);
    }
}

#[test]
fn none_and_one() {
    let (none, one) = (PointIndex::build(&[]).unwrap(), PointIndex::build(&[Point::new(1.0, 2.0)]).unwrap());
    let p = Point::new(1.0, 2.0);
    assert!(none.is_empty() && none.bbox().is_empty() && none.nearest(p, 9, None, |_| true).is_empty());
    assert_eq!((none.in_box(Bbox::WORLD).count(), none.in_box_from(Bbox::WORLD, 7).count()), (0, 0));
    assert_eq!(one.in_box(Bbox::WORLD).collect::<Vec<_>>(), [0]);
    assert_eq!(one.nearest(p, usize::MAX, None, |_| true), [(0, 0.0)]);
    assert_eq!(one.within_metres_of_point(p, 0.0, |_| true), [(0, 0.0)]);
    assert!(
        one.nearest(p, 9, None, |_| false).is_empty() && one.nearest(p, 9, Some(-1.0), |_| true).is_empty()
    );
}

#[test]
fn equal_points_come_by_id() {
    let index = PointIndex::build(&[Point::new(-1.0, 53.0); 100]).unwrap();
    let ids: Vec<u32> =
        index.nearest(Point::new(-1.1, 53.0), 5, None, |id| id >= 7).into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, [7, 8, 9, 10, 11]);
    assert!(index.ids_are_slots());
}

#[test]
fn odd_questions_find_nothing_and_do_not_panic() {
    let points: Vec<_> = (0..100).map(|i| Point::new(f64::from(i), f64::from(i % 90))).collect();
    let index = PointIndex::build(&points).unwrap();
    for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert!(index.nearest(Point::new(odd, 0.0), 3, None, |_| true).is_empty());
        assert!(index.within_metres_of_point(Point::new(0.0, odd), 1e9, |_| true).is_empty());
    }
    assert_eq!(index.in_box(Bbox::new(f64::NAN, 0.0, 180.0, 90.0)).count(), 0);
    assert_eq!(index.in_box(Bbox::new(170.0, -10.0, -170.0, 10.0)).count(), 0);
    assert_eq!(index.nearest(Point::new(180.0, 90.0), 3, None, |_| true).len(), 3);
    assert!(index.nearest(Point::new(0.0, 0.0), 3, Some(f64::NAN), |_| true).is_empty());
}

#[test]
fn bad_points_are_refused_by_index() {
    let error = PointIndex::build(&[Point::new(0.0, 0.0), Point::new(f64::NAN, 1.0)]).unwrap_err();
    assert!(matches!(error, PointIndexError::NotOnEarth { index: 1, .. }));
    assert_eq!(error.to_string(), "point 1 (counting from 0) is not a longitude and latitude: NaN, 1");
}
