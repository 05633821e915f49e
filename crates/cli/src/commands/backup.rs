use super::{counts, print};
use anyhow::Result;
use app::StorePlace;
use std::path::PathBuf;
use std::process::ExitCode;

/// Write everything in the store into one file, while it is in use.
///
/// The file holds what is hidden too: keep it as you keep the store itself.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  assetmap backup /backups/assets-2026-11-22.zip
  assetmap --store postgres://assets@localhost/assets backup assets.zip

Put it back with: assetmap --store NEW restore FILE")]
pub struct Args {
    /// A new file
    #[arg(value_name = "FILE.zip")]
    file: PathBuf,
}

/// Writes it.
pub fn run(place: &StorePlace, args: Args) -> Result<ExitCode> {
    let copied = app::backup(place, &args.file)?;
    print(&format!("{}\n  saved in {}\n{}", copied.from, args.file.display(), counts(&copied)));
    Ok(ExitCode::SUCCESS)
}
