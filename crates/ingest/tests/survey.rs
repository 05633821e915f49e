//! Every file of the real data and of our own borough: what became of it, compared with `survey.txt`, so that a change
//! is seen. `ASSETMAP_WRITE_SURVEY=1 cargo test -p ingest --test survey` writes it again.

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

/// What becomes of a file, and whether reading it again gives the same rows.
fn line(folder: &Path, path: &Path) -> String {
    let name = path.strip_prefix(folder).unwrap_or(path).to_string_lossy().into_owned();
    let bytes = bytes_of(path);
    match read(&name, &bytes, &options()) {
        Err(refusal) => format!("{name} | refused {}", refusal.finding.rule),
        Ok(report) => {
            let again = read(&name, &bytes, &options()).expect("it was read before");
            assert_eq!(report.fingerprints(), again.fingerprints(), "{name}");
            let hidden = report.batch.rows.iter().filter(|row| row.hidden_by.is_some()).count();
            let parts = [
                report.profile.clone(),
                report.counts(),
                by_rule(&report.batch.rejections),
                by_rule(&report.batch.warnings),
                by_rule(&report.notices),
                format!("hidden {hidden}"),
            ];
            format!("{name} | {}", parts.join(" | "))
        }
    }
}

fn survey(folder: &Path, prefix: &str) -> Vec<String> {
    let mut found = Vec::new();
    files(folder, &mut found);
    let is_data = |path: &&PathBuf| path.extension().is_none_or(|e| e != "rs" && e != "toml" && e != "md");
    let of_git = |path: &&PathBuf| {
        let within = path.strip_prefix(folder).unwrap_or(path);
        !within.components().any(|part| part.as_os_str().to_string_lossy().starts_with('.'))
    };
    found
        .iter()
        .filter(is_data)
        .filter(of_git)
        .map(|path| format!("{prefix}{}", line(folder, path)))
        .collect()
}

#[test]
fn every_file_becomes_what_it_became_before() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let expected = here.join("tests/survey.txt");
    let mut lines = survey(&here.join("../../data"), "own: ");
    let real = common::real_data();
    lines.extend(real.iter().flat_map(|real| survey(real, "real: ")));
    if std::env::var_os("ASSETMAP_WRITE_SURVEY").is_some() {
        std::fs::write(&expected, lines.join("\n") + "\n").expect("the survey is written");
        return;
    }
    let text = std::fs::read_to_string(&expected).expect("tests/survey.txt");
    let before: Vec<&str> = text.lines().filter(|line| real.is_some() || line.starts_with("own: ")).collect();
    let changed: Vec<String> = lines
        .iter()
        .filter(|line| !before.contains(&line.as_str()))
        .map(|line| format!("+ {line}"))
        .chain(
            before
                .iter()
                .filter(|known| !lines.iter().any(|l| l == *known))
                .map(|known| format!("- {known}")),
        )
        .collect();
    assert!(changed.is_empty(), "the survey changed:\n{}", changed.join("\n"));
}
