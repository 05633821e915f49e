use super::MAX_COLUMNS;
use super::record::Record;
use crate::Refusal;
use crate::columns::{Columns, fold};
use crate::profile::Headless;
use crate::read::encoding::decode;
use model::Finding;
use std::collections::HashSet;

/// The row that names the columns.
#[derive(Debug, Default)]
pub(super) struct Header {
    /// How many rows stand before it.
    pub index: usize,
    pub line: u64,
    pub cells: Vec<String>,
    /// How many of its cells are known header names.
    pub known: usize,
    pub cut_short: bool,
    /// Whether the file has none, and these are the names that a profile gives to its columns.
    pub is_missing: bool,
}

/// The header that a file lacks, when a profile knows the file without.
pub(super) fn missing(records: &[Record], headless: &[&Headless]) -> Option<Header> {
    let first = records.first()?;
    let names = headless.iter().find(|headless| headless.knows(&cells(first)))?.columns.clone();
    Some(Header { line: first.line, cells: names, is_missing: true, ..Header::default() })
}

/// The first row with most known names; the first row at all when none has any.
pub(super) fn find(records: &[Record], known: &HashSet<String>) -> Header {
    let mut best: Option<Header> = None;
    for (index, record) in records.iter().enumerate() {
        let cells = cells(record);
        let count = cells.iter().filter(|cell| known.contains(&fold(cell))).count();
        if best.as_ref().is_none_or(|best| count > best.known) {
            let (line, cut_short) = (record.line, record.cut_short);
            best = Some(Header { index, line, cells, known: count, cut_short, is_missing: false });
        }
    }
    best.unwrap_or_default()
}

/// The number of cells, two or more, that most rows have, and how many have it.
pub(super) fn usual_width(records: &[Record]) -> Option<(usize, usize)> {
    let rows_with = |width: usize| records.iter().filter(|record| record.ends.len() == width).count();
    let widths = records.iter().map(|record| record.ends.len()).filter(|width| *width >= 2);
    widths.map(|width| (width, rows_with(width))).max_by_key(|(width, rows)| (*rows, *width))
}

/// The first row of that many cells that can be column names: nearly all are there, and none is a number.
pub(super) fn likely(records: &[Record], width: usize) -> Option<Header> {
    records.iter().enumerate().filter(|(_, record)| record.ends.len() == width).find_map(|(index, record)| {
        let cells = cells(record);
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        let is_value = |cell: &String| cell.parse::<f64>().is_ok() || model::Postcode::parse(cell).is_ok();
        let can_be = filled * 5 >= width * 4 && !cells.iter().any(is_value);
        let (line, cut_short) = (record.line, record.cut_short);
        can_be.then_some(Header { index, line, cells, known: 0, cut_short, is_missing: false })
    })
}

/// The cells, without empty ones at the end.
fn cells(record: &Record) -> Vec<String> {
    let starts = std::iter::once(&0).chain(&record.ends);
    let mut cells: Vec<String> = starts
        .zip(&record.ends)
        .map(|(start, end)| decode(record.bytes[*start..*end].to_vec()).0.trim().to_owned())
        .collect();
    while cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    cells
}

impl Header {
    /// The columns, when they are such that a table can be read.
    ///
    /// # Errors
    /// When there are too many, or none, or the file only says where the data went.
    pub fn columns(&self, whole: bool) -> Result<Columns, Refusal> {
        if self.cells.len() > MAX_COLUMNS {
            return Err(Refusal::at(
                self.line,
                "too-many-columns",
                format!("the table has {} columns; {MAX_COLUMNS} are the limit", self.cells.len()),
                "Check that the file is a table with one row a line.",
            ));
        }
        if self.cells.is_empty() || (self.cut_short && !whole) {
            return Err(Refusal::at(
                self.line.max(1),
                "no-header",
                "the file does not start with a row of column names",
                "Put the names of the columns in the first row; check for a quote that is never closed.",
            ));
        }
        if let [only] = &self.cells[..]
            && fold(only) == "dataredirecturl"
        {
            return Err(moved());
        }
        Ok(Columns::new(self.cells.iter().cloned()))
    }

    /// The notice for rows that stand before the header.
    pub fn notice(&self) -> Option<Finding> {
        (self.index > 0).then(|| Finding {
            line: Some(self.line),
            ..Finding::of_file(
                "header-after-titles",
                format!("the header was found in line {}, after {} other rows", self.line, self.index),
                "",
            )
        })
    }
}

/// A file that only says where the data went.
pub(crate) fn moved() -> Refusal {
    Refusal::of_file(
        "redirect",
        "the file holds no data, only the address to which the data has moved (`data_redirect_url`)",
        "Download the file from that address and import it instead.",
    )
}
