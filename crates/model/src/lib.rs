//! **What we talk about**: the nouns of a community and of the files that describe it.
//!
//! One noun per file. A value that exists is valid: `parse` (or a constructor that returns `Result`) is the
//! only door in, fields are private where a rule protects them, and nothing here does I/O.
//!
//! - *Places*: [`Position`] (WGS84 longitude, latitude, in that order) and how good it is, [`PositionQuality`];
//!   [`Postcode`], [`Uprn`], [`AreaCode`] with its [`Level`] and [`Vintage`].
//! - *What there is*: an [`Asset`] is a group or a building ([`Kind`]) with [`Category`]s from a small built-in
//!   taxonomy; an [`AssetRecord`] is what one source says about it. A [`Locality`] is any area.
//! - *What is spent*: a [`SpendRecord`] is one published line in [`Pence`], with its [`Payee`], in a
//!   [`FinancialYear`]; a [`PopulationRecord`] says how many people live in an area.
//! - *When it is open*: [`Opening`] reads published times and gives an [`Answer`] for a [`WeekPart`].
//! - *How we know*: [`Source`] and its licence, [`PartialDate`] for dates as exact as their publisher made
//!   them and [`Days`] for what they span, [`OrgId`] for identifiers such as `GB-CHC-1234567`, [`Visibility`] for who may see it.
//! - *What people say*: [`Fields`] of a record that somebody changes, on top of what its source says.
//! - *What went wrong*: a [`Finding`] says in which line, by which rule, why, and what to do.

mod area_code;
mod asset;
mod category;
mod date;
mod days;
mod edit;
mod financial_year;
mod finding;
mod fingerprint;
mod kind;
mod level;
mod locality;
mod opening;
mod org_id;
mod pence;
mod population;
mod position;
mod postcode;
mod source;
mod spend;
mod uprn;
mod visibility;
mod words;

pub use area_code::{AreaCode, BadAreaCode};
pub use asset::{Asset, AssetId, AssetRecord, Facility, Located, Status};
pub use category::{Category, CategorySet, Family, Listing};
pub use date::{BadDate, PartialDate};
pub use days::Days;
pub use edit::{BadField, EDITABLE, Fields};
pub use financial_year::{BadFinancialYear, FinancialYear};
pub use finding::{Finding, Rule};
pub use fingerprint::Fingerprint;
pub use kind::Kind;
pub use level::Level;
pub use locality::{Locality, LocalityKey, LocalityRecord, Vintage};
pub use opening::{Answer, Opening, WeekPart};
pub use org_id::{BadOrgId, OrgId};
pub use pence::{BadPence, Pence, grouped, percent};
pub use population::{AgeBand, OLDEST, PopulationRecord};
pub use position::{BadPosition, Position, PositionQuality};
pub use postcode::{BadPostcode, Postcode, PostcodeRecord};
pub use source::{RecordKind, Source};
pub use spend::{Basis, Payee, SpendKind, SpendRecord, Standing, StatedPlace};
pub use uprn::{BadUprn, Uprn};
pub use visibility::Visibility;
pub use words::{capital, listed};
