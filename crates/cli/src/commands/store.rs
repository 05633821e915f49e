use super::{counts, print};
use anyhow::Result;
use app::{StorePlace, copy_store};
use std::process::ExitCode;

/// Look after stores: copy everything from one to another.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(clap::Subcommand)]
enum Action {
    Copy(Copy),
}

/// Copy everything in a store into an empty one, of either kind.
///
/// Hidden records, sealed postcodes, rows as published, past imports and the revision come along: both stores give the
/// same answers afterwards, and importing a file again changes nothing. All or nothing; the first store stays as it is.
#[derive(clap::Args)]
#[command(after_help = HELP)]
struct Copy {
    /// The store to copy: a GeoPackage file or a PostgreSQL database
    #[arg(value_name = "FROM")]
    from: StorePlace,

    /// The store to fill, which must be empty or not there yet. A database itself must be there
    #[arg(value_name = "TO")]
    to: StorePlace,
}

const HELP: &str = "\
Examples:
  assetmap store copy assetmap.gpkg postgres://assets@db.example.gov.uk/assets?sslmode=require
  assetmap store copy postgres://assets@localhost/assets backup.gpkg

A password is best given as PGPASSWORD, where no list of processes shows it.";

/// Does what is asked.
pub fn run(args: Args) -> Result<ExitCode> {
    let Action::Copy(Copy { from, to }) = args.action;
    let copied = copy_store(&from, &to)?;
    print(&format!("{}\n  copied to {}\n{}", copied.from, copied.to, counts(&copied)));
    Ok(ExitCode::SUCCESS)
}
