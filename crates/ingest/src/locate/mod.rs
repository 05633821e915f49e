//! Where an asset is. One way per file; the place in [`WAYS`] is the order of trust.

mod far;
mod own_coordinates;
mod postcode;

pub use far::far_from_postcode;

use model::{AssetRecord, Located, PostcodeRecord};

type Way = fn(&AssetRecord, Option<&PostcodeRecord>) -> Option<Located>;

const WAYS: &[Way] = &[own_coordinates::locate, postcode::locate];

/// Where an asset is, as well as its record and the directory's entry for **its own** postcode say. A postcode
/// for correspondence is never asked: it may be somebody's home.
pub fn locate(record: &AssetRecord, postcode: Option<&PostcodeRecord>) -> Option<Located> {
    WAYS.iter().find_map(|way| way(record, postcode))
}
