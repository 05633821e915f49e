use crate::Level;
use serde::{Deserialize, Serialize};

/// A nine-character code of the Office for National Statistics: `E05015239`. The first three characters say
/// what kind of area it is; `E99999999` and its Welsh, Scottish and Northern Irish twins mean "none" and are
/// not area codes.
///
/// ```
/// use model::{AreaCode, Level};
/// assert_eq!(AreaCode::parse("e05015239")?.level(), Some(Level::Ward));
/// # Ok::<(), model::BadAreaCode>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AreaCode(String);

/// Why a text is not an area code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an area code: a letter (E, W, S, N, K) and eight digits, such as E05015239")]
pub struct BadAreaCode(String);

impl AreaCode {
    /// An area code from text, in any case.
    ///
    /// # Errors
    /// When the text has another form, or is a pseudo-code for "none".
    pub fn parse(text: &str) -> Result<Self, BadAreaCode> {
        let code = text.trim().to_ascii_uppercase();
        let (first, digits) = code.split_at_checked(1).unwrap_or(("", ""));
        let well_formed = "EWSNKJLM".contains(first)
            && !first.is_empty()
            && digits.len() == 8
            && digits.bytes().all(|b| b.is_ascii_digit());
        if !well_formed || digits == "99999999" {
            return Err(BadAreaCode(code.chars().take(40).collect()));
        }
        Ok(Self(code))
    }

    /// The nine characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What kind of area it is, by its first three characters; `None` for kinds that assetmap does not name.
    pub fn level(&self) -> Option<Level> {
        Level::of_entity(&self.0[..3])
    }
}

impl std::fmt::Display for AreaCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for AreaCode {
    type Error = BadAreaCode;
    fn try_from(text: String) -> Result<Self, BadAreaCode> {
        Self::parse(&text)
    }
}

impl From<AreaCode> for String {
    fn from(c: AreaCode) -> String {
        c.0
    }
}
