//! What a column may hold, by its header and by its cells. One kind of evidence per file; each file is a line in
//! [`EVIDENCE`].

mod address;
mod area_code;
mod category;
mod consent;
mod coordinates;
mod correspondence;
mod date;
mod email;
mod facility;
mod identifier;
mod key;
mod name;
mod notes;
mod opening_hours;
mod person;
mod phone;
mod postcode;
mod summary;
mod uprn;
mod website;

pub(super) use address::postcodes;
pub(super) use consent::{YES, asked};
pub(super) use coordinates::is_coordinate;
pub(super) use facility::label;
pub(super) use name::claim as name;

use super::{Claim, Column};

type Evidence = fn(&Column<'_>) -> Option<Claim>;

/// Every kind. Where two weigh the same the earlier is taken.
pub(super) const EVIDENCE: &[Evidence] = &[
    person::claim,
    consent::claim,
    correspondence::claim,
    coordinates::geometry,
    coordinates::point,
    coordinates::latitude,
    coordinates::longitude,
    coordinates::easting,
    coordinates::northing,
    postcode::claim,
    email::claim,
    website::claim,
    phone::claim,
    uprn::claim,
    identifier::charity,
    identifier::company,
    area_code::claim,
    opening_hours::claim,
    date::claim,
    facility::claim,
    key::claim,
    category::claim,
    address::claim,
    name::claim,
    notes::claim,
    summary::claim,
];
