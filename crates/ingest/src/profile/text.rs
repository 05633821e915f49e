use serde::Deserialize;

/// One column name, or several of which any one will do.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(crate) enum OneOrMore {
    One(String),
    Any(Vec<String>),
}

impl OneOrMore {
    /// The names.
    pub fn names(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Any(names) => names,
        }
    }
}

/// How a text is made of a row's cells.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub(crate) enum Text {
    /// A column: `"Library name"`.
    Column(String),
    /// Columns, joined with a comma: `["Address 1", "Address 2"]`.
    Joined(Vec<String>),
    /// Columns, joined with something else: `{ join = ["number", "street"], with = " " }`.
    JoinedWith { join: Vec<String>, with: String },
    /// The first of several columns that holds something: `{ first = ["name", "title"] }`.
    First { first: Vec<String> },
    /// Columns, each with a label: `{ labelled = [["Monday", "Monday hours"]], skip = ["00:00-00:00"] }`.
    Labelled {
        labelled: Vec<(String, String)>,
        #[serde(default)]
        skip: Vec<String>,
    },
    /// Always the same: `{ fixed = "Library" }`.
    Fixed { fixed: String },
}

impl Text {
    /// The columns that it looks at.
    pub fn columns(&self) -> Vec<&str> {
        match self {
            Self::Column(name) => vec![name],
            Self::Joined(names) | Self::JoinedWith { join: names, .. } | Self::First { first: names } => {
                names.iter().map(String::as_str).collect()
            }
            Self::Labelled { labelled, .. } => labelled.iter().map(|(_, column)| column.as_str()).collect(),
            Self::Fixed { .. } => Vec::new(),
        }
    }
}

/// The columns whose values together name a row for good.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(crate) enum Key {
    /// One list.
    Columns(Vec<String>),
    /// Several, of which the first whose columns the file has is taken.
    FirstComplete(Vec<Vec<String>>),
}

impl Key {
    /// The lists to try, in order.
    pub fn lists(&self) -> Vec<&[String]> {
        match self {
            Self::Columns(names) => vec![names],
            Self::FirstComplete(lists) => lists.iter().map(Vec::as_slice).collect(),
        }
    }
}

impl Default for Key {
    fn default() -> Self {
        Self::Columns(Vec::new())
    }
}

/// A register number: in which register, and in which column. Without a register the column has both.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Identifier {
    pub register: Option<String>,
    pub column: String,
}

/// What publishers write in a cell to say that there is nothing, compared without case.
pub(crate) fn usual_empties() -> Vec<String> {
    ["", "NA", "N/A", "#N/A", "—", "–", "-", "No data", "None", "null", "NULL", "n/k", "Not known"]
        .map(String::from)
        .to_vec()
}
