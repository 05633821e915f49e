use super::super::Column;
use super::GENERAL;
use crate::Refusal;
use crate::columns::Columns;
use crate::profile::{NEEDED_OF_MONEY, Text};

/// What a line of money needs, in words.
const NEEDED: [&str; 3] = ["who was paid", "the amount paid", "the date paid"];

/// Words of headers that speak of contracts and not of what was paid.
const OF_CONTRACTS: &[&str] =
    &["contract", "contracts", "contractor", "tender", "procurement route", "extension"];

/// Why a table that speaks of money can't be read as spending: what it lacks, and what it may be.
pub(in crate::propose) fn incomplete(columns: &[Column<'_>], money: &str) -> Refusal {
    let names = Columns::new(columns.iter().map(|column| column.name.to_owned()));
    let has = |fields: &[&str]| {
        let mut texts = GENERAL
            .into_iter()
            .flat_map(|profile| fields.iter().filter_map(|field| profile.fields.get(*field)));
        texts.any(|text: &Text| names.find_any(&text.columns()).is_some())
    };
    let missing: Vec<&str> =
        NEEDED_OF_MONEY.iter().zip(NEEDED).filter(|(fields, _)| !has(fields)).map(|(_, what)| what).collect();
    let of_contracts: Vec<&str> = speak_of_contracts(columns).take(4).collect();
    let mut message = format!("the file speaks of money ({money})");
    if !missing.is_empty() {
        message.push_str(&format!(", but has no column for {}", missing.join(", nor for ")));
    }
    if !of_contracts.is_empty() {
        message.push_str(&format!("; it looks like a contracts register ({})", of_contracts.join(", ")));
    }
    let remedy = if of_contracts.is_empty() {
        "Import the list of payments; or, if the columns are there under other names, let `assetmap check FILE --write FILE.toml` begin a profile, and name them in it."
    } else {
        "Import the list of payments: what was contracted is not what was paid."
    };
    Refusal::of_file("not-spending", message, remedy)
}

/// Whether a table is a list of contracts.
pub(in crate::propose) fn is_of_contracts(columns: &[Column<'_>]) -> bool {
    speak_of_contracts(columns).next().is_some()
}

fn speak_of_contracts<'c>(columns: &'c [Column<'_>]) -> impl Iterator<Item = &'c str> {
    columns.iter().filter(|column| column.says(OF_CONTRACTS)).map(|column| column.name)
}
