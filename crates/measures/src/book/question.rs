use super::Book;
use crate::{Class, Month, ServiceIx};
use model::Basis;

/// Which lines are asked for. Without more, everything that was paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Question {
    /// The first month.
    pub from: Option<Month>,
    /// The last month.
    pub to: Option<Month>,
    /// Who pays.
    pub payer: Option<u16>,
    /// What for.
    pub service: Option<ServiceIx>,
    /// What sort of money.
    pub class: Option<Class>,
    /// How far it has come. The same money is awarded, contracted and paid: a sum is of one of them.
    pub basis: Basis,
}

impl Question {
    /// Whether a month is in the period that is asked for. A line without a month is only in an open one.
    pub(super) fn spans(&self, month: Option<Month>) -> bool {
        let Some(month) = month else { return self.from.is_none() && self.to.is_none() };
        self.from.is_none_or(|from| from <= month) && self.to.is_none_or(|to| month <= to)
    }

    /// Whether a line is asked for, leaving its month out.
    #[inline]
    pub(super) fn is_about(&self, book: &Book, at: usize) -> bool {
        self.basis == book.bases[at]
            && self.payer.is_none_or(|payer| payer == book.payers[at])
            && self.service.is_none_or(|service| service.0 == book.services[at])
            && self.class.is_none_or(|class| class == book.classes[at])
    }

    /// Whether a line is asked for.
    #[inline]
    pub(super) fn takes(&self, book: &Book, at: usize) -> bool {
        self.is_about(book, at) && self.spans(Month::numbered(book.months[at]))
    }
}
