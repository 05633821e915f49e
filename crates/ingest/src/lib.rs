//! **Files to records**: bytes in, records and rejections out. No file system, no network, no SQL.
//!
//! ```text
//! file → read → map → validate → locate
//! ```
//!
//! - [`FileReader`] recognises a file by its content and hands out [`Batch`]es of [`Row`]s. Rows are conserved:
//!   `read == rows + rejections + merged` in every batch.
//! - A [`Profile`] says what the columns of a published file mean. The shipped ones are TOML files; so are
//!   anybody's own.
//! - A row that can't be used is a rejection, a [`Finding`](model::Finding) with its line, rule and remedy. Only
//!   a file that can't be read at all is a [`Refusal`].
//! - [`look`] says what a file nobody has seen looks like, and proposes a profile for it.
//! - [`locate`] says where an asset is: its own coordinates, else its postcode.

mod area_names;
mod batch;
mod columns;
mod duplicates;
mod file_name;
mod file_reader;
mod fingerprint;
mod grid;
mod locate;
mod look;
mod map;
mod notes;
mod once;
mod options;
mod polygon;
mod profile;
mod propose;
mod raw_row;
mod read;
mod refusal;
mod source;
mod validate;

pub use batch::{Batch, Record, Row};
pub use file_reader::FileReader;
pub use locate::{far_from_postcode, locate};
pub use look::look;
pub use options::{Crs, Options};
pub use profile::{Profile, ProfileError};
pub use propose::{Look, Proposal, Taken};
pub use refusal::Refusal;
