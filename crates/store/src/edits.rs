//! What people say of assets, on top of what sources say.

use crate::Revision;
use model::{Asset, AssetId, AssetRecord, Fields, Source};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The source of what was entered here and comes from nobody's list.
pub const ENTERED: &str = "entered";

/// A change that a person makes to one asset.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// What is to be done.
    pub action: Action,
    /// By whom.
    pub by: String,
    /// Why, in their words.
    pub reason: Option<String>,
    /// A name for this very edit, chosen by whoever asks, so that asking twice does it once.
    pub key: Option<String>,
}

/// What is to be done with an asset. `expected` is the revision of the asset that the editor has seen.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// A new one, of the source [`ENTERED`]. Its key is the caller's.
    Create(Box<AssetRecord>),
    /// Some fields as the editor says, whatever its source says.
    Change {
        /// Which asset.
        id: AssetId,
        /// As it was seen.
        expected: Revision,
        /// What is said of which fields.
        fields: Fields,
    },
    /// Not public any more and found by nobody, but kept with its history; no import brings it back.
    Retire {
        /// Which asset.
        id: AssetId,
        /// As it was seen.
        expected: Revision,
    },
    /// The reverse of retiring.
    Restore {
        /// Which asset.
        id: AssetId,
        /// As it was seen.
        expected: Revision,
    },
}

/// What an edit did.
#[derive(Debug, Clone, PartialEq)]
pub struct Edited {
    /// The asset as it is now.
    pub asset: AssetState,
    /// Whether an edit with this key was made before; then nothing was done again.
    pub replayed: bool,
}

/// An asset with what was decided about it: for people who look after it, not for the public.
#[derive(Debug, Clone, PartialEq)]
pub struct AssetState {
    /// As everyone sees it, or would if it were public.
    pub asset: Asset,
    /// Of its last change.
    pub revision: Revision,
    /// Whether it was retired.
    pub retired: bool,
    /// The fields that people changed.
    pub edited: Vec<EditedField>,
}

/// A field that a person changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EditedField {
    /// Which field.
    pub field: String,
    /// By whom.
    pub by: String,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// As what.
    pub value: Value,
    /// What the source says of it now.
    pub source_says: Value,
    /// Whether the source has changed its mind since, and says something else than the person.
    pub disagrees: bool,
}

/// Something that happened to an asset.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Happening {
    /// The store's revision in which it happened.
    pub revision: Revision,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// By whom; `None` for an import.
    pub by: Option<String>,
    /// What it was.
    pub what: What,
    /// The import, if it was one.
    pub run: Option<u64>,
    /// What each field that changed was before, and what after; for an import, what its source said.
    pub fields: BTreeMap<String, (Value, Value)>,
    /// Why, in the person's words.
    pub reason: Option<String>,
}

/// What can happen to an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// Entered by a person.
    Created,
    /// Changed by a person.
    Changed,
    /// Retired by a person.
    Retired,
    /// Restored by a person.
    Restored,
    /// Changed by an import.
    Imported,
}

/// What has changed since a revision.
#[derive(Debug, Clone)]
pub enum Changes {
    /// Assets alone, and the sources as they are now.
    Assets {
        /// The newest revision.
        revision: Revision,
        /// All sources.
        sources: Vec<Source>,
        /// Each asset that changed, as it is now; `None` where it is not public any more.
        assets: Vec<(AssetId, Option<Asset>)>,
    },
    /// So much, or such things, that the store is to be read anew.
    Everything,
}
