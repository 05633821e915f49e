use crate::error::Error;
use crate::ostn15::shift_at;
use crate::point::{EastingNorthing, LonLat};
use crate::projection::{project, unproject};

/// The OSTN15 grid lies well inside these degrees, and the projection is exact within them.
const WEST: f64 = -12.0;
const EAST: f64 = 6.0;
const SOUTH: f64 = 48.0;
const NORTH: f64 = 63.0;

/// The inverse stops when a step is shorter than this, metres: a thousandth of a millimetre.
const CONVERGED_M: f64 = 1e-6;

/// Longitude and latitude (ETRS89, or WGS84 treated as such) to the National Grid, by OSTN15.
///
/// # Errors
///
/// * [`Error::NotFinite`] for NaN and infinity,
/// * [`Error::OutsideCover`] where OSTN15 has no data.
///
/// # Example
///
/// ```
/// use osgb::{Error, LonLat, to_grid};
///
/// let grid = to_grid(LonLat::new(-2.15458614387, 52.25529381630))?;
/// assert_eq!(format!("{grid:.2}"), "389544.19 261912.15");
///
/// let belfast = to_grid(LonLat::new(-5.93, 54.60));
/// assert!(matches!(belfast, Err(Error::OutsideCover(_))));
/// # Ok::<(), Error>(())
/// ```
pub fn to_grid(point: LonLat) -> Result<EastingNorthing, Error> {
    finite("longitude", point.lon)?;
    finite("latitude", point.lat)?;
    if !(WEST..=EAST).contains(&point.lon) || !(SOUTH..=NORTH).contains(&point.lat) {
        return Err(Error::OutsideCover(point));
    }
    let etrs89 = project(point);
    let shift = shift_at(etrs89);
    if !shift.covered {
        return Err(Error::OutsideCover(point));
    }
    Ok(EastingNorthing::new(etrs89.e + shift.east_m, etrs89.n + shift.north_m))
}

/// The National Grid to longitude and latitude (ETRS89, which serves as WGS84), by OSTN15.
///
/// The shift is known at the position sought, not at the one given, so it is found by iteration: shifts change by
/// less than a millimetre a metre, and four steps or so are enough.
///
/// # Errors
///
/// * [`Error::NotFinite`] for NaN and infinity,
/// * [`Error::OutsideGrid`] where OSTN15 has no data.
///
/// # Example
///
/// ```
/// use osgb::{EastingNorthing, to_lonlat};
///
/// let position = to_lonlat(EastingNorthing::new(389_544.190, 261_912.153))?;
/// assert_eq!(format!("{position:.7}"), "-2.1545861 52.2552938");
/// # Ok::<(), osgb::Error>(())
/// ```
pub fn to_lonlat(point: EastingNorthing) -> Result<LonLat, Error> {
    finite("easting", point.e)?;
    finite("northing", point.n)?;
    let mut etrs89 = point;
    // a bound, so that it ends whatever comes in; within the cover it is never reached
    for _ in 0..20 {
        let shift = shift_at(etrs89);
        let next = EastingNorthing::new(point.e - shift.east_m, point.n - shift.north_m);
        let step = (next.e - etrs89.e).abs().max((next.n - etrs89.n).abs());
        etrs89 = next;
        if step < CONVERGED_M {
            return if shift_at(etrs89).covered {
                Ok(unproject(etrs89))
            } else {
                Err(Error::OutsideGrid(point))
            };
        }
    }
    Err(Error::OutsideGrid(point))
}

fn finite(name: &'static str, value: f64) -> Result<(), Error> {
    if value.is_finite() { Ok(()) } else { Err(Error::NotFinite(name)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The limits in the text of `Error::OutsideCover`, found from the middles of every tenth row of squares.
    #[test]
    fn cover_ends_where_the_message_says() {
        let (mut west, mut south, mut east, mut north) = (180.0_f64, 90.0_f64, -180.0_f64, -90.0_f64);
        for (e, n) in (0..1250).step_by(10).flat_map(|n| (0..700).map(move |e| (e, n))) {
            let middle = EastingNorthing::new(f64::from(e) * 1000.0 + 500.0, f64::from(n) * 1000.0 + 500.0);
            if let Ok(LonLat { lon, lat }) = to_lonlat(middle) {
                (west, south) = (west.min(lon), south.min(lat));
                (east, north) = (east.max(lon), north.max(lat));
            }
        }
        for (found, stated) in [(west, -9.2), (south, 49.7), (east, 2.9), (north, 61.2)] {
            assert!((found - stated).abs() < 0.2, "{found} for {stated}");
        }
    }
}
