//! What the black-box tests share: the built program, a served store, real data, a real PostGIS.
//!
//! The tests know `assetmap` as its users do: by its command line, its addresses and its file.

mod program;
mod server;

pub use program::{Program, Report, real_data, repository};
pub use server::{Answer, Server};
pub use test_postgis::{Database, PostGis};
