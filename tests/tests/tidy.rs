//! The house rules that a machine can check.

use black_box::repository;
use cargo_metadata::{DependencyKind, MetadataCommand, Package};
use std::collections::BTreeMap;
use std::path::Path;

/// Which of our crates a crate may use. Rows point down only; crates of one row never see each other.
const ARROWS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("spatial-index", &[]),
    ("osgb", &[]),
    ("ingest", &["model", "spatial-index", "osgb"]),
    ("measures", &["model"]),
    ("atlas", &["model", "spatial-index"]),
    ("store", &["model"]),
    ("app", &["ingest", "measures", "atlas", "store", "model"]),
    ("api", &["app", "atlas", "model", "osgb"]),
    ("cli", &["app", "api", "model"]),
    ("test-postgis", &[]),
    ("black-box", &["test-postgis"]),
    ("borough-generator", &["osgb"]),
];

fn packages() -> Vec<Package> {
    let metadata = MetadataCommand::new().current_dir(repository()).no_deps().exec().expect("cargo metadata");
    metadata.packages
}

#[test]
fn crates_use_only_the_rows_below_them() {
    let packages = packages();
    let ours: Vec<String> = packages.iter().map(|p| p.name.to_string()).collect();
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    let mut wrong = Vec::new();
    for package in &packages {
        let Some(allowed) = allowed.get(package.name.as_str()) else {
            wrong.push(format!(
                "{} is in no row: give it one in this test and in docs/architecture.md",
                package.name
            ));
            continue;
        };
        let used = package
            .dependencies
            .iter()
            .filter(|d| d.kind == DependencyKind::Normal && ours.contains(&d.name));
        let forbidden = used.filter(|d| !allowed.contains(&d.name.as_str()));
        wrong.extend(forbidden.map(|d| format!("{} must not use {}", package.name, d.name)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_nouns_do_no_input_or_output() {
    let forbidden =
        ["std::fs", "std::net", "std::process", "tokio", "rusqlite", "postgres", "async fn", "println!"];
    let mut wrong = Vec::new();
    for name in ["model", "spatial-index", "osgb", "ingest", "measures", "atlas"] {
        for (path, text) in sources(&repository().join("crates").join(name).join("src")) {
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            let found = forbidden.iter().filter(|word| code.contains(**word));
            wrong.extend(found.map(|word| format!("{path} has {word}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn http_stands_in_api_and_sql_in_store() {
    let mut wrong = Vec::new();
    for package in packages() {
        let uses = |name: &str| {
            package.dependencies.iter().any(|d| d.kind == DependencyKind::Normal && d.name == name)
        };
        if uses("axum") && package.name.as_str() != "api" {
            wrong.push(format!("{} uses axum", package.name));
        }
        if ["rusqlite", "tokio-postgres"].iter().any(|name| uses(name)) && package.name.as_str() != "store" {
            wrong.push(format!("{} uses a database", package.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn both_homes_have_the_same_migrations() {
    let names = |folder: &str| -> Vec<String> {
        let entries = std::fs::read_dir(repository().join("migrations").join(folder)).expect("migrations");
        let names = entries.map(|e| e.expect("a file").file_name().into_string().expect("UTF-8"));
        let mut names: Vec<String> = names.filter(|name| !name.ends_with(".sealed.sql")).collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgis"), "the same numbers and names, though perhaps nothing to do");
}

#[test]
fn every_crate_keeps_the_shared_lints_and_versions() {
    let mut wrong = Vec::new();
    for package in packages() {
        let manifest = std::fs::read_to_string(&package.manifest_path).expect("a manifest");
        for line in ["[lints]", "version.workspace = true", "edition.workspace = true"] {
            if !manifest.contains(line) {
                wrong.push(format!("{} has no {line}", package.manifest_path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every Rust file below a folder: its path in the repository, and its text.
fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut todo = vec![folder.to_owned()];
    while let Some(folder) = todo.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                todo.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(repository()).unwrap_or(&path).display().to_string();
                found.push((name, std::fs::read_to_string(&path).expect("UTF-8")));
            }
        }
    }
    found
}
