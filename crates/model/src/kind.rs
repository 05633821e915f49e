use serde::{Deserialize, Serialize};

/// What sort of asset it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A charity, club, company for the community, or an unregistered group: people who do something together.
    Group,
    /// A place: hall, library, council property, park.
    Building,
}

impl Kind {
    /// Both kinds.
    pub const ALL: [Kind; 2] = [Self::Group, Self::Building];

    /// The word used in data: `group`, `building`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Building => "building",
        }
    }

    /// The reverse of [`as_str`](Self::as_str); the plural is taken too.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "group" | "groups" => Some(Self::Group),
            "building" | "buildings" => Some(Self::Building),
            _ => None,
        }
    }
}
