use serde::Deserialize;

/// A column and values in it: by them something has closed, or a row is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Closed {
    pub column: String,
    /// The values, compared without case. Without a list, anything in the column will do.
    #[serde(default)]
    pub is: Vec<String>,
}
