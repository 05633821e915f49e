use super::super::print;
use anyhow::Result;
use app::Store;
use app::money::unmapped_units;
use std::fmt::Write;

/// The largest units that the lookup does not know yet: what to map next.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  assetmap spend units
  assetmap spend units --limit 100

To map one: `assetmap spend rules > ours.toml`, add an entry to ours.toml, `assetmap spend allocate --rules ours.toml`.")]
pub struct Args {
    /// How many
    #[arg(long, default_value_t = 30)]
    limit: usize,
}

pub fn run(store: &dyn Store, args: &Args) -> Result<()> {
    let units = unmapped_units(store)?;
    let mut out = String::new();
    let all: model::Pence = units.iter().map(|unit| unit.pence).sum();
    let _ = writeln!(out, "{all} in {} units has no class yet", units.len());
    for unit in units.iter().take(args.limit) {
        let _ = writeln!(
            out,
            "{:>16} {:>7} lines  {} | {} | {} | {}",
            unit.pence.to_string(),
            unit.lines,
            unit.payer,
            unit.unit,
            unit.category,
            unit.purpose.as_deref().unwrap_or_default()
        );
    }
    if units.len() > args.limit {
        let _ = writeln!(out, "{} more: --limit", units.len() - args.limit);
    }
    print(&out);
    Ok(())
}
