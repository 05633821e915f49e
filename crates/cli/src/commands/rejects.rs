use anyhow::{Context, Result, bail};
use model::Finding;
use std::fs::File;
use std::path::{Path, PathBuf};

/// The reason comes before the row: where it stood, which rule, why, and what to do.
const REASON: [&str; 5] = ["file", "line", "rule", "message", "remedy"];

/// For the cells of rows whose table has other columns than the first one.
const OTHERS: &str = "other cells";

/// Rows that were not loaded, as a table: the reason, then the row's own cells under their own names, so that it can
/// be mended and imported again. The columns are those of the first row; what another table has besides stands
/// behind them, by name.
pub(super) struct Rejects {
    path: PathBuf,
    writer: csv::Writer<File>,
    /// None before the first row.
    columns: Option<Vec<String>>,
    failed: Option<csv::Error>,
}

impl Rejects {
    /// Makes the file.
    ///
    /// # Errors
    /// When it can't be made.
    pub fn create(path: &Path) -> Result<Self> {
        let writer = csv::WriterBuilder::new()
            .flexible(true)
            .from_path(path)
            .with_context(|| format!("can't write {}", path.display()))?;
        Ok(Self { path: path.to_owned(), writer, columns: None, failed: None })
    }

    /// Adds a row. What fails is said at the end.
    pub fn write(&mut self, file: &str, finding: &Finding, columns: &[String], cells: &[String]) {
        if self.columns.is_none() {
            let header: Vec<&str> = REASON.into_iter().chain(columns.iter().map(String::as_str)).collect();
            self.columns = Some(columns.to_vec());
            self.record(&header.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        }
        let known = self.columns.clone().unwrap_or_default();
        let line = finding.line.map(|n| n.to_string()).unwrap_or_default();
        let reason = [file, &line, &finding.rule, &finding.message, &finding.remedy].map(safe);
        let row: Vec<String> = reason.into_iter().chain(row_of(&known, columns, cells)).collect();
        self.record(&row);
    }

    fn record(&mut self, row: &[String]) {
        if let Err(error) = self.writer.write_record(row) {
            self.failed.get_or_insert(error);
        }
    }

    /// Finishes the file.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn finish(mut self) -> Result<()> {
        if self.columns.is_none() {
            self.record(&REASON.map(str::to_owned));
        }
        if let Some(error) = self.failed {
            bail!(anyhow::Error::from(error).context(format!("can't write {}", self.path.display())));
        }
        self.writer.flush().with_context(|| format!("can't write {}", self.path.display()))
    }
}

/// A row's cells under the columns that the file has; cells of other columns behind them, by name.
fn row_of(known: &[String], columns: &[String], cells: &[String]) -> Vec<String> {
    if known == columns {
        let mut row: Vec<String> = cells.iter().map(|cell| safe(cell)).collect();
        row.resize(row.len().max(known.len()), String::new());
        return row;
    }
    let cell = |name: &String| columns.iter().position(|have| have == name).and_then(|i| cells.get(i));
    let others = columns.iter().zip(cells).filter(|(name, cell)| !known.contains(name) && !cell.is_empty());
    let others: Vec<String> = others.map(|(name, cell)| format!("{name}: {cell}")).collect();
    let mut row: Vec<String> = known.iter().map(|name| safe(cell(name).map_or("", String::as_str))).collect();
    if !others.is_empty() {
        row.push(safe(&format!("{OTHERS}: {}", others.join("; "))));
    }
    row
}

/// A cell that a spreadsheet takes for a formula gets an apostrophe in front; numbers and telephone numbers are none.
fn safe(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '@', '+', '-', '\t', '\r']);
    let is_number =
        cell.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | ',' | ' ' | '(' | ')'));
    if is_formula && !is_number { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn formulas_are_disarmed_and_numbers_are_not() {
        for (cell, expected) in [
            ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
            ("-2.3456", "-2.3456"),
            ("+44 161 496 0000", "+44 161 496 0000"),
            ("Oak Hall", "Oak Hall"),
            ("", ""),
        ] {
            assert_eq!(safe(cell), expected);
        }
    }

    #[test]
    fn a_row_of_another_table_stands_under_the_same_names() {
        let known = texts(&["name", "postcode"]);
        assert_eq!(row_of(&known, &known, &texts(&["Oak", "QX1", "more"])), ["Oak", "QX1", "more"]);
        let row = row_of(&known, &texts(&["postcode", "seats", "name"]), &texts(&["QX1", "90", "Elm"]));
        assert_eq!(row, ["Elm", "QX1", "other cells: seats: 90"]);
        assert_eq!(row_of(&known, &texts(&["seats"]), &[]), ["", ""]);
    }
}
