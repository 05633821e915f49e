//! Which words of a row decided what it is.

use crate::money::Ledger;
use crate::money::told::Told;
use measures::{Class, Decided, Entry, Said, SaidIn, Words};
use model::{SpendKind, capital};

impl Ledger {
    /// What decided what it is: a sentence for each entry of the rules.
    pub(super) fn decisions(&self, decided: Decided<'_>, words: &Words<'_>, told: &Told<'_>) -> Vec<String> {
        let mut sentences = Vec::new();
        let mut say = |entry: &Entry, meaning: &str| {
            let note = entry.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
            sentences.push(format!("{}{meaning} (rule {}{note}).", said(entry, words, told), entry.id));
        };
        let service = decided.service.and_then(|entry| Some((entry, entry.service?)));
        match (decided.class, service) {
            (None, _) => {}
            (Some(class), Some((entry, _))) if class.id == entry.id => say(class, ""),
            (Some(class), service) => {
                say(class, &format!(": {}", sort_of(class.class)));
                match (service, decided.service) {
                    (Some((entry, ix)), _) => say(entry, &format!(": {}", self.rules.service(ix).name)),
                    (None, Some(entry)) if class.class == Class::Capital => {
                        say(entry, ", which tells of no service");
                    }
                    (None, _) => {}
                }
            }
        }
        let is_all_shown = |entry: &&Entry| entry.said(words).iter().all(|said| is_shown(said, told));
        if let Some(entry) = decided.protected {
            sentences.push(match is_all_shown(&entry) {
                true => format!("{}, which stands for people to be protected.", said(entry, words, told)),
                false => "Words that are not shown here say that it is for people to be protected.".into(),
            });
        }
        // What is not shown is not told by what it might have meant, either.
        let passed_over = self.rules.passed_over(words).into_iter();
        let mut shown = passed_over.filter(is_all_shown);
        if let Some(entry) = shown.next().filter(|_| service.is_some()) {
            let service = entry.service.map_or("", |ix| &self.rules.service(ix).name);
            sentences.push(format!(
                "{}; that alone would mean {service}, but rules are tried in their order, and that one comes later.",
                said(entry, words, told)
            ));
        }
        if decided.class.is_none() {
            let is_silent = [words.unit, words.category, words.purpose].iter().all(|text| text.is_empty());
            sentences.push(match is_silent {
                true => "The row names no unit and no category.".into(),
                false => "No rule knows the words of the row.".into(),
            });
        }
        sentences
    }
}

/// What sort of money, within a sentence.
fn sort_of(class: Class) -> &'static str {
    match class {
        Class::Service => "running costs",
        Class::Capital => "capital",
        Class::Payroll => "payroll, tax and pensions",
        Class::Levy => "a levy",
        Class::Treasury => "borrowing, investing or money on its way",
        Class::Transfer => "passed to another public body",
        Class::Unmapped => "not identified",
    }
}

/// What of the row met an entry: `The unit says “LOCAL ELECTIONS”`. The payer's own name is told only where nothing else
/// met.
fn said(entry: &Entry, words: &Words<'_>, told: &Told<'_>) -> String {
    let all = entry.said(words);
    let is_payer =
        |said: &Said<'_>| matches!(said, Said::Words(SaidIn::Payer, _) | Said::Begins(SaidIn::Payer, _));
    let particular: Vec<_> = all.iter().filter(|said| !is_payer(said)).collect();
    let parts = if particular.is_empty() { all.iter().collect() } else { particular };
    let phrases: Vec<String> = parts
        .into_iter()
        .map(|said| match said {
            Said::Words(field, words) => quoted(*field, "says", words, told),
            Said::Begins(field, words) => quoted(*field, "begins with", words, told),
            Said::Kind(SpendKind::Card) => "it was paid by card".into(),
            Said::Kind(SpendKind::Budget) => "it is part of a budget".into(),
            Said::Kind(kind) => format!("it is a {}", kind.as_str()),
            Said::Capital(true) => "the row calls it capital".into(),
            Said::Capital(false) => "the row calls it revenue".into(),
        })
        .collect();
    capital(&phrases.join(" and "))
}

fn quoted(field: SaidIn, verb: &str, words: &str, told: &Told<'_>) -> String {
    let name = match field {
        SaidIn::Payer => "the payer's name",
        SaidIn::Unit => "the unit",
        SaidIn::Category => "the category",
        SaidIn::Purpose => "what it is for",
        SaidIn::Payee => "the payee's name",
    };
    match is_told(field, words, told) {
        true => format!("{name} {verb} “{words}”"),
        false => format!("{name}, which is not shown here, says so"),
    }
}

fn is_shown(said: &Said<'_>, told: &Told<'_>) -> bool {
    match said {
        Said::Words(field, words) | Said::Begins(field, words) => is_told(*field, words, told),
        Said::Kind(_) | Said::Capital(_) => true,
    }
}

fn is_told(field: SaidIn, words: &str, told: &Told<'_>) -> bool {
    let holds = |text: Option<&str>| text.is_some_and(|text| text.contains(words));
    match field {
        SaidIn::Payer => true,
        SaidIn::Unit => holds(told.unit),
        SaidIn::Category => holds(told.category),
        SaidIn::Purpose => holds(told.purpose),
        SaidIn::Payee => told.payee.is_some(),
    }
}
