use super::print;
use super::serve;
use crate::settings::File;
use anyhow::Result;
use clap::ArgMatches;
use std::process::ExitCode;

/// Print every setting, what holds, and where that is from.
///
/// A flag counts before the environment, the environment before a file of settings, the file before what is built in.
/// Passwords and tokens are not printed.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  assetmap config
  assetmap --config /etc/assetmap.toml config

A file of settings, assetmap.toml in the folder where the program starts unless --config names another:
  store = \"postgres://assets@db.example.gov.uk/assets\"
  listen = \"0.0.0.0:8080\"
  url = \"https://assets.example.gov.uk\"
  log-format = \"json\"")]
pub struct Args {
    #[command(flatten)]
    settings: serve::Settings,
}

/// Prints them.
pub fn run(file: &File, matches: &ArgMatches, _: Args) -> Result<ExitCode> {
    let rows = file.what_holds(matches);
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let (name, value) = (width(0), width(1));
    let lines = rows.iter().map(|[n, v, from]| format!("{n:name$}  {v:value$}  {from}\n"));
    print(&lines.collect::<String>());
    Ok(ExitCode::SUCCESS)
}
