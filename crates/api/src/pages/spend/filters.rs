//! The form that asks: each choice with what is chosen now.

use super::words;
use crate::spend::Money;
use app::money::{Ask, Class, price_years};
use model::{Basis, FinancialYear};

/// One of several to choose.
pub(super) struct Choice {
    pub value: String,
    pub title: String,
    pub is_chosen: bool,
}

/// A list of choices with its label.
pub(super) struct Select {
    pub name: &'static str,
    pub label: &'static str,
    pub choices: Vec<Choice>,
}

/// The lists from which there is something to choose. `year` is the year that is answered.
pub(super) fn selects(
    money: &Money,
    ask: &Ask,
    year: Option<FinancialYear>,
    with_level: bool,
) -> Vec<Select> {
    let ledger = &money.ledger;
    let years = ledger.years(ask.basis, ask.payer.as_deref()).into_iter().map(|(known, months)| Choice {
        value: known.to_string(),
        title: if months == 12 { known.to_string() } else { format!("{known} ({months} of 12 months)") },
        is_chosen: Some(known) == year,
    });
    let payers = ledger.payers().into_iter().map(|name| Choice {
        value: name.to_owned(),
        title: name.to_owned(),
        is_chosen: ask.payer.as_deref() == Some(name),
    });
    let services = ledger.rules.services().iter().map(|service| Choice {
        value: service.id.clone(),
        title: service.name.clone(),
        is_chosen: ask.service.as_ref() == Some(&service.id),
    });
    let classes = Class::ALL.into_iter().map(|class| Choice {
        value: class.as_str().to_owned(),
        title: class.name().to_owned(),
        is_chosen: ask.class == Some(class),
    });
    let held = |basis: &Basis| *basis == ask.basis || !ledger.years(*basis, None).is_empty();
    let bases = Basis::ALL.into_iter().filter(held).map(|basis| Choice {
        value: basis.as_str().to_owned(),
        title: words::basis(basis).to_owned(),
        is_chosen: ask.basis == basis,
    });
    let levels = money.atlas.levels().into_iter().filter(|_| with_level).map(|level| Choice {
        value: level.as_str().to_owned(),
        title: crate::pages::words::levels(level),
        is_chosen: ask.level == Some(level),
    });
    let last = ledger.years(ask.basis, None).first().map(|(year, _)| *year);
    // Nobody needs the prices of years to come of which there is no money yet.
    let offered = price_years()
        .into_iter()
        .filter(|known| !known.is_forecast || Some(known.year) <= last || Some(known.year) == ask.prices);
    let prices = offered.map(|known| Choice {
        value: known.year.to_string(),
        title: format!("Of {}{}", known.year, if known.is_forecast { " (forecast)" } else { "" }),
        is_chosen: Some(known.year) == ask.prices,
    });
    let select = |name, label, choices: Vec<Choice>| Select { name, label, choices };
    let mut selects = vec![
        select("year", "Financial year", years.collect()),
        select("payer", "Who pays", first_all("Everybody", payers)),
        select("service", "Service", first_all("All services", services)),
        select("class", "Sort of money", first_all("Every sort", classes)),
        select("basis", "How far it has come", bases.collect()),
        select("level", "Areas", levels.collect()),
        select("prices", "Prices", first_all("Of the day", prices)),
    ];
    // From one there is nothing to choose, and "all" of one is the same.
    selects.retain(|select| select.choices.iter().filter(|choice| !choice.value.is_empty()).count() > 1);
    selects
}

fn first_all(title: &str, others: impl Iterator<Item = Choice>) -> Vec<Choice> {
    let mut choices: Vec<Choice> = others.collect();
    let is_chosen = choices.iter().all(|choice| !choice.is_chosen);
    choices.insert(0, Choice { value: String::new(), title: title.to_owned(), is_chosen });
    choices
}

/// What is asked for beside the year, in words: `Libraries, culture and leisure, building and buying to keep`.
pub(super) fn said(money: &Money, ask: &Ask) -> Vec<String> {
    let service = ask.service.as_ref().map(|id| money.ledger.service_name(id).unwrap_or(id).to_owned());
    let basis = (ask.basis != Basis::default()).then(|| words::basis(ask.basis).to_owned());
    let class = ask.class.map(|class| class.name().to_owned());
    [service, class, ask.payer.clone(), basis].into_iter().flatten().collect()
}
