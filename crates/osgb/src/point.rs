use std::fmt;

/// A position in degrees, longitude first: ETRS89, or WGS84 treated as ETRS89.
///
/// Any value can be held; [`to_grid`](crate::to_grid) says which are on the grid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LonLat {
    /// Degrees east of Greenwich, negative to the west.
    pub lon: f64,
    /// Degrees north of the equator.
    pub lat: f64,
}

impl LonLat {
    /// Longitude first, then latitude, in degrees.
    pub const fn new(lon: f64, lat: f64) -> Self {
        Self { lon, lat }
    }
}

/// A position on the National Grid (EPSG:27700) in metres, easting first.
///
/// Any value can be held; [`to_lonlat`](crate::to_lonlat) says which are on the grid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EastingNorthing {
    /// Metres east of the grid's false origin, south-west of Scilly.
    pub e: f64,
    /// Metres north of the grid's false origin.
    pub n: f64,
}

impl EastingNorthing {
    /// Easting first, then northing, in metres.
    pub const fn new(e: f64, n: f64) -> Self {
        Self { e, n }
    }
}

/// `longitude latitude`; a precision applies to both: `{:.6}`.
impl fmt::Display for LonLat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pair(f, self.lon, self.lat)
    }
}

/// `easting northing`; a precision applies to both: `{:.2}`.
impl fmt::Display for EastingNorthing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pair(f, self.e, self.n)
    }
}

fn pair(f: &mut fmt::Formatter<'_>, first: f64, second: f64) -> fmt::Result {
    fmt::Display::fmt(&first, f)?;
    f.write_str(" ")?;
    fmt::Display::fmt(&second, f)
}
