use atlas::Bbox;
use axum::http::HeaderValue;
use model::Position;

/// A coordinate reference system that features are served in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Crs {
    /// WGS84 longitude, latitude.
    Crs84,
    /// British National Grid: eastings, northings in metres.
    Grid,
    /// WGS84 in the order of its authority: latitude, longitude.
    Wgs84,
    /// Web Mercator: metres.
    Mercator,
    /// ETRS89 latitude, longitude.
    Etrs89,
}

pub(super) const ALL: [Crs; 5] = [Crs::Crs84, Crs::Grid, Crs::Wgs84, Crs::Mercator, Crs::Etrs89];

/// The radius of the sphere of Web Mercator, metres (EPSG method 1024).
const MERCATOR_RADIUS: f64 = 6_378_137.0;

impl Crs {
    pub fn uri(self) -> &'static str {
        match self {
            Self::Crs84 => "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
            Self::Grid => "http://www.opengis.net/def/crs/EPSG/0/27700",
            Self::Wgs84 => "http://www.opengis.net/def/crs/EPSG/0/4326",
            Self::Mercator => "http://www.opengis.net/def/crs/EPSG/0/3857",
            Self::Etrs89 => "http://www.opengis.net/def/crs/EPSG/0/4258",
        }
    }

    /// For the header `Content-Crs`.
    pub fn header(self) -> HeaderValue {
        HeaderValue::from_str(&format!("<{}>", self.uri())).expect("an address is plain text")
    }

    /// By its address; the short forms `EPSG:27700` and `27700` are taken too.
    pub fn parse(text: &str) -> Result<Self, String> {
        let bare = text.trim_start_matches('<').trim_end_matches('>');
        let number = |crs: &Crs| crs.uri().rsplit('/').next().unwrap_or_default();
        ALL.into_iter()
            .find(|crs| {
                bare == crs.uri() || bare == number(crs) || bare.strip_prefix("EPSG:") == Some(number(crs))
            })
            .ok_or_else(|| format!("there is {}", ALL.map(Self::uri).join(", ")))
    }

    /// The two coordinates in the order of this system, rounded to a centimetre or finer; `None` outside of where it
    /// is defined.
    pub fn project(self, lon: f64, lat: f64) -> Option<(f64, f64)> {
        match self {
            Self::Crs84 => Some((round(lon, 1e7), round(lat, 1e7))),
            Self::Wgs84 | Self::Etrs89 => Some((round(lat, 1e7), round(lon, 1e7))),
            Self::Grid => {
                let grid = osgb::to_grid(osgb::LonLat::new(lon, lat)).ok()?;
                Some((round(grid.e, 1e3), round(grid.n, 1e3)))
            }
            Self::Mercator => {
                let x = MERCATOR_RADIUS * lon.to_radians();
                let y = MERCATOR_RADIUS * (std::f64::consts::FRAC_PI_4 + lat.to_radians() / 2.0).tan().ln();
                (lat.abs() < 89.9).then(|| (round(x, 1e2), round(y, 1e2)))
            }
        }
    }

    /// Longitude and latitude of two coordinates in the order of this system; `None` outside of where it is defined.
    pub fn unproject(self, a: f64, b: f64) -> Option<Position> {
        let (lon, lat) = match self {
            Self::Crs84 => (a, b),
            Self::Wgs84 | Self::Etrs89 => (b, a),
            Self::Grid => {
                let p = osgb::to_lonlat(osgb::EastingNorthing::new(a, b)).ok()?;
                (p.lon, p.lat)
            }
            Self::Mercator => (
                (a / MERCATOR_RADIUS).to_degrees(),
                (2.0 * (b / MERCATOR_RADIUS).exp().atan() - std::f64::consts::FRAC_PI_2).to_degrees(),
            ),
        };
        Position::new(lon, lat).ok()
    }
}

fn round(number: f64, per_unit: f64) -> f64 {
    (number * per_unit).round() / per_unit
}

/// A box as a client asked for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct AskedBox {
    crs: Crs,
    low: (f64, f64),
    high: (f64, f64),
}

impl AskedBox {
    /// From the numbers of a `bbox` parameter: four, or six with heights that are not looked at.
    pub fn new(crs: Crs, numbers: &[f64]) -> Result<Self, String> {
        let (low, high) = match *numbers {
            [a, b, c, d] => ((a, b), (c, d)),
            [a, b, _, c, d, _] => ((a, b), (c, d)),
            _ => return Err("a box is four numbers: west,south,east,north (or six, with heights)".into()),
        };
        let north_is_south = match crs {
            Crs::Wgs84 | Crs::Etrs89 => low.0 > high.0,
            _ => low.1 > high.1,
        };
        if north_is_south {
            return Err("the box has its north below its south".into());
        }
        Ok(Self { crs, low, high })
    }

    /// A box in longitude and latitude that holds all of it: the whole world when it crosses the antimeridian.
    pub fn lonlat(&self) -> Bbox {
        let ((a, b), (c, d)) = (self.low, self.high);
        let (west, south, east, north) = match self.crs {
            Crs::Crs84 => (a, b, c, d),
            Crs::Wgs84 | Crs::Etrs89 => (b, a, d, c),
            Crs::Mercator => {
                let degrees = |x, y| {
                    self.crs
                        .unproject(x, y)
                        .map_or((x.signum() * 180.0, y.signum() * 90.0), |p| (p.lon(), p.lat()))
                };
                let ((west, south), (east, north)) = (degrees(a, b), degrees(c, d));
                (west, south, east, north)
            }
            Crs::Grid => return self.around_grid(),
        };
        if west > east { Bbox::WORLD } else { Bbox::new(west, south, east, north) }
    }

    /// As [`lonlat`](Self::lonlat), but in two parts where it crosses the antimeridian.
    pub fn lonlat_parts(&self) -> Vec<Bbox> {
        let ((a, b), (c, d)) = (self.low, self.high);
        let (west, south, east, north) = match self.crs {
            Crs::Crs84 => (a, b, c, d),
            Crs::Wgs84 | Crs::Etrs89 => (b, a, d, c),
            Crs::Grid | Crs::Mercator => return vec![self.lonlat()],
        };
        match west > east {
            true => vec![Bbox::new(west, south, 180.0, north), Bbox::new(-180.0, south, east, north)],
            false => vec![Bbox::new(west, south, east, north)],
        }
    }

    /// The grid is turned against the graticule, so a box in it is a little larger in degrees. Where a side leaves
    /// the cover of the grid, look everywhere.
    fn around_grid(&self) -> Bbox {
        const STEPS: u32 = 8;
        let ((a, b), (c, d)) = (self.low, self.high);
        let at = |from: f64, to: f64, i: u32| from + (to - from) * f64::from(i) / f64::from(STEPS);
        let sides = (0..=STEPS).flat_map(|i| {
            let (x, y) = (at(a, c, i), at(b, d, i));
            [(x, b), (x, d), (a, y), (c, y)]
        });
        let corners: Option<Vec<Position>> = sides.map(|(x, y)| self.crs.unproject(x, y)).collect();
        corners.map_or(Bbox::WORLD, |corners| {
            let around = Bbox::around(corners.iter().map(|p| geo_types::coord! { x: p.lon(), y: p.lat() }));
            // Between the sampled points a side bulges by less than this.
            around.grown(50.0 + (c - a).max(d - b) / 500.0)
        })
    }

    /// Whether [`lonlat`](Self::lonlat) is exactly what was asked for.
    pub fn is_exact(&self) -> bool {
        self.crs != Crs::Grid && self.crs != Crs::Mercator && self.lonlat() != Bbox::WORLD
    }

    /// Whether a point is in the box, in its own system.
    pub fn holds(&self, position: Position) -> bool {
        let Some((x, y)) = self.crs.project(position.lon(), position.lat()) else { return false };
        let between = |low: f64, high: f64, n: f64| {
            if low <= high { (low..=high).contains(&n) } else { n >= low || n <= high }
        };
        between(self.low.0, self.high.0, x) && between(self.low.1, self.high.1, y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_system_is_known_by_its_address_and_number() {
        for crs in ALL {
            assert_eq!(Crs::parse(crs.uri()), Ok(crs));
        }
        assert_eq!(Crs::parse("EPSG:27700"), Ok(Crs::Grid));
        assert!(Crs::parse("http://www.opengis.net/def/crs/0/unsupported").is_err());
    }

    #[test]
    fn there_and_back() {
        for crs in ALL {
            let (a, b) = crs.project(-2.3521, 53.3880).unwrap();
            let back = crs.unproject(a, b).unwrap();
            assert!((back.lon() + 2.3521).abs() < 1e-6 && (back.lat() - 53.3880).abs() < 1e-6, "{crs:?}");
        }
    }
}
