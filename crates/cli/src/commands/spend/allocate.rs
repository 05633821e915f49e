use super::super::print;
use anyhow::{Context, Result, bail};
use app::money::{LadderOptions, Rules, allocate};
use app::{Allocation, Store, StorePlace, open_store};
use std::fmt::Write;
use std::path::PathBuf;

/// Place all lines anew, by rules of your own or with supplier addresses. Imports do it by themselves.
///
/// Rules of your own are kept, and imports go on by them. What earlier allocations said stays known: `assetmap spend diff`.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  assetmap spend rules > ours.toml      (then change it, and its `version`)
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
            own(&text).with_context(|| format!("in {}", path.display()))?
        }
    };
    match allocate(store, &rules, LadderOptions { head_office: args.head_office })? {
        None => print("there is no money to place yet: import a file of spend first\n"),
        Some(done) => print(&line(&done)),
    }
    Ok(())
}

/// Rules of one's own. Those that say something else than the shipped ones must not bear the same version.
fn own(text: &str) -> Result<Rules> {
    let (own, shipped) = (Rules::parse(text)?, Rules::shipped());
    let version = own.version();
    if version == shipped.version() && own.text() != shipped.text() {
        bail!(
            "these are not the rules that come with the program, but call themselves {version:?} as those do: change `version`, e.g. \"{version} of Trafford\": figures name the version that made them"
        );
    }
    Ok(own)
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
#[command(after_help = "\
Examples:
  assetmap spend rules > ours.toml
  assetmap spend rules --services
  assetmap spend rules --allocation 3   (`assetmap spend runs` lists allocations)")]
pub struct RulesArgs {
    /// Those of this allocation
    #[arg(long, value_name = "N")]
    allocation: Option<u64>,

    /// Only the services, a line each
    #[arg(long)]
    services: bool,
}

pub fn rules(place: &StorePlace, args: &RulesArgs) -> Result<()> {
    let text = match args.allocation {
        None => Rules::shipped().text().to_owned(),
        Some(number) => rules_of(&*open_store(place, false)?, number)?,
    };
    if !args.services {
        print(&text);
        return Ok(());
    }
    let rules = Rules::parse(&text)?;
    let mut out = String::new();
    for service in rules.services() {
        let _ = writeln!(out, "{:24} {}: {}", service.id, service.name, service.about);
    }
    print(&out);
    Ok(())
}

/// The text of the rules that an allocation was made by.
fn rules_of(store: &dyn Store, number: u64) -> Result<String> {
    let before = number.checked_add(1);
    let found = store.allocations(before, 1)?.pop().filter(|found| found.allocation == number);
    match found {
        Some(found) => Ok(found.rules),
        None => bail!("there is no allocation {number}; `assetmap spend runs` lists them"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_rules_need_a_version_of_their_own() {
        let shipped = Rules::shipped();
        let version = shipped.version();
        let changed = format!("{}\n# for Wexmarsh\n", shipped.text());
        assert!(own(shipped.text()).is_ok(), "the very same are the same version");
        let said = own(&changed).map_or_else(|error| error.to_string(), |_| String::new());
        assert!(said.contains(&format!("change `version`, e.g. \"{version} of Trafford\"")), "{said}");
        let named = changed.replace(&format!("\"{version}\""), &format!("\"{version} of Wexmarsh\""));
        assert_eq!(
            own(&named).ok().map(|rules| rules.version().to_owned()),
            Some(format!("{version} of Wexmarsh"))
        );
    }
}
