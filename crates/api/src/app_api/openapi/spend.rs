use super::operation::operation;
use super::schema::{
    by_name, described, like, list, object, or_null, pence, reference, text, whole, with, words, yes_or_no,
};
use super::shared::{OF_MONEY, levels, query};
use app::money::{Class, Why};
use model::Basis;
use serde_json::{Value, json};

/// `/spend`
pub(in crate::app_api) fn spend() -> Value {
    let prices = "Also in the prices of this financial year, by the Treasury's GDP deflators.";
    let get = operation("spend", "What is spent in each area of a level, and what is in none of them")
        .about("pence of all areas, elsewhere_pence and unplaced_pence add up to asked. The same revision, allocation and rules_version give the same figures.")
        .takes_shared(&["jsonOrCsv", "level"])
        .takes_shared(&OF_MONEY)
        .takes(query("prices", prices, like("2024-25")))
        .takes_shared(&["atLeast"])
        .gives("The figures; as CSV the table of areas", "Spending")
        .or_csv()
        .fails(&[400, 404, 503]);
    json!({"get": get.done()})
}

/// `/spend/{code}`
pub(in crate::app_api) fn spend_of_area() -> Value {
    let get = operation(
        "spendOfArea",
        "One area: by service, the payees that get most, what reaches voluntary organisations",
    )
    .takes_shared(&["areaCode", "json"])
    .takes_shared(&OF_MONEY)
    .takes_shared(&["atLeast"])
    .gives("The figures of the area", "SpendingOfArea")
    .fails(&[400, 404, 503]);
    json!({"get": get.done()})
}

/// Of which state of things an answer about money speaks.
pub(super) fn about() -> Value {
    json!({
        "revision": whole(),
        "allocation": described(or_null(whole()), "The run that placed the money."),
        "rules_version": text(),
    })
}

/// What is spent in an area.
pub(super) fn area() -> Value {
    let figures = json!({
        "code": text(), "name": text(), "pence": pence(),
        "located_pence": described(pence(), "Of it, what is known to go there."),
        "modelled_pence": described(pence(), "Of it, what is worked out by a rule."),
        "service_pence": described(pence(), "Of it, what runs services: figures per head are of that alone."),
        "population": or_null(whole()), "population_year": or_null(whole()),
        "per_head_pence": described(or_null(pence()), "Null where nobody is known to live, or no month is held."),
        "real_pence": described(pence(), "Where prices are asked for."),
        "real_per_head_pence": described(or_null(pence()), "Where prices are asked for."),
    });
    object(figures, &["real_pence", "real_per_head_pence"])
}

pub(super) fn schemas() -> Vec<(&'static str, Value)> {
    let amount = json!({"pence": pence(), "lines": whole(), "real_pence": pence()});
    let year = || or_null(like("2026-27"));
    let links = || list(reference("Link"));
    let service = json!({
        "service": described(or_null(text()), "Null for what the rules do not know."), "name": or_null(text()),
        "pence": pence(), "lines": whole(),
    });
    let part = object(json!({"pence": pence(), "located_pence": pence(), "modelled_pence": pence()}), &[]);
    let spending = json!({
        "level": levels(), "year": year(), "months_held": whole(), "months": list(like("2026-04")),
        "basis": words(Basis::ALL.map(Basis::as_str)), "payer": or_null(text()), "service": or_null(text()),
        "class": or_null(words(Class::ALL.map(Class::as_str))),
        "localities": list(reference("AreaSpend")),
        "located_pence": pence(), "modelled_pence": pence(),
        "elsewhere_pence": described(pence(), "Outside the areas that are loaded."),
        "unplaced_pence": pence(), "unplaced": described(by_name(reference("Amount")), why().as_str()),
        "unnamed": described(reference("Amount"), "What goes to payees who may not be named."),
        "undated": described(reference("Amount"), "In none of the figures: a line without a month is of no known year."),
        "asked": described(reference("Amount"), "All that was asked for."),
        "classes": by_name(reference("Amount")), "services": list(reference("ServiceSpend")),
        "choices": reference("Choices"), "prices": year(), "deflators": text(), "links": links(),
    });
    let choices = json!({
        "levels": list(levels()), "payers": list(text()),
        "years": list(object(json!({"year": text(), "months_held": whole()}), &[])),
        "services": list(object(json!({"id": text(), "name": text(), "about": or_null(text())}), &[])),
        "classes": list(object(json!({"id": words(Class::ALL.map(Class::as_str)), "name": text()}), &[])),
        "bases": list(words(Basis::ALL.map(Basis::as_str))),
    });
    let payee = json!({"name": text(), "voluntary": yes_or_no(), "pence": pence(), "lines": whole()});
    let of_service = json!({"service": or_null(text()), "name": or_null(text()), "spend": part});
    let within = json!({
        "year": year(), "months_held": whole(), "locality": reference("AreaSpend"),
        "services": list(object(of_service, &[])),
        "payees": described(list(object(payee, &[])), "Those that get most and may be named."),
        "voluntary_pence": pence(), "named_pence": pence(), "unnamed_pence": pence(), "links": links(),
    });
    vec![
        ("Amount", object(amount, &["real_pence"])),
        ("AreaSpend", area()),
        ("ServiceSpend", object(service, &[])),
        ("Choices", object(choices, &[])),
        ("Spending", with(object(spending, &["prices", "deflators"]), about())),
        ("SpendingOfArea", with(object(within, &[]), about())),
    ]
}

/// The reasons for which money goes to no place.
fn why() -> String {
    format!("By reason: {}.", Why::ALL.map(Why::as_str).join(", "))
}
