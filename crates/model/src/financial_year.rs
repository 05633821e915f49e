use crate::PartialDate;
use serde::{Deserialize, Serialize};

/// A year of public accounts in the United Kingdom, from April to March: `2026-27`.
///
/// ```
/// use model::{FinancialYear, PartialDate};
/// let year = FinancialYear::of(PartialDate::parse("2027-03-31")?).expect("its month is known");
/// assert_eq!(year.to_string(), "2026-27");
/// # Ok::<(), model::BadDate>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FinancialYear(u16);

/// Why a text is no financial year.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a financial year: write it as 2026-27")]
pub struct BadFinancialYear(String);

impl FinancialYear {
    /// The year that begins in April of a calendar year.
    pub fn beginning_in(year: u16) -> Self {
        Self(year)
    }

    /// The year of a date; `None` when its month is not known.
    pub fn of(date: PartialDate) -> Option<Self> {
        Some(Self(if date.month()? >= 4 { date.year() } else { date.year() - 1 }))
    }

    /// Reads `2026-27`, `2026/27` or `2026-2027`.
    ///
    /// # Errors
    /// When it is none of these, or the second year does not follow the first.
    pub fn parse(text: &str) -> Result<Self, BadFinancialYear> {
        let bad = || BadFinancialYear(text.trim().chars().take(40).collect());
        let (first, second) = text.trim().split_once(['-', '/']).ok_or_else(bad)?;
        let number = |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<u16>().ok());
        let year = number(first).flatten().filter(|year| (1900..=2998).contains(year)).ok_or_else(bad)?;
        let next = year + 1;
        let follows = second == format!("{:02}", next % 100) || second == next.to_string();
        if follows { Ok(Self(year)) } else { Err(bad()) }
    }

    /// The calendar year in which it begins.
    pub fn begins_in(self) -> u16 {
        self.0
    }
}

impl std::fmt::Display for FinancialYear {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.0, (self.0 + 1) % 100)
    }
}

impl TryFrom<String> for FinancialYear {
    type Error = BadFinancialYear;

    fn try_from(text: String) -> Result<Self, BadFinancialYear> {
        Self::parse(&text)
    }
}

impl From<FinancialYear> for String {
    fn from(year: FinancialYear) -> Self {
        year.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(date: &str) -> String {
        FinancialYear::of(PartialDate::parse(date).unwrap()).map_or("none".into(), |year| year.to_string())
    }

    #[test]
    fn a_year_begins_in_april() {
        assert_eq!(of("2026-03-31"), "2025-26");
        assert_eq!(of("2026-04-01"), "2026-27");
        assert_eq!(of("1999-12"), "1999-00");
        assert_eq!(of("2026"), "none");
    }

    #[test]
    fn what_is_written_is_read_back() {
        for (text, year) in [("2026-27", 2026), ("2026/27", 2026), ("1999-00", 1999), ("2026-2027", 2026)] {
            assert_eq!(FinancialYear::parse(text), Ok(FinancialYear(year)), "{text}");
        }
        for text in ["2026", "2026-28", "2026-2", "26-27", "-", "+2026-27", "2026-27-28"] {
            assert!(FinancialYear::parse(text).is_err(), "{text}");
        }
    }
}
