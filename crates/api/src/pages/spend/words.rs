//! How the pages speak of money.

use super::shades::Shades;
use app::money::{Certainty, Class, Method, Month, Prices, Running, Spending, Told, Why};
use model::{Basis, FinancialYear, Level};

/// How sure a place is.
pub(super) fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Located => "Located here",
        Certainty::Modelled => "Estimated",
        Certainty::Unplaced => "Not tied to a place",
    }
}

/// What a figure per head is of.
pub(super) fn per_head(class: Option<Class>) -> String {
    match class {
        None | Some(Class::Service) => "Per head for running services".into(),
        Some(class) => format!("Per head: {}", crate::pages::words::lower(class.name())),
    }
}

/// Why there is no map, where its shades would tell nothing.
pub(super) fn no_map(spending: &Spending, shades: &Shades) -> Option<String> {
    let running = spending.running.as_ref().filter(|_| shades.are_same())?;
    Some(the_same(spending.level, running))
}

/// Why figures per head that are the same everywhere are not drawn.
fn the_same(level: Level, running: &Running) -> String {
    let one = level.one();
    match (running.located.lines, running.modelled.lines) {
        (0, 0) => {
            format!("None of it is known or estimated to go to any {one}, so the map would tell nothing.")
        }
        (0, _) => format!(
            "The same in each {one}: all of it is shared out by how many people live there, so the map would tell nothing."
        ),
        _ => format!("The same in each {one}, to a penny, so the map would tell nothing."),
    }
}

pub(super) fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Paid => "Paid",
        Basis::Awarded => "Awarded as grants",
        Basis::Contracted => "Contracted",
        Basis::Budgeted => "Budgeted",
    }
}

/// Who is paid, or why that is not said.
pub(super) fn payee(told: &Told<'_>) -> String {
    match (told.payee, told.standing) {
        (Some(name), _) => name.to_owned(),
        (None, "redacted") => "Name taken out by the publisher".into(),
        (None, "withheld") => "Name kept back: it may be a private person’s".into(),
        (None, "protected") => "Not named, to protect the people it is for".into(),
        (None, _) => "Not stated".into(),
    }
}

/// What stands before the sentence that says why money is not tied to a place.
pub(super) fn nowhere(why: Why) -> String {
    format!("Not tied to a place: {}", why.name())
}

/// What a method does, for people who have not met it.
pub(super) fn method(method: Method) -> &'static str {
    match method {
        Method::Stated => {
            "The published line names the ward, postcode or point that the money is for. Several places get equal parts."
        }
        Method::StatedWhole => {
            "The published line names the whole area of who pays. That says no more than who pays, so the money is shared out by where people live, and counts as estimated."
        }
        Method::DeliveryPoint => {
            "Who is paid is a building or group in our list with a public place, found by its register number or exactly the same name."
        }
        Method::Weights => {
            "A rule says that everybody, or everybody of an age, uses the service. The money is shared out by where they live."
        }
        Method::Across => {
            "Who is paid says which areas it works across. The money is shared out by where people live in them."
        }
        Method::HeadOffice => {
            "Where the supplier’s letters go. That is seldom where the money does any good, so this is off unless somebody turns it on, and is marked."
        }
        Method::Unplaced => "No method can say where the money goes, so it is in no area’s figure.",
    }
}

/// `2 of 12 months of 2026-27 are held: April and May 2026.`
pub(super) fn months(year: Option<FinancialYear>, held: &[Month]) -> String {
    let Some(year) = year else { return "No line says in which month it was.".into() };
    match held.len() {
        0 => format!("No month of {year} is held."),
        12 => format!("All 12 months of {year} are held."),
        n => {
            let names: Vec<String> = held.iter().map(|month| month_name(*month)).collect();
            let is = if n == 1 { "is" } else { "are" };
            format!("{n} of 12 months of {year} {is} held: {}.", model::listed(&names))
        }
    }
}

/// In whose prices amounts are, and who says so.
pub(super) fn prices(prices: &Prices) -> String {
    let forecasts: Vec<String> = prices.forecasts.iter().map(ToString::to_string).collect();
    let forecast = match &forecasts[..] {
        [] => String::new(),
        [one] => format!(" The deflator of {one} is a forecast."),
        more => format!(" The deflators of {} are forecasts.", model::listed(more)),
    };
    format!(
        "In prices of {}, by HM Treasury’s “{}”, released {}.{forecast} Each amount is rounded to a penny by itself.",
        prices.year,
        prices.deflators,
        prices.released.in_words()
    )
}

fn month_name(month: Month) -> String {
    let date = model::PartialDate::parse(&month.to_string());
    date.map_or_else(|_| month.to_string(), model::PartialDate::in_words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::money::Sum;

    #[test]
    fn the_months_held_are_told_in_a_sentence() {
        let year = Some(FinancialYear::beginning_in(2026));
        let months_of = |numbers: &[u8]| -> Vec<Month> {
            numbers.iter().filter_map(|number| Month::new(2026, *number)).collect()
        };
        for (held, said) in [
            (vec![], "No month of 2026-27 is held."),
            (months_of(&[4]), "1 of 12 months of 2026-27 is held: April 2026."),
            (months_of(&[4, 6]), "2 of 12 months of 2026-27 are held: April 2026 and June 2026."),
            (months_of(&(1..=12).collect::<Vec<u8>>()), "All 12 months of 2026-27 are held."),
        ] {
            assert_eq!(months(year, &held), said);
        }
        assert_eq!(months(None, &[]), "No line says in which month it was.");
    }

    #[test]
    fn real_terms_name_the_release_and_forecasts() {
        let year = FinancialYear::beginning_in;
        let of = |forecasts: &[u16]| {
            prices(&Prices {
                year: year(2024),
                deflators: "Deflators, June".into(),
                released: model::PartialDate::parse("2026-06-30").unwrap(),
                forecasts: forecasts.iter().copied().map(year).collect(),
            })
        };
        let start = "In prices of 2024-25, by HM Treasury’s “Deflators, June”, released 30 June 2026.";
        let end = "Each amount is rounded to a penny by itself.";
        assert_eq!(of(&[]), format!("{start} {end}"));
        assert_eq!(of(&[2026]), format!("{start} The deflator of 2026-27 is a forecast. {end}"));
        assert_eq!(
            of(&[2026, 2027]),
            format!("{start} The deflators of 2026-27 and 2027-28 are forecasts. {end}")
        );
    }

    #[test]
    fn who_may_not_be_named_is_not_and_the_page_says_why() {
        let told = |standing, payee| Told {
            payee,
            standing,
            unit: None,
            category: None,
            purpose: None,
            reference: None,
            row: None,
            is_voluntary: false,
        };
        assert_eq!(payee(&told("named", Some("Ash Ltd"))), "Ash Ltd");
        for (standing, word) in
            [("redacted", "taken out"), ("withheld", "kept back"), ("protected", "protect")]
        {
            assert!(payee(&told(standing, None)).contains(word), "{standing}");
        }
    }

    #[test]
    fn figures_that_are_the_same_everywhere_say_why() {
        let sum = |lines| Sum { lines, ..Sum::default() };
        let said = |located, modelled| {
            let running = Running { asked: sum(9), located: sum(located), modelled: sum(modelled) };
            the_same(Level::Ward, &running)
        };
        assert_eq!(
            said(0, 5),
            "The same in each ward: all of it is shared out by how many people live there, so the map would tell nothing."
        );
        assert_eq!(said(1, 5), "The same in each ward, to a penny, so the map would tell nothing.");
        assert!(said(0, 0).starts_with("None of it is known or estimated to go to any ward"));
    }

    #[test]
    fn figures_per_head_say_what_they_are_of() {
        assert_eq!(per_head(None), "Per head for running services");
        assert_eq!(per_head(Some(Class::Capital)), "Per head: capital");
    }
}
