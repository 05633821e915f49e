use crate::Refusal;
use geo_types::{MultiPolygon, Point};
use model::Finding;

/// One row as it stands in the file: cells in the order of the columns.
#[derive(Debug, Default)]
pub(crate) struct RawRow {
    /// The line where it starts.
    pub line: u64,
    text: String,
    ends: Vec<usize>,
    /// Its geometry, when the format has geometries.
    pub shape: Shape,
    /// The geometry as published, for the fingerprint.
    pub geometry: String,
    /// The text of all rows that were folded into this one, for the fingerprint.
    pub besides: String,
    /// The row as published, when that is JSON already.
    pub json: Option<String>,
    /// What was odd about it.
    pub warnings: Vec<Finding>,
    /// Its number among the features, from 1: all may stand in one line.
    pub feature: Option<usize>,
}

/// A geometry in degrees, as far as we can use one.
#[derive(Debug, Default)]
pub(crate) enum Shape {
    /// The format has none.
    #[default]
    None,
    /// The format has one, and here it is `null`.
    Null,
    /// A point.
    Point(Point<f64>),
    /// One or more polygons, valid.
    Polygons(MultiPolygon<f64>),
    /// One that can't be right, and why.
    Unusable(Finding),
    /// Polygons that can't bound an area, and why; and a point on them all the same.
    Flawed(Finding, Option<Point<f64>>),
    /// Of a type that neither places an asset nor bounds an area.
    Other(&'static str),
}

impl RawRow {
    /// An empty row that starts in a line.
    pub fn starting(line: u64) -> Self {
        Self { line, ..Self::default() }
    }

    /// A row from text and the places where its cells end.
    pub fn from_parts(line: u64, text: String, ends: Vec<usize>) -> Self {
        Self { line, text, ends, ..Self::default() }
    }

    /// Adds a cell.
    pub fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// A cell as published; empty when the row has no such cell.
    pub fn cell(&self, i: usize) -> &str {
        let Some(end) = self.ends.get(i) else { return "" };
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        &self.text[start..*end]
    }

    /// All its cells.
    pub fn cells(&self) -> Vec<String> {
        (0..self.len()).map(|i| self.cell(i).to_owned()).collect()
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Drops empty cells beyond the first `columns`.
    pub fn drop_trailing_empty(&mut self, columns: usize) {
        while self.len() > columns && self.cell(self.len() - 1).trim().is_empty() {
            self.ends.pop();
        }
    }

    /// Whether no cell holds anything.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// What a format gives for each of its rows.
pub(crate) enum Item {
    /// A row.
    Row(RawRow),
    /// A row that was folded into the one before, by its line.
    Folded(u64),
    /// Something in the place of a row that is none, and its cells as far as there are any.
    Bad(Finding, Vec<String>),
}

/// A format being read.
pub(crate) trait Rows: Send {
    /// The next row, in the order of the file.
    fn next(&mut self) -> Result<Option<Item>, Refusal>;

    /// What was assumed since the last call.
    fn take_notices(&mut self) -> Vec<Finding>;
}
