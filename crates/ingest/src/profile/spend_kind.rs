use super::OneOrMore;
use model::SpendKind;
use serde::Deserialize;

/// What sort of lines a file of money has. Without any of it they are payments.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KindRule {
    /// Always this one.
    pub fixed: Option<SpendKind>,
    /// A column with the word: `payment`, `budget`, or how far the money has come, `paid`, `budgeted`.
    pub column: Option<OneOrMore>,
    /// Columns whose Yes or GPC says that a line was paid by card.
    pub card: Option<OneOrMore>,
    /// Columns that only files of card transactions have, and words of their names.
    pub card_file: Option<OneOrMore>,
    #[serde(default)]
    pub card_called: Vec<String>,
}

impl KindRule {
    /// All columns named.
    pub fn columns(&self) -> impl Iterator<Item = &String> {
        [&self.column, &self.card, &self.card_file].into_iter().flatten().flat_map(|names| names.names())
    }
}
