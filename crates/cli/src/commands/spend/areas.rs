use super::super::print;
use anyhow::Result;
use app::Store;
use app::money::{Ask, Class, Spending, read};
use model::{Basis, FinancialYear, Level, Pence};
use std::fmt::Write;

/// What is spent in each area, per head, and how sure that is.
///
/// All figures together are the money that was asked for: what is located in the areas, what is estimated, what goes
/// outside them, and what can't be tied to a place.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  assetmap spend areas
  assetmap spend areas --level ward --year 2026-27 --service libraries
  assetmap spend areas --year 2018-19 --prices 2024-25
  assetmap spend areas --payer \"Trafford Council\" --json")]
pub struct Args {
    /// The areas: ward, neighbourhood, lsoa, msoa, district ...
    #[arg(long, default_value = "ward", value_parser = parse_level)]
    level: Level,

    /// The financial year; without it the last that is held whole, else the last
    #[arg(long, value_name = "2026-27", value_parser = parse_year)]
    year: Option<FinancialYear>,

    /// Who pays, by name
    #[arg(long, value_name = "NAME")]
    payer: Option<String>,

    /// What for: the id of a service (`assetmap spend rules` lists them)
    #[arg(long, value_name = "ID")]
    service: Option<String>,

    /// What sort of money: service, capital, payroll, levy, treasury, transfer, unmapped
    #[arg(long, value_name = "CLASS", value_parser = parse_class)]
    class: Option<Class>,

    /// How far it has come: paid, awarded, contracted, budgeted. Figures are never of two: that would count money twice
    #[arg(long, default_value = "paid", value_parser = parse_basis)]
    basis: Basis,

    /// Also in the prices of this financial year, where the Treasury's deflators reach to both
    #[arg(long, value_name = "2024-25", value_parser = parse_year)]
    prices: Option<FinancialYear>,

    /// Print JSON, with amounts in pence
    #[arg(long)]
    json: bool,
}

pub(super) fn parse_level(text: &str) -> Result<Level, String> {
    Level::parse(text).ok_or_else(|| {
        let all: Vec<&str> = Level::all().map(Level::as_str).collect();
        format!("there is no level {text:?}; these are: {}", all.join(", "))
    })
}

fn parse_year(text: &str) -> Result<FinancialYear, String> {
    FinancialYear::parse(text).map_err(|e| e.to_string())
}

fn parse_class(text: &str) -> Result<Class, String> {
    let all = || Class::ALL.map(Class::as_str).join(", ");
    Class::parse(text).ok_or_else(|| format!("there is no class {text:?}; these are: {}", all()))
}

fn parse_basis(text: &str) -> Result<Basis, String> {
    let all = || Basis::ALL.map(Basis::as_str).join(", ");
    Basis::parse(text).ok_or_else(|| format!("there is no basis {text:?}; these are: {}", all()))
}

pub fn run(store: &dyn Store, args: &Args) -> Result<()> {
    let (atlas, ledger) = read(store)?;
    let ask = Ask {
        level: Some(args.level),
        year: args.year,
        payer: args.payer.clone(),
        service: args.service.clone(),
        class: args.class,
        basis: args.basis,
        prices: None,
    };
    let spending = ledger.spending(&atlas, &ask)?;
    let real = args.prices.map(|prices| spending.in_prices_of(prices)).transpose()?;
    if args.json {
        let mut json = spending.to_json();
        real.iter().for_each(|real| real.add_real(&mut json));
        print(&format!("{}\n", serde_json::to_string_pretty(&json)?));
    } else {
        print(&text(&spending, real.as_ref()));
    }
    Ok(())
}

fn text(spending: &Spending, real: Option<&Spending>) -> String {
    let prices = real.and_then(|real| real.prices.as_ref());
    let mut out = String::new();
    let year = spending.year.map_or_else(|| "all that is held".into(), |year| year.to_string());
    let width = spending.areas.iter().map(|area| area.code.len()).max().unwrap_or_default().max(10);
    let _ = writeln!(out, "{year}, {} of 12 months held", spending.months.len());
    let _ = writeln!(
        out,
        "{:<width$} {:<32} {:>16} {:>16} {:>16} {:>9} {:>12}{}",
        "code",
        spending.level.one(),
        "located",
        "estimated",
        "running services",
        "people",
        "per head",
        prices.map(|prices| format!("  per head in prices of {}", prices.year)).unwrap_or_default()
    );
    let or_dash = |pence: Option<Pence>| pence.map_or_else(|| "-".into(), |pence| pence.to_string());
    for (at, area) in spending.areas.iter().enumerate() {
        let _ = writeln!(
            out,
            "{:<width$} {:<32} {:>16} {:>16} {:>16} {:>9} {:>12}{}",
            area.code.as_str(),
            area.name,
            area.sum.located.pence.to_string(),
            area.sum.modelled.pence.to_string(),
            or_dash(spending.running.map(|_| area.services)),
            area.people.map_or_else(|| "-".into(), |(people, _)| people.to_string()),
            or_dash(area.per_head),
            real.map(|real| format!("  {:>12}", or_dash(real.areas[at].per_head))).unwrap_or_default(),
        );
    }
    let mut sum = |name: &str, sum: app::money::Sum| {
        let _ = writeln!(out, "{:>16}  {:>8} lines  {name}", sum.pence.to_string(), sum.lines);
    };
    sum("located in these areas", spending.located);
    sum("estimated for these areas", spending.modelled);
    sum("outside the areas that are loaded", spending.elsewhere);
    for (why, amount) in &spending.nowhere {
        sum(&format!("tied to no place: {}", why.name()), *amount);
    }
    sum("together", spending.asked);
    if let Some(running) = spending.running {
        let _ = writeln!(out, "{}", running.sentence(spending.level));
    }
    if let Some((real, prices)) = real.zip(prices) {
        let forecasts: Vec<String> = prices.forecasts.iter().map(ToString::to_string).collect();
        let forecast = if forecasts.is_empty() {
            String::new()
        } else {
            format!("; forecast: {}", forecasts.join(", "))
        };
        let _ = writeln!(
            out,
            "{:>16}                  together in prices of {} ({}, released {}{forecast})",
            real.asked.pence.to_string(),
            prices.year,
            prices.deflators,
            prices.released.in_words(),
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::money::{AreaSpend, AreaSum, Running, Sum};

    fn sum(pence: i64) -> Sum {
        Sum { pence: Pence(pence), lines: 1 }
    }

    /// A ward with 400 people, for which £6.00 are paid to run services and £2.00 to build.
    fn spending(running: Option<Running>) -> Spending {
        let area = AreaSpend {
            code: "E05000001".into(),
            name: "West".into(),
            sum: AreaSum { located: sum(200), modelled: sum(600) },
            services: Pence(if running.is_some() { 600 } else { 0 }),
            people: Some((400, 2024)),
            per_head: running.map(|_| Pence(2)),
        };
        Spending {
            year: Some(FinancialYear::beginning_in(2026)),
            prices: None,
            level: Level::Ward,
            basis: Basis::Paid,
            months: vec![],
            areas: vec![area],
            asked: sum(800),
            located: sum(200),
            modelled: sum(600),
            running,
            elsewhere: Sum::default(),
            nowhere: vec![],
            unnamed: Sum::default(),
            undated: Sum::default(),
            classes: vec![],
            services: vec![],
        }
    }

    /// The cells of the only area.
    fn row(text: &str) -> Vec<&str> {
        let row = text.lines().find(|line| line.starts_with("E05000001"));
        row.into_iter().flat_map(str::split_whitespace).collect()
    }

    #[test]
    fn what_runs_services_stands_beside_the_people_it_is_divided_by() {
        let running = Running { asked: sum(600), located: Sum::default(), modelled: sum(600) };
        let text = text(&spending(Some(running)), None);
        let head = text.lines().nth(1).unwrap_or_default();
        assert!(head.ends_with("running services    people     per head"), "{head}");
        assert_eq!(row(&text), ["E05000001", "West", "£2.00", "£6.00", "£6.00", "400", "£0.02"]);
        let sentence =
            "All of £6.00 for running services goes to wards: £0.00 is located, £6.00 is estimated.";
        assert_eq!(text.lines().last(), Some(sentence));
    }

    #[test]
    fn of_other_money_there_is_neither() {
        let text = text(&spending(None), None);
        assert_eq!(row(&text), ["E05000001", "West", "£2.00", "£6.00", "-", "400", "-"]);
        assert!(!text.contains("for running services"), "{text}");
    }
}
