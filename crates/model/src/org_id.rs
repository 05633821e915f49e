use serde::{Deserialize, Serialize};

/// An organisation identifier with its register in front, as org-id.guide writes it: `GB-CHC-1234567`.
///
/// ```
/// use model::OrgId;
/// assert_eq!(OrgId::charity("1061234")?.as_str(), "GB-CHC-1061234");
/// assert_eq!(OrgId::company("738693")?.as_str(), "GB-COH-00738693");
/// # Ok::<(), model::BadOrgId>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrgId(String);

/// Why a text is not an organisation identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an organisation identifier such as GB-CHC-1234567")]
pub struct BadOrgId(String);

impl OrgId {
    /// A full identifier: a register such as `GB-CHC` and a number.
    ///
    /// # Errors
    /// When there is no register, no number, or a blank in it.
    pub fn parse(text: &str) -> Result<Self, BadOrgId> {
        let id = text.trim().to_ascii_uppercase();
        let mut parts = id.splitn(3, '-');
        let well_formed = matches!((parts.next(), parts.next(), parts.next()), (Some(a), Some(b), Some(c))
            if a.len() >= 2 && !b.is_empty() && !c.is_empty())
            && id.len() <= 60
            && id.bytes().all(|b| b.is_ascii_graphic());
        if well_formed { Ok(Self(id)) } else { Err(BadOrgId(id.chars().take(60).collect())) }
    }

    /// A charity of England and Wales by its registered number.
    ///
    /// # Errors
    /// When it is not five to seven digits.
    pub fn charity(number: &str) -> Result<Self, BadOrgId> {
        let number = number.trim();
        let well_formed = (5..=7).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        if well_formed { Ok(Self(format!("GB-CHC-{number}"))) } else { Err(BadOrgId(number.into())) }
    }

    /// A company by its number at Companies House, filled up with zeros to eight characters.
    ///
    /// # Errors
    /// When it is longer than eight characters, empty, or not letters and digits.
    pub fn company(number: &str) -> Result<Self, BadOrgId> {
        let number = number.trim().to_ascii_uppercase();
        let well_formed = (1..=8).contains(&number.len())
            && number.bytes().all(|b| b.is_ascii_alphanumeric())
            && number != "NA";
        if well_formed { Ok(Self(format!("GB-COH-{number:0>8}"))) } else { Err(BadOrgId(number)) }
    }

    /// The identifier with its register.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for OrgId {
    type Error = BadOrgId;
    fn try_from(text: String) -> Result<Self, BadOrgId> {
        Self::parse(&text)
    }
}

impl From<OrgId> for String {
    fn from(id: OrgId) -> String {
        id.0
    }
}
