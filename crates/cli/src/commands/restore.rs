use super::{counts, print};
use anyhow::Result;
use app::StorePlace;
use std::path::PathBuf;
use std::process::ExitCode;

/// Put a backup into a store that is empty or not there yet, of either kind.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  assetmap --store assetmap.gpkg restore /backups/assets-2026-11-22.zip
  assetmap --store postgres://assets@localhost/assets restore assets.zip")]
pub struct Args {
    /// What assetmap backup has written
    #[arg(value_name = "FILE.zip")]
    file: PathBuf,
}

/// Puts it back.
pub fn run(place: &StorePlace, args: Args) -> Result<ExitCode> {
    let copied = app::restore(&args.file, place)?;
    print(&format!("{}\n  put into {}\n{}", args.file.display(), copied.to, counts(&copied)));
    Ok(ExitCode::SUCCESS)
}
