use crate::{AreaCode, Level, PartialDate};
use geo_types::MultiPolygon;
use serde::{Deserialize, Serialize};

/// The year of a set of boundaries: the 25 of `WD25CD` is 2025. Codes are used again in later years, so an
/// area is known by its code *and* vintage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Vintage(u16);

impl Vintage {
    /// A vintage from a year, 1900 to 2099.
    pub fn from_year(year: u16) -> Option<Self> {
        (1900..=2099).contains(&year).then_some(Self(year))
    }

    /// A vintage from the two digits in an ONS column name: `25` is 2025, `91` is 1991.
    pub fn from_two_digits(digits: &str) -> Option<Self> {
        if digits.len() != 2 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let yy: u16 = digits.parse().ok()?;
        Some(Self(if yy >= 70 { 1900 + yy } else { 2000 + yy }))
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.0
    }
}

impl std::fmt::Display for Vintage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// What an area is known by: its level, its code (or, without a national code, a slug of source and name) and
/// its vintage.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LocalityKey {
    /// What kind of area.
    pub level: Level,
    /// `E05015239`, or `trafford-localities:central` where there is no code.
    pub code: String,
    /// The year of the boundaries.
    pub vintage: Vintage,
}

impl LocalityKey {
    /// One text for all three: `E05015239-2023`. Unique over all levels, as codes and slugs are.
    pub fn id(&self) -> String {
        format!("{}-{}", self.code, self.vintage)
    }
}

/// An area as one source drew it. The same area may be drawn by several, finer and coarser.
#[derive(Debug, Clone, PartialEq)]
pub struct LocalityRecord {
    /// Which source says so.
    pub source: String,
    /// Unique within the source.
    pub key: String,
    /// What the area is known by.
    pub locality: LocalityKey,
    /// Its name.
    pub name: String,
    /// The areas it is part of, as the file says (a ward's `LAD25CD`).
    pub parents: Vec<AreaCode>,
    /// WGS84 longitude, latitude; valid rings. Empty where the source draws nothing and only says what the area is part of.
    pub boundary: MultiPolygon<f64>,
    /// The source's own date.
    pub as_of: Option<PartialDate>,
}

/// An area as it is answered from: the finest boundary that any source drew of it.
pub type Locality = LocalityRecord;
