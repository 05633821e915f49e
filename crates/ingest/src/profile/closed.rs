use serde::Deserialize;

/// What says that something has closed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Closed {
    pub column: String,
    /// The values that say so, compared without case. Without a list, anything in the column does.
    #[serde(default)]
    pub is: Vec<String>,
}
