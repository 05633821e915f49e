use model::{AreaCode, Position};

/// Where a line's money goes, and how we know.
#[derive(Debug, Clone, PartialEq)]
pub struct Placement {
    /// How it was placed.
    pub method: Method,
    /// The rule that placed it, or why none did.
    pub rule: String,
    /// Where it goes.
    pub target: Target,
}

/// Where money goes.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// To areas, each the same part.
    Areas(Vec<AreaCode>),
    /// To a point.
    Point(Position),
    /// To several places of which some are points, each the same part.
    Several(Vec<Place>),
    /// To people, wherever they live in a scope.
    Weights {
        /// Whom: `population`, `population 65-120`.
        weights: String,
        /// Where.
        scope: Vec<AreaCode>,
    },
    /// To no place that can be told.
    Nowhere(Why),
}

/// An area or a point.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// An area.
    Area(AreaCode),
    /// A point.
    Point(Position),
}

/// How money was placed; the order is the order in which methods are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// The source states the place.
    Stated,
    /// The source states the payer's whole area.
    StatedWhole,
    /// The building or group that is paid has a public position.
    DeliveryPoint,
    /// A rule says that everybody, or everybody of an age, uses the service.
    Weights,
    /// The organisation that is paid works across areas.
    Across,
    /// The supplier's address.
    HeadOffice,
    /// Not placed.
    Unplaced,
}

/// How sure a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// It is known.
    Located,
    /// It is reckoned.
    Modelled,
    /// There is none.
    Unplaced,
}

impl Method {
    /// All of them, in their order.
    pub const ALL: [Self; 7] = [
        Self::Stated,
        Self::StatedWhole,
        Self::DeliveryPoint,
        Self::Weights,
        Self::Across,
        Self::HeadOffice,
        Self::Unplaced,
    ];

    /// The word used in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::StatedWhole => "stated-whole",
            Self::DeliveryPoint => "delivery-point",
            Self::Weights => "weights",
            Self::Across => "across",
            Self::HeadOffice => "head-office",
            Self::Unplaced => "unplaced",
        }
    }

    /// The reverse of [`as_str`](Self::as_str).
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.as_str() == word)
    }

    /// The name that people read.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stated => "Place stated by the source",
            Self::StatedWhole => "Whole area stated by the source, shared out by population",
            Self::DeliveryPoint => "Where the building or group that is paid is",
            Self::Weights => "By where the people live who use the service",
            Self::Across => "By population of the area that the organisation works across",
            Self::HeadOffice => "Head office: where the supplier's letters go",
            Self::Unplaced => "Not tied to a place",
        }
    }

    /// How sure the place is.
    pub const fn certainty(self) -> Certainty {
        match self {
            Self::Stated | Self::DeliveryPoint => Certainty::Located,
            Self::StatedWhole | Self::Weights | Self::Across | Self::HeadOffice => Certainty::Modelled,
            Self::Unplaced => Certainty::Unplaced,
        }
    }
}

impl Certainty {
    /// The word used in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Located => "located",
            Self::Modelled => "modelled",
            Self::Unplaced => "unplaced",
        }
    }
}

/// Why money is not tied to a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// The publisher took the payee's name out.
    Redacted,
    /// It is for people whom a payment must not help to find.
    Protected,
    /// The payee may be a private person, and nothing else says where.
    Withheld,
    /// It is payroll, a levy, treasury or a transfer.
    NotForAPlace,
    /// Nobody has said what it is for.
    Unmapped,
    /// Nothing says where, and no rule says that everybody uses the service.
    NoRule,
    /// The rule shares it out over the payer's area, which is not known.
    NoArea,
    /// It is for an area that is larger than those asked for, or for people whose number is not known.
    NoPeople,
}

impl Why {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Redacted,
        Self::Protected,
        Self::Withheld,
        Self::NotForAPlace,
        Self::Unmapped,
        Self::NoRule,
        Self::NoArea,
        Self::NoPeople,
    ];

    /// The word used in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Redacted => "redacted",
            Self::Protected => "protected",
            Self::Withheld => "withheld",
            Self::NotForAPlace => "not-for-a-place",
            Self::Unmapped => "unmapped",
            Self::NoRule => "no-rule",
            Self::NoArea => "no-area",
            Self::NoPeople => "no-people",
        }
    }

    /// The reverse of [`as_str`](Self::as_str).
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.as_str() == word)
    }

    /// The name that people read.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Redacted => "name taken out",
            Self::Protected => "whole council only, to protect people",
            Self::Withheld => "name kept back",
            Self::NotForAPlace => "for no one place",
            Self::Unmapped => "not identified",
            Self::NoRule => "nothing says where",
            Self::NoArea => "payer’s area not known",
            Self::NoPeople => "people not known",
        }
    }

    /// In a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Redacted => {
                "The publisher took out who is paid, who may be a private person. Such a row is never tied to a place."
            }
            Self::Protected => {
                "It is for people who must not be found by what is paid for them, so it is shown for the whole council only."
            }
            Self::Withheld => {
                "Who is paid may be a private person, and nothing else in the row says where the money goes."
            }
            Self::NotForAPlace => {
                "Payroll, levies, treasury and transfers are for no one place unless the row states one."
            }
            Self::Unmapped => {
                "No rule knows what it is for, and the row has no code, postcode or map point of a place."
            }
            Self::NoRule => {
                "The row has no code, postcode or map point of a place, we know no place of the payee, and no rule says that \
                 everybody uses what it buys. So it is not shared out."
            }
            Self::NoArea => {
                "A rule would share it out among the people of the payer's area, but which area that is is not known."
            }
            Self::NoPeople => {
                "How many people live in each part of the area is not loaded, so it cannot be shared out."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back() {
        for method in Method::ALL {
            assert_eq!(Method::parse(method.as_str()), Some(method));
        }
        for why in Why::ALL {
            assert_eq!(Why::parse(why.as_str()), Some(why));
            assert!(why.sentence().ends_with('.'));
        }
    }
}
