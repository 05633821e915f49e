//! A subcommand is a file here, and one line in `main.rs`.

pub mod check;
pub mod import;
pub mod profiles;
pub mod runs;
pub mod serve;
pub mod store;

use std::io::Write;

/// Prints to standard output. A reader who has had enough, such as `head`, is no error.
pub(crate) fn print(text: &str) {
    if std::io::stdout().lock().write_all(text.as_bytes()).is_err() {
        std::process::exit(0);
    }
}
