use super::OneOrMore;
use serde::Deserialize;

/// Where a line of money says what place it is for. A `*` in a name stands for nothing or for the number of one of
/// several places: `Beneficiary Location:*:Latitude`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlaceColumns {
    /// An area's code.
    pub area: Option<OneOrMore>,
    /// The postcode of the place itself, not of the payee.
    pub postcode: Option<OneOrMore>,
    /// Degrees.
    pub longitude: Option<OneOrMore>,
    pub latitude: Option<OneOrMore>,
}

impl PlaceColumns {
    /// All columns named.
    pub fn columns(&self) -> impl Iterator<Item = &String> {
        [&self.area, &self.postcode, &self.longitude, &self.latitude]
            .into_iter()
            .flatten()
            .flat_map(|names| names.names())
    }
}
