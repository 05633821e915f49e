//! The lines of ledgers, in process, on the fictional borough.

use super::fixture::{SMALL, WARD, get};
use super::tests::{pence, sum};
use axum::http::StatusCode;
use serde_json::Value;

/// All lines of an address, page by page, each in JSON.
fn paged(address: &str) -> Vec<Value> {
    let mut lines: Vec<Value> = Vec::new();
    let mut next = Some(address.to_owned());
    while let Some(address) = next {
        let page = get(&address).json();
        lines.extend(page["lines"].as_array().unwrap().clone());
        assert!(lines.len() < 1_000, "pages without end");
        let link = page["links"].as_array().unwrap().iter().find(|link| link["rel"] == "next");
        assert_eq!(link.is_some(), page["next"].is_string());
        next =
            link.map(|link| format!("/api{}", link["href"].as_str().unwrap().split_once("/api").unwrap().1));
    }
    lines
}

#[test]
fn the_pages_of_a_ledger_have_each_line_once_and_add_up_to_the_area() {
    let area = get(&format!("/api/spend/{WARD}")).json();
    for (order, key) in [("amount", "share_pence"), ("date", "date"), ("imported", "row")] {
        let lines = paged(&format!("/api/spend/{WARD}/lines?limit=25&order={order}"));
        let mut ids: Vec<&str> = lines.iter().map(|line| line["id"].as_str().unwrap()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), lines.len(), "{order}");
        assert_eq!(lines.len(), SMALL + 5, "small ones, books, hall, and three that are shared out");
        let shares: i64 = lines.iter().map(|line| pence(&line["share_pence"])).sum();
        assert_eq!(shares, pence(&area["locality"]["pence"]));
        let is_in_order = match order {
            "amount" => lines.is_sorted_by_key(|line| -pence(&line[key]).abs()),
            "date" => lines.is_sorted_by(|a, b| a[key].as_str() >= b[key].as_str()),
            _ => lines.iter().filter_map(|line| line[key].as_i64()).is_sorted(),
        };
        assert!(is_in_order, "{order}: {lines:?}");
        let books = lines.iter().find(|line| line["method"] == "stated").filter(|_| order == "imported");
        let Some(books) = books else { continue };
        assert_eq!((&books["file"], &books["row"]), (&"wexmarsh_spend_may_2026.csv".into(), &4.into()));
        assert_eq!((&books["certainty"], &books["date"]), (&"located".into(), &"2026-05-02".into()));
    }
    let usual = get(&format!("/api/spend/{WARD}/lines?limit=3")).json();
    assert_eq!(usual["order"], "amount");
    assert_eq!(usual["lines"][0]["date"], "2026-04-10", "the largest share, of the waste");
}

#[test]
fn a_table_has_all_lines_unless_it_is_asked_for_fewer() {
    let all = get(&format!("/api/spend/{WARD}/lines?f=csv"));
    assert!(all.header("content-disposition").contains("spend-lines.csv"));
    assert!(!all.header("link").contains("rel=\"next\""), "{}", all.header("link"));
    let all = all.rows();
    assert_eq!(all.len(), SMALL + 5);
    let some = get(&format!("/api/spend/{WARD}/lines?f=csv&limit=100"));
    assert!(some.header("link").contains("rel=\"next\""), "{}", some.header("link"));
    assert_eq!(some.rows(), all[..100]);
    let first = get(&format!("/api/spend/{WARD}/lines?limit=100")).json();
    assert_eq!(first["lines"].as_array().unwrap().len(), 100);
    let rest = get(&format!("/api/spend/{WARD}/lines?f=csv&after={}", first["next"].as_str().unwrap()));
    assert_eq!(rest.rows(), all[100..]);
    let usual = get(&format!("/api/spend/{WARD}/lines")).json();
    assert_eq!(usual["lines"].as_array().unwrap().len(), 100, "a page of JSON is a page");
}

#[test]
fn a_table_of_lines_runs_no_formula() {
    let answer = get(&format!("/api/spend/{WARD}/lines?f=csv"));
    assert!(answer.header("content-type").starts_with("text/csv"));
    let rows = answer.rows();
    assert!(rows.iter().any(|row| row["payee"] == "'=Bookshop & Sons"));
    assert!(rows.iter().any(|row| row["pence"] == "-5000"), "a credit is a number");
}

/// Nothing that may not be said stands in any answer.
#[test]
fn who_may_not_be_named_is_in_no_answer() {
    let mut addresses: Vec<String> =
        ["/api/spend", "/spend", "/spend/units", "/spend/method"].map(str::to_owned).into();
    for line in ["redacted", "withheld", "home"] {
        let id = model::AssetId::of("wexmarsh-spend", line);
        addresses.extend([format!("/api/spend/lines/{id}"), format!("/spend/lines/{id}")]);
    }
    for n in 1..=20 {
        addresses.push(format!("/api/spend/E05999{n:03}"));
        addresses.push(format!("/api/spend/E05999{n:03}/lines"));
        addresses.push(format!("/spend/E05999{n:03}"));
    }
    for address in addresses {
        let answer = get(&address);
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.text);
        for word in ["Hill House", "HH-1", "A Person", "Elm House", "only for who looks after"] {
            assert!(!answer.text.contains(word), "{word} in {address}");
        }
        // Nor where a protected line says that it is for.
        let is_home = address.ends_with(&model::AssetId::of("wexmarsh-spend", "home").to_string());
        assert!(!(is_home && answer.text.contains("Brindlehythe")), "a place in {address}");
    }
}

#[test]
fn a_line_says_why_it_goes_where_it_goes() {
    let of = |key: &str| model::AssetId::of("wexmarsh-spend", key);
    let bins = get(&format!("/api/spend/lines/{}", of("bins"))).json();
    assert_eq!(bins["method"], "weights");
    assert_eq!(sum(&bins["shares"], "pence"), 10_000_000);
    assert_eq!(bins["shares"].as_array().unwrap().len(), 20);
    assert_eq!((&bins["weights"]["name"], &bins["weights"]["year"]), (&"population".into(), &2024.into()));
    let page = get(&format!("/spend/lines/{}", of("bins"))).text;
    for part in [
        "£100,000.00 paid by Wexmarsh Council to Emptybins Ltd",
        "Waste and street cleaning, running costs",
        "The unit says “Waste” (rule waste-words)",
        "shared among the wards of Wexmarsh by how many people live in each",
        "Every household",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let hall = get(&format!("/spend/lines/{}", of("hall"))).text;
    assert!(
        hall.contains("Counted in Brindlehythe, the ward where the payee is")
            && hall.contains("Brindlehythe Neighbourhood Centre")
    );
    let home = get(&format!("/spend/lines/{}", of("home"))).text;
    assert!(home.contains("Not tied to any ward") && home.contains("is never tied to a place"));
    let by_lsoa = get(&format!("/api/spend/lines/{}?level=lsoa", of("bins"))).json();
    assert_eq!(by_lsoa["shares"].as_array().unwrap().len(), 98);
}

#[test]
fn a_ledger_page_leads_on_and_to_each_payment() {
    let page = get(&format!("/spend/{WARD}?year=2026-27")).text;
    for part in [
        "What is spent in Brindlehythe in 2026-27",
        "id=\"next\" href=\"/spend/E05999001?year=2026-27&#38;after=100-",
        "href=\"/spend/E05999001?year=2026-27&#38;order=date#lines-heading\"",
        "href=\"/spend/lines/",
        "row 4",
        "Adult social care",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let next = page.split("id=\"next\" href=\"").nth(1).unwrap().split(['"', '#']).next().unwrap();
    assert!(next.ends_with('&'), "{next}");
    let by_date = get(&format!("/spend/{WARD}?order=date")).text;
    assert!(by_date.contains("<input type=\"hidden\" name=\"order\" value=\"date\">"), "the form keeps it");
    assert!(by_date.contains("lines?order=date&#38;f=csv"), "so does the table to take away: {by_date}");
    let sorted = by_date.split("aria-sort").nth(1).unwrap();
    assert!(sorted.split("</th>").next().unwrap().contains("Date"), "{sorted}");
}
