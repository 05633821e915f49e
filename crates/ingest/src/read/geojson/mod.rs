//! GeoJSON, held once as text. Every feature stands for itself: a bad one is a rejection, the others load.

mod bbox;
mod coordinates;
mod crs;
mod document;
mod explain;
mod feature;
mod geometry;
mod json;
mod rows;
mod shape;

pub(crate) use rows::{GEOMETRY, GeoJsonRows, called};

/// A feature may have so many vertices.
const MAX_VERTICES: usize = 1_000_000;

/// Why a part of a document is no good: rule, message, remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Flaw {
    pub rule: &'static str,
    pub message: String,
    pub remedy: String,
}

impl Flaw {
    pub fn new(rule: &'static str, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { rule, message: message.into(), remedy: remedy.into() }
    }

    pub fn at(self, line: u64) -> model::Finding {
        model::Finding::new(line, self.rule, self.message, self.remedy)
    }

    pub fn refusal(self) -> crate::Refusal {
        crate::Refusal::of_file(self.rule, self.message, self.remedy)
    }
}
