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
    /// The first of several templates whose blanks can all be filled: `{ template = ["{type} at {street}", "{type}"] }`.
    Template { template: OneOrMore },
    /// A column that names a place alone, and what there is at the place: `{ called = "hub", a = "community hub" }`
    /// makes "Stretford" into "Stretford community hub", and leaves "The Hub" as it is.
    Called { called: OneOrMore, a: String },
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
            Self::Template { template } => template
                .names()
                .iter()
                .flat_map(|template| pieces(template))
                .filter_map(Piece::column)
                .collect(),
            Self::Called { called, .. } => called.names().iter().map(String::as_str).collect(),
        }
    }
}

/// A part of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    /// Stands there as it is.
    Fixed(&'t str),
    /// A column's value; `{type|sentence}` writes "Place Of Worship" as "Place of worship".
    Blank { column: &'t str, sentence: bool },
}

impl<'t> Piece<'t> {
    /// The column that it wants.
    pub fn column(self) -> Option<&'t str> {
        match self {
            Self::Fixed(_) => None,
            Self::Blank { column, .. } => Some(column),
        }
    }
}

/// The parts of a template, in order. A brace that is never closed is text.
pub(crate) fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some((before, (blank, after))) =
        rest.split_once('{').and_then(|(before, after)| Some((before, after.split_once('}')?)))
    {
        if !before.is_empty() {
            pieces.push(Piece::Fixed(before));
        }
        let (column, sentence) = match blank.split_once('|') {
            Some((column, "sentence")) => (column, true),
            _ => (blank, false),
        };
        pieces.push(Piece::Blank { column, sentence });
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Fixed(rest));
    }
    pieces
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

/// What publishers and their programs write in a cell to say that there is nothing, compared without case.
pub(crate) const EMPTIES: &[&str] = &[
    "",
    "NA",
    "N/A",
    "#N/A",
    "<NA>",
    "—",
    "–",
    "-",
    "No data",
    "None",
    "null",
    "<null>",
    "(null)",
    "n/k",
    "Not known",
];

/// The same, as a profile has them that says nothing else.
pub(crate) fn usual_empties() -> Vec<String> {
    EMPTIES.iter().map(|text| (*text).to_owned()).collect()
}
