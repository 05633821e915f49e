use serde::{Deserialize, Serialize};

/// Who may see a record. The order is from open to closed; when two sources disagree, the more closed one holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    /// Everyone.
    #[default]
    Public,
    /// Signed-in staff.
    Staff,
    /// Nobody, in no output: refuges, children's homes and the like.
    Hidden,
}

impl Visibility {
    /// The word used in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Staff => "staff",
            Self::Hidden => "hidden",
        }
    }

    /// The reverse of [`as_str`](Self::as_str).
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Public, Self::Staff, Self::Hidden].into_iter().find(|v| v.as_str() == word)
    }
}
