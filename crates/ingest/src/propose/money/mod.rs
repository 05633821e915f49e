//! A profile for a list of payments. Its columns are known by the names that the general profile lists; what none of
//! them is stays blank, with the column that may be meant, and is said.

mod guess;
mod incomplete;
mod meaning;
mod write;

pub(super) use incomplete::{incomplete, is_of_contracts};

use super::{Column, Proposal, Taken, sampled};
use crate::columns::Columns;
use crate::file_name::FileName;
use crate::profile::Profile;
use crate::raw_row::RawRow;
use meaning::{Meanings, NEEDED};
use model::RecordKind;
use std::sync::LazyLock;

/// The shipped profile for spending whatever its columns are called.
static GENERAL: LazyLock<Option<&Profile>> = LazyLock::new(|| {
    Profile::shipped().iter().find(|profile| profile.record == RecordKind::Spend && profile.general)
});

/// A profile for a file of money, from the first of its rows; `payer` is who pays, where somebody has said so.
pub(crate) fn propose(
    file: &FileName,
    columns: &Columns,
    rows: &[RawRow],
    payer: Option<&str>,
) -> Option<Proposal> {
    let general = (*GENERAL)?;
    let sampled = sampled(columns, rows);
    let meanings = Meanings::of(general, columns, &sampled, file);
    let mut lacks: Vec<String> = NEEDED
        .iter()
        .filter(|field| meanings.of_field(field).is_empty())
        .map(|field| lack(field, &meanings, &sampled))
        .collect();
    if payer.is_none() && !meanings.names_payer(&sampled) {
        lacks.push(
            "No column names the body that pays: write it as publisher, or name it with --payer NAME.".into(),
        );
    }
    Some(Proposal {
        record: RecordKind::Spend,
        columns: sampled.iter().map(|column| taken(column, &meanings)).collect(),
        remarks: Vec::new(),
        lacks,
        toml: write::toml(file, &sampled, &meanings, general, payer),
    })
}

fn lack(field: &str, meanings: &Meanings<'_>, columns: &[Column<'_>]) -> String {
    let guess = guess::guess(field, meanings.left(), columns);
    let perhaps = guess.map_or_else(String::new, |guess| format!("; perhaps {guess}"));
    format!("No column is known as {}: write its name in place of FILL IN{perhaps}.", meaning::meant(field))
}

fn taken(column: &Column<'_>, meanings: &Meanings<'_>) -> Taken {
    let field = meanings.field_of(column.index);
    let reason = match field {
        Some(_) => "a usual name of it",
        None if column.values.is_empty() => "left out: empty",
        None => "left out: no usual name of a field; its line in the profile has a #",
    };
    Taken { column: column.name.to_owned(), field: field.map(str::to_owned), reason: reason.to_owned() }
}
