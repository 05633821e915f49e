use crate::columns::Columns;
use crate::file_name::FileName;
use crate::map::empties::Empties;
use crate::notes::Notes;
use crate::profile::KindRule;
use crate::raw_row::RawRow;
use model::{Basis, Finding, SpendKind};

/// What a column of cards says of a line that was paid by one.
const BY_CARD: &[&str] =
    &["yes", "y", "true", "1", "gpc", "card", "procurement card", "purchasing card", "p-card"];

/// How a file says of what sort its lines are.
pub(super) struct Kinds {
    /// A column with the word for it.
    column: Option<usize>,
    /// A column that says which lines were paid by card.
    card: Option<usize>,
    /// The sort of all other lines.
    otherwise: SpendKind,
}

impl Kinds {
    pub fn new(rule: &KindRule, columns: &Columns, file: &FileName) -> Self {
        let find = |names: &Option<crate::profile::OneOrMore>| columns.find_any(names.as_ref()?.names());
        let card = find(&rule.card);
        let of_cards =
            find(&rule.card_file).is_some() || rule.card_called.iter().any(|word| file.has_word(word));
        let otherwise = match rule.fixed {
            Some(fixed) => fixed,
            None if of_cards && card.is_none() => SpendKind::Card,
            None => SpendKind::Payment,
        };
        Self { column: find(&rule.column), card, otherwise }
    }

    /// The sort of a line.
    ///
    /// # Errors
    /// When its column has a word that is none.
    pub fn of(&self, row: &RawRow, empties: &Empties, notes: &Notes<'_>) -> Result<SpendKind, Finding> {
        if let Some(word) = self.column.and_then(|i| empties.value(row.cell(i))) {
            return by_word(word).ok_or_else(|| {
                let shown: String = word.chars().take(40).collect();
                let message = format!("{shown:?} is no sort of money");
                notes.reject("bad-kind", message, "Write payment, card, grant, contract or budget.")
            });
        }
        let is_card = |word: &str| BY_CARD.iter().any(|yes| yes.eq_ignore_ascii_case(word));
        let by_card = self.card.and_then(|i| empties.value(row.cell(i))).is_some_and(is_card);
        Ok(if by_card { SpendKind::Card } else { self.otherwise })
    }
}

/// `budget`, `Payment`; or how far the money has come: `paid`, `budgeted`.
fn by_word(word: &str) -> Option<SpendKind> {
    let word = word.trim().to_lowercase();
    SpendKind::parse(&word).or_else(|| {
        Some(match Basis::parse(&word)? {
            Basis::Paid => SpendKind::Payment,
            Basis::Awarded => SpendKind::Grant,
            Basis::Contracted => SpendKind::Contract,
            Basis::Budgeted => SpendKind::Budget,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sort_is_said_by_its_word_or_how_far_the_money_has_come() {
        for (word, expected) in [
            ("payment", Some(SpendKind::Payment)),
            ("Paid", Some(SpendKind::Payment)),
            ("BUDGET", Some(SpendKind::Budget)),
            ("budgeted", Some(SpendKind::Budget)),
            ("awarded", Some(SpendKind::Grant)),
            ("card", Some(SpendKind::Card)),
            ("loan", None),
        ] {
            assert_eq!(by_word(word), expected, "{word}");
        }
    }
}
