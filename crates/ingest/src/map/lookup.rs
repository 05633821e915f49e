//! A table that says of small areas with which larger ones they are counted, and draws none.

use super::area::vintage;
use super::ons::{CodeColumn, code_columns};
use super::{Mapped, Mapper};
use crate::Refusal;
use crate::batch::Record;
use crate::columns::Columns;
use crate::notes::Notes;
use crate::profile::Context;
use crate::raw_row::RawRow;
use geo_types::MultiPolygon;
use model::{AreaCode, Finding, LocalityKey, LocalityRecord, PartialDate, Vintage};

/// Rows to areas without a boundary.
pub(super) struct LookupMapper {
    source: String,
    /// The column of the smallest areas; the others are what they are part of.
    own: CodeColumn,
    parents: Vec<CodeColumn>,
    vintage: Vintage,
    as_of: Option<PartialDate>,
}

impl LookupMapper {
    pub fn new(context: &Context<'_>, columns: &Columns) -> Result<Self, Refusal> {
        let mut codes = code_columns(columns);
        codes.sort_by_key(|column| column.level);
        let mut codes = codes.into_iter();
        let own = codes.next().ok_or_else(no_codes)?;
        Ok(Self {
            source: context.source.clone(),
            vintage: vintage(context, Some(&own))?.0,
            parents: codes.filter(|column| column.level > own.level).collect(),
            as_of: context.options.as_of,
            own,
        })
    }

    fn code(&self, row: &RawRow, notes: &Notes<'_>) -> Result<AreaCode, Finding> {
        AreaCode::parse(row.cell(self.own.index)).map_err(|bad| {
            notes.reject("bad-area-code", bad.to_string(), "Correct the code, or leave the row out.")
        })
    }
}

impl Mapper for LookupMapper {
    fn map(&self, row: &RawRow, notes: &mut Notes<'_>) -> Result<Mapped, Finding> {
        let code = self.code(row, notes)?;
        let (mut parents, mut bad) = (Vec::new(), Vec::new());
        for column in &self.parents {
            let cell = row.cell(column.index).trim();
            match AreaCode::parse(cell) {
                Ok(larger) => parents.push(larger),
                Err(_) if cell.is_empty() => {}
                Err(why) => bad.push(why.to_string()),
            }
        }
        if parents.is_empty() {
            let why = if bad.is_empty() { String::new() } else { format!(": {}", bad.join("; ")) };
            let message = format!("nothing says what {code} is part of{why}");
            return Err(notes.reject("no-parent", message, "Give the code of its ward."));
        }
        for why in bad {
            let remedy = format!("Correct the code: {code} counts in the area that holds its middle.");
            notes.warn("bad-area-code", format!("{why}; it was dropped"), remedy);
        }
        let name = self.own.name.map(|i| row.cell(i).trim()).filter(|name| !name.is_empty());
        // Wards of several years stand beside each other: each lookup knows its own.
        let year = self.parents.iter().find_map(|column| column.vintage).unwrap_or(self.vintage);
        let key = format!("{}:{code}:{}:in-{year}", self.own.level.as_str(), self.vintage);
        let record = LocalityRecord {
            source: self.source.clone(),
            key: key.clone(),
            locality: LocalityKey {
                level: self.own.level,
                code: code.as_str().to_owned(),
                vintage: self.vintage,
            },
            name: name.unwrap_or(code.as_str()).to_owned(),
            parents,
            boundary: MultiPolygon(Vec::new()),
            as_of: self.as_of,
        };
        Ok(Mapped {
            content: format!("{}\n{:?}", record.name, record.parents).into_bytes(),
            record: Record::Area(record),
            key,
            may_repeat: false,
            hidden_by: None,
            covers: Vec::new(),
            as_of: None,
        })
    }
}

fn no_codes() -> Refusal {
    Refusal::of_file(
        "no-codes",
        "the file has no column of area codes named as the Office for National Statistics does",
        "Name it `LSOA21CD`, and that of the wards `WD24CD`.",
    )
}
