use crate::Profile;
use model::{AreaCode, PartialDate, Vintage};

/// What the person who imports a file says about it. Everything here wins over the profile and the file.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The profile to use in place of the one that the columns call for.
    pub profile: Option<Profile>,
    /// The areas that the file's groups and buildings serve, where no column says so.
    pub serves: Vec<AreaCode>,
    /// The areas that the file covers completely.
    pub covers: Vec<AreaCode>,
    /// The year of the boundaries in the file.
    pub vintage: Option<Vintage>,
    /// The date that the file speaks of.
    pub as_of: Option<PartialDate>,
    /// The id of the source, in place of the profile's.
    pub source: Option<String>,
    /// What the source is called on public pages, in place of what the profile or the file's name says.
    pub title: Option<String>,
    /// The body that pays, where no column of a file of money says so.
    pub payer: Option<String>,
    /// Payees that look like private persons and are none, as somebody has found out: they may be named.
    pub released: Vec<String>,
    /// What the file's coordinates are.
    pub crs: Option<Crs>,
    /// This year: the vintage of boundaries when nothing else says. Zero stands for unknown.
    pub this_year: u16,
}

/// A coordinate reference system that we read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crs {
    /// WGS84 longitude and latitude, in degrees.
    Degrees,
    /// Eastings and northings, in metres (EPSG:27700).
    BritishNationalGrid,
}
