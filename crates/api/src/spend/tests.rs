//! Every route of money, in process, on the fictional borough.

use super::fixture::{Answer, SMALL, WARD, get, get_as, get_of_none};
use axum::http::StatusCode;
use serde_json::Value;

/// What all payments of 2026-27 that have a month come to.
const ALL: i64 = 10_000_000 - 5_000 + 50_000 + 25_000 + 7_000 + 3_000 + 90_000 + 1_100 + 100 * SMALL as i64;

pub(super) fn pence(value: &Value) -> i64 {
    value.as_i64().unwrap_or_else(|| panic!("{value} is no amount"))
}

pub(super) fn sum(list: &Value, name: &str) -> i64 {
    list.as_array().unwrap().iter().map(|one| pence(&one[name])).sum()
}

#[test]
fn the_figures_of_areas_and_what_is_in_none_add_up_to_what_was_published() {
    let body = get("/api/spend").json();
    assert_eq!((body["year"].as_str(), pence(&body["months_held"])), (Some("2026-27"), 2));
    assert_eq!(body["localities"].as_array().unwrap().len(), 20);
    let placed = sum(&body["localities"], "pence");
    assert_eq!(placed, pence(&body["located_pence"]) + pence(&body["modelled_pence"]));
    assert_eq!(placed + pence(&body["unplaced_pence"]) + pence(&body["elsewhere_pence"]), ALL);
    assert_eq!(pence(&body["asked"]["pence"]), ALL);
    assert_eq!(pence(&body["unplaced"]["redacted"]["pence"]), 7_000);
    assert_eq!(pence(&body["unplaced"]["protected"]["pence"]), 90_000);
    assert_eq!(pence(&body["unplaced"]["unmapped"]["pence"]), 1_100);
    assert_eq!(pence(&body["unnamed"]["pence"]), 10_000, "redacted and withheld");
    assert_eq!(pence(&body["undated"]["pence"]), 1_234);
    assert_eq!(pence(&body["modelled_pence"]), 10_000_000 - 5_000 + 3_000);
    assert!(
        pence(&body["allocation"]) == 1 && body["rules_version"].is_string() && body["revision"].is_u64()
    );
    for choice in ["levels", "years", "payers", "services", "classes", "bases"] {
        assert!(!body["choices"][choice].as_array().unwrap().is_empty(), "{choice}");
    }
}

#[test]
fn how_much_of_what_runs_services_the_figures_stand_for_is_told() {
    let body = get("/api/spend").json();
    let running = &body["running"];
    let placed = pence(&running["located"]["pence"]) + pence(&running["modelled"]["pence"]);
    assert_eq!(placed, sum(&body["localities"], "service_pence"));
    assert_eq!(pence(&running["asked"]["pence"]), pence(&body["classes"]["service"]["pence"]));
    let asked = model::Pence(pence(&running["asked"]["pence"]));
    let page = get("/spend").text;
    let said = format!("Of {asked} for running services {} (", model::Pence(placed));
    assert!(page.contains(&said), "{said} in {page}");
    assert!(page.contains("The rest is in no ward’s figure."));
    let real = get("/api/spend?prices=2024-25").json();
    assert!(pence(&real["running"]["asked"]["real_pence"]) <= asked.0);
    assert!(get("/api/spend?class=capital").json()["running"].is_null());
    assert!(!get("/spend?class=unmapped").text.contains("id=\"running\""));
}

#[test]
fn what_is_asked_for_is_what_is_answered() {
    for (query, all) in [
        ("payer=wexmarsh+council", ALL),
        ("service=waste", 10_000_000 - 5_000 + 3_000),
        ("class=unmapped", 1_100),
        ("basis=awarded", 200_000),
        ("level=lsoa", ALL),
        ("year=2026-27&payer=&service=", ALL),
        ("year=2019-20", 0),
    ] {
        let body = get(&format!("/api/spend?{query}")).json();
        assert_eq!(pence(&body["asked"]["pence"]), all, "{query}");
    }
    let nothing = get("/api/spend?year=2019-20").json();
    assert_eq!(pence(&nothing["months_held"]), 0);
    assert!(nothing["localities"][0]["per_head_pence"].is_null(), "not known is not nothing");
}

#[test]
fn a_question_that_is_not_understood_is_told_what_there_is() {
    for (query, told) in [
        ("level=street", "ward"),
        ("level=parish", "lsoa"),
        ("year=2026", "2026-27"),
        ("payer=Somebody", "Wexmarsh Council"),
        ("service=wast", "waste"),
        ("class=big", "unmapped"),
        ("basis=spent", "awarded"),
        ("years=2026-27", "year"),
        ("f=xml", "csv"),
    ] {
        let answer = get(&format!("/api/spend?{query}"));
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert!(answer.text.contains(told), "{query}: {}", answer.text);
    }
    for path in [
        "/api/spend/E05000000",
        "/api/spend/nowhere",
        "/api/spend/E05000000/lines",
        "/api/spend/lines/1",
        "/spend/E05000000",
        "/spend/lines/6fa459ea-ee8a-5b36-894e-db77e160355e",
    ] {
        assert_eq!(get(path).status, StatusCode::NOT_FOUND, "{path}");
    }
    for query in ["after=x", "after=12", "order=size", "limit=0", "limit=5000"] {
        assert_eq!(
            get(&format!("/api/spend/{WARD}/lines?{query}")).status,
            StatusCode::BAD_REQUEST,
            "{query}"
        );
    }
}

#[test]
fn where_no_money_is_loaded_that_is_said() {
    for path in
        ["/api/spend", "/api/spend/E05999001", "/spend", "/spend/method", "/ogc/collections/locality-spend"]
    {
        assert_eq!(get_of_none(path).status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(get_of_none("/spend").text.contains("That does not mean that none is spent"));
    assert!(!get_of_none("/").text.contains("href=\"/spend\""));
    assert!(!get_of_none("/area/E05999001").text.contains("What is spent here"));
    assert!(get("/").text.contains("href=\"/spend\""));
    assert!(get("/area/E05999001").text.contains("href=\"/spend/E05999001\""));
}

#[test]
fn table_collection_page_and_map_have_the_figures_of_the_answer() {
    let query = "service=waste&level=ward";
    let body = get(&format!("/api/spend?{query}")).json();
    let areas = body["localities"].as_array().unwrap();
    let rows = get(&format!("/api/spend?{query}&f=csv")).rows();
    let features = get(&format!("/ogc/collections/locality-spend/items?{query}")).json();
    let features = features["features"].as_array().unwrap();
    let collection = get(&format!("/ogc/collections/locality-spend/items?{query}&f=csv")).rows();
    let map = get(&format!("/api/spend/map?{query}")).json();
    let map = map["features"].as_array().unwrap();
    let page = get(&format!("/spend?{query}")).text;
    assert!(areas.len() == rows.len() && areas.len() == features.len() && areas.len() == map.len());
    for (at, area) in areas.iter().enumerate() {
        for name in
            ["pence", "located_pence", "modelled_pence", "service_pence", "population", "per_head_pence"]
        {
            assert_eq!(rows[at][name], area[name].to_string());
            assert_eq!(collection[at][name], area[name].to_string());
            assert_eq!(features[at]["properties"][name], area[name], "{name}");
            assert_eq!(map[at]["properties"][name], area[name], "{name}");
        }
        assert_eq!(features[at]["properties"]["year"], "2026-27");
        let shown = model::Pence(pence(&area["per_head_pence"])).to_string();
        assert!(page.contains(&format!(">{shown}<")), "{shown}");
    }
}

#[test]
fn what_is_the_same_in_each_ward_by_construction_is_not_drawn() {
    let why = "The same in each ward: all of it is shared out by how many people live there, so the map would tell nothing.";
    let page = get("/spend?service=waste").text;
    assert!(page.contains(why), "{page}");
    assert!(!page.contains("picture--shades") && !page.contains("Darker means more"), "{page}");
    assert!(page.contains("id=\"areas\""), "the table stays");
    let map = get("/api/spend/map?service=waste").json();
    assert_eq!(map["no_map"], why);
    assert!(map["features"].as_array().unwrap().iter().all(|area| area["properties"]["colour"].is_null()));
    let map = get("/api/spend/map").json();
    assert!(map["no_map"].is_null() && map["features"][0]["properties"]["colour"].is_string());
    let page = get("/spend").text;
    assert!(page.contains("picture--shades") && !page.contains("id=\"no-map\""));
}

#[test]
fn the_page_of_methods_says_of_which_services_parts_are_shared_out() {
    let page = get("/spend/method").text;
    assert!(page.contains("Parts of it are shared out: by children under 5. The rest is not"), "{page}");
    let care = &page[page.find("<dt>Adult social care</dt>").unwrap()..];
    let care = &care[..care.find("</div>").unwrap()];
    assert!(care.contains("by people aged 65 to 74") && !care.contains("Never shared out"), "{care}");
}

#[test]
fn in_the_prices_of_a_year_table_page_and_map_have_the_figures_of_the_answer() {
    let query = "service=waste&prices=2024-25";
    let body = get(&format!("/api/spend?{query}")).json();
    assert_eq!(
        (body["prices"].as_str(), body["deflators_released"].as_str()),
        (Some("2024-25"), Some("2026-06-30"))
    );
    assert_eq!(body["deflators_forecast"], serde_json::json!(["2026-27"]));
    let rows = get(&format!("/api/spend?{query}&f=csv")).rows();
    let map = get(&format!("/api/spend/map?{query}")).json();
    assert_eq!(map["prices"], "2024-25");
    let page = get(&format!("/spend?{query}")).text;
    assert!(page.contains("The deflator of 2026-27 is a forecast."), "{page}");
    for (at, area) in body["localities"].as_array().unwrap().iter().enumerate() {
        for name in ["pence", "located_pence", "modelled_pence", "service_pence", "per_head_pence"] {
            let real = &area[format!("real_{name}")];
            assert!(pence(real) <= pence(&area[name]), "prices rose");
            assert_eq!(rows[at][&format!("real_{name}")], real.to_string());
            assert_eq!(&map["features"][at]["properties"][name], real);
        }
        let shown = model::Pence(pence(&area["real_per_head_pence"])).to_string();
        assert!(page.contains(&format!(">{shown}<")), "{shown}");
    }
    let code = body["localities"][0]["code"].as_str().unwrap();
    let within = get(&format!("/api/spend/{code}?{query}")).json();
    assert_eq!(within["locality"]["real_pence"], body["localities"][0]["real_pence"]);
    let lines = within["links"].as_array().unwrap().iter().find(|link| link["rel"] == "item").unwrap();
    assert!(lines["href"].as_str().unwrap().ends_with("/lines?service=waste"), "{lines}");
    let ledger = get(&format!("/spend/{code}?{query}")).text;
    let all = model::Pence(pence(&within["locality"]["real_pence"])).to_string();
    assert!(ledger.contains(&all) && ledger.contains("The lines below are as paid."), "{ledger}");
}

#[test]
fn a_year_without_a_deflator_is_refused_in_words() {
    let said = "2031-32: no deflator published yet";
    let answer = get("/api/spend?prices=2031-32");
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.text.contains(said), "{}", answer.text);
    for path in ["/spend?prices=2031-32", &format!("/spend/{WARD}?prices=2031-32")] {
        let page = get(path);
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains(said) && !page.text.contains("prices-said"), "{}", page.text);
    }
    assert_eq!(get("/ogc/collections/locality-spend/items?prices=2024-25").status, StatusCode::BAD_REQUEST);
}

#[test]
fn an_area_says_what_for_to_whom_and_how_much_reaches_voluntary_organisations() {
    let body = get(&format!("/api/spend/{WARD}")).json();
    let locality = &body["locality"];
    assert_eq!(pence(&locality["located_pence"]), 50_000 + 25_000 + 100 * SMALL as i64);
    let services = body["services"].as_array().unwrap();
    let of = |id: &str| services.iter().find(|one| one["service"] == id).unwrap();
    assert_eq!(pence(&of("adult-social-care")["spend"]["located_pence"]), 25_000);
    assert_eq!(of("culture")["name"], "Libraries, culture and leisure");
    assert_eq!(
        services.iter().map(|one| pence(&one["spend"]["pence"])).sum::<i64>(),
        pence(&locality["pence"])
    );
    assert_eq!(pence(&body["named_pence"]) + pence(&body["unnamed_pence"]), pence(&locality["pence"]));
    assert!(!body["payees"].as_array().unwrap().is_empty());
}

#[test]
fn the_collection_is_one_like_the_others() {
    let described = get("/ogc/collections/locality-spend?f=json").json();
    assert_eq!(described["itemCount"], 20);
    assert!(described["sources"].as_array().unwrap().iter().any(|source| source["id"] == "wexmarsh-spend"));
    let items = "/ogc/collections/locality-spend/items";
    let all = get(&format!("{items}?f=json")).json();
    assert_eq!(all["numberMatched"], 20);
    let schema = get("/ogc/collections/locality-spend/schema?f=json").json();
    for name in all["features"][0]["properties"].as_object().unwrap().keys() {
        assert!(schema["properties"][name].is_object(), "{name} is in the schema");
    }
    let queryables = get("/ogc/collections/locality-spend/queryables?f=json").json();
    let api = get("/ogc/api?f=json").json();
    let parameters = api["paths"]["/collections/locality-spend/items"]["get"]["parameters"].to_string();
    for name in queryables["properties"].as_object().unwrap().keys() {
        assert!(parameters.contains(&format!("\"name\":\"{name}\"")), "{name} is in the description");
    }
    let page = get(&format!("{items}?f=json&limit=7")).json();
    let next = page["links"].as_array().unwrap().iter().find(|link| link["rel"] == "next").unwrap();
    let next =
        next["href"].as_str().unwrap().split_once("/ogc").map(|(_, path)| format!("/ogc{path}")).unwrap();
    let second = get(&next).json();
    assert_eq!(second["features"][0]["properties"]["code"], "E05999008");
    assert_eq!(get(&format!("{items}?f=json&code={WARD}")).json()["numberMatched"], 1);
    assert_eq!(get(&format!("{items}?f=json&bbox=0,0,1,1")).json()["numberMatched"], 0);
    assert_eq!(get(&format!("{items}?f=json&resultType=hits")).json()["numberReturned"], 0);
    let metres = get_as(&format!("{items}?crs=27700&limit=1"), "accept", "application/geo+json");
    assert!(metres.header("content-crs").contains("27700"));
    let first = &metres.json()["features"][0]["geometry"]["coordinates"][0][0];
    assert!(first[0].as_f64().unwrap() > 400_000.0, "{first}");
    let one = get(&format!("{items}/{WARD}-2025?f=json&year=2026-27")).json();
    assert_eq!(one["properties"]["code"], WARD);
    assert_eq!(get(&format!("{items}/{WARD}-1999?f=json")).status, StatusCode::NOT_FOUND);
    assert_eq!(get(&format!("{items}?f=json&level=lsoa")).json()["numberMatched"], 98);
    assert_eq!(get(&format!("{items}?f=json&year=x")).status, StatusCode::BAD_REQUEST);
    assert_eq!(get(&format!("{items}?f=html")).status, StatusCode::OK);
}

#[test]
fn an_answer_that_is_known_is_not_made_again() {
    let first = get("/api/spend");
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/"), "{tag}");
    assert_eq!(get_as("/api/spend", "if-none-match", &tag).status, StatusCode::NOT_MODIFIED);
    assert_eq!(get_as("/api/spend?service=waste", "if-none-match", &tag).status, StatusCode::OK);
}

fn order(answer: &Answer) -> Vec<&str> {
    let table = answer.text.split("id=\"areas\"").nth(1).unwrap().split("</table>").next().unwrap();
    table.split("<th scope=\"row\">").skip(1).map(|row| row.split(['<', '>']).nth(2).unwrap()).collect()
}

#[test]
fn the_page_says_what_is_held_and_sorts_by_links() {
    let page = get("/spend");
    for part in [
        "2 of 12 months of 2026-27 are held: April 2026 and May 2026.",
        "Located in one of these areas",
        "The publisher took out who is paid",
        "£100.00 in 2 lines is paid to payees who may not be named",
        "£12.34 in 1 line does not say in which month",
        "href=\"/spend?sort=name#areas-heading\"",
        "aria-sort=\"descending\"",
        "per head\"><title>",
    ] {
        assert!(page.text.contains(part), "{part} in {}", page.text);
    }
    let name = get("/spend?sort=name");
    let mut sorted = order(&name);
    sorted.sort_unstable();
    assert_eq!(sorted, order(&name));
    assert_eq!(order(&page)[0], "Brindlehythe", "what is stated for it is the most per head");
    let nothing = get("/spend?year=2019-20").text;
    assert!(
        nothing.contains("No month of 2019-20 is held.")
            && nothing.contains("Nothing is loaded that was asked for")
    );
}

#[test]
fn a_page_says_what_it_did_not_understand_and_shows_the_rest() {
    for (query, told) in [
        ("payer=Nobody", "nobody called &#34;Nobody&#34; pays"),
        ("service=x", "there is no service"),
        ("year=soon", "not a financial year"),
        ("sort=size", "there is per_head, total, name"),
        ("level=street", "there is"),
        ("colour=red", "there is no parameter colour"),
    ] {
        let page = get(&format!("/spend?{query}"));
        assert_eq!(page.status, StatusCode::OK, "{query}");
        assert!(page.text.contains(told) && page.text.contains("id=\"areas\""), "{query}: {}", page.text);
    }
    let page = get(&format!("/spend/{WARD}?after=x&payer=Nobody"));
    assert!(page.text.contains("this is no place in a ledger") && page.text.contains("id=\"lines\""));
}

#[test]
fn the_methods_and_the_units_are_told() {
    let method = get("/spend/method").text;
    for part in
        ["Head office", "Every household is served", "shown for the whole council only", "Running services"]
    {
        assert!(method.contains(part), "{part}");
    }
    let units = get("/spend/units").text;
    assert!(units.contains("QQ XYZZY QQ") && units.contains("£11.00"), "{units}");
}
