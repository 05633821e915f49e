//! **What people do with it.** The verbs joined, one use case per file; the page and the command line call the same.
//!
//! - [`import`]: one published file into the store.
//! - [`Live`]: the atlas that answers now, and keeping it as new as the store.

mod import;
mod live;
mod open;

pub use import::{ImportError, ImportReport, Refused, Watcher, import, relocate_if_due};
pub use ingest::{Crs, Options, Profile, ProfileError};
pub use live::{Live, load};
pub use open::{StorePlace, open_store};
pub use store::{FileReport, Run};
