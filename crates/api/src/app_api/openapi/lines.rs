use super::operation::operation;
use super::schema::{
    described, like, list, object, or_null, pence, reference, text, whole, with, words, yes_or_no,
};
use super::shared::{OF_MONEY, query};
use super::spend::about;
use crate::app_api::spend::{DEFAULT_LINES, MOST_LINES};
use app::money::{Certainty, Class, Method, Order};
use model::{Basis, SpendKind};
use serde_json::{Value, json};

/// `/spend/{code}/lines`
pub(in crate::app_api) fn area_lines() -> Value {
    let limit = json!({"type": "integer", "minimum": 1, "maximum": MOST_LINES, "default": DEFAULT_LINES});
    let get = operation("spendLines", "The ledger of an area, line by line")
        .takes_shared(&["areaCode", "jsonOrCsv"])
        .takes_shared(&OF_MONEY)
        .takes(query(
            "order",
            "The largest shares first, the newest first, or as they were imported.",
            order(),
        ))
        .takes(query("after", "Where the page starts; taken from a next link.", text()))
        .takes(query(
            "limit",
            "How many lines on a page. A table (CSV) without it has all lines from the start of the page on.",
            limit,
        ))
        .takes_shared(&["atLeast"])
        .gives("A page of lines; as CSV a table of all, or of a page where limit is given", "Lines")
        .or_csv()
        .fails(&[400, 404, 503]);
    json!({"get": get.done()})
}

/// `/spend/lines/{id}`
pub(in crate::app_api) fn line() -> Value {
    let get =
        operation("spendLine", "Why a line went where it did: rule, weights, and its shares among areas")
            .takes_shared(&["lineId", "json", "level"])
            .takes_shared(&OF_MONEY)
            .takes_shared(&["atLeast"])
            .gives("The line, explained; the row as published is sealed", "ExplainedLine")
            .fails(&[400, 404, 503]);
    json!({"get": get.done()})
}

fn of_line() -> Value {
    json!({
        "id": text(), "pence": pence(), "date": like("2026-05-29"),
        "kind": words(SpendKind::ALL.map(SpendKind::as_str)), "basis": words(Basis::ALL.map(Basis::as_str)),
        "payer": text(), "payee": described(or_null(text()), "Null unless payee_standing is named; so are purpose and reference."),
        "payee_standing": words(["named", "redacted", "withheld", "protected"]),
        "unit": or_null(text()), "category": or_null(text()), "purpose": or_null(text()), "reference": or_null(text()),
        "service": or_null(text()), "class": or_null(words(Class::ALL.map(Class::as_str))),
        "mapped_by": described(or_null(text()), "The words of the rules by which its service is known."),
        "method": words(Method::ALL.map(Method::as_str)), "certainty": certainty(),
        "rule": or_null(text()), "voluntary": yes_or_no(),
        "source": text(), "file": text(), "row": described(or_null(whole()), "The line in the file; null where that would show what is kept back."),
    })
}

fn order() -> Value {
    json!({"type": "string", "enum": Order::ALL.map(Order::as_str), "default": Order::default().as_str()})
}

fn certainty() -> Value {
    words([Certainty::Located, Certainty::Modelled, Certainty::Unplaced].map(Certainty::as_str))
}

pub(super) fn schemas() -> Vec<(&'static str, Value)> {
    let share = json!({
        "code": text(), "name": text(), "pence": pence(),
        "people": described(or_null(whole()), "How many of those by whom it is shared out live there."),
        "certainty": words(["located", "modelled", "elsewhere", "unplaced"]),
    });
    let weights = json!({
        "id": text(), "name": text(), "year": whole(), "scope": list(text()),
        "areas": described(whole(), "How many areas have a weight."),
    });
    let explained = json!({
        "shares": described(list(object(share, &["code", "name", "people"])), "They add up to the line."),
        "headline": described(text(), "What was paid by whom, to whom and when."),
        "what": described(text(), "The service and the sort of money."),
        "decided": described(list(text()), "Which words of the row say so, by which rule."),
        "place": described(text(), "Where it goes, and how sure that is."),
        "because": described(text(), "Why it goes there."),
        "limits": described(list(text()), "What that does not show or use."),
        "left_out": described(or_null(text()), "What of the row is not told, and why."),
        "way_from": described(or_null(text()), "Where the way of sharing it out is from."),
        "figures": described(or_null(text()), "Who published how many people there are, and for which year."),
        "arithmetic": described(or_null(text()), "How each share is reckoned."),
        "stated": described(or_null(text()), "The places that the row states."),
        "published_at": or_null(text()), "weights": or_null(object(weights, &[])), "service_name": or_null(text()),
    });
    let line = object(of_line(), &[]);
    let lines = json!({
        "lines": list(reference("Line")), "order": order(),
        "next": described(or_null(text()), "after of the next page."),
        "links": list(reference("Link")),
    });
    vec![
        (
            "Line",
            with(line.clone(), json!({"share_pence": described(pence(), "What of it goes to the area.")})),
        ),
        ("Lines", with(object(lines, &[]), about())),
        ("ExplainedLine", with(with(line, explained), about())),
    ]
}
