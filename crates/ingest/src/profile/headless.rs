use serde::Deserialize;
use std::collections::BTreeMap;

/// A file that has no row of column names: what they would be, and by what it is known.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Headless {
    /// The names of its columns, in order.
    pub columns: Vec<String>,
    /// Columns, and how their cells start: the first row must have them.
    pub sign: BTreeMap<String, String>,
}

impl Headless {
    /// Whether a file's first row is one of these.
    pub fn knows(&self, cells: &[impl AsRef<str>]) -> bool {
        let cell = |name: &String| {
            let at = self.columns.iter().position(|column| column == name)?;
            cells.get(at).map(AsRef::as_ref)
        };
        let holds =
            |(name, start): (&String, &String)| cell(name).is_some_and(|cell| cell.starts_with(start));
        !self.sign.is_empty() && cells.len() <= self.columns.len() && self.sign.iter().all(holds)
    }
}
