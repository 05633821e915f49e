use super::super::print;
use super::allocate::line;
use anyhow::{Result, bail};
use app::Store;
use app::money::diff;
use std::fmt::Write;

/// What moved where between two allocations, most money first.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  assetmap spend runs
  assetmap spend diff 3 4")]
pub struct Args {
    /// The earlier allocation's number
    #[arg(value_name = "RUN")]
    before: u64,

    /// The later one's
    #[arg(value_name = "RUN")]
    after: u64,

    /// How many movements
    #[arg(long, default_value_t = 50)]
    limit: usize,
}

pub fn run(store: &dyn Store, args: &Args) -> Result<()> {
    let Some(found) = diff(store, args.before, args.after)? else {
        bail!(
            "there are no allocations {} and {}; `assetmap spend runs` lists them",
            args.before,
            args.after
        );
    };
    let mut out = format!("{}{}", line(&found.before), line(&found.after));
    let _ = writeln!(out, "{} lines are placed alike", found.same);
    let words = |words: &Option<[String; 4]>| match words {
        None => "not there".to_owned(),
        Some(words) => words.iter().filter(|word| !word.is_empty()).cloned().collect::<Vec<_>>().join(", "),
    };
    for moved in found.moved.iter().take(args.limit) {
        let _ = writeln!(
            out,
            "{:>16} in {} lines\n    from {}\n    to   {}\n    such as {}",
            moved.pence.to_string(),
            moved.lines,
            words(&moved.from),
            words(&moved.to),
            moved.example
        );
    }
    if found.moved.len() > args.limit {
        let _ = writeln!(out, "{} more: --limit", found.moved.len() - args.limit);
    }
    print(&out);
    Ok(())
}
