//! Metres on a plane, for the peers: a transverse Mercator projection of the middle of Great Britain.
use geo::{Coord, MapCoords, Point, Polygon, coord};

/// The plane's distances are the ellipsoid's times 0.9995 to 1.0005 everywhere in the workload.
pub const BAND: f64 = 0.001;

const SCALE: f64 = 0.9995;
const MERIDIAN: f64 = -2.0;

/// Krüger's series, as in Karney (2011), to the second order: right to a few centimetres.
fn project(c: Coord) -> Coord {
    let f = 1.0 / 298.257_223_563;
    let n: f64 = f / (2.0 - f);
    let radius = 6_378_137.0 / (1.0 + n) * (1.0 + n * n / 4.0);
    let (phi, lambda) = (c.y.to_radians(), (c.x - MERIDIAN).to_radians());
    let e = 2.0 * n.sqrt() / (1.0 + n);
    let t = (phi.sin().atanh() - e * (e * phi.sin()).atanh()).sinh();
    let (xi, eta) = (t.atan2(lambda.cos()), (lambda.sin() / (1.0 + t * t).sqrt()).atanh());
    let series = [(2.0, n / 2.0 - 2.0 / 3.0 * n * n), (4.0, 13.0 / 48.0 * n * n)];
    let x: f64 = series.iter().map(|(j, a)| a * (j * xi).cos() * (j * eta).sinh()).sum();
    let y: f64 = series.iter().map(|(j, a)| a * (j * xi).sin() * (j * eta).cosh()).sum();
    coord! { x: SCALE * radius * (eta + x), y: SCALE * radius * (xi + y) }
}

pub fn point(p: &Point) -> Point {
    Point(project(p.0))
}

pub fn polygon(p: &Polygon) -> Polygon {
    p.map_coords(project)
}
