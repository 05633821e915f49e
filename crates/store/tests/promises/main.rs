//! What a store promises, whichever home it has: each promise is tested in each home.

#[path = "../common/mod.rs"]
mod common;

mod copy;
mod edits;
mod feed;
mod hidden;
mod imports;
mod money;
mod places;
mod round_trip;
mod truth;
