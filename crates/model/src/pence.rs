use serde::{Deserialize, Serialize};

/// An amount of money in whole pence; below zero for a credit. Sums are exact.
///
/// ```
/// use model::Pence;
/// assert_eq!(Pence::parse("£1,234.50")?, Pence(123_450));
/// assert_eq!(Pence(-50).to_string(), "-£0.50");
/// # Ok::<(), model::BadPence>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Pence(pub i64);

/// Why a text is no amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPence {
    /// It is not a number.
    #[error("{0:?} is not an amount: write it as 1234.50, -1234.50 or (1,234.50)")]
    NoNumber(String),
    /// It has more than two decimals.
    #[error("{0:?} is finer than a penny")]
    Finer(String),
    /// It does not fit.
    #[error("{0:?} is more than there is")]
    TooMuch(String),
}

impl Pence {
    /// Reads an amount in pounds as councils write them: with `£`, commas and blanks; credits in brackets, with a minus
    /// before or behind, or with `CR`.
    ///
    /// # Errors
    /// When it is no number of pounds and whole pence.
    pub fn parse(text: &str) -> Result<Self, BadPence> {
        let shown = || text.trim().chars().take(40).collect::<String>();
        let (digits, is_credit) = unsigned(text).ok_or_else(|| BadPence::NoNumber(shown()))?;
        let (pounds, pence) = digits.split_once('.').unwrap_or((&digits, ""));
        let are_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if !are_digits(pounds) || !are_digits(pence) || (pounds.is_empty() && pence.is_empty()) {
            return Err(BadPence::NoNumber(shown()));
        }
        let pence = pence.trim_end_matches('0');
        if pence.len() > 2 {
            return Err(BadPence::Finer(shown()));
        }
        let number = |part: &str| if part.is_empty() { Ok(0) } else { part.parse::<i64>() };
        let whole = number(pounds).ok().and_then(|pounds| pounds.checked_mul(100));
        let amount = whole.zip(number(&format!("{pence:0<2}")).ok()).and_then(|(a, b)| a.checked_add(b));
        let amount = amount.ok_or_else(|| BadPence::TooMuch(shown()))?;
        Ok(Self(if is_credit { -amount } else { amount }))
    }
}

/// The digits and point of an amount, and whether it is a credit.
fn unsigned(text: &str) -> Option<(String, bool)> {
    let kept = |c: &char| !c.is_whitespace() && !matches!(c, ',' | '£');
    let text: String = text.replace('\u{2212}', "-").chars().filter(kept).collect();
    let text = text.strip_prefix("GBP").unwrap_or(&text);
    let (text, is_credit) = match text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
        Some(within) => (within, true),
        None => match text.strip_suffix("CR").or_else(|| text.strip_suffix('-')) {
            Some(before) => (before, true),
            None => (text, false),
        },
    };
    match text.strip_prefix('-') {
        // Twice a credit is nothing that we could read.
        Some(_) if is_credit => None,
        Some(after) => Some((after.to_owned(), true)),
        None => Some((text.strip_prefix('+').unwrap_or(text).to_owned(), is_credit)),
    }
}

impl std::iter::Sum for Pence {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        Self(amounts.map(|amount| amount.0).sum())
    }
}

impl std::fmt::Display for Pence {
    /// Pounds and pence with commas: `£1,234.50`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (pounds, pence) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        f.pad(&format!("{}£{}.{pence:02}", if self.0 < 0 { "-" } else { "" }, grouped(pounds)))
    }
}

/// A number as people write it: `1,234`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 2);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A share of a whole as people say it: `12%`. What is not nothing is not said to be, nor what is not all.
pub fn percent(share: f64) -> String {
    match (share * 100.0).round() {
        0.0 if share > 0.0 => "less than 1%".into(),
        100.0 if share < 1.0 => "more than 99%".into(),
        whole => format!("{whole}%"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_share_is_not_said_to_be_nothing_or_all_unless_it_is() {
        assert_eq!(
            [0.0, 0.001, 0.41, 0.999, 1.0].map(percent),
            ["0%", "less than 1%", "41%", "more than 99%", "100%"]
        );
    }

    #[test]
    fn the_forms_that_councils_write() {
        for (text, pence) in [
            ("742.50", 74_250),
            ("7.5", 750),
            ("55", 5_500),
            ("-75.20", -7_520),
            ("£1,234,567.89", 123_456_789),
            (" £ 12.00 ", 1_200),
            ("(1,000.00)", -100_000),
            ("12.00-", -1_200),
            ("12.00 CR", -1_200),
            ("\u{2212}5", -500),
            ("-£5.00", -500),
            ("£-5.00", -500),
            (".5", 50),
            ("5.", 500),
            ("12.3400", 1_234),
            ("+1", 100),
            ("-0", 0),
            ("GBP 5", 500),
        ] {
            assert_eq!(Pence::parse(text), Ok(Pence(pence)), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in ["", "-", ".", "N/A", "1e5", "12.3.4", "(-5)", "--5", "£", "twelve", "5-5", "NaN"] {
            assert!(matches!(Pence::parse(text), Err(BadPence::NoNumber(_))), "{text}");
        }
        assert!(matches!(Pence::parse("0.125"), Err(BadPence::Finer(_))));
        assert!(matches!(Pence::parse("99999999999999999999"), Err(BadPence::TooMuch(_))));
        assert!(matches!(Pence::parse("92233720368547758.08"), Err(BadPence::TooMuch(_))));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(pence in -1_000_000_000_000_i64..1_000_000_000_000) {
            prop_assert_eq!(Pence::parse(&Pence(pence).to_string()), Ok(Pence(pence)));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".*") {
            let _ = Pence::parse(&text);
        }
    }
}
