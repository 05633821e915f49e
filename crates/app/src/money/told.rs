//! What may be told of a line.

use super::home::About;
use measures::Why;
use model::{SpendKind, Standing};
use store::SpendLine;

/// What may be told of who is paid, and for what. The row as published is never among it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told<'a> {
    /// Who is paid, where that may be said.
    pub payee: Option<&'a str>,
    /// Why it may not: `redacted`, `withheld` or `protected`; else `named`.
    pub standing: &'static str,
    /// Who in the payer spends it.
    pub unit: Option<&'a str>,
    /// The sort of expense.
    pub category: Option<&'a str>,
    /// What for.
    pub purpose: Option<&'a str>,
    /// The payer's own reference.
    pub reference: Option<&'a str>,
    /// The row of the published file, which would show what is not told here.
    pub row: Option<u64>,
    /// Whether who is paid is known for a voluntary organisation; never of who may not be named.
    pub is_voluntary: bool,
}

impl<'a> Told<'a> {
    /// To everybody. A text that looks like the address of somebody's home is kept back.
    pub fn of(line: &'a SpendLine) -> Self {
        let about = About::of(line);
        let told = Self::to_keepers(line);
        let unit = told.unit.map(|unit| about.unit(unit));
        let category = told.category.map(|text| about.text(text));
        let purpose = told.purpose.map(|text| about.text(text));
        let is_whole = (unit, category, purpose) == (told.unit, told.category, told.purpose);
        Self { unit, category, purpose, row: told.row.filter(|_| is_whole), ..told }
    }

    /// To who looks after the store and its rules. What is for protected people says neither who is paid nor for what: the
    /// name of a home tells where its people live.
    pub(super) fn to_keepers(line: &'a SpendLine) -> Self {
        let record = &line.record;
        let standing = match record.payee.standing {
            Standing::Named if is_protected(line) => Why::Protected.as_str(),
            standing => standing.as_str(),
        };
        let is_named = standing == Standing::Named.as_str();
        let if_stated = |text: Option<&'a str>| text.filter(|text| !text.is_empty());
        let if_named = |text: Option<&'a str>| if_stated(text).filter(|_| is_named);
        Self {
            payee: if_named(Some(&record.payee.name)),
            standing,
            unit: if_stated(record.unit.as_deref()),
            category: if_stated(record.category.as_deref()),
            purpose: if_named(record.purpose.as_deref()),
            reference: if_named(record.reference.as_deref()),
            row: is_named.then_some(line.line),
            is_voluntary: is_named && line.placed.as_ref().is_some_and(|placed| placed.is_voluntary),
        }
    }
}

/// What happened to the money of a line: `£5.00 paid`.
pub fn verb(kind: SpendKind) -> &'static str {
    match kind {
        SpendKind::Payment => "paid",
        SpendKind::Card => "paid by card",
        SpendKind::Grant => "awarded",
        SpendKind::Contract => "contracted",
        SpendKind::Budget => "set aside",
    }
}

/// Whether a line is for people who must not be found. Of one that was not sorted yet nobody knows.
pub(super) fn is_protected(line: &SpendLine) -> bool {
    line.placed.as_ref().is_none_or(|placed| placed.rule == Why::Protected.as_str())
}
