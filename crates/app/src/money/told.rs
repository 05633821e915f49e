//! What everybody may be told of a line.

use measures::Why;
use model::Standing;
use store::SpendLine;

/// What may be told of who is paid, and for what. The row as published is never among it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told<'a> {
    /// Who is paid, where that may be said.
    pub payee: Option<&'a str>,
    /// Why it may not: `redacted`, `withheld` or `protected`; else `named`.
    pub standing: &'static str,
    /// What for, as published.
    pub purpose: Option<&'a str>,
    /// The payer's own reference.
    pub reference: Option<&'a str>,
    /// The row of the published file, which would show what is not told here.
    pub row: Option<u64>,
}

impl<'a> Told<'a> {
    /// Of a line. What is for protected people says neither who is paid nor for what: the name of a home tells where its
    /// people live.
    pub fn of(line: &'a SpendLine) -> Self {
        let record = &line.record;
        let is_protected = line.placed.as_ref().is_some_and(|placed| placed.rule == Why::Protected.as_str());
        let standing = match record.payee.standing {
            Standing::Named if is_protected => Why::Protected.as_str(),
            standing => standing.as_str(),
        };
        let is_named = standing == Standing::Named.as_str();
        let if_named = |text: Option<&'a str>| text.filter(|text| is_named && !text.is_empty());
        Self {
            payee: if_named(Some(&record.payee.name)),
            standing,
            purpose: if_named(record.purpose.as_deref()),
            reference: if_named(record.reference.as_deref()),
            row: (is_named || record.payee.standing == Standing::Redacted).then_some(line.line),
        }
    }
}
