use serde::{Deserialize, Serialize};

/// A Unique Property Reference Number: up to twelve digits, always **text**, never a number (a 32-bit reader
/// would cut it). Leading zeros, which some publishers pad to twelve, carry no meaning and are dropped.
///
/// ```
/// assert_eq!(model::Uprn::parse(" 010000480247 ")?.as_str(), "10000480247");
/// # Ok::<(), model::BadUprn>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Uprn(String);

/// Why a text is not a UPRN.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a UPRN: it has one to twelve digits and nothing else")]
pub struct BadUprn(String);

impl Uprn {
    /// A UPRN from text.
    ///
    /// # Errors
    /// When it is not one to twelve digits, or only zeros (`1.00E+11` and the like come from spreadsheets).
    pub fn parse(text: &str) -> Result<Self, BadUprn> {
        let digits = text.trim();
        let significant = digits.trim_start_matches('0');
        if digits.len() > 12 || significant.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(BadUprn(digits.chars().take(40).collect()));
        }
        Ok(Self(significant.to_owned()))
    }

    /// The digits, without leading zeros.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Uprn {
    type Error = BadUprn;
    fn try_from(text: String) -> Result<Self, BadUprn> {
        Self::parse(&text)
    }
}

impl From<Uprn> for String {
    fn from(u: Uprn) -> String {
        u.0
    }
}
