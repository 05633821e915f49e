/// What sort of money a line is. Figures per head count [`Class::Service`] alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// It runs a service.
    Service,
    /// It builds or buys what lasts.
    Capital,
    /// Wages that are paid through others, their tax and their pensions.
    Payroll,
    /// What one authority must pay to another, such as a combined authority.
    Levy,
    /// Borrowing, lending and interest.
    Treasury,
    /// From one public body to another, which spends it: counting both would count it twice.
    Transfer,
    /// The lookup does not know it.
    Unmapped,
}

impl Class {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::Service,
        Self::Capital,
        Self::Payroll,
        Self::Levy,
        Self::Treasury,
        Self::Transfer,
        Self::Unmapped,
    ];

    /// The word used in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Capital => "capital",
            Self::Payroll => "payroll",
            Self::Levy => "levy",
            Self::Treasury => "treasury",
            Self::Transfer => "transfer",
            Self::Unmapped => "unmapped",
        }
    }

    /// The reverse of [`as_str`](Self::as_str).
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.as_str() == word)
    }

    /// The name that people read.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Service => "Running services",
            Self::Capital => "Capital",
            Self::Payroll => "Payroll, tax and pensions",
            Self::Levy => "Levies and precepts",
            Self::Treasury => "Borrowing and investing",
            Self::Transfer => "Passed to other public bodies",
            Self::Unmapped => "Not identified",
        }
    }

    /// What it is, in a sentence.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Service => "What services cost from day to day.",
            Self::Capital => "Building, and buying what is kept for years.",
            Self::Payroll => "Wages that are paid through others, their tax and their pensions.",
            Self::Levy => "What an authority must pay to another, or collects for it.",
            Self::Treasury => "Loans, investments, interest, and money on its way.",
            Self::Transfer => "What another public body spends: counting it here too would count it twice.",
            Self::Unmapped => "No rule knows what it is for.",
        }
    }

    /// Whether it buys something that people get: such money may be tied to a place by who is paid, or by who it is
    /// for. Of the rest a place is known only where the source states it.
    pub(crate) const fn buys_something(self) -> bool {
        matches!(self, Self::Service | Self::Capital | Self::Unmapped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back() {
        for class in Class::ALL {
            assert_eq!(Class::parse(class.as_str()), Some(class));
        }
        assert_eq!(Class::parse("Service"), None);
    }
}
