//! What became of the rows of a source's files, from the store's record of imports.

use super::words;
use crate::AppState;
use app::Run;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The rows of one source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Rows {
    /// Rows in its files, as last imported.
    pub read: u64,
    /// Rows that were loaded.
    pub loaded: u64,
    /// Rows that say more of something in another row.
    pub merged: u64,
    /// Rows that were not loaded.
    pub not_loaded: u64,
    /// Why not, in words, and how often each, most frequent first.
    pub reasons: Vec<(String, u64)>,
    /// The names of the files.
    pub files: BTreeSet<String>,
    /// The day of the last import, `2026-03-01`.
    pub imported: String,
}

/// By source.
pub(super) type RowsBySource = HashMap<String, Rows>;

/// More imports than that are not looked back upon.
const MOST: usize = 5_000;

/// What the store remembers; empty when it can't be read now: the page is whole without.
pub(super) async fn rows(state: &AppState) -> RowsBySource {
    let state = state.clone();
    let runs = tokio::task::spawn_blocking(move || state.live().store().runs(None, MOST)).await;
    match runs {
        Ok(Ok(runs)) => by_source(&runs),
        Ok(Err(error)) => {
            tracing::warn!(%error, "the record of imports can't be read");
            RowsBySource::new()
        }
        Err(_) => RowsBySource::new(),
    }
}

/// Of each file the last import counts; runs come newest first.
fn by_source(runs: &[Run]) -> RowsBySource {
    let mut sources = RowsBySource::new();
    let mut reasons: HashMap<&str, BTreeMap<&str, u64>> = HashMap::new();
    for run in runs {
        let rows = sources.entry(run.source.clone()).or_default();
        if !rows.files.insert(run.report.file.clone()) {
            continue;
        }
        rows.read += run.report.read;
        rows.loaded += run.created + run.updated + run.unchanged;
        rows.merged += run.report.merged;
        rows.not_loaded += run.report.rejected;
        if rows.imported.is_empty() {
            rows.imported = run.at.chars().take(10).collect();
        }
        for (rule, n) in &run.report.reasons {
            *reasons.entry(&run.source).or_default().entry(rule).or_default() += n;
        }
    }
    for (source, counts) in reasons {
        let mut list: Vec<(String, u64)> = counts.into_iter().map(|(rule, n)| (reason(rule), n)).collect();
        list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        sources.entry(source.to_owned()).or_default().reasons = list;
    }
    sources
}

/// A rule in words that need no manual.
fn reason(rule: &str) -> String {
    let words = match rule {
        "no-name" => "no name",
        "no-names" => "no column with names",
        "no-key" => "nothing that tells the row from others",
        "blank-row" => "an empty row",
        "bad-postcode" => "the postcode is not one",
        "bad-area-code" => "the area code is not one",
        "off-the-grid" => "the place is not in Great Britain",
        "off-the-globe" => "the place is not on the globe",
        "coordinates-not-numbers" => "the coordinates are not numbers",
        "not-an-area" => "the boundary encloses nothing",
        "duplicate-key" | "same-key" => "another row has the same number",
        other => return model::capital(&other.replace('-', " ")),
    };
    model::capital(words)
}

impl Rows {
    /// `halls.csv, loaded on 2026-03-01`
    pub fn files_words(&self) -> String {
        let files: Vec<&str> = self.files.iter().map(String::as_str).collect();
        let day = model::PartialDate::parse(&self.imported);
        let day = day.map_or_else(|_| self.imported.clone(), |date| date.in_words());
        format!("{}, loaded {day}", files.join(", "))
    }

    /// `85 of 86 rows`
    pub fn loaded_words(&self) -> String {
        let of = words::count(self.read as usize, "row", "rows");
        match self.loaded == self.read {
            true => format!("All {of}"),
            false => format!("{} of {of}", words::number(self.loaded as usize)),
        }
    }

    /// `3 rows: No name 2, An empty row 1`
    pub fn not_loaded_words(&self) -> String {
        if self.not_loaded == 0 {
            return "None: every row was loaded".into();
        }
        let reasons: Vec<String> =
            self.reasons.iter().map(|(why, n)| format!("{why} ({})", words::number(*n as usize))).collect();
        format!("{}: {}", words::count(self.not_loaded as usize, "row", "rows"), reasons.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::FileReport;

    fn run(run: u64, file: &str, read: u64, rejected: u64, reasons: &[(&str, u64)]) -> Run {
        Run {
            run,
            source: "halls".into(),
            at: format!("2026-03-0{run}T10:00:00Z"),
            revision: run,
            report: FileReport {
                file: file.into(),
                read,
                rejected,
                reasons: reasons.iter().map(|(rule, n)| ((*rule).to_owned(), *n)).collect(),
                ..FileReport::default()
            },
            created: read - rejected,
            updated: 0,
            unchanged: 0,
        }
    }

    #[test]
    fn of_each_file_the_last_import_counts() {
        let runs = [
            run(3, "a.csv", 10, 2, &[("no-name", 2)]),
            run(2, "b.csv", 5, 1, &[("blank-row", 1)]),
            run(1, "a.csv", 9, 9, &[("no-name", 9)]),
        ];
        let rows = &by_source(&runs)["halls"];
        assert_eq!((rows.read, rows.loaded, rows.not_loaded), (15, 12, 3));
        assert_eq!(rows.loaded_words(), "12 of 15 rows");
        assert_eq!(rows.not_loaded_words(), "3 rows: No name (2), An empty row (1)");
        assert_eq!(rows.imported, "2026-03-03");
        assert_eq!(Rows::default().not_loaded_words(), "None: every row was loaded");
    }
}
