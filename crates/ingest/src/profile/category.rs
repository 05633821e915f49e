use super::OneOrMore;
use serde::Deserialize;
use std::collections::BTreeMap;

/// How a row gets its categories. The parts are tried in the order in which they stand here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CategoryRule {
    /// Always this one.
    pub fixed: Option<String>,
    /// A column that holds ids of our own categories or families; they are taken as they stand.
    pub ids: Option<OneOrMore>,
    /// Columns whose text names the sort of thing, the most telling first.
    #[serde(default)]
    pub named_in: Vec<String>,
    /// A column whose values stand for categories, compared without case.
    #[serde(default)]
    pub values: Vec<Values>,
    /// When nothing else said.
    pub otherwise: Option<String>,
}

/// The meaning of one column's values.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Values {
    pub column: String,
    pub map: BTreeMap<String, String>,
}

impl CategoryRule {
    /// The categories that it names itself.
    pub fn ids_used(&self) -> impl Iterator<Item = &String> {
        self.fixed.iter().chain(&self.otherwise).chain(self.values.iter().flat_map(|v| v.map.values()))
    }

    /// The columns that say what sort of thing a row is.
    pub fn columns(&self) -> Vec<&str> {
        let ids = self.ids.iter().flat_map(|ids| ids.names());
        let values = self.values.iter().map(|v| &v.column);
        ids.chain(&self.named_in).chain(values).map(String::as_str).collect()
    }
}
