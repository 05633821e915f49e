use super::OneOrMore;
use serde::Deserialize;

/// Where a row's coordinates stand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PositionColumns {
    /// Degrees.
    pub longitude: Option<OneOrMore>,
    pub latitude: Option<OneOrMore>,
    /// National Grid metres.
    pub easting: Option<OneOrMore>,
    pub northing: Option<OneOrMore>,
    /// Degrees or metres: the column `crs` says which, else the values do.
    pub x: Option<OneOrMore>,
    pub y: Option<OneOrMore>,
    pub crs: Option<OneOrMore>,
    /// One column with both numbers: `53.4, -2.3` or `POINT (-2.3 53.4)`.
    pub point: Option<OneOrMore>,
}

impl PositionColumns {
    /// All columns named.
    pub fn columns(&self) -> impl Iterator<Item = &String> {
        [
            &self.longitude,
            &self.latitude,
            &self.easting,
            &self.northing,
            &self.x,
            &self.y,
            &self.crs,
            &self.point,
        ]
        .into_iter()
        .flatten()
        .flat_map(|names| names.names())
    }
}
