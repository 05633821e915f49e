use super::OneOrMore;
use crate::file_name::FileName;
use model::{AreaCode, Level, PartialDate, SpendKind};
use serde::Deserialize;

/// What a profile states of a whole file; a condition may change any of it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub(crate) struct Given {
    pub publisher: Option<String>,
    pub licence: Option<String>,
    pub attribution: Option<String>,
    /// The id of the source; `{file}` is the file's name without numbers, `{payer}` and `{kind}` whose money it
    /// is and of what sort.
    pub source: Option<String>,
    pub source_title: Option<String>,
    pub serves: Option<AreasFrom>,
    pub covers: Option<AreasFrom>,
    pub as_of: Option<DateFrom>,
    pub level: Option<Level>,
    pub vintage: Option<u16>,
    /// Whether nobody is known to have published the file.
    #[serde(skip)]
    pub is_by_nobody: bool,
}

/// Areas by code, or the columns that hold their codes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub(crate) enum AreasFrom {
    Codes(Vec<AreaCode>),
    Columns { columns: Vec<String> },
}

/// A date, or the column that holds it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub(crate) enum DateFrom {
    Date(PartialDate),
    Column { column: OneOrMore },
}

/// `[[when]]`: what differs for files whose name holds a word.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct When {
    pub file_name_contains: String,
    #[serde(flatten)]
    pub given: Given,
}

impl When {
    /// Whether the condition holds.
    pub fn holds(&self, file: &FileName) -> bool {
        file.holds(&self.file_name_contains)
    }
}

impl Given {
    /// The same without a publisher, for a file that only looks like what the profile is for.
    pub fn by_nobody(self) -> Self {
        Self { publisher: None, licence: None, attribution: None, is_by_nobody: true, ..self }
    }

    /// Takes over what the other states.
    pub fn change_to(&mut self, other: &Given) {
        fn take<T: Clone>(mine: &mut Option<T>, theirs: &Option<T>) {
            if theirs.is_some() {
                mine.clone_from(theirs);
            }
        }
        take(&mut self.publisher, &other.publisher);
        take(&mut self.licence, &other.licence);
        take(&mut self.attribution, &other.attribution);
        take(&mut self.source, &other.source);
        take(&mut self.source_title, &other.source_title);
        take(&mut self.serves, &other.serves);
        take(&mut self.covers, &other.covers);
        take(&mut self.as_of, &other.as_of);
        take(&mut self.level, &other.level);
        take(&mut self.vintage, &other.vintage);
    }
}

/// What is known of a file of money before its lines are mapped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Money {
    /// The payer of most of its lines.
    pub payer: String,
    /// Whose the lines are that name no payer.
    pub unnamed: Option<String>,
    /// The sort of its lines; payments when there are several.
    pub kind: SpendKind,
    /// The middle of its dates, in days, when nearly all lie around it.
    pub middle: Option<i32>,
}

/// Everything that mapping needs besides the row.
pub(crate) struct Context<'a> {
    pub profile: &'a super::Profile,
    pub given: Given,
    pub file: &'a FileName,
    pub options: &'a crate::Options,
    /// The id of the source.
    pub source: String,
    /// Of a file of money.
    pub money: Option<Money>,
}
