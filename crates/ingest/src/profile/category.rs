use super::OneOrMore;
use serde::Deserialize;
use std::collections::BTreeMap;

/// How a row gets its categories. The parts are tried in the order in which they stand here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CategoryRule {
    /// Words in a column that settle it before anything else does.
    #[serde(default)]
    pub has: Vec<Has>,
    /// These too, whatever the others are.
    #[serde(default)]
    pub also: Vec<String>,
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

/// Words in a column that mean a category.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Has {
    pub column: String,
    pub words: Vec<String>,
    pub is: String,
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
        let has = self.has.iter().map(|has| &has.is);
        let always = self.fixed.iter().chain(&self.otherwise).chain(&self.also);
        always.chain(has).chain(self.values.iter().flat_map(|v| v.map.values()))
    }

    /// The columns that say what sort of thing a row is.
    pub fn columns(&self) -> Vec<&str> {
        let ids = self.ids.iter().flat_map(|ids| ids.names());
        let values = self.values.iter().map(|v| &v.column);
        ids.chain(&self.named_in).chain(values).map(String::as_str).collect()
    }
}
