//! What several operations share: parameters, failures, headers, and who may change things.

use super::operation::failure;
use super::schema::{like, reference, whole, words};
use crate::editors;
use app::money::Class;
use model::{Basis, Level};
use serde_json::{Map, Value, json};

/// A parameter of the query.
pub(super) fn query(name: &str, description: &str, schema: Value) -> Value {
    json!({"name": name, "in": "query", "required": false, "description": description, "schema": schema})
}

/// The same, without which there is no answer.
pub(super) fn needed(mut parameter: Value) -> Value {
    parameter["required"] = json!(true);
    parameter
}

/// A part of the path.
fn path(name: &str, description: &str, schema: Value) -> Value {
    json!({"name": name, "in": "path", "required": true, "description": description, "schema": schema})
}

fn header(name: &str, is_needed: bool, description: &str, schema: Value) -> Value {
    json!({"name": name, "in": "header", "required": is_needed, "description": description, "schema": schema})
}

/// Names of areas' levels.
pub(super) fn levels() -> Value {
    words(Level::all().map(Level::as_str))
}

/// What every question about money takes.
pub(super) const OF_MONEY: [&str; 5] = ["year", "payer", "service", "class", "basis"];

pub(super) fn parameters() -> Value {
    let id = json!({"type": "string", "format": "uuid"});
    json!({
        "assetId": path("id", "The asset's id.", id.clone()),
        "lineId": path("id", "The line's id.", id),
        "areaCode": path("code", "The code of an area that is loaded.", like("E05999001")),
        "ifMatch": header("If-Match", true, "The ETag of the asset that you have seen, so that nobody's change is lost.", like("\"7\"")),
        "idempotencyKey": header("Idempotency-Key", false, "Makes one change of a request that is sent twice.", json!({"type": "string", "minLength": 1, "maxLength": 200})),
        "atLeast": header("Assetmap-At-Least", false, "A revision that the answer has to know of; 503 if it does not within three seconds.", whole()),
        "json": query("f", "The format.", words(["json"])),
        "jsonOrCsv": query("f", "The format; without it, what the client prefers.", words(["json", "csv"])),
        "level": query("level", "The areas among which money is shared out: any level that is loaded; wards when not given.", levels()),
        "year": query("year", "A financial year; when not given the last of which all months are held, else the last.", like("2026-27")),
        "payer": query("payer", "Who pays, by name.", like("Wexmarsh Council")),
        "service": query("service", "What for: the id of a service of the rules.", like("waste")),
        "class": query("class", "What sort of money.", words(Class::ALL.map(Class::as_str))),
        "prices": query("prices", "Also in the prices of this financial year, by the Treasury's GDP deflators.", like("2024-25")),
        "basis": query("basis", "How far the money has come: the same money is awarded, contracted and paid.", json!({"type": "string", "enum": Basis::ALL.map(Basis::as_str), "default": Basis::default().as_str()})),
    })
}

/// Every failure that is said of some operation, and when it comes.
const FAILURES: &[(u16, &str)] = &[
    (400, "The request can't be understood"),
    (401, "A token is needed"),
    (403, "This server takes no changes"),
    (404, "There is no such thing, or nothing of the sort is loaded"),
    (409, "Somebody else has changed it since you saw it; nothing was changed"),
    (422, "A value can't be so, or the Idempotency-Key was used for something else"),
    (428, "If-Match is missing"),
    (503, "Not at the moment; nothing was changed"),
];

pub(super) fn responses() -> Value {
    let problem = |(status, when): &(u16, &str)| {
        let mut answer = json!({
            "description": when,
            "content": {"application/problem+json": {"schema": reference("Problem")}},
        });
        match status {
            401 => answer["headers"] = json!({"WWW-Authenticate": {"schema": words(["Bearer"])}}),
            503 => answer["headers"] = json!({"Retry-After": {"description": "Seconds", "schema": whole()}}),
            _ => {}
        }
        (failure(*status), answer)
    };
    FAILURES.iter().map(problem).collect::<Map<_, _>>().into()
}

pub(super) fn headers() -> Value {
    json!({
        "ETag": {"description": "For If-None-Match; of an asset also for If-Match", "schema": like("\"7\"")},
        "Revision": {"description": "The revision of the store that the answer speaks of", "schema": whole()},
    })
}

pub(super) fn security() -> Value {
    json!({
        "token": {"type": "http", "scheme": "bearer", "description": "A token that the server was started with"},
        "signedIn": {"type": "apiKey", "in": "cookie", "name": editors::COOKIE, "description": "Of somebody who has signed in; counts for requests of our own pages alone"},
    })
}
