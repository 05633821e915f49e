use serde::{Deserialize, Serialize};

/// A point on the Earth: WGS84 (treated as ETRS89, as Ordnance Survey does) **longitude, latitude** in degrees.
///
/// ```
/// use model::Position;
/// let town_hall = Position::new(-2.3521, 53.3880)?;
/// assert_eq!(town_hall.to_string(), "53.38800, -2.35210");
/// assert!(Position::new(f64::NAN, 53.0).is_err());
/// # Ok::<(), model::BadPosition>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "(f64, f64)", into = "(f64, f64)")]
pub struct Position {
    lon: f64,
    lat: f64,
}

/// Why two numbers are not a position.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum BadPosition {
    /// NaN or infinity.
    #[error("longitude {0}, latitude {1} is not a pair of finite numbers")]
    NotFinite(f64, f64),
    /// Longitude beyond ±180 or latitude beyond ±90.
    #[error("longitude {0}, latitude {1} is not on the globe")]
    OffTheGlobe(f64, f64),
}

impl Position {
    /// A position from degrees, longitude first.
    ///
    /// # Errors
    /// When a number is not finite, or not on the globe.
    pub fn new(lon: f64, lat: f64) -> Result<Self, BadPosition> {
        if !lon.is_finite() || !lat.is_finite() {
            return Err(BadPosition::NotFinite(lon, lat));
        }
        if lon.abs() > 180.0 || lat.abs() > 90.0 {
            return Err(BadPosition::OffTheGlobe(lon, lat));
        }
        Ok(Self { lon, lat })
    }

    /// Degrees east of Greenwich.
    pub fn lon(self) -> f64 {
        self.lon
    }

    /// Degrees north of the equator.
    pub fn lat(self) -> f64 {
        self.lat
    }

    /// Whether the point is in the rectangle that holds Great Britain and Northern Ireland, sea included.
    pub fn is_near_uk(self) -> bool {
        (-9.5..=2.5).contains(&self.lon) && (49.5..=61.5).contains(&self.lat)
    }
}

impl std::fmt::Display for Position {
    /// Latitude first, as people read it aloud and as map search boxes take it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.5}, {:.5}", self.lat, self.lon)
    }
}

impl TryFrom<(f64, f64)> for Position {
    type Error = BadPosition;
    fn try_from((lon, lat): (f64, f64)) -> Result<Self, BadPosition> {
        Self::new(lon, lat)
    }
}

impl From<Position> for (f64, f64) {
    fn from(p: Position) -> Self {
        (p.lon, p.lat)
    }
}

/// How a position was found, best first; the order of the variants is the order of trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PositionQuality {
    /// The source's own coordinates.
    Surveyed,
    /// The property's UPRN.
    Uprn,
    /// The middle of the postcode's addresses.
    Postcode,
    /// Somewhere in the locality.
    Locality,
}

impl PositionQuality {
    /// The word used in data: `surveyed`, `uprn`, `postcode`, `locality`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Surveyed => "surveyed",
            Self::Uprn => "uprn",
            Self::Postcode => "postcode",
            Self::Locality => "locality",
        }
    }

    /// The reverse of [`as_str`](Self::as_str).
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Surveyed, Self::Uprn, Self::Postcode, Self::Locality].into_iter().find(|q| q.as_str() == text)
    }
}
