use crate::Refusal;
use crate::raw_row::{Item, RawRow, Rows};
use model::Finding;
use std::collections::VecDeque;

/// So many rows are looked at before the first is handed out: more than a council publishes of a month.
const LOOK_AHEAD: usize = 50_000;

/// Rows of which the first were looked at before: what a file as a whole is, its rows say.
pub(crate) struct Ahead<'a> {
    inner: Box<dyn Rows + 'a>,
    first: VecDeque<Item>,
}

impl<'a> Ahead<'a> {
    /// Looks at the first rows.
    ///
    /// # Errors
    /// When they can't be read.
    pub fn new(mut inner: Box<dyn Rows + 'a>) -> Result<Self, Refusal> {
        let mut first = VecDeque::new();
        while first.len() < LOOK_AHEAD {
            let Some(item) = inner.next()? else { break };
            first.push_back(item);
        }
        Ok(Self { inner, first })
    }

    /// The rows that were looked at.
    pub fn rows(&self) -> impl Iterator<Item = &RawRow> {
        self.first.iter().filter_map(|item| match item {
            Item::Row(row) => Some(row),
            Item::Folded(_) | Item::Bad(..) => None,
        })
    }
}

impl Rows for Ahead<'_> {
    fn next(&mut self) -> Result<Option<Item>, Refusal> {
        match self.first.pop_front() {
            Some(item) => Ok(Some(item)),
            None => self.inner.next(),
        }
    }

    fn take_notices(&mut self) -> Vec<Finding> {
        self.inner.take_notices()
    }
}
