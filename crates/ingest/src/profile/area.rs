use serde::Deserialize;

/// Where an area's code, name and parents stand, besides the columns `WD25CD`, `WD25NM` of the Office for National
/// Statistics, which are always found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AreaColumns {
    #[serde(default)]
    pub code: Vec<String>,
    #[serde(default)]
    pub name: Vec<String>,
    #[serde(default)]
    pub parents: Vec<String>,
    pub vintage: Option<String>,
    /// A table that says what areas are part of, and draws none.
    #[serde(default)]
    pub lookup: bool,
}
