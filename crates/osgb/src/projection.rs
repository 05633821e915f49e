//! The National Grid's transverse Mercator projection, on the GRS80 ellipsoid.
//!
//! Krüger's series to the sixth order in the third flattening, as in C. F. F. Karney, "Transverse Mercator
//! with an accuracy of a few nanometers", J. Geodesy 85 (2011), equations 7 to 12, 19 to 21, 35 and 36.
//! Its truncation error within Great Britain is far below a micrometre.

use std::sync::LazyLock;

use crate::point::{EastingNorthing, LonLat};

/// GRS80, metres.
const SEMI_MAJOR_AXIS: f64 = 6_378_137.0;
const FLATTENING: f64 = 1.0 / 298.257_222_101;

/// The National Grid: scale on the central meridian, true origin (degrees) and false origin (metres).
const SCALE: f64 = 0.999_601_271_7;
const ORIGIN: LonLat = LonLat::new(-2.0, 49.0);
const FALSE_EASTING: f64 = 400_000.0;
const FALSE_NORTHING: f64 = -100_000.0;

static NATIONAL_GRID: LazyLock<Projection> = LazyLock::new(Projection::new);

/// Projects a position that must be within some degrees of Great Britain.
pub(crate) fn project(point: LonLat) -> EastingNorthing {
    let (e, n) = NATIONAL_GRID.forward(point);
    EastingNorthing::new(FALSE_EASTING + e, NATIONAL_GRID.false_northing + n)
}

/// The inverse of [`project`].
pub(crate) fn unproject(point: EastingNorthing) -> LonLat {
    NATIONAL_GRID.inverse(point.e - FALSE_EASTING, point.n - NATIONAL_GRID.false_northing)
}

struct Projection {
    eccentricity: f64,
    /// Radius of the rectifying sphere times the scale, metres.
    radius: f64,
    alpha: [f64; 6],
    beta: [f64; 6],
    /// The northing of the equator, metres.
    false_northing: f64,
}

impl Projection {
    fn new() -> Self {
        let n = FLATTENING / (2.0 - FLATTENING);
        let mut projection = Self {
            eccentricity: (FLATTENING * (2.0 - FLATTENING)).sqrt(),
            radius: SCALE * SEMI_MAJOR_AXIS / (1.0 + n)
                * (1.0 + n.powi(2) / 4.0 + n.powi(4) / 64.0 + n.powi(6) / 256.0),
            alpha: series(n, &ALPHA),
            beta: series(n, &BETA),
            false_northing: 0.0,
        };
        projection.false_northing = FALSE_NORTHING - projection.forward(ORIGIN).1;
        projection
    }

    /// Metres east of the central meridian and north of the equator.
    fn forward(&self, point: LonLat) -> (f64, f64) {
        let tau = self.conformal(point.lat.to_radians().tan());
        let (sin_lon, cos_lon) = (point.lon - ORIGIN.lon).to_radians().sin_cos();
        let xi0 = tau.atan2(cos_lon);
        let eta0 = (sin_lon / tau.hypot(cos_lon)).asinh();
        let (mut xi, mut eta) = (xi0, eta0);
        for (j, alpha) in (1..).zip(self.alpha) {
            let k = 2.0 * f64::from(j);
            xi += alpha * (k * xi0).sin() * (k * eta0).cosh();
            eta += alpha * (k * xi0).cos() * (k * eta0).sinh();
        }
        (self.radius * eta, self.radius * xi)
    }

    fn inverse(&self, east: f64, north: f64) -> LonLat {
        let (xi, eta) = (north / self.radius, east / self.radius);
        let (mut xi0, mut eta0) = (xi, eta);
        for (j, beta) in (1..).zip(self.beta) {
            let k = 2.0 * f64::from(j);
            xi0 -= beta * (k * xi).sin() * (k * eta).cosh();
            eta0 -= beta * (k * xi).cos() * (k * eta).sinh();
        }
        let (sinh_eta, cos_xi) = (eta0.sinh(), xi0.cos());
        let tau = self.geodetic(xi0.sin() / sinh_eta.hypot(cos_xi));
        LonLat::new(ORIGIN.lon + sinh_eta.atan2(cos_xi).to_degrees(), tau.atan().to_degrees())
    }

    /// The tangent of the conformal latitude from that of the geodetic latitude.
    fn conformal(&self, tau: f64) -> f64 {
        let secant = 1.0_f64.hypot(tau);
        let sigma = (self.eccentricity * (self.eccentricity * tau / secant).atanh()).sinh();
        tau * 1.0_f64.hypot(sigma) - sigma * secant
    }

    /// The inverse of [`Self::conformal`] by Newton's method; the second step already reaches the last bit.
    fn geodetic(&self, conformal: f64) -> f64 {
        let e2 = self.eccentricity.powi(2);
        let mut tau = conformal / (1.0 - e2);
        for _ in 0..3 {
            let guess = self.conformal(tau);
            tau += (conformal - guess) / 1.0_f64.hypot(guess) * (1.0 + (1.0 - e2) * tau * tau)
                / ((1.0 - e2) * 1.0_f64.hypot(tau));
        }
        tau
    }
}

/// Each row is a polynomial in `n`, from its first to its sixth power.
fn series(n: f64, rows: &[[f64; 6]; 6]) -> [f64; 6] {
    rows.map(|row| row.iter().rev().fold(0.0, |sum, coefficient| (sum + coefficient) * n))
}

#[rustfmt::skip]
const ALPHA: [[f64; 6]; 6] = [
    [1.0 / 2.0, -2.0 / 3.0, 5.0 / 16.0, 41.0 / 180.0, -127.0 / 288.0, 7_891.0 / 37_800.0],
    [0.0, 13.0 / 48.0, -3.0 / 5.0, 557.0 / 1_440.0, 281.0 / 630.0, -1_983_433.0 / 1_935_360.0],
    [0.0, 0.0, 61.0 / 240.0, -103.0 / 140.0, 15_061.0 / 26_880.0, 167_603.0 / 181_440.0],
    [0.0, 0.0, 0.0, 49_561.0 / 161_280.0, -179.0 / 168.0, 6_601_661.0 / 7_257_600.0],
    [0.0, 0.0, 0.0, 0.0, 34_729.0 / 80_640.0, -3_418_889.0 / 1_995_840.0],
    [0.0, 0.0, 0.0, 0.0, 0.0, 212_378_941.0 / 319_334_400.0],
];

#[rustfmt::skip]
const BETA: [[f64; 6]; 6] = [
    [1.0 / 2.0, -2.0 / 3.0, 37.0 / 96.0, -1.0 / 360.0, -81.0 / 512.0, 96_199.0 / 604_800.0],
    [0.0, 1.0 / 48.0, 1.0 / 15.0, -437.0 / 1_440.0, 46.0 / 105.0, -1_118_711.0 / 3_870_720.0],
    [0.0, 0.0, 17.0 / 480.0, -37.0 / 840.0, -209.0 / 4_480.0, 5_569.0 / 90_720.0],
    [0.0, 0.0, 0.0, 4_397.0 / 161_280.0, -11.0 / 504.0, -830_251.0 / 7_257_600.0],
    [0.0, 0.0, 0.0, 0.0, 4_583.0 / 161_280.0, -108_847.0 / 3_991_680.0],
    [0.0, 0.0, 0.0, 0.0, 0.0, 20_648_693.0 / 638_668_800.0],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_true_origin_is_where_the_grid_says() {
        let origin = project(ORIGIN);
        assert!((origin.e - 400_000.0).abs() < 1e-6 && (origin.n + 100_000.0).abs() < 1e-6, "{origin}");
    }

    /// Ordnance Survey's worked example before the shift: Caister water tower on the ETRS89 grid.
    #[test]
    fn caister_before_the_shift() {
        let tower = project(LonLat::new(1.716073973, 52.658007833));
        assert!((tower.e - 651_307.003).abs() < 0.001 && (tower.n - 313_255.686).abs() < 0.001, "{tower:.4}");
    }

    #[test]
    fn there_and_back_is_the_same_to_a_nanodegree() {
        for lon in -10..=4 {
            for lat in 49..=62 {
                let there = LonLat::new(f64::from(lon), f64::from(lat));
                let back = unproject(project(there));
                assert!(
                    (back.lon - there.lon).abs() < 1e-11 && (back.lat - there.lat).abs() < 1e-11,
                    "{back}"
                );
            }
        }
    }
}
