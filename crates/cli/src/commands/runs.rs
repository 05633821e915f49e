use super::print;
use anyhow::Result;
use app::{Run, StorePlace, open_store};
use std::fmt::Write;
use std::process::ExitCode;

/// List past imports, newest first.
#[derive(clap::Args)]
pub struct Args {
    /// How many
    #[arg(long, default_value_t = 20)]
    limit: usize,

    /// Only runs before this number
    #[arg(long)]
    before: Option<u64>,

    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Prints the runs.
pub fn run(place: &StorePlace, args: Args) -> Result<ExitCode> {
    let runs = open_store(place, false)?.runs(args.before, args.limit)?;
    if args.json {
        print(&format!("{}\n", serde_json::to_string_pretty(&runs)?));
        return Ok(ExitCode::SUCCESS);
    }
    print(&text(&runs, args.limit));
    Ok(ExitCode::SUCCESS)
}

fn text(runs: &[Run], limit: usize) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{:>5}  {:20}  {:>8} {:>8} {:>8} {:>9} {:>8}  file",
        "run", "when", "read", "created", "updated", "unchanged", "rejected"
    );
    for run in runs {
        let report = &run.report;
        let _ = writeln!(
            out,
            "{:>5}  {:20}  {:>8} {:>8} {:>8} {:>9} {:>8}  {} ({})",
            run.run,
            run.at,
            report.read,
            run.created,
            run.updated,
            run.unchanged,
            report.rejected,
            report.file,
            run.source
        );
    }
    if runs.len() == limit
        && let Some(last) = runs.last()
    {
        let _ = writeln!(out, "More: assetmap runs --before {}", last.run);
    }
    out
}
