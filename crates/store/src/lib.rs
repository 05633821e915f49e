//! **The truth.** One trait, [`Store`], and two homes: a GeoPackage file ([`GeoPackage`]) that QGIS opens as it stands,
//! and a PostgreSQL database ([`PostGis`]) that many share.
//!
//! What a store promises, whichever home it has:
//!
//! - **An import is all or nothing.** [`Store::begin_import`] stages rows aside; [`Import::publish`] makes them the
//!   truth in one short transaction. An import that is dropped, killed or fails leaves the store as it was.
//! - **Every publication has a revision**, one higher than the last, without gaps.
//! - **Rows are compared by key and fingerprint**, not by file: a row is created, updated or unchanged.
//! - **What is not public is sealed**: hidden and staff records, correspondence postcodes and raw rows are not in
//!   the file that is handed around or the schema that analysts read, and [`Store::read_all`] gives only public assets.
//! - SQL on our own store stands in this crate and nowhere else.

mod copy;
mod decide;
mod directories;
mod edits;
mod error;
mod geopackage;
mod money;
mod postgis;
mod rows;
mod tally;
mod traits;
mod wkb;

pub use copy::{Fill, Kept, KeptRow, State, copy};
pub use decide::Decided;
pub use edits::{Action, AssetState, Changes, ENTERED, Edit, Edited, EditedField, Happening, What};
pub use error::StoreError;
pub use geopackage::GeoPackage;
pub use money::{
    Allocation, KeptPlacement, KeptPopulation, Money, NewAllocation, Placed, PlacedLine, SpendLine, Weights,
};
pub use postgis::PostGis;
pub use traits::{Entry, FileReport, Import, Locate, PoolState, Published, Revision, Run, Staged, Store};
