use crate::{AssetState, Changes, Edit, Edited, Fill, Happening, Kept, State, StoreError};
use model::{
    Asset, AssetId, AssetRecord, Fingerprint, LocalityRecord, Located, Postcode, PostcodeRecord, Source,
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::time::Duration;

/// Counts publications from 1; 0 is an empty store.
pub type Revision = u64;

/// What turns a record, and what is known of its postcode, into a place.
pub type Locate<'a> = &'a dyn Fn(&AssetRecord, Option<&PostcodeRecord>) -> Option<Located>;

/// Where the truth lives. Shared between threads; each call takes its own connection or lock.
pub trait Store: Send + Sync {
    /// Where it is, for messages: a path or an address without a password.
    fn place(&self) -> String;

    /// The newest published revision.
    fn revision(&self) -> Result<Revision, StoreError>;

    /// A text that only this store, with the same past up to a revision, has: its lasting name, when the last import up to
    /// then was published and when the last edit was made. A copy of its files that went its own way since has another.
    fn mark(&self, revision: Revision) -> Result<String, StoreError>;

    /// Starts to stage one file of a source. One import at a time: a second one waits a little, then fails with
    /// [`StoreError::Busy`].
    fn begin_import(&self, source: &Source) -> Result<Box<dyn Import + '_>, StoreError>;

    /// What the loaded directories say of these postcodes. Where several hold one, the directory that knows the
    /// most (a ward code, then a position) answers; ties go to the source id that sorts first, so that the order
    /// of imports does not matter.
    fn postcodes(&self, wanted: &[Postcode]) -> Result<HashMap<Postcode, PostcodeRecord>, StoreError>;

    /// Everything that is public at one revision, in this order: sources, localities, postcodes, assets.
    /// Postcodes come once each, chosen as [`postcodes`](Self::postcodes) does. An asset carries its sealed
    /// correspondence postcode, for the reader to turn into a ward and forget.
    fn read_all(&self, visit: &mut dyn FnMut(Entry)) -> Result<Revision, StoreError>;

    /// Whether positions that depend on postcodes may be out of date: set in the publication that changes
    /// postcodes, cleared by [`relocate`](Self::relocate).
    fn relocation_is_due(&self) -> Result<bool, StoreError>;

    /// Gives every asset record without coordinates of its own (hidden ones too) to `locate`, with what the
    /// loaded directories say of its postcode, stores the positions that changed as one publication (none when
    /// none changed), and clears the flag of [`relocation_is_due`](Self::relocation_is_due). Gives the number of
    /// assets that moved.
    fn relocate(&self, locate: Locate<'_>) -> Result<u64, StoreError>;

    /// Makes one change that a person decided on, in one transaction that is on disk before this returns. The asset is
    /// what its source says with what people said laid over it, whichever came first; the next import of its source does
    /// not wipe that out. Positions are made by `locate`, as in [`relocate`](Self::relocate).
    ///
    /// Fails with [`StoreError::Conflict`] when the asset is not as the editor saw it, [`StoreError::NoSuchAsset`],
    /// [`StoreError::BadField`], or [`StoreError::KeyReused`].
    fn edit(&self, edit: &Edit, locate: Locate<'_>) -> Result<Edited, StoreError>;

    /// An asset, public or not, with what was decided about it.
    fn asset(&self, id: AssetId) -> Result<Option<AssetState>, StoreError>;

    /// What happened to an asset, newest first, from before a revision (all, when `None`).
    fn history(
        &self,
        id: AssetId,
        before: Option<Revision>,
        limit: usize,
    ) -> Result<Vec<Happening>, StoreError>;

    /// What is public and has changed after a revision, all of one moment: who lays it over what was public then has what
    /// is public now. Each asset comes once, in the order of ids; after the newest revision there is none.
    ///
    /// It is [`Changes::Everything`] when that is more than `most` assets, when areas, their names or postcodes have
    /// changed too, and when the store cannot tell: a revision from before it was filled by a copy, or that it never had.
    fn changes(&self, after: Revision, most: usize) -> Result<Changes, StoreError>;

    /// Waits until the revision is another one than this, but no longer than `at_most`; gives the newest. Whoever
    /// publishes, here or in another program, is heard of within a tenth of a second, and at worst within one.
    ///
    /// Fails with [`StoreError::Unavailable`] while a database is away; asked again, it goes on.
    fn wait_for_change(&self, after: Revision, at_most: Duration) -> Result<Revision, StoreError>;

    /// Past imports, newest first, from before a run number (all, when `None`).
    fn runs(&self, before: Option<u64>, limit: usize) -> Result<Vec<Run>, StoreError>;

    /// How many assets, by visibility word, and how many areas and postcodes there are: for people who look after
    /// the store.
    fn counts(&self) -> Result<Vec<(String, u64)>, StoreError>;

    /// Everything that is kept at one revision, sealed too, for [`copy`](crate::copy): sources, past imports in their
    /// order, areas, postcodes, public assets and then the others, tombstones, what was decided, its history, and the
    /// names of edits.
    fn take_out(&self, visit: &mut dyn FnMut(Kept) -> Result<(), StoreError>) -> Result<State, StoreError>;

    /// Begins to fill this store, which must be empty, with what another gave. The order in which areas and public
    /// assets are added is the order in which [`read_all`](Self::read_all) gives them.
    fn fill(&self) -> Result<Box<dyn Fill + '_>, StoreError>;
}

/// One file on its way in. Dropping it without [`publish`](Self::publish) leaves the store as it was.
pub trait Import {
    /// Stages assets. A key is given at most once in a file: twice is [`StoreError::BadRow`], at the latest when
    /// publishing. After an error an import can only be dropped.
    fn assets(&mut self, batch: Vec<Staged<Asset>>) -> Result<(), StoreError>;

    /// Stages boundaries.
    fn areas(&mut self, batch: Vec<Staged<LocalityRecord>>) -> Result<(), StoreError>;

    /// Stages postcodes.
    fn postcodes(&mut self, batch: Vec<Staged<PostcodeRecord>>) -> Result<(), StoreError>;

    /// Compares what is staged with what is there, by source and key, then makes it the truth. The source's
    /// title, licence and so on become those given here; its `covers` grow by those given, and its `as_of` becomes
    /// the later of the two. When no row was created or updated and the source is as
    /// before, the revision stays, but the run is recorded all the same.
    ///
    /// What people decided stays laid over what the file says; only what the source says is compared and counted.
    ///
    /// A row whose fingerprint is unchanged is left alone, unless its stored position or visibility differs from the
    /// staged one; then it counts as updated.
    ///
    /// `source` is given again because what a file covers and its date may come from its rows: it has the same id
    /// as the one given to [`Store::begin_import`], and what it says counts.
    fn publish(self: Box<Self>, source: &Source, report: &FileReport) -> Result<Published, StoreError>;
}

/// A checked row with what is needed to compare and to explain it.
#[derive(Debug, Clone, PartialEq)]
pub struct Staged<T> {
    /// The line of the file where it starts, from 1.
    pub line: u64,
    /// Of its content, as published.
    pub fingerprint: Fingerprint,
    /// The row as published, as a JSON object; sealed. Empty for postcodes.
    pub raw: String,
    /// What it says.
    pub value: T,
}

/// What is known of a file when its rows have been read, to be kept with the run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileReport {
    /// The file's name, without its folder.
    pub file: String,
    /// The profile that read it.
    pub profile: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Rows read.
    pub read: u64,
    /// Rows folded into another row of the same file.
    pub merged: u64,
    /// Rows not loaded.
    pub rejected: u64,
    /// Reasons of rejection and how often each, most frequent first.
    pub reasons: Vec<(String, u64)>,
}

/// What a publication did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// The run's number.
    pub run: u64,
    /// The store's revision afterwards.
    pub revision: Revision,
    /// Rows whose key was new.
    pub created: u64,
    /// Rows whose key was known and whose content changed.
    pub updated: u64,
    /// Rows that were there already, the same.
    pub unchanged: u64,
    /// Records of the same source that this file did not mention. They stay as they are.
    pub absent: u64,
}

/// One import that was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Its number, from 1.
    pub run: u64,
    /// The source it was for.
    pub source: String,
    /// When it was published, RFC 3339 in UTC.
    pub at: String,
    /// The store's revision afterwards.
    pub revision: Revision,
    /// The file.
    #[serde(flatten)]
    pub report: FileReport,
    /// Rows whose key was new.
    pub created: u64,
    /// Rows whose content changed.
    pub updated: u64,
    /// Rows that were the same.
    pub unchanged: u64,
}

/// One thing read from the store.
#[derive(Debug, Clone)]
pub enum Entry {
    /// A source of facts.
    Source(Source),
    /// An area as one source drew it.
    Locality(LocalityRecord),
    /// A postcode.
    Postcode(PostcodeRecord),
    /// A public asset.
    Asset(Box<Asset>),
}

impl Staged<Asset> {
    /// The asset's lasting id.
    pub fn id(&self) -> AssetId {
        self.value.id
    }
}
