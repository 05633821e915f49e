use crate::{
    Allocation, AssetState, Changes, Edit, Edited, Fill, Happening, Kept, Money, NewAllocation, Placed,
    PlacedLine, SpendLine, State, StoreError, Weights,
};
use model::{
    Asset, AssetId, AssetRecord, Fingerprint, LocalityRecord, Located, PopulationRecord, Postcode,
    PostcodeRecord, Source, SpendRecord,
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

    /// The connections that are kept for questions; `None` where nobody has to share them, as with a file.
    fn pool(&self) -> Option<PoolState> {
        None
    }

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

    /// All that is known of public money, as of one moment, in this order: the newest allocation, the weights that it
    /// uses, populations, lines in the order of their numbers. Gives the revision.
    fn money(&self, visit: &mut dyn FnMut(Money)) -> Result<Revision, StoreError>;

    /// The publication that last changed money, people or placements.
    fn money_revision(&self) -> Result<Revision, StoreError>;

    /// Lines by number, in the order asked for; those that there are not, or that were withdrawn, are left out.
    fn spend_lines(&self, numbers: &[u64]) -> Result<Vec<SpendLine>, StoreError>;

    /// A line and its row as published, which is sealed: for who looks after the store.
    fn spend_line(&self, id: AssetId) -> Result<Option<(SpendLine, String)>, StoreError>;

    /// Keeps where lines are placed now, by number, as one publication. What is not given has no place any more. What
    /// earlier allocations said stays known. Weights that a placement names must be given, or be kept already.
    fn allocate(
        &self,
        new: &NewAllocation,
        weights: &[Weights],
        placed: &[(u64, Placed)],
    ) -> Result<Allocation, StoreError>;

    /// Past allocations, newest first, from before a number (all, when `None`).
    fn allocations(&self, before: Option<u64>, limit: usize) -> Result<Vec<Allocation>, StoreError>;

    /// Where an allocation placed each line, in the order of their numbers.
    fn placements(&self, allocation: u64, visit: &mut dyn FnMut(PlacedLine)) -> Result<(), StoreError>;

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

    /// Stages lines of public money. A month that an earlier file of the source held for the most part is published
    /// again: its lines of that earlier file which this one has no more are withdrawn.
    fn spend(&mut self, batch: Vec<Staged<SpendRecord>>) -> Result<(), StoreError>;

    /// Stages how many people live in areas.
    fn populations(&mut self, batch: Vec<Staged<PopulationRecord>>) -> Result<(), StoreError>;

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

/// The connections that a store keeps for questions. One that an import or a listener has for itself is not among them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PoolState {
    /// Those on which something is being asked.
    pub in_use: usize,
    /// Those that are open for the next question.
    pub idle: usize,
    /// How many may be in use at once.
    pub most: usize,
    /// Questions that wait for one now.
    pub waiting: usize,
    /// How long all questions together have waited since the store was opened.
    pub waited: Duration,
    /// Questions that have waited in vain since then.
    pub gave_up: u64,
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
    /// Lines of money that an earlier file had and this one, which publishes their month again, has no more.
    pub withdrawn: u64,
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
