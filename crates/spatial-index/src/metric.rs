use crate::Bbox;
use geo_types::{Coord, Point, coord};

/// Semi-major axis of WGS84 in metres, and its eccentricity squared (NIMA TR8350.2, tables 3.1 and 3.3).
const A: f64 = 6_378_137.0;
const E2: f64 = 6.694_379_990_141_316e-3;

/// Edges longer than this many degrees on either axis are halved before they are measured. At 430 m a piece that is
/// straight in degrees is straight in metres to 3 mm at 60° north and to 2 cm at 80°.
const PIECE: f64 = 1.0 / 256.0;

/// A ruler laid at one point: metres east and north from there to any other.
///
/// The offset is the mid-latitude formula: the degrees between the two points times the ellipsoid's two radii of
/// curvature at the latitude halfway between them. The radii are taken as short series around the ruler's own
/// latitude, so that an offset costs a handful of multiplications and no sine.
///
/// # How exact
///
/// Measured against Karney's geodesic (as in `geo::Geodesic`), worst of all directions, in the test
/// `stays_within_its_stated_error`:
///
/// | latitude | 5 km | 50 km | 500 km |
/// |---|--:|--:|--:|
/// | 0° to 60° | 0.00001 % | 0.001 % | 0.11 % |
/// | 70° | 0.00003 % | 0.003 % | 0.3 % |
/// | 80° | 0.0001 % | 0.01 % | 1.3 % |
/// | 85° | 0.0004 % | 0.04 % | 11 % |
///
/// Beyond these it still grows with distance, never panics, but is no measure. Longitudes are not wrapped.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    origin: Coord<f64>,
    /// Metres in a degree of longitude: a quadratic in the difference of latitude, concave.
    lon: [f64; 3],
    /// Metres in a degree of latitude: linear in the difference of latitude.
    lat: [f64; 2],
}

impl Frame {
    /// Lays the ruler at a point.
    pub fn at(p: Point<f64>) -> Self {
        let (sin, cos) = p.y().to_radians().sin_cos();
        let w = 1.0 - E2 * sin * sin;
        let n = A / w.sqrt(); // radius of curvature across the meridian
        let m = n * (1.0 - E2) / w; // and along it
        let dm = 3.0 * m * E2 * sin * cos / w; // its derivative
        let rad = 1.0_f64.to_radians();
        let half = rad / 2.0; // from a difference in degrees to the way to the middle in radians
        Frame {
            origin: p.0,
            lon: [
                n * cos * rad,
                -m * sin * half * rad, // d(N cos φ)/dφ = -M sin φ
                -(m * cos + dm * sin) / 2.0 * half * half * rad,
            ],
            lat: [m * rad, dm * half * rad],
        }
    }

    /// Metres east (x) and north (y) from the ruler's point to this one.
    #[inline]
    pub fn offset(&self, to: Coord<f64>) -> Coord<f64> {
        let (x, y) = (to.x - self.origin.x, to.y - self.origin.y);
        coord! { x: x * self.lon_scale(y), y: y * self.lat_scale(y) }
    }

    /// Metres from the ruler's point to this one.
    #[inline]
    pub fn distance(&self, to: Coord<f64>) -> f64 {
        self.distance2(to).sqrt()
    }

    /// Square metres: the distance before its root, which is all that comparing needs.
    #[inline]
    pub(crate) fn distance2(&self, to: Coord<f64>) -> f64 {
        square(self.offset(to))
    }

    /// Metres in a degree of longitude, halfway to a point so many degrees further north.
    #[inline]
    fn lon_scale(&self, dlat: f64) -> f64 {
        (self.lon[0] + dlat * (self.lon[1] + dlat * self.lon[2])).max(0.0)
    }

    #[inline]
    fn lat_scale(&self, dlat: f64) -> f64 {
        self.lat[0] + dlat * self.lat[1]
    }

    /// No point of the box is nearer than this, squared. One scale is concave in latitude and the other linear, so
    /// each is least at the box's south or north side; the last factor pays for rounding.
    #[inline]
    pub(crate) fn box_distance2(&self, b: &Bbox) -> f64 {
        let Coord { x, y } = self.origin;
        let (south, north) = (b.south - y, b.north - y);
        let gap_x = (b.west - x).max(x - b.east).max(0.0);
        let gap_y = south.max(-north).max(0.0);
        let dx = gap_x * self.lon_scale(south).min(self.lon_scale(north));
        let dy = gap_y * self.lat_scale(south).min(self.lat_scale(north));
        (dx * dx + dy * dy) * (1.0 - 1e-12)
    }

    /// The least squared distance to the edges of a path, each straight in degrees, or `limit` when none is nearer.
    /// Edges with an end that is NaN do not count.
    #[inline]
    pub(crate) fn path_distance2(&self, path: &[Coord<f64>], limit: f64) -> f64 {
        let mut best = limit;
        let mut from = self.offset(path[0]);
        for w in path.windows(2) {
            let to = self.offset(w[1]);
            if is_short(w[0], w[1]) {
                best = best.min(segment_distance2(from, to));
            } else if !from.x.is_nan() && !to.x.is_nan() {
                best = self.long_edge_distance2(w[0], w[1], best);
            }
            from = to;
        }
        best
    }

    /// Halves the edge and looks at the nearer half first.
    fn long_edge_distance2(&self, a: Coord<f64>, b: Coord<f64>, limit: f64) -> f64 {
        let mid = coord! { x: (a.x + b.x) / 2.0, y: (a.y + b.y) / 2.0 };
        let bound = |p, q| self.box_distance2(&Bbox::around([p, q]));
        let (one, other) = (bound(a, mid), bound(mid, b));
        let [(near, p), (far, q)] =
            if one <= other { [(one, a), (other, b)] } else { [(other, b), (one, a)] };
        let mut best = limit;
        for (bound, p, q) in [(near, p, mid), (far, mid, q)] {
            if bound < best {
                best = self.path_distance2(&[p, q], best);
            }
        }
        best
    }
}

fn is_short(a: Coord<f64>, b: Coord<f64>) -> bool {
    (b.x - a.x).abs() <= PIECE && (b.y - a.y).abs() <= PIECE
}

#[inline]
fn square(c: Coord<f64>) -> f64 {
    c.x * c.x + c.y * c.y
}

/// Squared distance from the origin to the straight line between two offsets.
#[inline]
fn segment_distance2(a: Coord<f64>, b: Coord<f64>) -> f64 {
    let d = b - a;
    let length2 = square(d);
    if length2 == 0.0 {
        return square(a);
    }
    let t = (-(a.x * d.x + a.y * d.y) / length2).clamp(0.0, 1.0);
    square(a + d * t)
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Destination, Distance, Geodesic};

    /// Worst relative error in all directions from a latitude.
    fn worst(lat: f64, metres: f64) -> f64 {
        let p = Point::new(-2.0, lat);
        let error = |bearing| {
            let q = Geodesic.destination(p, bearing, metres);
            (Frame::at(p).distance(q.0) / Geodesic.distance(p, q) - 1.0).abs()
        };
        (0..360).step_by(5).map(|b| error(f64::from(b))).fold(0.0, f64::max)
    }

    #[test]
    fn stays_within_its_stated_error() {
        let table = [
            (&[0.0, 30.0, 45.0, 50.0, 55.0, 60.0][..], [1e-7, 1e-5, 1.1e-3]),
            (&[70.0], [3e-7, 3e-5, 3e-3]),
            (&[80.0], [1e-6, 1e-4, 1.3e-2]),
            (&[85.0], [4e-6, 4e-4, 0.11]),
        ];
        for (latitudes, stated) in table {
            for lat in latitudes {
                for (metres, stated) in [5e3, 50e3, 500e3].into_iter().zip(stated) {
                    let (north, south) = (worst(*lat, metres), worst(-lat, metres));
                    assert!(north <= stated && south <= stated, "{lat}° {metres} m: {north:e} {south:e}");
                }
            }
        }
    }

    #[test]
    fn box_bound_is_never_above_a_point_of_the_box() {
        let p = Point::new(-2.0, 53.0);
        let frame = Frame::at(p);
        for (x, y) in [(-2.0, 53.0), (-2.5, 53.2), (3.0, 50.0), (-60.0, -20.0), (170.0, 89.0)] {
            let b = Bbox::new(x - 0.3, y - 0.4, x + 0.3, y + 0.4);
            for i in 0..=10 {
                for j in 0..=10 {
                    let q = coord! { x: b.west + 0.06 * f64::from(i), y: b.south + 0.08 * f64::from(j) };
                    let q = coord! { x: q.x.clamp(b.west, b.east), y: q.y.clamp(b.south, b.north) };
                    assert!(frame.box_distance2(&b) <= frame.distance2(q));
                }
            }
        }
    }

    #[test]
    fn odd_places_do_not_panic() {
        for p in [(0.0, 90.0), (180.0, -90.0), (f64::NAN, 0.0), (0.0, f64::INFINITY)] {
            let frame = Frame::at(Point::from(p));
            frame.distance(coord! { x: -180.0, y: 90.0 });
            let path = [coord! { x: -180.0, y: -90.0 }, coord! { x: 180.0, y: 90.0 }];
            frame.path_distance2(&path, f64::INFINITY);
        }
    }
}
