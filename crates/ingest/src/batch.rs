use model::{
    AssetRecord, Finding, Fingerprint, LocalityRecord, PopulationRecord, PostcodeRecord, SpendRecord,
};

/// Some rows of a file, in its order. `read == rows.len() + rejections.len() + merged`, always.
#[derive(Debug, Default)]
pub struct Batch {
    /// What was loaded.
    pub rows: Vec<Row>,
    /// Why the other rows were not.
    pub rejections: Vec<Finding>,
    /// The cells of each of them, in the order of the file's columns; empty where a row has none of its own.
    pub rejected_cells: Vec<Vec<String>>,
    /// What was odd about rows that were loaded.
    pub warnings: Vec<Finding>,
    /// How many rows of the file this batch accounts for.
    pub read: u64,
    /// How many rows repeat an earlier one exactly.
    pub merged: u64,
}

impl Batch {
    /// Leaves a row out, for a reason.
    pub(crate) fn reject(&mut self, finding: Finding, cells: Vec<String>) {
        self.rejections.push(finding);
        self.rejected_cells.push(cells);
    }
}

/// One row of a file, as a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The line of the file, from 1, where it starts.
    pub line: u64,
    /// Changes when the row or what we read in it does.
    pub fingerprint: Fingerprint,
    /// The row as published, as a JSON object; empty for postcodes.
    pub raw: String,
    /// What we read in it.
    pub record: Record,
    /// The rule by which it is hidden, when it is.
    pub hidden_by: Option<&'static str>,
}

/// A record of any sort.
#[derive(Debug, Clone, PartialEq)]
pub enum Record {
    /// A group or a building.
    Asset(AssetRecord),
    /// An area with its boundary.
    Area(LocalityRecord),
    /// A postcode.
    Postcode(PostcodeRecord),
    /// A line of money.
    Spend(SpendRecord),
    /// How many people live in an area.
    Population(PopulationRecord),
}
