use super::Flaw;
use super::geometry::Geometry;
use crate::polygon::{self, Repaired};
use crate::raw_row::Shape;
use crate::validate::coordinates::is_mark_for_none;
use crate::{Crs, grid};
use geo::{Area, InteriorPoint};
use geo_types::{Coord, LineString, MultiPolygon, Point, Polygon};
use model::Position;

/// A geometry in degrees, near the United Kingdom, its polygons valid.
///
/// # Errors
/// When it lies elsewhere, or its rings cross. Swapped coordinates are said to be so, never put right silently.
pub(super) fn place(
    geometry: Geometry,
    crs: Crs,
    line: u64,
    warnings: &mut Vec<Flaw>,
) -> Result<Shape, Flaw> {
    match geometry {
        Geometry::Point(at) if is_mark_for_none(at.x, at.y) => {
            let message = format!("the point {}, {} stands for \"no position\" and was read so", at.x, at.y);
            warnings.push(Flaw::new("no-position-mark", message, "Write null where there is no position."));
            Ok(Shape::Null)
        }
        Geometry::Point(at) => {
            let mut at = [at];
            to_degrees(&mut at, crs)?;
            check_place(&at)?;
            Ok(Shape::Point(Point::from(at[0])))
        }
        Geometry::Polygons(mut parts) => {
            for ring in parts.iter_mut().flatten() {
                to_degrees(ring, crs)?;
            }
            let all: Vec<Coord<f64>> = parts.iter().flatten().flatten().copied().collect();
            check_place(&all)?;
            let polygons = multi_polygon(parts);
            let point = point_on(&polygons);
            valid(polygons, warnings)
                .map_or_else(|flaw| Ok(Shape::Flawed(flaw.at(line), point)), |p| Ok(Shape::Polygons(p)))
        }
        Geometry::Other(kind, _) => Ok(Shape::Other(kind)),
    }
}

/// A point on the largest part, whatever its holes; for what has an area that can't be right.
fn point_on(polygons: &MultiPolygon<f64>) -> Option<Point<f64>> {
    let largest = polygons.iter().max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()))?;
    let shell = Polygon::new(largest.exterior().clone(), Vec::new());
    shell.interior_point().filter(|at| at.x().is_finite() && at.y().is_finite())
}

fn to_degrees(coordinates: &mut [Coord<f64>], crs: Crs) -> Result<(), Flaw> {
    if crs == Crs::Degrees {
        return Ok(());
    }
    for at in coordinates {
        let position = grid::to_position(at.x, at.y)
            .map_err(|error| Flaw::new("off-the-grid", error, "Check the coordinates."))?;
        *at = Coord { x: position.lon(), y: position.lat() };
    }
    Ok(())
}

fn check_place(all: &[Coord<f64>]) -> Result<(), Flaw> {
    let near = |x: f64, y: f64| Position::new(x, y).is_ok_and(Position::is_near_uk);
    let Some(far) = all.iter().find(|at| !near(at.x, at.y)) else { return Ok(()) };
    if all.iter().all(|at| near(at.y, at.x)) {
        return Err(Flaw::new(
            "swapped-coordinates",
            format!(
                "latitude stands before longitude (such as {}, {}): read the other way round, it lies in the UK",
                far.x, far.y
            ),
            "Swap the two numbers of every position: GeoJSON wants longitude first.",
        ));
    }
    if grid::is_grid_range(far.x, far.y) {
        return Err(Flaw::new(
            "grid-coordinates-claim-degrees",
            format!("{}, {} are British National Grid metres, not degrees", far.x, far.y),
            "Import the file with `--crs 27700`; a file must not mix both.",
        ));
    }
    let globe = far.x.abs() <= 180.0 && far.y.abs() <= 90.0;
    let (rule, what) =
        if globe { ("far-from-uk", "far from the UK") } else { ("off-the-globe", "not on the globe") };
    Err(Flaw::new(
        rule,
        format!("longitude {}, latitude {} is {what}", far.x, far.y),
        "Correct the coordinates.",
    ))
}

fn multi_polygon(parts: Vec<Vec<Vec<Coord<f64>>>>) -> MultiPolygon<f64> {
    let polygon = |rings: Vec<Vec<Coord<f64>>>| {
        let mut rings = rings.into_iter().map(|mut ring| {
            ring.dedup();
            LineString::new(ring)
        });
        Polygon::new(rings.next().unwrap_or_else(|| LineString::new(Vec::new())), rings.collect())
    };
    MultiPolygon::new(parts.into_iter().map(polygon).collect())
}

fn valid(polygons: MultiPolygon<f64>, warnings: &mut Vec<Flaw>) -> Result<MultiPolygon<f64>, Flaw> {
    match polygon::make_valid(polygons) {
        Ok(Repaired { polygons, why: None }) => Ok(polygons),
        Ok(Repaired { polygons, why: Some(fault) }) => {
            let message = format!("{fault}; repaired, with less than 0.1 % of its area changed");
            warnings.push(Flaw::new("repaired", message, "Correct the boundary where it is drawn."));
            Ok(polygons)
        }
        Err(fault) => {
            Err(Flaw::new(fault.rule(), fault.to_string(), "Correct the boundary where it is drawn."))
        }
    }
}

/// The flaw of rings that run the wrong way round.
pub(super) fn winding_flaw(geometry: &Geometry) -> Option<Flaw> {
    let Geometry::Polygons(parts) = geometry else { return None };
    (!polygon::is_wound_properly(&multi_polygon(parts.clone()))).then(|| {
        Flaw::new(
            "winding-order",
            "a ring winds the wrong way round: outer rings go counter-clockwise, holes clockwise",
            "It was turned round; other programs may not.",
        )
    })
}
