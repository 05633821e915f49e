//! Everything in a store, sealed too, from one home to another.

use crate::{
    Allocation, Decided, Happening, KeptPlacement, KeptPopulation, Revision, Run, Staged, Store, StoreError,
    Weights,
};
use model::{Asset, AssetId, Fingerprint, LocalityRecord, PostcodeRecord, Source, SpendRecord};

/// One thing as a store keeps it.
#[derive(Debug, Clone, PartialEq)]
pub enum Kept {
    /// A source.
    Source {
        /// What is known of it.
        source: Source,
        /// How many public records it has.
        records: u64,
        /// The publication that last changed it.
        revision: Revision,
    },
    /// A past import.
    Run(Run),
    /// An area.
    Area(Box<KeptRow<LocalityRecord>>),
    /// What one directory says of a postcode. It has no line and no row as published.
    Postcode {
        /// The directory.
        source: String,
        /// What it says; kept without the run that said it.
        row: KeptRow<PostcodeRecord>,
    },
    /// An asset, of whatever visibility.
    Asset(Box<KeptRow<Asset>>),
    /// An asset that was public once and is not any more.
    Tombstone {
        /// Which.
        id: AssetId,
        /// The publication that took it away.
        revision: Revision,
    },
    /// A line of public money, and the import that withdrew it, if one did.
    Spend {
        /// Its number, which pages of lines go by.
        number: u64,
        /// The line.
        row: Box<KeptRow<SpendRecord>>,
        /// The import that published its month again without it.
        withdrawn: Option<u64>,
        /// The import that first brought this part of its month, where that is not the import of the row.
        part: Option<u64>,
    },
    /// How many people live in an area.
    Population(KeptPopulation),
    /// A past allocation.
    Allocation(Allocation),
    /// Weights that an allocation used.
    Weights(Weights),
    /// Where allocations placed a line.
    Placement(Box<KeptPlacement>),
    /// What was decided about an asset.
    Decided {
        /// Which.
        id: AssetId,
        /// What its source says, and what people say of it.
        decided: Box<Decided>,
        /// The publication that last changed this.
        revision: Revision,
    },
    /// What happened to an asset.
    Happening {
        /// Which.
        id: AssetId,
        /// What and when.
        happening: Box<Happening>,
    },
    /// An edit that was named by whoever asked for it.
    EditKey {
        /// Its name.
        key: String,
        /// Of what it said.
        content: Fingerprint,
        /// The asset that it was about.
        id: AssetId,
        /// The revision that it made.
        revision: Revision,
    },
}

/// A row with the publication that last changed it.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptRow<T> {
    /// The row as it was staged then.
    pub staged: Staged<T>,
    /// The import that wrote it; 0 where it is not kept.
    pub run: u64,
    /// The publication that wrote it.
    pub revision: Revision,
}

/// What a store is as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// Publications so far.
    pub revision: Revision,
    /// Whether postcodes changed since assets were last given their positions.
    pub relocation_due: bool,
}

/// An empty store that is being filled. Dropping it without [`finish`](Self::finish) leaves it empty.
pub trait Fill {
    /// Adds one thing.
    fn put(&mut self, kept: Kept) -> Result<(), StoreError>;

    /// Makes all that was added the truth.
    fn finish(self: Box<Self>, state: State) -> Result<(), StoreError>;
}

/// Copies everything from one store into an empty one, as of one moment: assets of every visibility with their sealed
/// postcodes and rows as published, what people decided with its history, areas, postcodes,
/// public money with where it was placed, sources, past imports and the revision. Both then give the same
/// answers, and importing a file again changes nothing in either. All or nothing. Gives what was copied.
///
/// # Errors
/// [`StoreError::NotAStore`] when the other store is not empty, and whatever either of them fails with.
pub fn copy(from: &dyn Store, to: &dyn Store) -> Result<State, StoreError> {
    let mut fill = to.fill()?;
    let state = from.take_out(&mut |kept| fill.put(kept))?;
    fill.finish(state)?;
    Ok(state)
}

/// What is said of a store that has something in it already.
pub fn not_empty(place: String) -> StoreError {
    StoreError::NotAStore {
        place,
        why: "something has been imported into it already, and a copy needs an empty store. Name another"
            .into(),
    }
}
