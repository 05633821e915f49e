//! An officer prepares for a meeting: narrows, sorts, picks, compares, takes along.

use super::*;
use crate::pages::shortlist::{Shortlist, ShortlistPage};
use crate::pages::{embed, picks, sheet};
use std::io::{Cursor, Read};

/// Three halls with what hirers ask, and one that says nothing.
fn halls() -> Atlas {
    let mut builder = small_town();
    let hall = |name: &str, place, access: &str, hours: &str| {
        let mut hall = record(name, Kind::Building, "hall", place);
        let facility = |label: &str, value: &str| Facility { label: label.into(), value: value.into() };
        hall.record.facilities = vec![facility("Step-free access", access), facility("Hire price", "£12")];
        hall.record.opening_hours = Some(hours.to_owned()).filter(|text| !text.is_empty());
        hall.record.postcode = Postcode::parse("ZZ1 1AA").ok();
        hall.record.uprn = model::Uprn::parse("12345678901").ok();
        hall.record.phone = Some("=1+1".into());
        hall
    };
    builder.asset(&hall("Abbey Hall", INSIDE, "Yes", "Mon-Fri 9am-9pm"));
    builder.asset(&hall("Zion Hall", NEAR, "yes", "Tuesdays 6–9pm"));
    builder.asset(&hall("Mill Hall", INSIDE, "No", "Mon-Fri 9am-9pm"));
    builder.asset(&hall("Marsh Hall", INSIDE, "Yes", "ask the caretaker"));
    builder.asset(&record("Silent Hall", Kind::Building, "hall", INSIDE));
    builder.build(3)
}

fn pick(atlas: &Atlas, names: &[&str]) -> String {
    let named = |name: &&str| {
        let found = atlas.find(name, 1);
        let [atlas::Found::Asset(asset)] = found[..] else { panic!("{name}: {found:?}") };
        picks::short(atlas.asset_id(asset))
    };
    names.iter().map(named).collect::<Vec<_>>().join(",")
}

#[test]
fn step_free_halls_open_on_a_weekday_evening_and_those_to_ask() {
    let atlas = halls();
    let asked = format!("area={WARD}&within=800&access=step-free&open=weekday-evening");
    let page = list(&atlas, &asked);
    assert_eq!(names(&page), ["Abbey Hall", "Zion Hall"]);
    assert_eq!(page.count, "2 groups and buildings");
    let unknown = page.unknown.unwrap();
    assert_eq!(
        unknown.text,
        "2 more may have step-free access and be open on a weekday evening, but no source says so clearly: not known, ask."
    );
    assert_eq!((unknown.link, unknown.href), ("List them too", format!("/?{asked}&unknown=include")));
    let all = list(&atlas, &format!("{asked}&unknown=include"));
    assert_eq!(names(&all), ["Abbey Hall", "Marsh Hall", "Silent Hall", "Zion Hall"]);
    let silent = rows(&all).find(|row| row.name == "Silent Hall").unwrap();
    let said: Vec<String> = silent.asked.iter().map(|a| format!("{}: {}", a.label, a.text)).collect();
    assert_eq!(said, ["Open: Not known, ask", "Step-free access: Not known, ask"]);
    assert!(!names(&all).contains(&"Mill Hall"), "what its source rules out stays out");
    assert!(all.clear.is_some() && all.downloads.unwrap().csv.is_none());
}

#[test]
fn the_list_is_sorted_from_a_postcode() {
    let atlas = halls();
    let page = list(&atlas, &format!("area={WARD}&within=800&from_postcode=zz11aa"));
    let labels: Vec<&str> = rows(&page).filter_map(|row| row.from.as_deref()).collect();
    assert_eq!(labels[0], "330 m from ZZ1 1AA, straight line");
    assert_eq!(labels[4], "400 m from ZZ1 1AA, straight line");
    assert_eq!(names(&page).last(), Some(&"Zion Hall"));
    assert_eq!(page.parts[0].heading.as_deref(), Some("Nearest to ZZ1 1AA first"));
    assert_eq!(page.ask.link(), format!("/?area={WARD}&within=800&from_postcode=ZZ1+1AA"));
    for (typed, said) in [
        ("ZZ9+9ZZ", "The postcode ZZ9 9ZZ is in no loaded list, so distances from it are not known."),
        ("ZZ1", "“ZZ1” is not a whole postcode. Type one such as SW1A 1AA."),
        ("ZZ1+OAA", "“ZZ1 OAA” is not a postcode. Did you mean ZZ1 0AA?"),
    ] {
        let page = list(&atlas, &format!("area={WARD}&from_postcode={typed}"));
        assert_eq!(page.no_meeting.as_deref(), Some(said));
        assert_eq!(names(&page).len(), 5, "the list is there all the same");
        assert!(page.render().unwrap().contains("aria-describedby=\"from-error\""));
    }
}

#[test]
fn a_shortlist_keeps_its_order_and_moves() {
    let atlas = halls();
    let ids = pick(&atlas, &["Zion Hall", "Silent Hall", "Abbey Hall"]);
    let read = Ask::read(&format!("area={WARD}&from_postcode=ZZ1+1AA&pick={ids}"));
    let shortlist = Shortlist::of(&atlas, &read.ask);
    let named: Vec<&str> = shortlist.entries.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(named, ["Zion Hall", "Silent Hall", "Abbey Hall"]);
    let after = |href: &str| -> Vec<String> {
        let query = href.split(['?', '#']).nth(1).unwrap();
        let entries = Shortlist::of(&atlas, &Ask::read(query).ask).entries;
        entries.into_iter().map(|entry| entry.name).collect()
    };
    let [zion, silent, abbey] = &shortlist.entries[..] else { panic!() };
    assert!(zion.up.is_none() && abbey.down.is_none());
    assert_eq!(after(zion.down.as_ref().unwrap()), ["Silent Hall", "Zion Hall", "Abbey Hall"]);
    assert_eq!(after(abbey.up.as_ref().unwrap()), ["Zion Hall", "Abbey Hall", "Silent Hall"]);
    assert_eq!(after(&silent.remove), ["Zion Hall", "Abbey Hall"]);
    let said = |label: &str| {
        silent.facts.iter().find(|fact| fact.label == label).map(|fact| fact.values[0].text.as_str())
    };
    for label in ["Times", "Step-free access", "Price", "Holds"] {
        assert_eq!(said(label), Some("Not known, ask"), "{label}");
    }
    assert_eq!(zion.distance.as_deref(), Some("400 m from ZZ1 1AA, straight line"));
    assert!(shortlist.map.unwrap().contains(">3</text>"));
    assert_eq!(shortlist.sources.len(), 2, "the halls and the boundary");
}

#[test]
fn a_shortlist_needs_no_area_and_forgives_what_is_gone() {
    let atlas = halls();
    let ids = pick(&atlas, &["Abbey Hall"]);
    let page = ShortlistPage::of(&atlas, &Ask::read(&format!("pick={ids},77,!")));
    assert_eq!(page.shortlist.entries.len(), 1);
    assert!(page.shortlist.back.is_none() && page.misread.len() == 1);
    let (what, href) = page.shortlist.gone.as_ref().unwrap();
    assert_eq!(what, "One place on this shortlist is not loaded any more.");
    assert!(href.ends_with(&format!("pick={ids}")), "{href}");
    assert!(page.render().unwrap().contains("Abbey Hall"));
    let empty = ShortlistPage::of(&atlas, &Ask::read("")).render().unwrap();
    assert!(empty.contains("Your shortlist is empty") && !empty.contains("<svg"));
}

#[test]
fn the_box_of_what_is_on_the_shortlist_is_ticked_and_others_travel_along() {
    let atlas = halls();
    let ids = pick(&atlas, &["Mill Hall", "Abbey Hall"]);
    let page = list(&atlas, &format!("area={WARD}&access=step-free&pick={ids}"));
    let ticked: Vec<&str> = rows(&page)
        .filter(|row| row.pick.as_ref().is_some_and(|pick| pick.is_ticked))
        .map(|row| row.name.as_str())
        .collect();
    assert_eq!(ticked, ["Abbey Hall"]);
    assert_eq!(page.picks_elsewhere, [pick(&atlas, &["Mill Hall"])]);
    assert_eq!(page.order, ids);
    assert_eq!(page.picked[0].0, "Mill Hall");
}

/// One part of an XLSX, as text.
fn part(book: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_spreadsheet_keeps_codes_as_text_and_runs_nothing() {
    let atlas = halls();
    let ask = Ask::read(&format!("area={WARD}&within=800&from_postcode=ZZ1+1AA")).ask;
    let book = sheet::list_book(&atlas, atlas.locality(WARD).unwrap(), &ask, Default::default()).unwrap();
    let words = part(&book, "xl/sharedStrings.xml");
    for text in
        ["12345678901", "ZZ1 1AA", "E05000001", "=1+1", "Not known, ask", "Open Government Licence v3.0"]
    {
        assert!(words.contains(&format!(">{text}</t>")), "{text} in {words}");
    }
    assert!(words.contains("Not loaded: "), "what was not loaded is said");
    let places = part(&book, "xl/worksheets/sheet1.xml");
    assert!(!places.contains("<f>"), "no formulas");
    assert!(places.contains("state=\"frozen\"") && places.contains("topLeftCell=\"A2\""), "{places}");
    // UPRN in the tenth column, as a shared string.
    let at = places.find("r=\"J2\"").unwrap();
    assert!(places[at..].split('>').next().unwrap().contains("t=\"s\""), "{}", &places[at..at + 60]);
    assert!(part(&book, "xl/workbook.xml").contains("Where this comes from"));
}

#[test]
fn an_embedded_area_opens_everything_in_a_new_tab() {
    let atlas = halls();
    let ask = Ask::read("within=800").ask;
    let html = embed::EmbedPage::of(&atlas, atlas.locality(WARD).unwrap(), &ask).render().unwrap();
    let links = html.matches("<a ").count();
    assert!(links > 5 && links == html.matches("target=\"_blank\" rel=\"noopener\"").count(), "{html}");
    assert!(html.contains("<svg") && !html.contains("<script") && !html.contains("<form"), "{html}");
    let snippet = embed::snippet("https://maps.example", WARD, "Mill & \"Marsh\"");
    assert!(snippet.starts_with("<iframe src=\"https://maps.example/embed/area/E05000001-2023?within=800\""));
    assert!(snippet.contains("Mill &amp; &quot;Marsh&quot;"), "{snippet}");
}

#[test]
fn names_on_a_shortlist_stay_text() {
    let evil = r#""><script>alert('x')</script>"#;
    let mut builder = small_town();
    let hall = record(evil, Kind::Building, "hall", INSIDE);
    let id = picks::short(hall.id);
    builder.asset(&hall);
    let atlas = builder.build(1);
    let html = ShortlistPage::of(&atlas, &Ask::read(&format!("area={WARD}&pick={id}&from_postcode={evil}")))
        .render()
        .unwrap();
    assert!(html.contains("alert(") && !html.contains("<script>"), "{html}");
}
