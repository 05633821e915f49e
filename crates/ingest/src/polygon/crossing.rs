use super::Fault;
use geo::line_intersection::{LineIntersection, line_intersection};
use geo_types::{Coord, Line, MultiPolygon};

/// So many pairs of edges are compared at most: enough for a million edges that wind through the country, and half
/// a second's work for a knot.
const MAX_COMPARISONS: usize = 40_000_000;

struct Edge {
    line: Line<f64>,
    ring: usize,
    index: usize,
    /// How many edges its ring has.
    of: usize,
    west: f64,
    east: f64,
    south: f64,
    north: f64,
}

/// The first fault among the edges: each is compared with those that lie beside it, from west to east.
pub(super) fn fault(polygons: &MultiPolygon<f64>) -> Option<Fault> {
    let mut edges = edges(polygons);
    edges.sort_by(|a, b| a.west.total_cmp(&b.west));
    let mut active: Vec<&Edge> = Vec::new();
    let mut compared = 0;
    for edge in &edges {
        active.retain(|other| other.east >= edge.west);
        compared += active.len();
        if compared > MAX_COMPARISONS {
            return Some(Fault::TooTangled);
        }
        let beside = active.iter().filter(|other| other.south <= edge.north && other.north >= edge.south);
        if let Some(fault) = beside.filter_map(|other| between(edge, other)).next() {
            return Some(fault);
        }
        active.push(edge);
    }
    None
}

fn edges(polygons: &MultiPolygon<f64>) -> Vec<Edge> {
    let rings = polygons.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
    let mut edges = Vec::new();
    for (ring, line_string) in rings.enumerate() {
        let of = line_string.0.len().saturating_sub(1);
        for (index, line) in line_string.lines().enumerate() {
            let (a, b) = (line.start, line.end);
            let (west, east) = (a.x.min(b.x), a.x.max(b.x));
            let (south, north) = (a.y.min(b.y), a.y.max(b.y));
            edges.push(Edge { line, ring, index, of, west, east, south, north });
        }
    }
    edges
}

fn between(a: &Edge, b: &Edge) -> Option<Fault> {
    let same_ring = a.ring == b.ring;
    let apart = a.index.abs_diff(b.index);
    let neighbours = same_ring && (apart == 1 || apart + 1 == a.of);
    match line_intersection(a.line, b.line)? {
        LineIntersection::Collinear { intersection } if same_ring => {
            Some(Fault::RingTouchesItself(intersection.start))
        }
        LineIntersection::Collinear { intersection } => Some(Fault::RingsShareAnEdge(intersection.start)),
        LineIntersection::SinglePoint { .. } if neighbours => None,
        LineIntersection::SinglePoint { intersection, is_proper } => {
            single(same_ring, intersection, is_proper)
        }
    }
}

/// Rings may touch each other in a point; no ring may touch itself.
fn single(same_ring: bool, at: Coord<f64>, is_proper: bool) -> Option<Fault> {
    match (same_ring, is_proper) {
        (true, true) => Some(Fault::RingCrossesItself(at)),
        (true, false) => Some(Fault::RingTouchesItself(at)),
        (false, true) => Some(Fault::RingsCross(at)),
        (false, false) => None,
    }
}
