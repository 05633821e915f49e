//! Tables of amounts: the first cell of each row is its header.

use crate::pages::words;
use app::money::Sum;
use model::Pence;

pub(super) struct Table {
    pub id: &'static str,
    pub heading: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

pub(super) struct Column {
    pub title: String,
    pub is_number: bool,
    /// What sorts by it, where something does.
    pub href: Option<String>,
    /// For `aria-sort`, where the table is sorted by it.
    pub sorted: Option<&'static str>,
}

#[derive(Default)]
pub(super) struct Cell {
    pub text: String,
    pub href: Option<String>,
    /// Said below, smaller.
    pub note: Option<String>,
    pub is_number: bool,
}

impl Column {
    pub fn text(title: &str) -> Self {
        Self { title: title.to_owned(), is_number: false, href: None, sorted: None }
    }

    pub fn number(title: &str) -> Self {
        Self { is_number: true, ..Self::text(title) }
    }
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    pub fn link(text: impl Into<String>, href: String) -> Self {
        Self { href: Some(href), ..Self::text(text) }
    }

    pub fn number(text: impl Into<String>) -> Self {
        Self { is_number: true, ..Self::text(text) }
    }

    pub fn amount(pence: Pence) -> Self {
        Self::number(pence.to_string())
    }

    pub fn lines(sum: Sum) -> Self {
        Self::number(words::number(sum.lines as usize))
    }

    pub fn noting(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..self }
    }
}
