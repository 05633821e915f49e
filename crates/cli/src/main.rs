//! The one binary. A subcommand is a file in `commands/`.

// It panics when the reader has gone; `commands::print` does not.
#![deny(clippy::print_stdout)]

mod commands;
mod settings;

use app::StorePlace;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use settings::File;
use std::process::ExitCode;

/// Answers are many small pieces of memory, from many threads; the system's allocator is slow at that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Maps what a community has: groups, buildings and the areas they are in, near and serve.
#[derive(Parser)]
#[command(name = "assetmap", version, after_help = EXAMPLES)]
struct Args {
    /// Where the data is: a GeoPackage file, made by the first import, or a PostgreSQL database with PostGIS:
    /// postgres://USER:PASSWORD@HOST/DATABASE (or the password as PGPASSWORD; ?sslmode=require encrypts)
    #[arg(
        long,
        global = true,
        env = "ASSETMAP_STORE",
        hide_env_values = true,
        default_value = "assetmap.gpkg",
        value_name = "FILE.gpkg|postgres://…"
    )]
    store: StorePlace,

    /// A file of settings; without it assetmap.toml, if this folder has one
    #[arg(long, global = true, env = "ASSETMAP_CONFIG", value_name = "FILE.toml")]
    config: Option<std::path::PathBuf>,

    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  assetmap import wards.geojson postcodes.csv halls.csv
  assetmap check our-halls.csv
  assetmap import charities.csv --serves E08000009
  assetmap serve --listen 127.0.0.1:8080
  assetmap runs
  assetmap --store postgres://assets@localhost/assets serve
  assetmap backup assets.zip
  assetmap store copy assetmap.gpkg postgres://assets@localhost/assets";

#[derive(Subcommand)]
enum Command {
    Import(commands::import::Args),
    Check(commands::check::Args),
    Serve(commands::serve::Args),
    Runs(commands::runs::Args),
    Profiles(commands::profiles::Args),
    Spend(commands::spend::Args),
    Store(commands::store::Args),
    Backup(commands::backup::Args),
    Restore(commands::restore::Args),
    Config(commands::config::Args),
}

fn main() -> ExitCode {
    run().unwrap_or_else(|error| {
        eprintln!("assetmap: {error:#}");
        ExitCode::from(2)
    })
}

fn run() -> anyhow::Result<ExitCode> {
    let file = File::find()?;
    let matches = file.defaults_for(Args::command()).get_matches();
    let args = Args::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    match args.command {
        Command::Import(import) => commands::import::run(&args.store, import),
        Command::Check(check) => commands::check::run(&args.store, check),
        Command::Serve(serve) => commands::serve::run(&args.store, serve),
        Command::Runs(runs) => commands::runs::run(&args.store, runs),
        Command::Profiles(profiles) => commands::profiles::run(profiles),
        Command::Spend(spend) => commands::spend::run(&args.store, spend),
        Command::Store(store) => commands::store::run(store),
        Command::Backup(backup) => commands::backup::run(&args.store, backup),
        Command::Restore(restore) => commands::restore::run(&args.store, restore),
        Command::Config(config) => {
            let matches = matches.subcommand().map_or(&matches, |(_, matches)| matches);
            commands::config::run(&file, matches, config)
        }
    }
}
