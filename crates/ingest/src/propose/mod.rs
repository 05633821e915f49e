//! What a file that nobody has seen looks like, and a profile for it: each column is asked by every kind of evidence,
//! one a file in [`evidence`], whether it holds what that knows; the best claims become the profile.

mod choice;
mod column;
mod evidence;
mod field;
mod key;
mod kind;
mod money;
mod not_places;
mod write;

pub(crate) use column::Column;
pub(crate) use field::{Claim, Field};
pub(crate) use money::propose as propose_money;
pub(crate) use not_places::{is_money, not_places};

use crate::columns::Columns;
use crate::file_name::FileName;
use crate::raw_row::RawRow;
use crate::validate::contact::is_mobile;
use model::RecordKind;
use serde::Serialize;

/// As many rows are looked at.
pub(crate) const SAMPLE: usize = 1_000;

/// What a file looks like.
#[derive(Debug, Clone, Serialize)]
pub struct Look {
    /// `CSV` or `GeoJSON`.
    pub format: &'static str,
    /// `UTF-8`, `Windows-1252` or `code page 850`.
    pub encoding: &'static str,
    /// What stands between the cells of a table, in a word.
    pub delimiter: Option<&'static str>,
    /// The line with the names of the columns; `None` when the file has none.
    pub header_line: Option<u64>,
    /// The columns, as published.
    pub columns: Vec<String>,
    /// What the coordinates are, as far as that can be told.
    pub coordinates: Option<&'static str>,
}

/// A profile for a file that no shipped one knows.
#[derive(Debug, Clone, Serialize)]
pub struct Proposal {
    /// What its rows are taken for.
    pub record: RecordKind,
    /// Column by column, what it was taken for and why.
    pub columns: Vec<Taken>,
    /// What to know of the list as a whole, in a sentence each: what tells rows apart, who agreed to what.
    pub remarks: Vec<String>,
    /// What was not found, in a sentence each.
    pub lacks: Vec<String>,
    /// The profile, as TOML to edit.
    pub toml: String,
}

/// A column, and what becomes of it.
#[derive(Debug, Clone, Serialize)]
pub struct Taken {
    /// The column, as published.
    pub column: String,
    /// The field that it fills; `None` when it is left out.
    pub field: Option<String>,
    /// Why.
    pub reason: String,
}

/// A profile for a file of places or groups, from the first of its rows.
pub(crate) fn propose(file: &FileName, columns: &Columns, rows: &[RawRow]) -> Proposal {
    let columns = sampled(columns, rows);
    let mut choice = choice::choose(&columns, kind::says_places(&columns));
    let key = key::choose(&columns, &choice, rows);
    if choice.one(Field::Counter).is_some_and(|at| !key.columns.contains(&at)) {
        let why = "a counter of the file, which may count anew in the next edition";
        choice.leave_out(&columns, Field::Counter, why);
    }
    let mut remarks: Vec<String> = Vec::new();
    if !key.columns.is_empty() {
        remarks.push(format!("rows are told apart by {}", key.reason));
    }
    remarks.extend(choice.all(Field::Consent).iter().map(|at| consent(&columns[*at])));
    remarks.extend(choice.all(Field::Phone).iter().filter_map(|at| mobiles(&columns[*at])));
    if choice.one(Field::Correspondence).is_some() {
        remarks.push("the only addresses are for letters: what is loaded is no point on the map, and is found by name and by the ward in which it is registered".to_owned());
    }
    let taken = choice.taken(&columns);
    let lacks = choice.lacks(&columns);
    let record = kind::kind(file, &columns, &choice);
    Proposal { record, toml: write::toml(file, &columns, &choice, &key), columns: taken, remarks, lacks }
}

/// What to ask oneself of telephone numbers some of which are mobiles.
fn mobiles(column: &Column<'_>) -> Option<String> {
    let many = column.count(is_mobile);
    let of = column.values.len();
    (many > 0).then(|| {
        format!("MOBILES: {many} of {of} numbers in {:?} are mobiles, which may be persons' own: ask before they are published", column.name)
    })
}

/// What to ask oneself of a column of consent: to what was it given?
fn consent(column: &Column<'_>) -> String {
    format!(
        "CONSENT: {:?} says who agreed. Find out to what: letters are not publication. If nobody agreed to be published, take email and phone out of the profile",
        column.name
    )
}

/// The columns with their values. The geometry is a column with nothing in it.
pub(crate) fn sampled<'r>(columns: &'r Columns, rows: &'r [RawRow]) -> Vec<Column<'r>> {
    let column = |(i, name): (usize, &'r String)| Column::new(i, name, rows);
    columns.names().iter().enumerate().map(column).collect()
}
