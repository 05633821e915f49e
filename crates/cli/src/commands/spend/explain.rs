use super::super::print;
use anyhow::{Context, Result, bail};
use app::Store;
use app::money::{Explained, ShareOf, Told, explain, read};
use model::{AssetId, Level, Pence, capital, grouped};
use std::fmt::Write;

/// How wide a sentence is written.
const WIDTH: usize = 96;

/// Why a line of money went where it did: its words, the rule, the shares and how they are reckoned.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  assetmap spend explain 6fa459ea-ee8a-5b36-894e-db77e160355e
  assetmap spend explain 6fa459ea-ee8a-5b36-894e-db77e160355e --level lsoa
  assetmap spend explain 6fa459ea-ee8a-5b36-894e-db77e160355e --as-published

Ids of lines are in the ledger of an area, on its page and in /api/spend/CODE/lines.
Names that are kept back elsewhere are kept back here. The row as published may hold them: mind who reads it.")]
pub struct Args {
    /// The line's id, as lists and pages show it
    #[arg(value_name = "LINE")]
    line: String,

    /// The areas among which its shares are shown
    #[arg(long, default_value = "ward", value_parser = super::areas::parse_level)]
    level: Level,

    /// Show the row as published too, with whatever names are in it
    #[arg(long)]
    as_published: bool,
}

pub fn run(store: &dyn Store, args: &Args) -> Result<()> {
    let id = AssetId::parse(&args.line).with_context(|| {
        format!("{:?} is no line's id; ids look like 6fa459ea-ee8a-5b36-894e-db77e160355e", args.line)
    })?;
    let (atlas, ledger) = read(store)?;
    let Some(explained) = explain(store, &atlas, &ledger, id, args.level)? else {
        bail!("there is no line {id}, or its publisher has withdrawn it");
    };
    let mut text = text(&explained, args.level);
    if args.as_published {
        as_published(&mut text, &explained);
    }
    print(&text);
    Ok(())
}

fn text(explained: &Explained, level: Level) -> String {
    let reasons = &explained.reasons;
    let mut out = format!("{}\n", reasons.headline);
    heading(&mut out, "What the row says");
    for (name, value) in row(explained) {
        wrapped(&mut out, &format!("  {name:9}"), 12, &value);
    }
    heading(&mut out, "What it is");
    sentence(&mut out, &format!("{}.", reasons.what));
    for said in &reasons.decided {
        sentence(&mut out, said);
    }
    heading(&mut out, "Where it goes");
    sentence(&mut out, &reasons.place);
    sentence(&mut out, &format!("Why: {}", reasons.why));
    if let Some(from) = &reasons.way_from {
        sentence(&mut out, &format!("Where this way of sharing is from: {from}"));
    }
    if !reasons.limits.is_empty() {
        sentence(&mut out, &format!("Limits: {}", reasons.limits.join(" ")));
    }
    shares(&mut out, explained, level);
    out
}

fn heading(out: &mut String, text: &str) {
    let _ = writeln!(out, "\n{text}");
}

fn sentence(out: &mut String, text: &str) {
    wrapped(out, " ", 3, text);
}

/// A text broken between words, after what the first line begins with; further lines are indented.
fn wrapped(out: &mut String, first: &str, indent: usize, text: &str) {
    let mut line = first.to_owned();
    for word in text.split_whitespace() {
        if line.chars().count() + 1 + word.chars().count() > WIDTH && !line.trim().is_empty() {
            let _ = writeln!(out, "{line}");
            line = " ".repeat(indent - 1);
        }
        line.push(' ');
        line.push_str(word);
    }
    let _ = writeln!(out, "{line}");
}

/// What of the row everybody may be told, and where it stands.
fn row(explained: &Explained) -> Vec<(&'static str, String)> {
    let (line, told) = (&explained.line, Told::of(&explained.line));
    let run = explained.run.as_ref();
    let file = run.map_or("", |run| run.report.file.as_str());
    let on = run.and_then(|run| run.at.get(..10)).unwrap_or_default();
    let source = &line.record.source;
    let at = told.row.map(|row| format!("line {row} of ")).unwrap_or_default();
    let rows = [
        ("what for", told.purpose.map(str::to_owned)),
        ("unit", told.unit.map(str::to_owned)),
        ("category", told.category.map(str::to_owned)),
        ("reference", told.reference.map(str::to_owned)),
        ("left out", explained.reasons.left_out.map(str::to_owned)),
        ("place", explained.reasons.stated.clone()),
        ("source", Some(format!("{at}{file} ({source}), import {} of {on}", line.run))),
    ];
    rows.into_iter()
        .filter_map(|(name, value)| Some((name, value.filter(|text| !text.is_empty())?)))
        .collect()
}

fn shares(out: &mut String, explained: &Explained, level: Level) {
    // That all of it goes nowhere has been said.
    if matches!(&explained.shares[..], [] | [ShareOf::Nowhere(..)]) {
        return;
    }
    let people = explained.weights.as_ref().filter(|_| explained.shares.len() > 1);
    let counted = |share: &ShareOf| match share {
        ShareOf::Area { people, .. } => *people,
        ShareOf::Elsewhere(_) | ShareOf::Nowhere(..) => None,
    };
    let each: Option<Vec<u64>> = people.and_then(|_| explained.shares.iter().map(counted).collect());
    let all: u64 = each.iter().flatten().sum();
    let line = |out: &mut String, name: &str, pence: &str, people: Option<u64>| {
        let people = people.filter(|_| each.is_some()).map(|people| format!(" {:>12}", grouped(people)));
        let _ = writeln!(out, "  {name:44} {pence:>14}{}", people.unwrap_or_default());
    };
    out.push('\n');
    let _ = writeln!(
        out,
        "  {:44} {:>14}{}",
        capital(level.one()),
        "share",
        match &each {
            Some(_) => format!(" {:>12}", "people"),
            None => String::new(),
        }
    );
    for share in &explained.shares {
        let name = match share {
            ShareOf::Area { code, name, .. } => format!("{name} ({code})"),
            ShareOf::Elsewhere(_) => "outside the areas that are loaded".to_owned(),
            ShareOf::Nowhere(..) => format!("not tied to any {}", level.one()),
        };
        line(out, &name, &share.pence().to_string(), counted(share));
    }
    let together: Pence = explained.shares.iter().map(ShareOf::pence).sum();
    line(out, "Together", &together.to_string(), Some(all));
    let (arithmetic, figures) = (&explained.reasons.arithmetic, &explained.reasons.figures);
    if let (Some(arithmetic), Some(figures)) = (arithmetic, figures) {
        sentence(out, arithmetic);
        sentence(out, &format!("How many people: {figures}."));
    }
}

fn as_published(out: &mut String, explained: &Explained) {
    let raw: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&explained.raw).unwrap_or_default();
    heading(out, &format!("The row as published, line {}", explained.line.line));
    for (column, value) in raw {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        if !value.trim().is_empty() {
            let _ = writeln!(out, "  {column}: {value}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_broken_between_words() {
        let mut out = String::new();
        sentence(&mut out, &"word ".repeat(30));
        assert!(out.lines().all(|line| line.chars().count() <= WIDTH) && out.lines().count() == 2, "{out}");
        assert_eq!(out.split_whitespace().count(), 30);
    }
}
