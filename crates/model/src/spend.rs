use crate::{AreaCode, OrgId, PartialDate, Pence, Position, Postcode};
use serde::{Deserialize, Serialize};

/// What one line of a published file says: a payment, a grant, a contract.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SpendRecord {
    /// The id of its source.
    pub source: String,
    /// Unique within the source: of what the line says, and the how-manieth line of its file says so.
    pub key: String,
    /// What sort of line it is.
    pub kind: SpendKind,
    /// The body that pays, as published.
    pub payer: String,
    /// Who is paid.
    pub payee: Payee,
    /// How much; a credit is below zero.
    pub pence: Pence,
    /// When it was paid, awarded or signed; of a budget, when its year begins.
    pub date: PartialDate,
    /// Who in the body spends it, as published: a department, a service, a cost centre.
    pub unit: Option<String>,
    /// The sort of expense or goods, as published.
    pub category: Option<String>,
    /// What for, as published.
    pub purpose: Option<String>,
    /// Whether the source says that it is capital; `None` when it does not say.
    pub is_capital: Option<bool>,
    /// The source's number for the transaction or award.
    pub reference: Option<String>,
    /// The places that the source says the money is for; empty when it does not say.
    pub places: Vec<StatedPlace>,
    /// Where the payee's letters go.
    pub payee_postcode: Option<Postcode>,
}

/// What sort of line it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SpendKind {
    /// An invoice or other payment.
    Payment,
    /// A transaction by procurement card.
    Card,
    /// A grant that was awarded.
    Grant,
    /// A contract that was signed.
    Contract,
    /// Money set aside for a year.
    Budget,
}

impl SpendKind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Payment, Self::Card, Self::Grant, Self::Contract, Self::Budget];

    /// The word used in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::Card => "card",
            Self::Grant => "grant",
            Self::Contract => "contract",
            Self::Budget => "budget",
        }
    }

    /// The reverse of [`as_str`](Self::as_str).
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// How far the money has come. The same money is awarded, contracted and paid; it counts once.
    pub const fn basis(self) -> Basis {
        match self {
            Self::Payment | Self::Card => Basis::Paid,
            Self::Grant => Basis::Awarded,
            Self::Contract => Basis::Contracted,
            Self::Budget => Basis::Budgeted,
        }
    }
}

/// How far money has come. Figures are of one basis: to add two would count money twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// It has left the payer.
    #[default]
    Paid,
    /// It was awarded.
    Awarded,
    /// It was contracted.
    Contracted,
    /// It was set aside.
    Budgeted,
}

impl Basis {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Paid, Self::Awarded, Self::Contracted, Self::Budgeted];

    /// The word used in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Awarded => "awarded",
            Self::Contracted => "contracted",
            Self::Budgeted => "budgeted",
        }
    }

    /// The reverse of [`as_str`](Self::as_str).
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.as_str() == word)
    }
}

/// Who is paid, and whether we may say so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payee {
    /// Whether it may be named.
    pub standing: Standing,
    /// The name, as published. Sealed unless the standing is [`Standing::Named`].
    pub name: String,
    /// Register numbers, as published.
    pub identifiers: Vec<OrgId>,
}

/// Whether a payee may be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// It may.
    Named,
    /// The publisher took the name out: it is never matched, and the money never placed.
    Redacted,
    /// The name looks like a private person's: it is kept back until somebody releases it.
    Withheld,
}

impl Standing {
    /// The word used in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Redacted => "redacted",
            Self::Withheld => "withheld",
        }
    }

    /// The reverse of [`as_str`](Self::as_str).
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Named, Self::Redacted, Self::Withheld].into_iter().find(|s| s.as_str() == word)
    }
}

/// A place that a source says money is for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StatedPlace {
    /// An area.
    Area(AreaCode),
    /// A postcode.
    Postcode(Postcode),
    /// A point.
    Point(Position),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back() {
        for kind in SpendKind::ALL {
            assert_eq!(SpendKind::parse(kind.as_str()), Some(kind));
        }
        for basis in Basis::ALL {
            assert_eq!(Basis::parse(basis.as_str()), Some(basis));
        }
    }
}
