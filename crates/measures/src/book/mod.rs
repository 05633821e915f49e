//! The book: every line in columns, and the sums that are asked of it.
//!
//! A [`Book`] says of each line which of its distinct [`Target`](crate::Target)s it goes to. A [`View`] says, for the areas
//! of one level, what each target means there. Shares are reckoned anew for each question and never kept, so what a total
//! shows and what the lines of a ward show can't come apart.

mod ledger;
mod line;
mod lot;
mod order;
mod payees;
mod places;
mod question;
mod sum;
mod sums;
mod totals;
mod view;

pub use ledger::{AreaLine, LineShare};
pub use line::Line;
pub use order::{Order, Start};
pub use payees::{PayeeSum, Voluntary};
pub use places::{Lies, Places};
pub use question::Question;
pub use sum::Sum;
pub use totals::{AreaSum, Totals};
pub use view::View;

use crate::{Class, Method, Month, ServiceIx};
use model::{Basis, Standing};
use std::collections::BTreeSet;

/// Lines of money, in columns.
#[derive(Debug, Clone, Default)]
pub struct Book {
    payers: Vec<u16>,
    /// The month's number; 0 when it is not known.
    months: Vec<u16>,
    /// The day of the month; 0 when it is not known.
    days: Vec<u8>,
    /// The service; `u16::MAX` for none.
    services: Vec<u16>,
    classes: Vec<Class>,
    bases: Vec<Basis>,
    standings: Vec<Standing>,
    methods: Vec<Method>,
    /// The payee; `u32::MAX` for none that may be named.
    payees: Vec<u32>,
    pence: Vec<i64>,
    targets: Vec<u32>,
    /// All amounts without their signs.
    turnover: i64,
    held: BTreeSet<(u16, Basis, Month)>,
}

/// Why a line does not go into the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BookFull {
    /// All amounts together would not fit any more.
    #[error("the amounts of all lines together are more than £92,233,720,368,547,758")]
    Amount,
    /// Lines are numbered to 2³² - 1.
    #[error("a book has at most 4,294,967,295 lines")]
    Lines,
}

const NO_SERVICE: u16 = u16::MAX;
const NO_PAYEE: u32 = u32::MAX;

impl Book {
    /// A book with room for lines.
    pub fn with_capacity(lines: usize) -> Self {
        let mut book = Self::default();
        book.payers.reserve_exact(lines);
        book.months.reserve_exact(lines);
        book.days.reserve_exact(lines);
        book.services.reserve_exact(lines);
        book.classes.reserve_exact(lines);
        book.bases.reserve_exact(lines);
        book.standings.reserve_exact(lines);
        book.methods.reserve_exact(lines);
        book.payees.reserve_exact(lines);
        book.pence.reserve_exact(lines);
        book.targets.reserve_exact(lines);
        book
    }

    /// Adds a line, and says which number it has.
    ///
    /// # Errors
    /// When the sums of the book could no longer be told exactly.
    pub fn push(&mut self, line: Line) -> Result<u32, BookFull> {
        let number = u32::try_from(self.pence.len()).ok().filter(|n| *n < u32::MAX).ok_or(BookFull::Lines)?;
        let amount = line.pence.0.checked_abs().and_then(|amount| self.turnover.checked_add(amount));
        self.turnover = amount.ok_or(BookFull::Amount)?;
        self.payers.push(line.payer);
        self.months.push(line.month.map_or(0, Month::number));
        self.days.push(line.day.unwrap_or(0));
        self.services.push(line.service.map_or(NO_SERVICE, |service| service.0));
        self.classes.push(line.class);
        self.bases.push(line.basis);
        self.standings.push(line.standing);
        self.methods.push(line.method);
        self.payees.push(line.payee.filter(|_| line.standing == Standing::Named).unwrap_or(NO_PAYEE));
        self.pence.push(line.pence.0);
        self.targets.push(line.target);
        if let Some(month) = line.month {
            self.held.insert((line.payer, line.basis, month));
        }
        Ok(number)
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.pence.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.pence.is_empty()
    }

    /// One line, by its number.
    pub fn line(&self, number: u32) -> Option<Line> {
        let at = number as usize;
        Some(Line {
            payer: *self.payers.get(at)?,
            month: Month::numbered(self.months[at]),
            day: Some(self.days[at]).filter(|day| *day != 0),
            service: Some(self.services[at]).filter(|s| *s != NO_SERVICE).map(ServiceIx),
            class: self.classes[at],
            basis: self.bases[at],
            standing: self.standings[at],
            method: self.methods[at],
            payee: Some(self.payees[at]).filter(|payee| *payee != NO_PAYEE),
            pence: model::Pence(self.pence[at]),
            target: self.targets[at],
        })
    }

    /// The months of which a question's payer has any lines of its basis, whatever they are for.
    pub fn months_held(&self, question: &Question) -> Vec<Month> {
        let months: BTreeSet<Month> = self.held_of(question).map(|(_, _, month)| *month).collect();
        months.into_iter().collect()
    }

    /// The payers of whom there are lines in the months that are asked for, of the basis.
    pub fn payers_held(&self, question: &Question) -> BTreeSet<u16> {
        self.held_of(question).map(|(payer, _, _)| *payer).collect()
    }

    fn held_of<'a>(&'a self, question: &'a Question) -> impl Iterator<Item = &'a (u16, Basis, Month)> {
        self.held.iter().filter(|(payer, basis, month)| {
            question.payer.is_none_or(|asked| asked == *payer)
                && question.basis == *basis
                && question.spans(Some(*month))
        })
    }
}

#[cfg(test)]
mod tests;
