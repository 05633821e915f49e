//! Public money as a store keeps it: lines, the people they are for, and where an allocation placed each line. Shares are
//! not kept: they are made anew from placements and weights.

pub(crate) mod rows;

use crate::Revision;
use model::{AreaCode, AssetId, Fingerprint, PopulationRecord, SpendRecord};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// A published line, as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct SpendLine {
    /// Its number in this store; none is given twice.
    pub number: u64,
    /// Its lasting id, the same in every store.
    pub id: AssetId,
    /// What it says. The name of a payee that is not [`Standing::Named`](model::Standing::Named) is empty, and with it
    /// all that may tell who it is.
    pub record: SpendRecord,
    /// The import that wrote it.
    pub run: u64,
    /// The line in that import's file, from 1.
    pub line: u64,
    /// Where the newest allocation placed it; `None` when there was none since it came.
    pub placed: Option<Placed>,
}

/// What an allocation says of a line. The words are those of whoever allocates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// The plain service; `None` when no rule maps the line to one.
    pub service: Option<String>,
    /// The class of money.
    pub class: String,
    /// The entry of the lookup that says so.
    pub mapped_by: Option<String>,
    /// How the place was found.
    pub method: String,
    /// The rule that says so.
    pub rule: String,
    /// The place or places.
    pub target: Value,
    /// The weights by which it is shared out: [`Weights::id`].
    pub weight_set: Option<String>,
    /// Who is paid, where that is an asset we hold.
    pub asset: Option<AssetId>,
    /// Whether who is paid is known for a voluntary organisation.
    pub is_voluntary: bool,
}

/// Weights by which money is shared out among areas.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weights {
    /// Made of the content: the same content has the same id, and another another.
    pub id: String,
    /// What is weighed: `population 65-120`.
    pub name: String,
    /// The year of the figures.
    pub year: u16,
    /// The areas that it is about.
    pub scope: Vec<AreaCode>,
    /// The weight of each small area in them.
    pub weights: BTreeMap<AreaCode, u64>,
}

/// What is told of an allocation before it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAllocation {
    /// The version that the rules give themselves.
    pub rules_version: String,
    /// The whole file of rules.
    pub rules: String,
    /// Which methods were on, as JSON.
    pub options: String,
}

/// A time that lines were placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allocation {
    /// Its number, from 1.
    pub allocation: u64,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// The store's revision afterwards.
    pub revision: Revision,
    /// The version that the rules give themselves.
    pub rules_version: String,
    /// The whole file of rules.
    pub rules: String,
    /// Which methods were on, as JSON.
    pub options: String,
    /// How many lines it placed.
    pub lines: u64,
    /// Lines that it placed otherwise than the one before, or for the first time.
    pub changed: u64,
}

/// What an allocation said of a line, for [`Store::placements`](crate::Store::placements).
#[derive(Debug, Clone)]
pub struct PlacedLine {
    /// The line's number.
    pub number: u64,
    /// Its lasting id.
    pub id: AssetId,
    /// What it says, in pence.
    pub pence: i64,
    /// What the allocation said of it.
    pub placed: Placed,
}

/// One thing of all that is known of public money.
#[derive(Debug, Clone)]
pub enum Money {
    /// The newest allocation.
    Allocation(Allocation),
    /// Weights that a placement which holds needs.
    Weights(Weights),
    /// What one source says of how many people live in an area.
    Population(PopulationRecord),
    /// A line that holds.
    Line(Box<SpendLine>),
}

/// A row of [`PopulationRecord`] as one store gives it to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPopulation {
    /// What the source says.
    pub record: PopulationRecord,
    /// Of the row as published.
    pub fingerprint: Fingerprint,
    /// The publication that last changed it.
    pub revision: Revision,
}

/// Where allocations placed a line, and from which until which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPlacement {
    /// The line.
    pub line: AssetId,
    /// What they say of it.
    pub placed: Placed,
    /// The first that says so.
    pub since: u64,
    /// The first that says something else.
    pub until: Option<u64>,
}
