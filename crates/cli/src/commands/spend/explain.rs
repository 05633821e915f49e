use super::super::print;
use anyhow::{Context, Result, bail};
use app::Store;
use app::money::{Explained, ShareOf, explain, read};
use model::{AssetId, Level, Standing};
use std::fmt::Write;

/// Why a line of money went where it did: rule, weights, shares, and the row as published.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  assetmap spend explain 6fa459ea-ee8a-5b36-894e-db77e160355e
  assetmap spend explain 6fa459ea-ee8a-5b36-894e-db77e160355e --level lsoa

The row as published may name who the public pages do not: mind who reads it.")]
pub struct Args {
    /// The line's id, as lists and pages show it
    #[arg(value_name = "LINE")]
    line: String,

    /// The areas among which its shares are shown
    #[arg(long, default_value = "ward", value_parser = super::areas::parse_level)]
    level: Level,
}

pub fn run(store: &dyn Store, args: &Args) -> Result<()> {
    let id = AssetId::parse(&args.line).with_context(|| {
        format!("{:?} is no line's id; ids look like 6fa459ea-ee8a-5b36-894e-db77e160355e", args.line)
    })?;
    let (atlas, ledger) = read(store)?;
    let Some(explained) = explain(store, &atlas, &ledger, id, args.level)? else {
        bail!("there is no line {id}, or its publisher has withdrawn it");
    };
    print(&text(&explained, args.level));
    Ok(())
}

fn text(explained: &Explained, level: Level) -> String {
    let record = &explained.line.record;
    let mut out = String::new();
    let payee = match record.payee.standing {
        Standing::Named => record.payee.name.as_str(),
        Standing::Redacted => "somebody whose name the publisher took out",
        Standing::Withheld => "somebody whose name looks like a private person's, and is kept back",
    };
    let verb = match record.kind {
        model::SpendKind::Payment => "paid",
        model::SpendKind::Card => "paid by card",
        model::SpendKind::Grant => "awarded",
        model::SpendKind::Contract => "contracted",
        model::SpendKind::Budget => "set aside",
    };
    let _ = writeln!(
        out,
        "{}{} {verb} by {} to {payee}, {}",
        record.pence,
        if record.pence.0 < 0 { " (a credit)" } else { "" },
        record.payer,
        record.date.in_words()
    );
    let mut row = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(out, "  {name:12} {value}");
        }
    };
    row("what for", record.purpose.as_deref().unwrap_or_default());
    row("unit", record.unit.as_deref().unwrap_or_default());
    row("category", record.category.as_deref().unwrap_or_default());
    row("reference", record.reference.as_deref().unwrap_or_default());
    if let Some(placed) = &explained.line.placed {
        let class =
            app::money::Class::parse(&placed.class).map_or(placed.class.as_str(), |class| class.name());
        let service = explained.service.as_deref().unwrap_or("no service");
        let by = placed.mapped_by.as_ref().map(|entry| format!(" (lookup entry {entry:?})"));
        row("is", &format!("{service}; {class}{}", by.unwrap_or_default()));
        row("place", &format!("{}: {}", explained.method.certainty().as_str(), explained.method.name()));
        row("because", &explained.because);
        if let Some(asset) = &explained.asset {
            row("payee is", &format!("{asset} in our list"));
        }
    } else {
        row("because", &explained.because);
    }
    if let Some(weights) = &explained.weights {
        let scope: Vec<&str> = weights.scope.iter().map(|code| code.as_str()).collect();
        row(
            "weights",
            &format!(
                "{} of {}, {}, figures of {} areas (set {})",
                weights.name,
                scope.join(", "),
                weights.year,
                weights.weights.len(),
                weights.id
            ),
        );
    }
    shares(&mut out, explained, level);
    source(&mut out, explained);
    out
}

fn shares(out: &mut String, explained: &Explained, level: Level) {
    if explained.shares.is_empty() {
        return;
    }
    let _ = writeln!(out, "  shares by {}", level.one());
    for share in &explained.shares {
        let (name, pence) = match share {
            ShareOf::Area(code, name, certainty, pence) => {
                (format!("{code} {name} ({})", certainty.as_str()), pence)
            }
            ShareOf::Elsewhere(pence) => ("outside the areas that are loaded".to_owned(), pence),
            ShareOf::Nowhere(pence) => ("not tied to a place".to_owned(), pence),
        };
        let _ = writeln!(out, "  {:>14}  {name}", pence.to_string());
    }
    let all: model::Pence = explained
        .shares
        .iter()
        .map(|share| match share {
            ShareOf::Area(_, _, _, pence) | ShareOf::Elsewhere(pence) | ShareOf::Nowhere(pence) => *pence,
        })
        .sum();
    let _ = writeln!(out, "  {:>14}  together", all.to_string());
}

fn source(out: &mut String, explained: &Explained) {
    let line = &explained.line;
    let (file, at) =
        explained.run.as_ref().map_or(("", ""), |run| (run.report.file.as_str(), run.at.as_str()));
    let _ = writeln!(
        out,
        "  source       {}, {file} line {}, import {} of {}",
        line.record.source,
        line.line,
        line.run,
        at.get(..10).unwrap_or_default()
    );
    let raw: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&explained.raw).unwrap_or_default();
    if raw.is_empty() {
        return;
    }
    let _ = writeln!(out, "  as published");
    for (column, value) in raw {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        if !value.trim().is_empty() {
            let _ = writeln!(out, "    {column}: {value}");
        }
    }
}
