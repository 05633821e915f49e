use crate::{Class, Method, Month, ServiceIx};
use model::{Basis, Pence, Standing};

/// What the book keeps of a line. Payers, payees and targets are numbers that the caller has given them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Who pays.
    pub payer: u16,
    /// When; `None` when the month is not known.
    pub month: Option<Month>,
    /// The day of the month; `None` when it is not known.
    pub day: Option<u8>,
    /// What for.
    pub service: Option<ServiceIx>,
    /// What sort of money it is.
    pub class: Class,
    /// How far it has come.
    pub basis: Basis,
    /// Whether the payee may be named.
    pub standing: Standing,
    /// How it was placed.
    pub method: Method,
    /// Who is paid; it is kept only of those that may be named.
    pub payee: Option<u32>,
    /// How much.
    pub pence: Pence,
    /// Which of the distinct targets it goes to.
    pub target: u32,
}
