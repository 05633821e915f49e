use crate::{Snapshot, StorePlace, open_store};
use store::StoreError;

/// What was copied, and where to.
#[derive(Debug)]
pub struct Copied {
    /// Where from, without a password.
    pub from: String,
    /// Where to, without a password.
    pub to: String,
    /// The revision of both.
    pub revision: u64,
    /// How many there are, by what they are: `public`, `staff`, `hidden`, `areas`, `postcodes`.
    pub counts: Vec<(String, u64)>,
}

/// Copies everything in a store, sealed too, into another that is empty or not there yet.
///
/// # Errors
/// When there is no store to copy, the other is not empty, or one of them fails. The other is then empty.
pub fn copy_store(from: &StorePlace, to: &StorePlace) -> Result<Copied, StoreError> {
    let from = open_store(from, false)?;
    let left = to.usual_snapshot();
    let to = open_store(to, true)?;
    let state = store::copy(from.as_ref(), to.as_ref())?;
    // One that was left behind by a store that stood there could not be used, and is nobody's any more.
    if let Some(Err(error)) = left.map(|left| Snapshot::forget(&left)) {
        tracing::warn!(%error, "an old snapshot is left beside the store");
    }
    Ok(Copied { from: from.place(), to: to.place(), revision: state.revision, counts: to.counts()? })
}
