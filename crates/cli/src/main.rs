//! The one binary. A subcommand is a file in `commands/`.

mod commands;

use app::StorePlace;
use clap::{Parser, Subcommand};
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
  assetmap store copy assetmap.gpkg postgres://assets@localhost/assets";

#[derive(Subcommand)]
enum Command {
    Import(commands::import::Args),
    Check(commands::check::Args),
    Serve(commands::serve::Args),
    Runs(commands::runs::Args),
    Profiles(commands::profiles::Args),
    Store(commands::store::Args),
}

fn main() -> ExitCode {
    let args = Args::parse();
    let done = match args.command {
        Command::Import(import) => commands::import::run(&args.store, import),
        Command::Check(check) => commands::check::run(&args.store, check),
        Command::Serve(serve) => commands::serve::run(&args.store, serve),
        Command::Runs(runs) => commands::runs::run(&args.store, runs),
        Command::Profiles(profiles) => commands::profiles::run(profiles),
        Command::Store(store) => commands::store::run(store),
    };
    done.unwrap_or_else(|error| {
        eprintln!("assetmap: {error:#}");
        ExitCode::from(2)
    })
}
