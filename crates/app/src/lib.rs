//! **What people do with it.** The verbs joined, one use case per file; the page and the command line call the same.
//!
//! - [`import`], [`import_all`]: a published file, or those in an archive, into the store.
//! - [`check`]: what would become of a file, and a profile for one that none knows.
//! - [`backup`], [`restore`]: everything in a store, in one file.
//! - [`copy_store`]: everything from one store to another.
//! - [`money`]: what is spent where, and why we think so.
//! - [`Live`]: the atlas that answers now, and keeping it as new as the store.
//! - [`Snapshot`]: that atlas in a file, for a fast start.

mod backup;
mod copy;
mod import;
mod live;
pub mod money;
mod open;
mod snapshot;

pub use backup::{BackupError, backup, restore};
pub use copy::{Copied, copy_store};
pub use import::{
    CheckReport, ImportError, ImportReport, Places, Reason, Refused, Watcher, check, import, import_all,
    is_there, relocate_if_due,
};
pub use ingest::{Crs, Look, Options, Profile, ProfileError, Proposal, Taken};
pub use live::{Live, StartedFrom, load};
pub use open::{StorePlace, open_store, open_store_when_up};
pub use snapshot::Snapshot;
pub use store::{
    Action, Allocation, AssetState, ENTERED, Edit, Edited, EditedField, FileReport, Happening, Revision, Run,
    Store, StoreError, What,
};
