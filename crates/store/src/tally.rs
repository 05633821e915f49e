//! What an import does to what is there, as numbers that are the same in every home.

use crate::{FileReport, Published, Revision, StoreError};
use model::Source;

/// How many rows are staged, by kind.
#[derive(Debug, Clone, Copy, Default)]
pub struct Staged {
    pub assets: u64,
    pub areas: u64,
    pub postcodes: u64,
    pub spend: u64,
    pub populations: u64,
}

impl Staged {
    pub fn all(self) -> u64 {
        self.assets + self.areas + self.postcodes + self.spend + self.populations
    }
}

/// What a comparison of staged lines and populations found.
#[derive(Debug, Clone, Copy, Default)]
pub struct MoneyChanges {
    pub created: u64,
    pub updated: u64,
    pub withdrawn: u64,
}

impl MoneyChanges {
    pub fn any(self) -> bool {
        self.created + self.updated + self.withdrawn > 0
    }

    /// How many more rows hold.
    pub fn more(self) -> i64 {
        self.created as i64 - self.withdrawn as i64
    }
}

/// What a comparison of staged rows with those that are there found, over all kinds.
#[derive(Debug, Clone, Copy)]
pub struct Compared {
    /// Rows that are staged.
    pub staged: u64,
    /// Of those, rows whose key is new.
    pub created: u64,
    /// Of those, rows whose key is known and whose content is not.
    pub updated: u64,
    /// Records of the source before, sealed ones too.
    pub known: u64,
    /// Lines that hold now and will not.
    pub withdrawn: u64,
    /// Whether the source itself is to be written.
    pub source_changed: bool,
}

impl Compared {
    /// Whether there is anything to publish.
    pub fn changed(self) -> bool {
        self.source_changed || self.created + self.updated + self.withdrawn > 0
    }

    /// What is told of a run that follows on a revision.
    pub fn published(self, run: u64, before: Revision) -> Published {
        Published {
            run,
            revision: before + u64::from(self.changed()),
            created: self.created,
            updated: self.updated,
            unchanged: self.staged - self.created - self.updated,
            absent: self.known.saturating_sub(self.staged - self.created + self.withdrawn),
            withdrawn: self.withdrawn,
        }
    }
}

/// The source as it will be: as given, but covering all that it ever covered, as of the later date.
pub fn merged(stored: Option<&Source>, given: &Source) -> Source {
    let mut merged = given.clone();
    if let Some(stored) = stored {
        merged.covers.extend(stored.covers.iter().cloned());
        merged.as_of = merged.as_of.max(stored.as_of);
        for (code, name) in &stored.area_names {
            merged.area_names.entry(code.clone()).or_insert_with(|| name.clone());
        }
    }
    merged.covers.sort();
    merged.covers.dedup();
    merged
}

/// Whether a source comes to mention other names of areas.
pub fn renames(stored: Option<&Source>, source: &Source) -> bool {
    stored.map_or(!source.area_names.is_empty(), |stored| stored.area_names != source.area_names)
}

/// Checks that a row to be staged is of the import's source.
pub fn check_source(theirs: &str, ours: &str, line: u64) -> Result<(), StoreError> {
    if theirs == ours {
        return Ok(());
    }
    Err(StoreError::BadRow { line, why: format!("it is of the source {theirs}, in an import of {ours}") })
}

/// Checks that an import is published as what it was begun for.
pub fn check_published_as(given: &Source, begun: &str) -> Result<(), StoreError> {
    if given.id == begun {
        return Ok(());
    }
    Err(StoreError::Misused { why: "it was published as another source than it was begun for" })
}

/// Checks that nothing failed before.
pub fn still_whole(failed: bool) -> Result<(), StoreError> {
    if failed {
        return Err(StoreError::Misused { why: "rows were given after a row had failed" });
    }
    Ok(())
}

/// The reasons of a report as JSON.
pub fn reasons(report: &FileReport) -> String {
    serde_json::to_string(&report.reasons).expect("reasons are text and numbers")
}

/// The reverse of [`reasons`].
pub fn read_reasons(json: &str) -> Result<Vec<(String, u64)>, StoreError> {
    serde_json::from_str(json).map_err(|_| StoreError::unreadable("list of reasons", json))
}

/// Now, as runs and the GeoPackage write it.
pub fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}
