//! Areas against plain geo, Karney's geodesic, and their own promises about edges.
mod common;

use common::{geodesic_to_edges, shape, shape_and_places};
use geo::{Contains, Coord, Intersects, LineString, MultiPolygon, Point, Polygon, Translate, coord};
use proptest::prelude::*;
use spatial_index::{Area, AreaError, AreaIndex, Bbox, Overlap};

fn area(shape: &MultiPolygon) -> Area {
    Area::new(shape).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn contains_as_geo_does((shape, places) in shape_and_places()) {
        let area = area(&shape);
        for p in places {
            prop_assert_eq!(area.contains(p), shape.contains(&p));
        }
    }

    #[test]
    fn distance_is_the_geodesic((shape, places) in shape_and_places()) {
        let area = area(&shape);
        for p in places.into_iter().take(6) {
            if area.contains(p) {
                prop_assert_eq!(area.distance(p), 0.0);
                continue;
            }
            let (ours, truth) = (area.distance(p), geodesic_to_edges(p, &shape));
            let allowed = 0.01 + truth * if truth < 50_000.0 { 0.0001 } else { 0.001 };
            prop_assert!((ours - truth).abs() <= allowed, "{} {}", ours, truth);
        }
    }

    #[test]
    fn distance_within_is_distance_with_a_limit((shape, places) in shape_and_places(), metres in 0.0..20_000.0) {
        let area = area(&shape);
        for p in places {
            let distance = area.distance(p);
            prop_assert_eq!(area.distance_within(p, metres), (distance <= metres).then_some(distance));
            prop_assert_eq!(area.distance_within(p, f64::INFINITY), Some(distance));
        }
    }

    #[test]
    fn a_box_is_inside_or_outside_only_when_all_of_it_is((shape, places) in shape_and_places(), side in 0.0..0.05) {
        let area = area(&shape);
        for p in places {
            let b = Bbox::new(p.x() - side, p.y() - side, p.x() + side, p.y() + side);
            let expected = match area.overlap(&b) {
                Overlap::Mixed => continue,
                Overlap::Inside => true,
                Overlap::Outside => false,
            };
            for i in 0..=8 {
                for j in 0..=8 {
                    let part = |from: f64, to: f64, i: i32| from + (to - from) * f64::from(i) / 8.0;
                    let q = Point::new(part(b.west, b.east, i), part(b.south, b.north, j));
                    prop_assert_eq!(area.contains(q), expected);
                }
            }
        }
    }

    #[test]
    fn intersects_as_geo_does(a in shape(), b in shape(), x in -1.0..1.0, y in -1.0..1.0) {
        // Bring b near a: over it, into its hole, or just beside.
        let (p, q) = (a.0[1].exterior().0[0], b.0[1].exterior().0[0]);
        let b = b.translate(p.x - q.x + x * x * x, p.y - q.y + y * y * y);
        prop_assert_eq!(area(&a).intersects(&area(&b)), a.intersects(&b));
        prop_assert_eq!(area(&b).intersects(&area(&a)), a.intersects(&b));
    }

    /// A square cut into cells by a jittered grid: every place, above all on edges and vertices, is in one cell.
    #[test]
    fn a_partition_holds_each_place_once(jitter in prop::collection::vec((-0.24..0.24, -0.24..0.24), 36), x in 0.0..5.0, y in 0.0..5.0) {
        let corner = |i: usize, j: usize| {
            let (dx, dy) = if (1..5).contains(&i) && (1..5).contains(&j) { jitter[i * 6 + j] } else { (0.0, 0.0) };
            // Thirds, so that nothing is a round number in binary.
            coord! { x: (i as f64 + dx) / 3.0 - 2.0, y: (j as f64 + dy) / 3.0 + 53.0 }
        };
        let cells = cells(corner);
        let mut places = vec![coord! { x: x / 3.0 - 2.0, y: y / 3.0 + 53.0 }];
        for i in 0..5 {
            for j in 0..5 {
                places.push(corner(i, j));
                for to in [corner(i + 1, j), corner(i, j + 1), corner(i + 1, j + 1)] {
                    places.extend([0.5, 1.0 / 3.0, 0.1, 0.9, 1e-9].map(|t| corner(i, j) + (to - corner(i, j)) * t));
                }
            }
        }
        // The square's own eastern and northern sides belong to none of its cells.
        let end = 5.0 / 3.0;
        for p in places.into_iter().filter(|p| p.x < -2.0 + end && p.y < 53.0 + end) {
            prop_assert_eq!(cells.containing(Point(p)).len(), 1, "{:?}", p);
        }
    }

    /// A fan of slivers hung from one vertex, asked a few representable numbers from that vertex, where many edges pass
    /// between two neighbouring numbers: rounding would lose places or count them twice.
    #[test]
    fn ties_hold_where_rounding_bites(mut turns in prop::collection::vec((1.3..1.6, 0.1..1.0), 3..20), x in -3.0..3.0, y in 50.0..60.0) {
        turns.sort_by(|a: &(f64, f64), b| a.0.total_cmp(&b.0));
        let top = coord! { x: x, y: y };
        let ends: Vec<Coord> = turns.iter().map(|(turn, r)| coord! { x: x + r * turn.cos(), y: y - r * turn.sin() }).collect();
        let ring = |ends: &[Coord]| area(&Polygon::new(LineString([&[top], ends].concat()), vec![]).into());
        let (whole, slivers) = (ring(&ends), ends.windows(2).map(ring).collect::<Vec<_>>());
        for down in 0..8 {
            for east in -60..60 {
                let p = Point::new(x + f64::from(east) * f64::EPSILON, y - f64::from(down) * 32.0 * f64::EPSILON);
                let holding = slivers.iter().filter(|s| s.contains(p)).count();
                prop_assert_eq!(holding, usize::from(whole.contains(p)), "{:?}", p);
            }
        }
    }
}

/// Two triangles to each quadrangle of the grid, every second ring turned the other way.
fn cells(corner: impl Fn(usize, usize) -> Coord) -> AreaIndex {
    let mut cells = AreaIndex::new();
    for i in 0..5 {
        for j in 0..5 {
            let [a, b, c, d] = [corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1)];
            for ring in [[a, b, c], [a, d, c]] {
                let ring = Polygon::new(LineString(ring.to_vec()), vec![]);
                cells.insert(cells.len() as u32, area(&ring.into()));
            }
        }
    }
    cells
}

#[test]
fn a_hole_is_outside_and_its_edge_is_near() {
    let ring = |r: f64| {
        LineString(vec![
            coord! { x: -r, y: -r },
            coord! { x: r, y: -r },
            coord! { x: r, y: r },
            coord! { x: -r, y: r },
        ])
    };
    let frame = area(&Polygon::new(ring(0.2), vec![ring(0.1)]).into());
    assert!(!frame.contains(Point::new(0.0, 0.0)));
    assert!((frame.distance(Point::new(0.0, 0.0)) - 11_057.4).abs() < 1.0); // south or north: 0.1° of latitude
    let island = area(&Polygon::new(ring(0.05), vec![]).into());
    assert!(!frame.intersects(&island) && !island.intersects(&frame));
}

#[test]
fn bad_shapes_are_refused_by_place() {
    let check = |coords: &[(f64, f64)], expected: &str| {
        let shape = MultiPolygon::new(vec![Polygon::new(LineString::from(coords.to_vec()), vec![])]);
        let said = Area::new(&shape).err().map(|e: AreaError| e.to_string()).unwrap_or_default();
        assert_eq!(said, expected);
    };
    check(
        &[(0.0, 0.0), (f64::NAN, 0.0), (0.0, 1.0)],
        "polygon 0, ring 0, vertex 1 (from 0): NaN, 0 is not a longitude and latitude",
    );
    check(
        &[(0.0, 0.0), (1.0, 0.0), (430_000.0, 1.0)],
        "polygon 0, ring 0, vertex 2 (from 0): 430000, 1 is not a longitude and latitude",
    );
    check(
        &[(0.0, 0.0), (1.0, 0.0), (0.0, 0.0)],
        "polygon 0, ring 0, vertex 0 (from 0): a ring needs three different vertices",
    );
    check(
        &[(1.0, 1.0), (1.0, 1.0), (1.0, 1.0), (1.0, 1.0)],
        "polygon 0, ring 0, vertex 0 (from 0): a ring needs three different vertices",
    );
    check(&[(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)], ""); // no surface, but no harm: it holds nothing
    check(&[], "");
}

#[test]
fn odd_places_and_empty_areas_do_not_panic() {
    let world = LineString::from(vec![(-180.0, -90.0), (180.0, -90.0), (180.0, 90.0), (-180.0, 90.0)]);
    let polar = LineString::from(vec![(-10.0, 85.0), (10.0, 85.0), (0.0, 90.0)]);
    let flat = LineString::from(vec![(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)]);
    let shapes = [
        vec![],
        vec![Polygon::empty()],
        vec![Polygon::new(world, vec![])],
        vec![Polygon::new(polar, vec![])],
        vec![Polygon::new(flat, vec![])],
    ];
    let areas: Vec<Area> = shapes.into_iter().map(|s| area(&MultiPolygon::new(s))).collect();
    let odd = [0.0, 90.0, -90.0, 180.0, -180.0, f64::NAN, f64::INFINITY, 1e300];
    for a in &areas {
        for (x, y) in odd.iter().flat_map(|x| odd.map(|y| (*x, y))) {
            let p = Point::new(x, y);
            assert!(a.distance(p) >= 0.0);
            assert!(!a.contains(p) || a.distance(p) == 0.0);
            assert_eq!(a.distance_within(p, f64::NAN), None);
        }
        assert!(areas.iter().all(|b| a.intersects(b) == b.intersects(a)));
    }
    assert!(areas[0].is_empty() && areas[1].is_empty() && areas[0].bbox().is_empty());
    assert_eq!(areas[0].distance(Point::new(0.0, 0.0)), f64::INFINITY);
    assert!(areas[2].contains(Point::new(-1.5, 53.8)));
}
