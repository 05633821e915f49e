//! Rows to records, as a profile says. One sort of record per file.

mod ages;
mod area;
mod areas;
mod asset;
mod category;
pub(crate) mod empties;
pub(crate) mod key;
mod lookup;
mod name;
mod ons;
mod place;
mod population;
mod postcode;
mod spend;
pub(crate) mod text;

use crate::Refusal;
use crate::batch::Record;
use crate::columns::Columns;
use crate::notes::Notes;
use crate::profile::Context;
use crate::raw_row::RawRow;
use model::{AreaCode, Finding, PartialDate, RecordKind};

pub(crate) use area::{ColumnSummary, has_code};
pub(crate) use asset::date_of_file;
pub(crate) use population::to_add;
pub(crate) use spend::money;

/// A row, mapped.
pub(crate) struct Mapped {
    pub record: Record,
    /// Unique within the file, unless it may repeat.
    pub key: String,
    /// Whether rows with the same key are all real: each gets its number behind its key.
    pub may_repeat: bool,
    pub hidden_by: Option<&'static str>,
    /// The part of the record that the row itself gives, for the fingerprint.
    pub content: Vec<u8>,
    /// The areas whose coverage the row speaks of.
    pub covers: Vec<AreaCode>,
    /// The row's own date.
    pub as_of: Option<PartialDate>,
}

/// Maps rows of one file.
pub(crate) trait Mapper: Send {
    /// The record in a row.
    ///
    /// # Errors
    /// Why there is none: a rejection.
    fn map(&self, row: &RawRow, notes: &mut Notes<'_>) -> Result<Mapped, Finding>;
}

/// The mapper for a profile's sort of record.
///
/// # Errors
/// When the columns that it can't do without are missing.
pub(crate) fn mapper(
    context: &Context<'_>,
    columns: &Columns,
    summary: &[ColumnSummary],
    notices: &mut Vec<Finding>,
) -> Result<Box<dyn Mapper>, Refusal> {
    Ok(match context.profile.record {
        RecordKind::Area if context.profile.area.lookup => {
            Box::new(lookup::LookupMapper::new(context, columns)?)
        }
        RecordKind::Area => Box::new(area::AreaMapper::new(context, columns, summary, notices)?),
        RecordKind::Population => Box::new(population::PopulationMapper::new(context, columns)?),
        RecordKind::Spend => Box::new(spend::SpendMapper::new(context, columns)?),
        RecordKind::Postcode => Box::new(postcode::PostcodeMapper::new(context, columns)),
        RecordKind::Group | RecordKind::Building | RecordKind::Asset => {
            Box::new(asset::AssetMapper::new(context, columns, notices)?)
        }
    })
}
