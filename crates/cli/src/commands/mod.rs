//! A subcommand is a file here, and one line in `main.rs`.

pub mod check;
pub mod import;
pub mod profiles;
pub mod runs;
pub mod serve;
