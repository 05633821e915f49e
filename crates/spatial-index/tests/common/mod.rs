//! Shapes and places for the property tests.
#![allow(dead_code, reason = "each test file uses its own part")]

use geo::{Coord, LineString, MultiPolygon, Point, Polygon, coord};
use proptest::prelude::*;

/// A place in or near Great Britain.
pub fn place() -> impl Strategy<Value = Point> {
    (-8.0..2.0, 49.5..61.0).prop_map(|(x, y)| Point::new(x, y))
}

/// A place of a coarse grid, so that many are equal or in line.
pub fn grid_place() -> impl Strategy<Value = Point> {
    (0..12, 0..12).prop_map(|(x, y)| Point::new(f64::from(x) / 8.0 - 2.0, f64::from(y) / 8.0 + 53.0))
}

/// A star-shaped ring around a place: `spokes` are parts of the radius in degrees of latitude.
pub fn star(middle: Point, radius: f64, spokes: &[f64]) -> LineString {
    let turn = std::f64::consts::TAU / spokes.len() as f64;
    let vertex = |(i, r): (usize, &f64)| {
        let (sin, cos) = (turn * i as f64).sin_cos();
        coord! { x: middle.x() + 1.6 * radius * r * cos, y: middle.y() + radius * r * sin }
    };
    LineString(spokes.iter().enumerate().map(vertex).collect())
}

/// A star with a star-shaped hole and an island in the hole.
pub fn shape() -> impl Strategy<Value = MultiPolygon> {
    let spokes = || prop::collection::vec(0.7..1.0, 5..60);
    (place(), 0.005..0.4, spokes(), spokes(), spokes()).prop_map(|(middle, radius, outer, hole, island)| {
        let ring = |part: f64, spokes: &[f64]| star(middle, radius * part, spokes);
        MultiPolygon::new(vec![
            Polygon::new(ring(1.0, &outer), vec![ring(0.5, &hole)]),
            Polygon::new(ring(0.2, &island), vec![]),
        ])
    })
}

/// A shape, and places around it: from its middle to three times its size away.
pub fn shape_and_places() -> impl Strategy<Value = (MultiPolygon, Vec<Point>)> {
    (shape(), prop::collection::vec((-1.0..2.0, -1.0..2.0), 1..60)).prop_map(|(shape, parts)| {
        let b = geo::BoundingRect::bounding_rect(&shape).unwrap();
        let at = |(x, y): (f64, f64)| Point::new(b.min().x + x * b.width(), b.min().y + y * b.height());
        (shape, parts.into_iter().map(at).collect())
    })
}

/// Metres to the nearest edge by brute force: Karney's geodesic to points strewn along every edge, closer and closer
/// around the nearest so far.
pub fn geodesic_to_edges(p: Point, shape: &MultiPolygon) -> f64 {
    let rings = shape.iter().flat_map(|s| std::iter::once(s.exterior()).chain(s.interiors()));
    rings
        .flat_map(LineString::lines)
        .map(|l| geodesic_to_edge(p, l.start, l.end))
        .fold(f64::INFINITY, f64::min)
}

fn geodesic_to_edge(p: Point, a: Coord, b: Coord) -> f64 {
    use geo::{Distance, Geodesic};
    let metres = |t: f64| Geodesic.distance(p, Point(a + (b - a) * t));
    let (mut from, mut to) = (0.0, 1.0);
    while to - from > 1e-9 {
        let step = (to - from) / 8.0;
        let nearest = (0..=8).min_by(|i, j| {
            metres(from + step * f64::from(*i)).total_cmp(&metres(from + step * f64::from(*j)))
        });
        let middle = from + step * f64::from(nearest.unwrap());
        (from, to) = (f64::max(from, middle - step), f64::min(to, middle + step));
    }
    metres((from + to) / 2.0)
}
