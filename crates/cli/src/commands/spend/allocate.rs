use super::super::print;
use anyhow::{Context, Result};
use app::money::{LadderOptions, Rules, allocate};
use app::{Allocation, Store};
use std::fmt::Write;
use std::path::PathBuf;

/// Place all lines anew, by rules of your own or with supplier addresses. Imports do it by themselves.
///
/// Rules of your own are kept, and imports go on by them. What earlier allocations said stays known: `assetmap spend diff`.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  assetmap spend rules > ours.toml      (then change it)
  assetmap spend allocate --rules ours.toml
  assetmap spend diff 3 4
  assetmap spend allocate               (the shipped rules again)")]
pub struct Args {
    /// The rules; without it those that come with the program
    #[arg(long, value_name = "FILE.toml")]
    rules: Option<PathBuf>,

    /// Place what nothing better places at the supplier's address, marked as head office
    #[arg(long)]
    head_office: bool,
}

pub fn run(store: &dyn Store, args: &Args) -> Result<()> {
    let rules = match &args.rules {
        None => Rules::shipped(),
        Some(path) => {
            let text =
                std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
            Rules::parse(&text).with_context(|| format!("in {}", path.display()))?
        }
    };
    match allocate(store, &rules, LadderOptions { head_office: args.head_office })? {
        None => print("there is no money to place yet: import a file of spend first\n"),
        Some(done) => print(&line(&done)),
    }
    Ok(())
}

/// An allocation as a line.
pub fn line(of: &Allocation) -> String {
    let Allocation { allocation, at, rules_version, lines, changed, .. } = of;
    format!(
        "allocation {allocation} of {at}: {lines} lines, {changed} placed otherwise than before, rules {rules_version}\n"
    )
}

/// List past allocations, newest first.
#[derive(clap::Args)]
pub struct RunsArgs {
    /// How many
    #[arg(long, default_value_t = 20)]
    limit: usize,
}

pub fn runs(store: &dyn Store, args: &RunsArgs) -> Result<()> {
    let mut out = String::new();
    store.allocations(None, args.limit)?.iter().for_each(|one| out.push_str(&line(one)));
    print(&out);
    Ok(())
}

/// Print the rules that come with the program, to start rules of your own; or those of a past allocation.
#[derive(clap::Args)]
pub struct RulesArgs {
    /// Only the services, a line each
    #[arg(long)]
    services: bool,
}

pub fn rules(args: &RulesArgs) -> Result<()> {
    let rules = Rules::shipped();
    if !args.services {
        print(rules.text());
        return Ok(());
    }
    let mut out = String::new();
    for service in rules.services() {
        let _ = writeln!(out, "{:24} {}: {}", service.id, service.name, service.about);
    }
    print(&out);
    Ok(())
}
