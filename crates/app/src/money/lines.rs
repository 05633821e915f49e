//! The lines of an area's ledger, page by page.

use super::answer::{Ask, AskError};
use super::ledger::Ledger;
use atlas::Atlas;
use measures::{AreaLine, Method, Order, Start};
use model::Pence;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;
use store::{SpendLine, Store, StoreError};

/// Which page of a ledger.
#[derive(Debug, Clone, Copy)]
pub struct Turn {
    /// The order of all its lines.
    pub order: Order,
    /// The last line of the page before; `None` for the first page.
    pub after: Option<Cursor>,
    /// How many lines at most.
    pub limit: usize,
}

/// A line's place in an order. It lasts: where the line itself is gone, those after it are still those after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// By what it is ordered.
    key: u64,
    /// Its number in the store.
    number: u64,
}

/// A line of a ledger page: what of it goes to an area, and the line itself.
#[derive(Debug, Clone)]
pub struct Shown {
    /// What of it goes there.
    pub share: Pence,
    /// How it was placed.
    pub method: Method,
    /// The file that it was published in.
    pub file: String,
    /// The line.
    pub line: SpendLine,
}

/// A page of an area's ledger.
#[derive(Debug, Clone)]
pub struct PageOfLines {
    /// The lines, in the order that was asked for.
    pub lines: Vec<Shown>,
    /// What to ask for the next page with; `None` after the last page.
    pub next: Option<Cursor>,
}

impl Cursor {
    /// What [`Display`](fmt::Display) wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let (key, number) = text.split_once('-')?;
        Some(Self { key: key.parse().ok()?, number: number.parse().ok()? })
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.key, self.number)
    }
}

impl Ledger {
    /// A page of the lines of which some goes to an area.
    ///
    /// # Errors
    /// When it asks for somebody, something or an area that there is not; within, when the store can't be read.
    pub fn lines(
        &self,
        store: &dyn Store,
        atlas: &Atlas,
        ask: &Ask,
        code: &str,
        turn: &Turn,
    ) -> Result<Result<PageOfLines, StoreError>, AskError> {
        let (question, _) = self.question(ask)?;
        let (view, area) = self.area_numbered(atlas, ask, code)?;
        let start = turn.after.map(|after| Start { key: after.key, line: self.first_after(after.number) });
        let more = turn.limit.saturating_add(1);
        let mut found = self.book.area_lines(&question, &view, area, turn.order, start, more);
        let is_last = found.len() <= turn.limit;
        found.truncate(turn.limit);
        let last = found.last().filter(|_| !is_last);
        let next = last.map(|last| Cursor { key: last.key, number: self.numbers[last.line as usize] });
        Ok(self.shown(store, &found).map(|lines| PageOfLines { lines, next }))
    }

    /// The first line of the book whose number in the store is above one.
    fn first_after(&self, number: u64) -> u32 {
        let first = self.numbers.partition_point(|known| *known <= number);
        u32::try_from(first).unwrap_or(u32::MAX)
    }

    /// Lines of the book with what the store says of them, in the same order.
    fn shown(&self, store: &dyn Store, found: &[AreaLine]) -> Result<Vec<Shown>, StoreError> {
        let numbers: Vec<u64> = found.iter().map(|line| self.numbers[line.line as usize]).collect();
        let mut lines: HashMap<u64, SpendLine> =
            store.spend_lines(&numbers)?.into_iter().map(|line| (line.number, line)).collect();
        let mut files = HashMap::new();
        let mut shown = Vec::with_capacity(found.len());
        for (at, number) in found.iter().zip(&numbers) {
            // A line that was withdrawn since is not there any more.
            let Some(line) = lines.remove(number) else { continue };
            let file = match files.entry(line.run) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => new.insert(file_of(store, line.run)?),
            };
            shown.push(Shown { share: at.share, method: at.method, file: file.clone(), line });
        }
        Ok(shown)
    }
}

/// The name of the file that an import read.
fn file_of(store: &dyn Store, run: u64) -> Result<String, StoreError> {
    let run = store.runs(Some(run + 1), 1)?.pop().filter(|found| found.run == run);
    Ok(run.map(|run| run.report.file).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::Cursor;

    #[test]
    fn a_cursor_is_read_back_as_it_was_written() {
        for cursor in [Cursor { key: 0, number: 1 }, Cursor { key: u64::MAX, number: u64::MAX }] {
            assert_eq!(Cursor::parse(&cursor.to_string()), Some(cursor));
        }
        for text in ["", "12", "-", "1-", "-1", "1-2-3", "x-1", "-5-1", "99999999999999999999-1"] {
            assert_eq!(Cursor::parse(text), None, "{text}");
        }
    }
}
