//! What is spent where: one file for each question.

mod allocate;
mod areas;
mod diff;
mod explain;
mod units;

pub use allocate::line as told;

use anyhow::Result;
use app::{StorePlace, open_store};
use std::process::ExitCode;

/// Say what is spent where, why a line went where it did, and what moved between two allocations.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(clap::Subcommand)]
enum Action {
    Areas(areas::Args),
    Explain(explain::Args),
    Units(units::Args),
    Allocate(allocate::Args),
    Runs(allocate::RunsArgs),
    Diff(diff::Args),
    Rules(allocate::RulesArgs),
}

/// Does what is asked.
pub fn run(place: &StorePlace, args: Args) -> Result<ExitCode> {
    match args.action {
        Action::Areas(args) => areas::run(&*open_store(place, false)?, &args),
        Action::Explain(args) => explain::run(&*open_store(place, false)?, &args),
        Action::Units(args) => units::run(&*open_store(place, false)?, &args),
        Action::Allocate(args) => allocate::run(&*open_store(place, false)?, &args),
        Action::Runs(args) => allocate::runs(&*open_store(place, false)?, &args),
        Action::Diff(args) => diff::run(&*open_store(place, false)?, &args),
        Action::Rules(args) => allocate::rules(place, &args),
    }
    .map(|()| ExitCode::SUCCESS)
}
