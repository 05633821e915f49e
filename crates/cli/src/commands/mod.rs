//! A subcommand is a file here, and one line in `main.rs`.

pub mod backup;
pub mod check;
pub mod config;
pub mod import;
pub mod profiles;
mod rejects;
pub mod restore;
pub mod runs;
pub mod serve;
pub mod spend;
pub mod store;

use std::io::Write;

/// Prints to standard output. A reader who has had enough, such as `head`, is no error.
pub(crate) fn print(text: &str) {
    if std::io::stdout().lock().write_all(text.as_bytes()).is_err() {
        std::process::exit(0);
    }
}

/// So many of something: `1 row`, `2 rows`.
pub(crate) fn counted(count: u64, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// A path as a shell takes it.
pub(crate) fn shell(path: &str) -> String {
    if path.contains([' ', '\'', '(', ')', '&', '$', '#', ';', '*', '?']) {
        format!("\"{path}\"")
    } else {
        path.to_owned()
    }
}

/// Revision and counts of what was copied, as a line.
pub fn counts(copied: &app::Copied) -> String {
    let counts: Vec<String> = copied.counts.iter().map(|(what, n)| format!("{n} {what}")).collect();
    format!("  revision {}: {}\n", copied.revision, counts.join(", "))
}
