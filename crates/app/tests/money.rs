//! Public money from published files to what a ward's ledger says: made-up files in, pence out.

mod town;

use app::money::{
    Ask, Class, Cursor, Explained, LadderOptions, Method, Order, Rules, ShareOf, Told, Turn, allocate,
    allocate_if_due, diff, explain, read, unmapped_units,
};
use app::{Options, import};
use model::{AreaCode, Basis, FinancialYear, Level, Pence};
use town::{EAST, Town, WEST};

const LINES: &str = "\
Wexmarsh Council,Waste,Binmen Ltd,01/05/2026,6.01,Refuse collection
Wexmarsh Council,Culture,Ash Tree Hall Ltd,02/05/2026,10.00,Hire of hall for library events
Wexmarsh Council,Childrens Services,Redacted,03/05/2026,7.00,Fostering
Wexmarsh Council,Zxqv,Qrst Ltd,04/05/2026,(1.00),
";

#[test]
fn what_is_spent_is_placed_and_all_of_it_is_told() {
    let town = Town::new("placed");
    town.spend(LINES);
    let done = allocate_if_due(town.store.as_ref()).unwrap().expect("lines");
    assert_eq!((done.allocation, done.lines, done.changed), (1, 4, 4));
    assert!(allocate_if_due(town.store.as_ref()).unwrap().is_none(), "nothing has changed since");
    // £6.01 over 600 people: 3.005, 1.00166, twice; the two pence that are left go to the largest remainders.
    assert_eq!(town.of(&Ask::default()), "West 0+401 1 | East 1000+200 6 | 600 of 2201");
    let awarded = Ask { basis: Basis::Awarded, ..Ask::default() };
    assert_eq!(town.of(&awarded), "West 0+0 -1 | East 0+0 -1 | 0 of 0");
    let before = Ask { year: Some(FinancialYear::beginning_in(2020)), ..Ask::default() };
    assert_eq!(
        town.of(&before),
        "West 0+0 -1 | East 0+0 -1 | 0 of 0",
        "of a year that is not held nothing is known"
    );
}

#[test]
fn a_ledger_adds_up_to_its_ward_and_explains_each_line() {
    let town = Town::new("explained");
    town.spend(LINES);
    allocate_if_due(town.store.as_ref()).unwrap();
    let (atlas, ledger) = read(town.store.as_ref()).unwrap();
    let ask = Ask::default();
    let mut shares = Vec::new();
    let mut after = None;
    loop {
        let turn = Turn { order: Order::Amount, after, limit: 1 };
        let page = ledger.lines(town.store.as_ref(), &atlas, &ask, EAST, &turn).unwrap().unwrap();
        shares.extend(page.lines.iter().map(|shown| (shown.share.0, shown.method, shown.line.id)));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let told: Vec<_> = shares.iter().map(|(pence, method, _)| (*pence, *method)).collect();
    assert_eq!(told, [(1_000, Method::DeliveryPoint), (200, Method::Weights)]);
    let within = ledger.within(&atlas, &ask, EAST, 5).unwrap();
    assert_eq!(within.area.sum.all().pence, Pence(1_200));
    assert_eq!(within.top[0].0, "Ash Tree Hall Ltd");

    let store = town.store.as_ref();
    let bins = explain(store, &atlas, &ledger, shares[1].2, Level::Ward).unwrap().expect("a line");
    assert_eq!(bins.weights.as_ref().map(|set| set.weights.len()), Some(4));
    assert!(bins.raw.contains("Refuse collection"));
    let all: i64 = bins.shares.iter().map(|share| share.pence().0).sum();
    assert_eq!(all, 601);
    let hall = explain(store, &atlas, &ledger, shares[0].2, Level::Lsoa).unwrap().expect("a line");
    assert!(hall.reasons.why.contains("as Ash Tree Hall"));
    assert!(matches!(&hall.shares[..], [ShareOf::Area { code, .. }] if code.as_str() == "E01000003"));
}

/// Every line among the wards, explained.
fn explained(town: &Town) -> Vec<Explained> {
    let store = town.store.as_ref();
    let (atlas, ledger) = read(store).unwrap();
    let mut all = Vec::new();
    store
        .money(&mut |one| {
            let store::Money::Line(line) = one else { return };
            all.push(explain(store, &atlas, &ledger, line.id, Level::Ward).unwrap().expect("a line"));
        })
        .unwrap();
    all
}

#[test]
fn a_line_is_explained_in_sentences() {
    let town = Town::new("sentences");
    town.spend(&format!(
        "{LINES}Wexmarsh Council,Fostering team,Hill House Ltd,05/05/2026,70.00,Fostering at Hill House\n\
         Wexmarsh Council,Capital Schemes,Builders of East Ltd,06/05/2026,80.00,Highways in East\n\
         Wexmarsh Council,Payroll,HMRC,07/05/2026,90.00,Tax\n"
    ));
    allocate_if_due(town.store.as_ref()).unwrap();
    let said = explained(&town).into_iter().map(|Explained { reasons, .. }| {
        let all = [vec![reasons.headline, reasons.what], reasons.decided];
        let rest = [vec![reasons.place, reasons.why], reasons.limits];
        all.into_iter().chain(rest).flatten().collect::<Vec<_>>().join("\n")
    });
    let said: Vec<String> = said.collect();
    let expected = [
        "£6.01 paid by Wexmarsh Council to Binmen Ltd, 1 May 2026\nWaste and street cleaning, running costs\n\
         The unit says “Waste” (rule waste-words).\n\
         An estimate: shared among the wards of Wexmarsh by how many people live in each.\n\
         Every household is served, and what it throws away goes with the people in it.\n\
         How much each street really throws away is not published.\n\
         How many live in a ward is the sum of the LSOAs that count in it: as a lookup says, else by their middles.",
        "£10.00 paid by Wexmarsh Council to Ash Tree Hall Ltd, 2 May 2026\nLibraries, culture and leisure, running costs\n\
         The unit says “Culture” (rule culture-words).\nCounted in East, the ward where the payee is.\n\
         The payee is in “Village halls” as Ash Tree Hall, which is the same name, capitals, points and Ltd aside. Its place is public.\n\
         We know where the payee is; those who benefit may live elsewhere.\n\
         That it is the same organisation is known by its name alone.",
        "£7.00 paid by Wexmarsh Council to a payee whose name the publisher took out, 3 May 2026\n\
         Children's social care, running costs\nThe unit says “Childrens Services” (rule children-directorates).\n\
         Not tied to any ward.\n\
         The publisher took out who is paid, who may be a private person. Such a row is never tied to a place.",
        "Credit note or refund of £1.00 to Wexmarsh Council from Qrst Ltd, 4 May 2026\nNot identified\n\
         No rule knows the words of the row.\nNot tied to any ward.\n\
         No rule knows what it is for, and the row has no code, postcode or map point of a place.",
        "£70.00 paid by Wexmarsh Council to a payee who is not named, to protect the people it is for, 5 May 2026\n\
         Children's social care, running costs\nThe unit says “Fostering” (rule children-words).\n\
         The unit says “Fostering”, which stands for people to be protected.\n\
         Not tied to any ward.\n\
         Children's social care is never tied to a place, so that nobody can find the people it is for.",
        "£80.00 paid by Wexmarsh Council to Builders of East Ltd, 6 May 2026\nCapital, for the service Highways and transport\n\
         The unit says “Capital Schemes”: capital (rule capital-units).\n\
         What it is for says “Highways”: Highways and transport (rule highways-words).\n\
         An estimate: shared among the wards of Wexmarsh by how many people live in each.\nEverybody uses roads.\n\
         The length of road would be fairer, and is not held here. Work on one street counts for all.\n\
         How many live in a ward is the sum of the LSOAs that count in it: as a lookup says, else by their middles.\n\
         The row's words name East; names in words are too loose to place money by.",
        "£90.00 paid by Wexmarsh Council to HMRC, 7 May 2026\nPayroll, tax and pensions\n\
         The payee's name says “HMRC”: payroll, tax and pensions (rule payroll-tax).\nNot tied to any ward.\n\
         Wages, their tax and pensions are for no one place.",
    ];
    for (said, expected) in said.iter().zip(expected) {
        assert_eq!(said, expected);
    }
    assert_eq!(said.len(), expected.len());
}

#[test]
fn where_protected_people_may_be_is_in_no_explanation() {
    let town = Town::new("protected-place");
    town.import(
        "provider.csv",
        "provider,service,area_code,year,amount,basis,payee,postcode,date,purpose\n\
         Wexmarsh Trust,Refuge,E05000001,2025-26,10.00,paid,Hill House Ltd,,2025-06-01,Beds\n\
         Wexmarsh Trust,Waste,E05000001,2025-26,10.00,paid,Binmen Ltd,,2025-06-01,Bins\n",
    );
    allocate_if_due(town.store.as_ref()).unwrap();
    let stated = explained(&town).into_iter().map(|explained| {
        let json = explained.to_json();
        assert!(!json.to_string().contains("Hill House"), "{json}");
        (explained.reasons.place, explained.reasons.stated)
    });
    let stated: Vec<_> = stated.collect();
    let expected = [
        ("Not tied to any ward.", None),
        ("Known: in West, the ward of the place that the row states.", Some("West (E05000001)")),
    ];
    assert_eq!(stated, expected.map(|(place, stated)| (place.to_owned(), stated.map(str::to_owned))));
}

#[test]
fn where_no_body_has_lines_there_is_no_figure() {
    let town = Town::new("held");
    let square =
        r#"{"type":"Polygon","coordinates":[[[-1.0,53.0],[-0.9,53.0],[-0.9,53.1],[-1.0,53.1],[-1.0,53.0]]]}"#;
    let area = |stem: &str, code: &str| {
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"{stem}CD":"{code}","{stem}NM":"Farbury"}},"geometry":{square}}}]}}"#
        )
    };
    town.import("districts_of_farbury_2023.geojson", &area("LAD23", "E08000002"));
    town.import("wards_of_farbury_2023.geojson", &area("WD23", "E05000003"));
    town.import("population_of_wards_2024.csv", "area_code,year,population\nE05000003,2024,100\n");
    town.spend("Wexmarsh Council,Parks,Hedges Ltd,01/05/2026,6.00,Hedges\n");
    allocate_if_due(town.store.as_ref()).unwrap();
    assert_eq!(town.of(&Ask::default()), "West 0+400 1 | East 0+200 1 | Farbury 0+0 -1 | 0 of 600");
    town.import(
        "spend_of_farbury_2026.csv",
        "Body Name,Directorate,Supplier Name,Payment Date,Net Amount,Purpose\nFarbury Council,Zxqv,Qrst Ltd,02/05/2026,1.00,Zxqv\n",
    );
    allocate_if_due(town.store.as_ref()).unwrap();
    assert_eq!(town.of(&Ask::default()), "West 0+400 1 | East 0+200 1 | Farbury 0+0 0 | 100 of 700");
}

#[test]
fn rules_of_ones_own_move_money_and_both_allocations_are_told() {
    let town = Town::new("moved");
    town.spend(LINES);
    allocate_if_due(town.store.as_ref()).unwrap();
    let own = format!(
        "{}\n[[lookup]]\nid = \"ours\"\nunit = [\"zxqv\"]\nservice = \"waste\"\n",
        Rules::shipped().text().replace("version = \"", "version = \"ours of ")
    );
    let own = Rules::parse(&own).expect("rules");
    let second = allocate(town.store.as_ref(), &own, LadderOptions::default()).unwrap().unwrap();
    assert_eq!((second.allocation, second.changed), (2, 1));
    let moved = diff(town.store.as_ref(), 1, 2).unwrap().expect("both");
    assert_eq!((moved.same, moved.moved.len()), (3, 1));
    assert_eq!(moved.moved[0].pence, Pence(-100));
    assert!(diff(town.store.as_ref(), 1, 3).unwrap().is_none());

    town.import(
        "village_halls.csv",
        "name,postcode,latitude,longitude\nAsh Tree Hall,,53.05,-2.15\nElm Hall,,53.05,-2.35\n",
    );
    let third = allocate_if_due(town.store.as_ref()).unwrap().expect("due after an import");
    assert_eq!((third.allocation, third.changed), (3, 0));
    assert!(third.rules_version.starts_with("ours of "), "imports go on by the council's own rules");
}

#[test]
fn what_a_council_pays_to_who_works_across_districts_is_for_its_own() {
    let town = Town::new("across");
    let clubs = |serves: &str| {
        let text = "registered_charity_number,charity_name,charity_type,charity_activities\n1234567,Oak Befrienders,Other,Befriending\n";
        let path = town.folder.join("charities.csv");
        std::fs::write(&path, text).expect("a temporary file");
        let serves = serves.split(' ').map(|code| AreaCode::parse(code).expect("a code")).collect();
        let options = Options { serves, this_year: 2026, ..Options::default() };
        let report = import(town.store.as_ref(), &path, &options, &()).expect("it can be read");
        assert!(report.refused.is_none(), "{report:?}");
    };
    town.spend("Wexmarsh Council,Zxqv,Oak Befrienders,01/05/2026,6.00,Zxqv\n");
    clubs("E08000099");
    allocate_if_due(town.store.as_ref()).unwrap();
    assert_eq!(
        town.of(&Ask::default()),
        "West 0+0 0 | East 0+0 0 | 600 of 600",
        "another district is not its own"
    );
    clubs("E08000099 E08000001");
    allocate_if_due(town.store.as_ref()).unwrap();
    assert_eq!(town.of(&Ask::default()), "West 0+400 0 | East 0+200 0 | 0 of 600");
}

#[test]
fn addresses_of_homes_are_told_to_who_looks_after_the_store_alone() {
    let town = Town::new("homes");
    town.spend(
        "Wexmarsh Council,12 Elm Road,Oak Care Ltd,01/05/2026,6.00,Adult social care at Flat 2 Elm House\n\
         Wexmarsh Council,12 Elm Road,Pothole Ltd,02/05/2026,7.00,Highway maintenance\n\
         Wexmarsh Council,Flat 2 Zxqv,Qrst Ltd,03/05/2026,1.00,Zxqv\n\
         Wexmarsh Council,Flat 3 Zxqv,Qrst Ltd,04/05/2026,2.00,Zxqv\n",
    );
    allocate_if_due(town.store.as_ref()).unwrap();
    let (_, ledger) = read(town.store.as_ref()).unwrap();
    let mut told = Vec::new();
    let mut tell = |one| {
        if let store::Money::Line(line) = one {
            let told_of = Told::of(&line);
            told.push([told_of.unit, told_of.purpose].map(|text| text.unwrap_or_default().to_owned()));
            assert_eq!(told_of.payee, Some(line.record.payee.name.as_str()), "who is paid is no secret");
        }
    };
    town.store.money(&mut tell).unwrap();
    let kept = "An address, kept back";
    let expected = [[kept, kept], ["12 Elm Road", "Highway maintenance"], [kept, "Zxqv"], [kept, "Zxqv"]];
    assert_eq!(told, expected);
    let public: Vec<_> =
        ledger.unmapped_units().iter().map(|unit| (unit.unit.as_str(), unit.lines)).collect();
    assert_eq!(public, [(kept, 2)]);
    let published = unmapped_units(town.store.as_ref()).unwrap();
    let published: Vec<_> = published.iter().map(|unit| (unit.unit.as_str(), unit.lines)).collect();
    assert_eq!(published, [("Flat 3 Zxqv", 1), ("Flat 2 Zxqv", 1)]);
}

#[test]
fn a_month_published_again_counts_once() {
    let town = Town::new("again");
    town.spend(LINES);
    let again = town.spend(&LINES.replace("6.01", "6.02"));
    assert_eq!((again.created, again.unchanged, again.withdrawn), (1, 3, 1));
    allocate_if_due(town.store.as_ref()).unwrap();
    assert!(town.of(&Ask::default()).ends_with("of 2202"));
}

#[test]
fn pages_of_a_ledger_go_on_where_the_last_ended_also_when_lines_are_gone() {
    let town = Town::new("pages");
    // Shares of the West are a third less; several are equal, and one takes back.
    let line = |n: u32, amount: &str| {
        format!("Wexmarsh Council,Waste,Binmen Ltd,0{n}/05/2026,{amount},Refuse collection\n")
    };
    let lines: Vec<String> =
        [(1, "6.00"), (2, "12.00"), (3, "6.00"), (4, "(12.00)"), (5, "6.00"), (6, "90.00")]
            .map(|(n, amount)| line(n, amount))
            .to_vec();
    town.spend(&lines.concat());
    allocate_if_due(town.store.as_ref()).unwrap();
    let page = |order, after, limit| {
        let (atlas, ledger) = read(town.store.as_ref()).unwrap();
        let turn = Turn { order, after, limit };
        let page = ledger.lines(town.store.as_ref(), &atlas, &Ask::default(), WEST, &turn).unwrap().unwrap();
        let days = page.lines.iter().map(|shown| shown.line.record.date.day().unwrap()).collect::<Vec<u8>>();
        (days, page.next)
    };
    for (order, all) in [
        (Order::Amount, [6, 2, 4, 1, 3, 5]),
        (Order::Date, [6, 5, 4, 3, 2, 1]),
        (Order::Imported, [1, 2, 3, 4, 5, 6]),
    ] {
        assert_eq!(page(order, None, 6), (all.to_vec(), None));
        for limit in 1..=6 {
            let (mut days, mut next) = page(order, None, limit);
            while let Some(after) = next {
                let after = Cursor::parse(&after.to_string()).expect("as it was written");
                let (more, then) = page(order, Some(after), limit);
                days.extend(more);
                next = then;
            }
            assert_eq!(days, all, "{order:?} by {limit}");
        }
    }
    let [by_amount, by_date] = [Order::Amount, Order::Date].map(|order| page(order, None, 4).1);
    // The month is published again without the last line of both pages: of the first, and of the third.
    town.spend(&[&lines[1..2], &lines[3..]].concat().concat());
    allocate_if_due(town.store.as_ref()).unwrap();
    assert_eq!(page(Order::Amount, by_amount, 6), (vec![5], None));
    assert_eq!(page(Order::Date, by_date, 6), (vec![2], None));
}

#[test]
fn a_year_is_told_in_the_prices_of_another_where_deflators_reach() {
    let town = Town::new("real");
    town.spend("Wexmarsh Council,Waste,Binmen Ltd,01/05/2018,600.00,Refuse collection\n");
    allocate_if_due(town.store.as_ref()).unwrap();
    let (atlas, ledger) = read(town.store.as_ref()).unwrap();
    let spending = ledger.spending(&atlas, &Ask::default()).unwrap();
    let year = FinancialYear::beginning_in;
    assert_eq!((spending.year, spending.areas[0].per_head), (Some(year(2018)), Some(Pence(100))));
    let in_prices_of = |year| ledger.spending(&atlas, &Ask { prices: Some(year), ..Ask::default() });
    let same = in_prices_of(year(2018)).unwrap();
    assert_eq!((same.asked, &same.areas), (spending.asked, &spending.areas));
    let later = in_prices_of(year(2024)).unwrap();
    // 96.6694 ÷ 76.1639
    assert_eq!((later.asked.pence, later.asked.lines), (Pence(76_154), 1));
    assert_eq!(later.areas[0].per_head, Some(Pence(127)));
    let parts =
        [later.located, later.modelled, later.elsewhere].map(|sum| sum.pence).into_iter().sum::<Pence>();
    assert_eq!(parts, later.asked.pence, "one line, so no penny is lost to rounding");
    let prices = later.prices.as_ref().unwrap();
    assert_eq!((prices.year, &prices.forecasts[..]), (year(2024), &[][..]));
    let coming = in_prices_of(year(2026)).unwrap();
    assert_eq!(coming.prices.as_ref().unwrap().forecasts, [year(2026)]);
    assert_eq!(
        in_prices_of(year(2060)).unwrap_err().to_string().split(';').next(),
        Some("2060-61: no deflator published yet"),
        "what will be is not guessed"
    );
    let code = later.areas[0].code.clone();
    let ward = Ask { prices: Some(year(2024)), ..Ask::default() };
    let within = ledger.within(&atlas, &ward, &code, 3).unwrap();
    assert_eq!(within.area, later.areas[0], "the page of an area says what the table says");
    let mut answer = spending.to_json();
    later.add_real(&mut answer);
    let area = &answer["localities"][0];
    assert_eq!(
        (area["per_head_pence"].as_i64(), area["real_per_head_pence"].as_i64()),
        (Some(100), Some(127))
    );
    assert_eq!(
        (answer["asked"]["real_pence"].as_i64(), answer["prices"].as_str()),
        (Some(76_154), Some("2024-25"))
    );
    assert!(answer["undated"].get("real_pence").is_none(), "of no known year");
    let running = &answer["running"]["modelled"];
    assert_eq!(
        (running["pence"].as_i64(), running["real_pence"].as_i64(), running["lines"].as_i64()),
        (Some(60_000), Some(76_154), Some(1))
    );
    let capital = Ask { class: Some(Class::Capital), ..Ask::default() };
    let capital = ledger.spending(&atlas, &capital).unwrap();
    assert_eq!(capital.areas[0].per_head, None, "only what runs services counts per head");
    assert!(capital.running.is_none() && capital.to_json()["running"].is_null());
}

#[test]
fn where_ages_of_some_areas_are_not_known_nothing_is_shared_out_by_age() {
    let town = Town::new("ages");
    town.spend("Wexmarsh Council,PHYS SUPP 65-74 LT,Care Ltd,01/05/2026,6.00,Home care\n");
    let by_age = |areas: &str| {
        let ages: Vec<String> = (0..=90).map(|age| age.to_string()).collect();
        let rows = areas.split(' ').map(|n| format!("E0100000{n},2024,91{}\n", ",1".repeat(91)));
        let text = format!("area_code,year,all_ages,{}\n{}", ages.join(","), rows.collect::<String>());
        town.import("ages_2024.csv", &text);
        allocate_if_due(town.store.as_ref()).unwrap();
    };
    by_age("1 2 3");
    assert_eq!(town.of(&Ask::default()), "West 0+0 0 | East 0+0 0 | 600 of 600");
    by_age("1 2 3 4");
    assert_eq!(town.of(&Ask::default()), "West 0+300 2 | East 0+300 2 | 0 of 600");
}

#[test]
fn small_areas_go_to_the_ward_that_a_lookup_names() {
    let town = Town::new("lookup");
    town.spend(LINES.lines().next().unwrap());
    allocate_if_due(town.store.as_ref()).unwrap();
    assert_eq!(town.of(&Ask::default()), "West 0+401 1 | East 0+200 1 | 0 of 601", "by their middles");
    let lookup = |wards: &str, second: &str| {
        let rows = [("E01000001", WEST), ("E01000002", second), ("E01000003", EAST), ("E01000004", EAST)];
        let rows = rows.map(|(small, ward)| format!("{small},{ward}\n")).concat();
        town.import(&format!("lookup_{wards}.csv"), &format!("LSOA21CD,{wards}CD\n{rows}"));
        town.of(&Ask::default())
    };
    let moved = "West 0+301 1 | East 0+300 1 | 0 of 601";
    assert_eq!(lookup("WD24", EAST), moved, "and so do those who live there");
    assert_eq!(lookup("WD22", "E05000099"), moved, "wards that are no more say nothing");
}

#[test]
fn bands_of_ages_serve_the_rules_that_ask_for_just_these() {
    let town = Town::new("bands");
    town.spend("Wexmarsh Council,Older people 65+,Care Ltd,01/05/2026,6.00,Home care\n");
    let of_bands = |year: u16, band: &str| {
        let rows = (1..=4).map(|n| format!("E0100000{n},{year},300,{}\n", n * 10));
        let text = format!("area_code,year,population,aged {band}\n{}", rows.collect::<String>());
        town.import(&format!("population_{year}.csv"), &text);
        allocate_if_due(town.store.as_ref()).unwrap();
        town.of(&Ask::default())
    };
    let unplaced = "West 0+0 0 | East 0+0 0 | 600 of 600";
    assert_eq!(of_bands(2022, "60 and over"), unplaced, "how many of them are 65 nobody has said");
    let placed = "West 0+180 0 | East 0+420 2 | 0 of 600";
    assert_eq!(
        of_bands(2021, "65+"),
        placed,
        "an older year that knows goes before a newer one that does not"
    );
    assert_eq!(of_bands(2023, "60 and over"), placed);
}

#[test]
fn a_level_of_which_an_area_is_not_counted_is_not_shared_out_by() {
    let town = Town::new("lacking");
    town.spend(LINES.lines().next().unwrap());
    town.import(
        "population_2025.csv",
        "area_code,year,population\nE01000001,2025,300\nE01000002,2025,100\nE01000003,2025,100\n",
    );
    allocate_if_due(town.store.as_ref()).unwrap();
    let (_, ledger) = read(town.store.as_ref()).unwrap();
    assert_eq!(ledger.allocation.map(|one| one.lines), Some(1));
    assert_eq!(
        town.of(&Ask::default()),
        "West 0+401 1 | East 0+200 1 | 0 of 601",
        "by the year that knows all four"
    );
}
