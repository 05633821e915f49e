use super::{Fault, fault};
use geo::bool_ops::FillRule;
use geo::orient::Direction;
use geo::{Area, BooleanOps, Orient};
use geo_types::MultiPolygon;

/// A repair may change so much of an area: 0.1 %.
const MAX_CHANGE: f64 = 0.001;

/// Valid polygons, and what was wrong with them before.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Repaired {
    pub polygons: MultiPolygon<f64>,
    pub why: Option<Fault>,
}

/// Polygons that are valid, wound as RFC 7946 wants.
///
/// # Errors
/// The fault, when putting it right would change more than 0.1 % of the area.
pub(crate) fn make_valid(polygons: MultiPolygon<f64>) -> Result<Repaired, Fault> {
    let Some(why) = fault(&polygons) else {
        return Ok(Repaired { polygons: polygons.orient(Direction::Default), why: None });
    };
    if why == Fault::TooTangled {
        return Err(why);
    }
    let before = polygons.unsigned_area();
    let repaired = polygons.union_with_fill_rule(&MultiPolygon::new(Vec::new()), FillRule::EvenOdd);
    let change = (repaired.unsigned_area() - before).abs();
    if before <= 0.0 || change / before >= MAX_CHANGE {
        return Err(why);
    }
    Ok(Repaired { polygons: repaired.orient(Direction::Default), why: Some(why) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::{Coord, LineString, Polygon};

    fn check(rings: &[&[(f64, f64)]]) -> String {
        let ring =
            |r: &&[(f64, f64)]| LineString::new(r.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect());
        let mut rings = rings.iter().map(ring);
        let polygon = Polygon::new(rings.next().unwrap(), rings.collect());
        match make_valid(MultiPolygon::new(vec![polygon])) {
            Ok(Repaired { why: None, .. }) => "valid".into(),
            Ok(Repaired { why: Some(fault), polygons }) => {
                format!("repaired {} {}", fault.rule(), polygons.unsigned_area())
            }
            Err(fault) => fault.rule().into(),
        }
    }

    const SQUARE: &[(f64, f64)] = &[(0., 0.), (4., 0.), (4., 4.), (0., 4.), (0., 0.)];

    #[test]
    fn faults_are_found_and_repaired_where_little_changes() {
        assert_eq!(check(&[SQUARE]), "valid");
        assert_eq!(check(&[&[(0., 0.), (4., 4.), (4., 0.), (0., 4.), (0., 0.)]]), "ring-crosses-itself");
        // a spike has no area
        let spike = &[(0., 0.), (4., 0.), (4., 4.), (2., 4.), (2., 6.), (2., 4.), (0., 4.), (0., 0.)];
        assert_eq!(check(&[spike]), "repaired ring-touches-itself 16");
        // a ring that touches itself in a point
        let pinched = &[(0., 0.), (4., 0.), (4., 4.), (2., 0.), (0., 4.), (0., 0.)];
        assert_eq!(check(&[pinched]), "repaired ring-touches-itself 8");
        assert_eq!(check(&[SQUARE, &[(1., 1.), (1., 2.), (2., 2.), (2., 1.), (1., 1.)]]), "valid");
        assert_eq!(
            check(&[SQUARE, &[(5., 5.), (5., 6.), (6., 6.), (6., 5.), (5., 5.)]]),
            "hole-outside-shell"
        );
        assert_eq!(check(&[SQUARE, &[(3., 1.), (3., 2.), (6., 2.), (6., 1.), (3., 1.)]]), "rings-cross");
        // a hole that touches its shell in one point is fine
        assert_eq!(check(&[SQUARE, &[(0., 0.), (1., 2.), (2., 1.), (0., 0.)]]), "valid");
        assert_eq!(check(&[&[(0., 0.), (1., 1.), (0., 0.)]]), "no-area");
    }
}
