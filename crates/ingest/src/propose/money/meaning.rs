use super::super::Column;
use crate::columns::Columns;
use crate::file_name::FileName;
use crate::profile::{Profile, Text};

/// The fields of a line of money and what each means, in the order in which a profile has them.
pub(super) const FIELDS: &[(&str, &str)] = &[
    ("payer", "whose money it is"),
    ("payee", "who was paid"),
    ("amount", "the amount paid, in pounds"),
    ("date", "the date paid"),
    ("unit", "who spends it"),
    ("category", "the sort of goods"),
    ("purpose", "what it was for"),
    ("capital", "C, Capital … or R, Revenue …"),
    ("reference", "the payment's own number"),
    ("payee_postcode", "where the payee has letters sent: sealed"),
];

/// What a line can't be without.
pub(super) const NEEDED: &[&str] = &["payee", "amount", "date"];

/// What a field means, in words.
pub(super) fn meant(field: &str) -> &'static str {
    FIELDS.iter().find(|(name, _)| *name == field).map_or("", |(_, meaning)| meaning)
}

/// What the columns of a file of money are, by their names.
pub(super) struct Meanings<'p> {
    fields: Vec<(&'static str, Vec<usize>)>,
    /// Numbers of registers, each with its register where the column has but one.
    pub identifiers: Vec<(Option<&'p str>, usize)>,
    /// The column that says which lines were paid by card.
    pub card: Option<usize>,
    /// Whether all lines are card transactions.
    pub is_of_cards: bool,
    left: Vec<usize>,
}

impl<'p> Meanings<'p> {
    /// By the names that a profile lists.
    pub fn of(profile: &'p Profile, columns: &Columns, sampled: &[Column<'_>], file: &FileName) -> Self {
        let found = |field| profile.fields.get(field).map(|text| known(text, columns)).unwrap_or_default();
        let fields: Vec<(&str, Vec<usize>)> =
            FIELDS.iter().map(|(field, _)| (*field, found(*field))).collect();
        let mut identifiers: Vec<(Option<&str>, usize)> = Vec::new();
        for identifier in &profile.identifiers {
            let at = columns.find(&identifier.column).map(|at| (identifier.register.as_deref(), at));
            identifiers.extend(at.filter(|at| !identifiers.contains(at)));
        }
        let kind = &profile.kind;
        let card = kind.card.as_ref().and_then(|names| columns.find_any(names.names()));
        let by_column = kind.card_file.as_ref().and_then(|names| columns.find_any(names.names()));
        let is_called = kind.card_called.iter().any(|word| file.has_word(word));
        let read: Vec<usize> = fields
            .iter()
            .flat_map(|(_, columns)| columns.iter().copied())
            .chain(identifiers.iter().map(|(_, at)| *at))
            .chain(card)
            .collect();
        Self {
            left: (0..sampled.len()).filter(|at| !read.contains(at)).collect(),
            fields,
            identifiers,
            card,
            is_of_cards: card.is_none() && (by_column.is_some() || is_called),
        }
    }

    /// The columns of a field, the best first.
    pub fn of_field(&self, field: &str) -> &[usize] {
        self.fields.iter().find(|(name, _)| *name == field).map_or(&[], |(_, columns)| columns)
    }

    /// What a column is.
    pub fn field_of(&self, column: usize) -> Option<&'static str> {
        if self.card == Some(column) {
            return Some("card");
        }
        if self.identifiers.iter().any(|(_, at)| *at == column) {
            return Some("identifiers");
        }
        self.fields.iter().find(|(_, columns)| columns.contains(&column)).map(|(name, _)| *name)
    }

    /// The columns that are nothing, in the order of the file.
    pub fn left(&self) -> &[usize] {
        &self.left
    }

    /// Whether some row names its payer. An address on the web is no name.
    pub fn names_payer(&self, columns: &[Column<'_>]) -> bool {
        let is_name = |value: &&str| !value.to_lowercase().starts_with("http");
        self.of_field("payer").iter().any(|at| columns[*at].values.iter().any(is_name))
    }
}

/// The columns of a text that a file has, each once.
fn known(text: &Text, columns: &Columns) -> Vec<usize> {
    let mut found = Vec::new();
    for at in text.columns().into_iter().filter_map(|name| columns.find(name)) {
        if !found.contains(&at) {
            found.push(at);
        }
    }
    found
}
