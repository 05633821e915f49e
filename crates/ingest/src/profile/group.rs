use super::OneOrMore;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Rows that are about one thing, and become one record.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Group {
    /// The columns whose values such rows have in common.
    pub by: Vec<String>,
    /// New columns: what each row gives to them by a template, the different ones joined.
    #[serde(default)]
    pub columns: BTreeMap<String, OneOrMore>,
}
