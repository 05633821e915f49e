//! Whether polygons are such that a point is either inside or outside: rings that neither cross nor touch
//! themselves, holes inside their shells, parts that do not overlap.

mod containment;
mod crossing;
mod repair;

pub(crate) use repair::{Repaired, make_valid};

use geo::Winding;
use geo_types::{Coord, MultiPolygon};

/// What is wrong with a polygon, and where.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub(crate) enum Fault {
    #[error("a ring crosses itself near {}", place(.0))]
    RingCrossesItself(Coord<f64>),
    #[error("a ring touches itself near {} (ring self-intersection)", place(.0))]
    RingTouchesItself(Coord<f64>),
    #[error("two rings cross near {}", place(.0))]
    RingsCross(Coord<f64>),
    #[error("two rings share an edge near {}", place(.0))]
    RingsShareAnEdge(Coord<f64>),
    #[error("a hole lies outside its shell near {}", place(.0))]
    HoleOutsideShell(Coord<f64>),
    #[error("two holes or two parts overlap near {}", place(.0))]
    Overlap(Coord<f64>),
    #[error("a ring has no area: fewer than three different positions")]
    NoArea,
    #[error("the boundary is too tangled to be checked: too many of its edges lie side by side")]
    TooTangled,
}

/// Longitude, latitude, to a metre.
fn place(at: &Coord<f64>) -> String {
    format!("{:.5}, {:.5}", at.x, at.y)
}

impl Fault {
    /// The stable word for it.
    pub fn rule(self) -> &'static str {
        match self {
            Self::RingCrossesItself(_) => "ring-crosses-itself",
            Self::RingTouchesItself(_) => "ring-touches-itself",
            Self::RingsCross(_) => "rings-cross",
            Self::RingsShareAnEdge(_) => "rings-share-an-edge",
            Self::HoleOutsideShell(_) => "hole-outside-shell",
            Self::Overlap(_) => "overlapping-parts",
            Self::NoArea => "no-area",
            Self::TooTangled => "too-tangled",
        }
    }
}

/// The first fault, if there is any.
pub(crate) fn fault(polygons: &MultiPolygon<f64>) -> Option<Fault> {
    let rings = || polygons.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
    if rings().any(|ring| ring.0.len() < 4) {
        return Some(Fault::NoArea);
    }
    crossing::fault(polygons).or_else(|| containment::fault(polygons))
}

/// Whether outer rings run counter-clockwise and holes clockwise.
pub(crate) fn is_wound_properly(polygons: &MultiPolygon<f64>) -> bool {
    polygons.iter().all(|p| !p.exterior().is_cw() && p.interiors().iter().all(|hole| !hole.is_ccw()))
}
