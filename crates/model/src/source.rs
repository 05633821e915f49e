use crate::{AreaCode, Kind, PartialDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where facts come from: one published series of files, such as "Libraries in Trafford".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Short and stable, in kebab case: `trafford-libraries`. Record keys are unique within it.
    pub id: String,
    /// As a person would call it.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its licence, as an SPDX identifier where there is one: `OGL-UK-3.0`.
    pub licence: Option<String>,
    /// The words that the licence wants to be shown.
    pub attribution: Option<String>,
    /// What its records are.
    pub kind: RecordKind,
    /// The areas that it covers completely, by code. Empty when it does not say.
    pub covers: Vec<AreaCode>,
    /// Names of areas that it mentions by code: a source often knows more of them than there are boundaries of.
    #[serde(default)]
    pub area_names: BTreeMap<AreaCode, String>,
    /// The date that it speaks of: its newest file's own date, never the day of the import.
    pub as_of: Option<PartialDate>,
}

/// What the records of a source are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RecordKind {
    /// Groups.
    Group,
    /// Buildings.
    Building,
    /// Both groups and buildings; a column says which.
    Asset,
    /// Boundaries of areas.
    Area,
    /// Postcodes.
    Postcode,
    /// Payments, grants, contracts.
    Spend,
    /// How many people live in areas.
    Population,
}

impl RecordKind {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Group, Self::Building, Self::Asset, Self::Area, Self::Postcode, Self::Spend, Self::Population];

    /// Whether there may be assets of a kind among them.
    pub const fn may_hold(self, kind: Kind) -> bool {
        match self {
            Self::Asset => true,
            Self::Group => matches!(kind, Kind::Group),
            Self::Building => matches!(kind, Kind::Building),
            Self::Area | Self::Postcode | Self::Spend | Self::Population => false,
        }
    }

    /// Whether they are groups or buildings.
    pub const fn is_of_assets(self) -> bool {
        matches!(self, Self::Group | Self::Building | Self::Asset)
    }

    /// The word used in data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Building => "building",
            Self::Asset => "asset",
            Self::Area => "area",
            Self::Postcode => "postcode",
            Self::Spend => "spend",
            Self::Population => "population",
        }
    }

    /// The reverse of [`as_str`](Self::as_str).
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.as_str() == word)
    }
}
