use crate::{
    AreaCode, CategorySet, Kind, OrgId, PartialDate, Position, PositionQuality, Postcode, Uprn, Visibility,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The lasting name of an asset: a UUID made from the source and the source's own key, so that importing again,
/// here or elsewhere, gives the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AssetId(Uuid);

impl AssetId {
    /// Made of a source's id and the record's key within it.
    pub fn of(source: &str, key: &str) -> Self {
        // A namespace of our own: the version 5 UUID of "assetmap" in the null namespace.
        let namespace = Uuid::new_v5(&Uuid::nil(), b"assetmap");
        Self(Uuid::new_v5(&namespace, format!("{source}\n{key}").as_bytes()))
    }

    /// From the usual text with hyphens.
    pub fn parse(text: &str) -> Option<Self> {
        Uuid::try_parse(text).ok().map(Self)
    }

    /// As a number, for compact storage.
    pub fn as_u128(self) -> u128 {
        self.0.as_u128()
    }

    /// The usual text with hyphens, as bytes, without memory of its own.
    pub fn to_text(self) -> [u8; 36] {
        let mut text = [0; 36];
        self.0.hyphenated().encode_lower(&mut text);
        text
    }

    /// The reverse of [`as_u128`](Self::as_u128).
    pub fn from_u128(number: u128) -> Self {
        Self(Uuid::from_u128(number))
    }
}

impl std::fmt::Display for AssetId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A position and how it was found.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Located {
    /// Where.
    pub position: Position,
    /// How we know.
    pub quality: PositionQuality,
}

/// Whether an asset is there to be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Open, active, or nothing said.
    #[default]
    Open,
    /// The source says that it has closed or is no longer active.
    Closed,
}

impl Status {
    /// The word used in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }

    /// The reverse of [`as_str`](Self::as_str).
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Open, Self::Closed].into_iter().find(|s| s.as_str() == word)
    }
}

/// Something that a place has, in the publisher's words: "Capacity", "120".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facility {
    /// What it is, as a label to show.
    pub label: String,
    /// What the source says of it.
    pub value: String,
}

/// What **one source** says of a group or a building, checked and normalised. Fields that a source does not
/// give are empty: "not known", never "no".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AssetRecord {
    /// Which source says so.
    pub source: String,
    /// Unique within the source, and the same in its next edition.
    pub key: String,
    /// Group or building.
    pub kind: Kind,
    /// Who may see it.
    #[serde(default)]
    pub visibility: Visibility,
    /// Its name, never empty.
    pub name: String,
    /// What it does or is, in the source's words.
    pub summary: Option<String>,
    /// What sort of thing it is.
    pub categories: CategorySet,
    /// A public address in one line, without the postcode.
    pub address: Option<String>,
    /// The postcode of the place itself.
    pub postcode: Option<Postcode>,
    /// What the source gives in place of a full postcode, such as the outward part alone.
    pub postcode_text: Option<String>,
    /// The property's reference number.
    pub uprn: Option<Uprn>,
    /// The source's own coordinates.
    pub position: Option<Position>,
    /// Where letters reach it: perhaps a trustee's home or an accountant's office. **Sealed**: never shown, never
    /// a point; it says in which ward it is registered and nothing more.
    pub correspondence: Option<Postcode>,
    /// Its website.
    pub website: Option<String>,
    /// The organisation's mailbox.
    pub email: Option<String>,
    /// The organisation's telephone number.
    pub phone: Option<String>,
    /// Opening hours or meeting times, as published.
    pub opening_hours: Option<String>,
    /// What the place has and costs, as published.
    pub facilities: Vec<Facility>,
    /// The areas that it works across, by code.
    pub serves: Vec<AreaCode>,
    /// Register numbers.
    pub identifiers: Vec<OrgId>,
    /// Open or closed.
    pub status: Status,
    /// When the source last confirmed it; never the day of the import.
    pub as_of: Option<PartialDate>,
}

impl AssetRecord {
    /// A group of which nothing is known yet, not even its name.
    pub fn blank(source: &str, key: &str) -> Self {
        Self {
            source: source.into(),
            key: key.into(),
            kind: Kind::Group,
            visibility: Visibility::default(),
            name: String::new(),
            summary: None,
            categories: CategorySet::EMPTY,
            address: None,
            postcode: None,
            postcode_text: None,
            uprn: None,
            position: None,
            correspondence: None,
            website: None,
            email: None,
            phone: None,
            opening_hours: None,
            facilities: Vec::new(),
            serves: Vec::new(),
            identifiers: Vec::new(),
            status: Status::Open,
            as_of: None,
        }
    }

    /// The asset's lasting id.
    pub fn id(&self) -> AssetId {
        AssetId::of(&self.source, &self.key)
    }
}

/// A group or a building as everyone sees it: a pure function of its source records (and, later, of people's
/// decisions about them), located as well as the loaded postcodes allow.
#[derive(Debug, Clone, PartialEq)]
pub struct Asset {
    /// Its lasting name.
    pub id: AssetId,
    /// What its source says.
    pub record: AssetRecord,
    /// Where it is; `None` when nothing loaded says so. It is kept and searchable all the same.
    pub located: Option<Located>,
}
