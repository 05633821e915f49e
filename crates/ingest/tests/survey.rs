//! Every file of the real data and of our own borough: a table of what became of it.
//! `cargo test -p ingest --test survey -- --nocapture` prints it.

mod common;

use common::{by_rule, bytes_of, options, read};
use std::path::{Path, PathBuf};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
    found.sort();
}

fn line(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    match read(&name, &bytes_of(path), &options()) {
        Err(refusal) => format!("{name} | REFUSED {}", refusal.finding),
        Ok(report) => format!(
            "{name} | {} → {} | {} | rejected: {} | warned: {} | notices: {} | hidden {}",
            report.profile,
            report.source.id,
            report.counts(),
            by_rule(&report.batch.rejections),
            by_rule(&report.batch.warnings),
            by_rule(&report.notices),
            report.batch.rows.iter().filter(|row| row.hidden_by.is_some()).count(),
        ),
    }
}

#[test]
fn nothing_panics_and_rows_are_conserved() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let mut found = Vec::new();
    for folder in common::real_data().into_iter().chain([own]) {
        files(&folder, &mut found);
    }
    for path in
        found.iter().filter(|path| path.extension().is_some_and(|e| e != "rs" && e != "toml" && e != "md"))
    {
        println!("{}", line(path));
    }
}
