use super::operation::operation;
use super::schema::{
    by_name, described, like, list, object, or_null, pence, reference, text, whole, with, words, yes_or_no,
};
use super::shared::{OF_MONEY, levels};
use app::money::{Class, Why};
use model::Basis;
use serde_json::{Value, json};

/// `/spend`
pub(in crate::app_api) fn spend() -> Value {
    let get = operation("spend", "What is spent in each area of a level, and what is in none of them")
        .about("pence of all areas, elsewhere_pence and unplaced_pence add up to asked. The same revision, allocation and rules_version give the same figures.")
        .takes_shared(&["jsonOrCsv", "level"])
        .takes_shared(&OF_MONEY)
        .takes_shared(&["prices"])
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
    .takes_shared(&["prices", "atLeast"])
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
        "located_pence": described(pence(), "Of it, what is located there."),
        "modelled_pence": described(pence(), "Of it, what is estimated by a rule."),
        "service_pence": described(pence(), "Of it, what runs services: figures per head are of that alone."),
        "population": or_null(whole()), "population_year": or_null(whole()),
        "per_head_pence": described(or_null(pence()), "Null where nobody is known to live, or no month is held."),
    });
    priced(figures)
}

/// An object of amounts. Each stands there in the prices of another year, too, where these are asked for.
fn priced(mut members: Value) -> Value {
    let amounts: Vec<(String, Value)> = members
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, _)| name.ends_with("pence"))
        .map(|(name, schema)| (format!("real_{name}"), schema.clone()))
        .collect();
    for (name, mut schema) in amounts.iter().cloned() {
        schema["description"] = json!("In the prices that were asked for.");
        members[name] = schema;
    }
    let asked_for = ["prices", "deflators", "deflators_released", "deflators_forecast"];
    let optional: Vec<&str> = amounts.iter().map(|(name, _)| name.as_str()).chain(asked_for).collect();
    object(members, &optional)
}

/// By which deflators amounts are said in the prices of another year, where these are asked for.
fn deflators() -> Value {
    json!({
        "prices": like("2024-25"), "deflators": text(), "deflators_released": like("2026-06-30"),
        "deflators_forecast": described(list(text()), "Of the two years those whose deflator is a forecast."),
    })
}

pub(super) fn schemas() -> Vec<(&'static str, Value)> {
    let amount = json!({"pence": pence(), "lines": whole()});
    let year = || or_null(like("2026-27"));
    let links = || list(reference("Link"));
    let service = json!({
        "service": described(or_null(text()), "Null for what the rules do not know."), "name": or_null(text()),
        "pence": pence(), "lines": whole(),
    });
    let part = priced(json!({"pence": pence(), "located_pence": pence(), "modelled_pence": pence()}));
    let spending = json!({
        "level": levels(), "year": year(), "months_held": whole(), "months": list(like("2026-04")),
        "basis": words(Basis::ALL.map(Basis::as_str)), "payer": or_null(text()), "service": or_null(text()),
        "class": or_null(words(Class::ALL.map(Class::as_str))),
        "localities": list(reference("AreaSpend")),
        "located_pence": pence(), "modelled_pence": pence(),
        "running": described(
            or_null(reference("Running")),
            "How much of what runs services the areas' figures stand for; null when another class is asked for.",
        ),
        "elsewhere_pence": described(pence(), "Outside the areas that are loaded."),
        "unplaced_pence": pence(), "unplaced": described(by_name(reference("Amount")), why().as_str()),
        "unnamed": described(reference("Amount"), "What goes to payees who may not be named."),
        "undated": described(reference("Amount"), "In none of the figures: a line without a month is of no known year."),
        "asked": described(reference("Amount"), "All that was asked for."),
        "classes": by_name(reference("Amount")), "services": list(reference("ServiceSpend")),
        "choices": reference("Choices"), "links": links(),
    });
    let running = json!({
        "asked": described(reference("Amount"), "All of it that was asked for, wherever it goes."),
        "located": described(reference("Amount"), "Of it, what is located in the areas."),
        "modelled": described(reference("Amount"), "Of it, what is estimated to go there."),
    });
    let choices = json!({
        "levels": list(levels()), "payers": list(text()),
        "years": list(object(json!({"year": text(), "months_held": whole()}), &[])),
        "services": list(object(json!({"id": text(), "name": text(), "about": or_null(text())}), &[])),
        "classes": list(object(json!({"id": words(Class::ALL.map(Class::as_str)), "name": text()}), &[])),
        "bases": list(words(Basis::ALL.map(Basis::as_str))),
        "prices": list(object(json!({"year": text(), "forecast": yes_or_no()}), &[])),
    });
    let payee = json!({"name": text(), "voluntary": yes_or_no(), "pence": pence(), "lines": whole()});
    let of_service = json!({"service": or_null(text()), "name": or_null(text()), "spend": part});
    let within = json!({
        "year": year(), "months_held": whole(), "locality": reference("AreaSpend"),
        "services": list(object(of_service, &[])),
        "payees": described(list(priced(payee)), "Those that get most and may be named."),
        "voluntary_pence": pence(), "named_pence": pence(), "unnamed_pence": pence(), "links": links(),
    });
    vec![
        ("Amount", priced(amount)),
        ("AreaSpend", area()),
        ("Running", object(running, &[])),
        ("ServiceSpend", priced(service)),
        ("Choices", object(choices, &[])),
        ("Spending", with(priced(both(spending)), about())),
        ("SpendingOfArea", with(priced(both(within)), about())),
    ]
}

/// An answer, and by which deflators it is said in other prices.
fn both(mut answer: Value) -> Value {
    for (name, schema) in deflators().as_object().into_iter().flatten() {
        answer[name] = schema.clone();
    }
    answer
}

/// The reasons for which money goes to no place.
fn why() -> String {
    format!("By reason: {}.", Why::ALL.map(Why::as_str).join(", "))
}
