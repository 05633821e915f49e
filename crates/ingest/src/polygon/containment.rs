use super::Fault;
use geo::coordinate_position::{CoordPos, coord_pos_relative_to_ring};
use geo::{BoundingRect, Intersects};
use geo_types::{Coord, LineString, MultiPolygon, Rect};

/// The first hole outside its shell, or inside another hole, or part inside another; for rings that do not cross.
pub(super) fn fault(polygons: &MultiPolygon<f64>) -> Option<Fault> {
    for polygon in polygons {
        for hole in polygon.interiors() {
            if let Some((at, CoordPos::Outside)) = side(hole, polygon.exterior()) {
                return Some(Fault::HoleOutsideShell(at));
            }
        }
        if let Some(fault) = nested(polygon.interiors(), |_, _| false) {
            return Some(fault);
        }
    }
    let shells: Vec<LineString<f64>> = polygons.iter().map(|p| p.exterior().clone()).collect();
    nested(&shells, |inner, outer| {
        // a part may stand in another's hole
        let holes = polygons.0[outer].interiors();
        holes.iter().any(|hole| matches!(side(&shells[inner], hole), Some((_, CoordPos::Inside))))
    })
}

fn nested(rings: &[LineString<f64>], is_allowed: impl Fn(usize, usize) -> bool) -> Option<Fault> {
    let boxes: Vec<Option<Rect<f64>>> = rings.iter().map(BoundingRect::bounding_rect).collect();
    for inner in 0..rings.len() {
        for outer in 0..rings.len() {
            let apart = !matches!((boxes[inner], boxes[outer]), (Some(a), Some(b)) if a.intersects(&b));
            if inner == outer || apart {
                continue;
            }
            if let Some((at, CoordPos::Inside)) = side(&rings[inner], &rings[outer])
                && !is_allowed(inner, outer)
            {
                return Some(Fault::Overlap(at));
            }
        }
    }
    None
}

/// On which side of a ring another lies, by its first position that is not on it.
fn side(ring: &LineString<f64>, of: &LineString<f64>) -> Option<(Coord<f64>, CoordPos)> {
    ring.0
        .iter()
        .map(|at| (*at, coord_pos_relative_to_ring(*at, of)))
        .find(|(_, side)| *side != CoordPos::OnBoundary)
}
