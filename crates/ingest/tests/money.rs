//! Lines of money, from made-up files with the flaws of real ones.

mod common;

use common::{Report, by_rule, options, read};
use ingest::Options;
use model::{Pence, SpendRecord, StatedPlace};
use proptest::prelude::*;

fn report(name: &str, text: &str) -> Report {
    read(name, text.as_bytes(), &options()).unwrap_or_else(|refusal| panic!("{name}: {refusal}"))
}

fn refused(name: &str, text: &str) -> String {
    read(name, text.as_bytes(), &options())
        .err()
        .map_or_else(|| "read".into(), |refusal| refusal.finding.message)
}

/// A line in a few words; its key is left out.
fn words(line: &SpendRecord) -> String {
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".into());
    let capital = line.is_capital.map_or("-", |is| if is { "capital" } else { "revenue" });
    let ids: Vec<&str> = line.payee.identifiers.iter().map(|id| id.as_str()).collect();
    let place = |place: &StatedPlace| match place {
        StatedPlace::Area(code) => code.to_string(),
        StatedPlace::Postcode(postcode) => postcode.to_string(),
        StatedPlace::Point(point) => point.to_string(),
    };
    let places: Vec<String> = line.places.iter().map(place).collect();
    [
        line.kind.as_str().to_owned(),
        line.payer.clone(),
        format!("{} {}", line.payee.standing.as_str(), line.payee.name).trim().to_owned(),
        line.pence.to_string(),
        line.date.to_string(),
        text(&line.unit),
        text(&line.category),
        text(&line.purpose),
        capital.to_owned(),
        text(&line.reference),
        ids.join("+"),
        places.join("+"),
        line.payee_postcode.as_ref().map_or_else(|| "-".into(), ToString::to_string),
    ]
    .join(" | ")
}

#[track_caller]
fn check(name: &str, text: &str, profile: &str, source: &str, expected: &[&str]) {
    let report = report(name, text);
    let lines: Vec<String> = report.lines().map(words).collect();
    assert_eq!((report.profile.as_str(), report.source.id.as_str()), (profile, source), "{name}");
    assert_eq!(lines, expected, "{name}: {}", by_rule(&report.batch.rejections));
}

#[test]
fn councils_call_their_columns_as_they_like() {
    check(
        "april.csv",
        "Body Name,Directorate,Service Label,Payment Date,Supplier Name,Gross,VAT,Net Amount,Capital/ Revenue,Narrative,Transaction No.,Supplier Postcode\n\
         Oakshire Council,Place,Parks,14-Apr-2026,Oak Mowers Ltd,\"1,200.00\",200.00,\"£1,000.00\",R,Mowing,77,QX1 1AA\n",
        "spend",
        "oakshire-council-spend",
        &[
            "payment | Oakshire Council | named Oak Mowers Ltd | £1,000.00 | 2026-04-14 | Place / Parks | - | Mowing | revenue | 77 |  |  | QX1 1AA",
        ],
    );
    check(
        "x.csv",
        "OrganisationLabel,OrganisationURI,OrganisationalUnit,BeneficiaryName,PaymentDate,Amount,Purpose,ProclassLabel\n\
         St. Oak's Borough Council,http://example.org/oak,LIFT REPAIRS & MTCE,Elm Lifts Limited,46141,(12.50),NA,Lifts\n",
        "spend",
        "st-oaks-borough-council-spend",
        &[
            "payment | St. Oak's Borough Council | named Elm Lifts Limited | -£12.50 | 2026-04-29 | LIFT REPAIRS & MTCE | Lifts | - | - | - |  |  | -",
        ],
    );
    check(
        "cards.csv",
        "Body,Organistion Name,Transaction Date,Supplier Name,Net Amount,Merchant Category,Merchant Category Group\n\
         http://example.org/oak,Borough of Oak,2026-04-02,Amazon.Co.Uk,8.00,Books,Retail\n",
        "spend",
        "borough-of-oak-card",
        &[
            "card | Borough of Oak | named Amazon.Co.Uk | £8.00 | 2026-04-02 | - | Retail / Books | - | - | - |  |  | -",
        ],
    );
    check(
        "leeds.csv",
        "Organisation Label,Beneficiary Name,Payment Date,Amount,Procurement Card,Capital Or Revenue\n\
         Oak Council,Oak Cafe,01/06/2026,5.00,Yes,R\nOak Council,Elm Ltd,01/06/2026,12.00-,No,C\n",
        "spend",
        "oak-council-spend",
        &[
            "card | Oak Council | named Oak Cafe | £5.00 | 2026-06-01 | - | - | - | revenue | - |  |  | -",
            "payment | Oak Council | named Elm Ltd | -£12.00 | 2026-06-01 | - | - | - | capital | - |  |  | -",
        ],
    );
}

#[test]
fn two_councils_have_columns_that_cannot_be_told() {
    check(
        "gateshead.csv",
        "Strgrpcc(T),Cipfsubj(T),Cipfsubs(T),TransNo,Seq no,Period,Supplier ID(T),Amount,Updated\nSchools,Premises,Gas,7,1,202601,Oak Gas Ltd,55,2026-02-07\n",
        "gateshead-spend",
        "gateshead-council-spend",
        &[
            "payment | Gateshead Council | named Oak Gas Ltd | £55.00 | 2026-02-07 | Schools | Premises / Gas | - | - | 7 |  |  | -",
        ],
    );
    let header = "Organisation Name,Organisation Code,Effective Date,Directorate,Service (Sercop),Sercop URI,Supplier Name,Supplier ID,Company Registration,Charity Registration,VCSE Grant,Payment Date,Transaction Number,Seq No,Net Amount,Irrecoverable VAT,Purpose of Spend,Type,Procurement Classification,Class Code,Procurement Classification,Class Code,Thomson Classification,Thomson Desc.,Contract\n";
    let row = "Oak MDC,E08999036,2026-06-30,ADULTS,7,Adult Social Care,OAK CARE LTD,Redacted,99055079,N/A,Not yet available,2026-04-18,23,1,544,Nil,Care,Revenue,Adults,CAT01,Homes,SUB1,Care Homes,64710,Not yet available\n";
    let rates = "Oak MDC,E08999036,2026-06-30,ADULTS,N/A,N/A,,Redacted,,,Not yet available,2026-04-18,,,10,Nil,Rates,Revenue,,,,,,,Not yet available\n";
    check(
        "wakefield.csv",
        &format!("{header}{row}{rates}"),
        "wakefield-spend",
        "oak-mdc-spend",
        &[
            "payment | Oak MDC | named OAK CARE LTD | £544.00 | 2026-04-18 | ADULTS / Adult Social Care | Adults / Homes | Care | revenue | 23 | GB-COH-99055079 |  | -",
            "payment | Oak MDC | named Rates | £10.00 | 2026-04-18 | ADULTS | - | Rates | revenue | - |  |  | -",
        ],
    );
}

#[test]
fn another_provider_says_what_it_spends_where() {
    check(
        "health.csv",
        "provider,service,area_code,year,amount,basis,payee,postcode,date,purpose\n\
         Oakshire Health Trust,Community nursing,E05999001,2026-27,125000.00,budget,,,,\n\
         Oakshire Health Trust,Hub,,,500,payment,Oak Hall Trust,QX1 1AA,2026-06-30,Room hire\n",
        "provider-spend",
        "oakshire-health-trust-spend",
        &[
            "budget | Oakshire Health Trust | named Oakshire Health Trust | £125,000.00 | 2026-04 | Community nursing | - | - | - | - |  | E05999001 | -",
            "payment | Oakshire Health Trust | named Oak Hall Trust | £500.00 | 2026-06-30 | Hub | - | Room hire | - | - |  | QX1 1AA | -",
        ],
    );
}

const GRANTS: &str = "Identifier,Title,Description,Currency,Amount Awarded,Award Date,Recipient Org:Identifier,Recipient Org:Name,Recipient Org:Charity Number,Recipient Org:Postal Code,Beneficiary Location:0:Geographic Code,Beneficiary Location:0:Latitude,Beneficiary Location:0:Longitude,Beneficiary Location:1:Latitude,Beneficiary Location:1:Longitude,Funding Org:Name\n";

#[test]
fn grants_say_who_and_where() {
    let rows = "360G-oak-1,Choir,To sing,GBP,2266.5,05/06/2026,360G-oak-choir,Oak Choir,9900001,QX1 1AA,E05999001,53.4,-2.3,53.5,-2.4,Oak Council\n\
                360G-oak-2,Band,To play,EUR,100,2026-06-05,360G-oak-band,Oak Band,,,,,,,,Oak Council\n";
    check(
        "grants.csv",
        &format!("{GRANTS}{rows}"),
        "grants-360giving",
        "oak-council-grants",
        &[
            "grant | Oak Council | named Oak Choir | £2,266.50 | 2026-06-05 | - | - | Choir. To sing | - | 360G-oak-1 | GB-CHC-9900001 | E05999001+53.50000, -2.40000 | QX1 1AA",
        ],
    );
    let rejected = report("grants.csv", &format!("{GRANTS}{rows}")).batch.rejections;
    assert_eq!(by_rule(&rejected), "foreign-currency×1");
}

#[test]
fn a_grant_is_the_same_in_json() {
    let json = r#"{"grants":[{"id":"360G-oak-1","title":"Choir","description":"To sing","currency":"GBP","amountAwarded":2266.50,"awardDate":"2026-06-05",
        "recipientOrganization":[{"id":"360G-oak-choir","name":"Oak Choir","charityNumber":"9900001","postalCode":"QX1 1AA"}],
        "beneficiaryLocation":[{"geoCode":"E05999001","latitude":53.4,"longitude":-2.3},{"latitude":53.5,"longitude":-2.4}],
        "fundingOrganization":[{"id":"GB-LAE-OAK","name":"Oak Council"}]},
        {"id":"360G-oak-3","title":"To Jane Quill","description":"Tuition","currency":"GBP","amountAwarded":50,"awardDate":"2026-06-05",
        "recipientIndividual":[{"id":"360G-oak-ind","name":"Jane Quill"}],"fundingOrganization":[{"name":"Oak Council"}]}]}"#;
    let csv = "360G-oak-1,Choir,To sing,GBP,2266.5,05/06/2026,360G-oak-choir,Oak Choir,9900001,QX1 1AA,E05999001,53.4,-2.3,53.5,-2.4,Oak Council\n";
    let (json, csv) = (report("grants.json", json), report("grants.csv", &format!("{GRANTS}{csv}")));
    assert_eq!(json.lines().next(), csv.lines().next());
    assert_eq!(json.batch.rows[0].fingerprint, csv.batch.rows[0].fingerprint);
    let person = words(json.lines().nth(1).expect("a grant to a person"));
    assert_eq!(person, "grant | Oak Council | redacted | £50.00 | 2026-06-05 | - | - | - | - | - |  |  | -");
}

#[test]
fn protected_payees_leave_nothing_behind() {
    check(
        "x.csv",
        "Body Name,Service Area,Supplier Name,Payment Date,Net Amount,Narrative,Transaction Number,Supplier Postcode\n\
         Oak Council,Families,REDACTED PERSONAL DATA,2026-04-02,10,Placement of a child,A1,QX1 1AA\n\
         Oak Council,Families,Mrs P Quillfeather,2026-04-02,10,Fee of Mrs Quillfeather,A2,QX1 1AA\n\
         Oak Council,Families,J Oakapple,2026-04-02,10,Fee,A3,QX1 1AA\n",
        "spend",
        "oak-council-spend",
        &[
            "payment | Oak Council | redacted | £10.00 | 2026-04-02 | Families | - | - | - | - |  |  | -",
            "payment | Oak Council | withheld Mrs P Quillfeather | £10.00 | 2026-04-02 | Families | - | - | - | A2 |  |  | -",
            "payment | Oak Council | withheld J Oakapple | £10.00 | 2026-04-02 | Families | - | Fee | - | A3 |  |  | -",
        ],
    );
}

#[test]
fn a_line_without_its_parts_is_rejected() {
    let report = report(
        "x.csv",
        "Oakshire Council,,,\nSpending over £500,,,\nBody Name,Supplier Name,Date,Amount\n\
         Oak Council,Oak Ltd,2026-04-02,10\nOak Council,,2026-04-02,10\nOak Council,Oak Ltd,soon,10\nOak Council,Oak Ltd,2026-04-02,twelve\n\
         ,Oak Ltd,2026-04-02,10\nOak Council,Oak Ltd,2021-04-02,10.005\n,Total,,50\n",
    );
    assert_eq!(
        by_rule(&report.batch.rejections),
        "bad-amount×1 bad-date×1 no-payee×1 no-payer×1 summary-row×1"
    );
    // of four dates one is far off: that is not nearly all
    assert_eq!(by_rule(&report.batch.warnings), "finer-than-a-penny×1");
    assert_eq!(report.lines().map(|line| line.pence).sum::<Pence>(), Pence(2_001));
    assert_eq!(by_rule(&report.notices), "header-after-titles×1");
}

#[test]
fn a_date_far_from_all_others_is_said() {
    let rows: String = (1..=20).map(|day| format!("Oak Council,Oak Ltd,2026-04-{day:02},{day}\n")).collect();
    let report =
        report("x.csv", &format!("Body Name,Supplier,Date,Amount\n{rows}Oak Council,Oak Ltd,2019-04-01,5\n"));
    assert_eq!(by_rule(&report.batch.warnings), "odd-date×1");
    assert_eq!(report.source.as_of.map(|date| date.to_string()).as_deref(), Some("2026-04-20"));
}

#[test]
fn whose_money_it_is_must_be_said() {
    let text = "Supplier Name,Payment Date,Amount\nOak Ltd,2026-04-02,10\n";
    assert!(
        refused("oakshire_council_april.csv", text).starts_with("nothing in the file says whose money it is")
    );
    let said = Options { payer: Some("Oakshire Council".into()), ..options() };
    let report = read("x.csv", text.as_bytes(), &said).unwrap_or_else(|refusal| panic!("{refusal}"));
    assert_eq!(
        (report.source.id.as_str(), report.source.publisher.as_deref()),
        ("oakshire-council-spend", Some("Oakshire Council"))
    );
    assert_eq!(report.lines().next().map(|line| line.payer.as_str()), Some("Oakshire Council"));
}

#[test]
fn what_is_no_spending_is_refused_with_what_it_lacks() {
    assert_eq!(
        refused(
            "contracts.csv",
            "Contract Reference,Contract Title,Supplier Name,Contract Value,Start Date,End Date\nC1,Grass,Oak Ltd,12000,2026-04-01,2027-03-31\n"
        ),
        "the file speaks of money (Supplier Name), but has no column for the amount paid, nor for the date paid; it looks like a contracts register (Contract Reference, Contract Title, Contract Value)"
    );
    assert_eq!(
        refused("x.csv", "Supplier,Net Amount\nOak Ltd,10\n"),
        "the file speaks of money (Supplier, Net Amount), but has no column for the date paid"
    );
    assert!(refused("x.json", r#"{"version":"1.1","releases":[]}"#).contains("Open Contracting"));
}

#[test]
fn population_is_of_all_people() {
    let text = "period,area_code,area_name,sex,all_ages,aged_0_to_15,0,1,2+\n2024-06-30,E05999001,Oak,Persons,10,3,1,2,7\n2024-06-30,E05999001,Oak,Males,5,1,1,0,4\n";
    let report = report("population.csv", text);
    let people: Vec<String> =
        report.populations().map(|p| format!("{} {} {} {:?}", p.area, p.year, p.total, p.by_age)).collect();
    assert_eq!(
        (report.profile.as_str(), people),
        ("population-by-age", vec!["E05999001 2024 10 [1, 2, 7]".to_owned()])
    );
    assert_eq!(report.counts().as_str(), "read 2, rows 1, rejected 0, merged 1", "men are among all people");
}

#[test]
fn women_and_men_are_added_where_nobody_did_it() {
    let text = "period,area_code,sex,all_ages,0,1+\n2024-06-30,E05999001,Females,6,1,5\n2024-06-30,E05999002,Females,1,0,1\n\
        2024-06-30,E05999001,Males,5,2,3\n2024-06-30,E05999003,Males,4,2,2\n2024-06-30,E05999002,Males,\"1,000\",0,1000\n";
    let report = report("population.csv", text);
    let people: Vec<String> =
        report.populations().map(|p| format!("{} {} {:?}", p.area, p.total, p.by_age)).collect();
    assert_eq!(people, ["E05999001 11 [3, 8]", "E05999002 1001 [0, 1001]"]);
    // of the third there is one row alone
    assert_eq!(
        (report.counts().as_str(), by_rule(&report.batch.rejections).as_str()),
        ("read 5, rows 2, rejected 1, merged 2", "left-out×1")
    );
}

#[test]
fn the_year_of_a_population_may_be_in_the_files_name() {
    let text = "area_code,population\nE05999001,\"1,204\"\n";
    let report = report("population_2023.csv", text);
    assert_eq!(report.populations().next().map(|p| (p.year, p.total)), Some((2023, 1204)));
    assert!(refused("population.csv", text).starts_with("nothing says of which year"));
}

/// What a file says of people, an area each: code, year, total, bands.
fn bands_of(report: &Report) -> Vec<String> {
    let people = report.populations().map(|people| {
        let bands = people.by_band.iter().map(|band| format!(" {}-{}: {}", band.from, band.to, band.people));
        format!("{} {} {}{}", people.area, people.year, people.total, bands.collect::<String>())
    });
    people.collect()
}

#[test]
fn the_indices_of_deprivation_say_how_many_people_live_in_small_areas() {
    let now = "\u{feff}LSOA code (2021),LSOA name (2021),Local Authority District code (2024),Income Score (rate),\
        Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs),Total population: mid 2022,\
        Dependent Children aged 0-15: mid 2022,Older population aged 60 and over: mid 2022,\
        Working age population 18-66 (for use with Employment Deprivation Domain): mid 2022\n\
        E01999001,Oak 001A,E08999001,0.07,8,\"1,523\",220,410,991\nE01999002,Oak 001B,E08999001,0.2,3,1600.0,,400,2000\n";
    let report = report("File_7_IoD2025_All_Ranks_Scores_Deciles_Population_Denominators.csv", now);
    assert_eq!(
        (report.profile.as_str(), report.source.id.as_str()),
        ("indices-of-deprivation", "indices-of-deprivation")
    );
    assert_eq!(
        bands_of(&report),
        [
            "E01999001 2022 1523 0-15: 220 60-120: 410 18-66: 991",
            "E01999002 2022 1600 60-120: 400 18-66: 2000"
        ],
        "the year is of the people, and not of the file"
    );
    assert_eq!(by_rule(&report.batch.warnings), "ages-and-total×1 bad-count×1");

    let before = "LSOA code (2011),LSOA name (2011),Local Authority District code (2019),\
        Total population: mid 2015 (excluding prisoners),Dependent Children aged 0-15: mid 2015 (excluding prisoners),\
        Population aged 16-59: mid 2015 (excluding prisoners),\
        Older population aged 60 and over: mid 2015 (excluding prisoners),\
        Working age population 18-59/64: for use with Employment Deprivation Domain (excluding prisoners)\n\
        E01999001,Oak 001A,E08999001,1296,175,656,465,715.75\n";
    let report = self::report("imd2019.csv", before);
    assert_eq!(bands_of(&report), ["E01999001 2015 1296 0-15: 175 16-59: 656 60-120: 465"]);
    assert_eq!(by_rule(&report.batch.warnings), "");
}

#[test]
fn bands_stand_where_single_years_do_not() {
    let text = "area_code,year,population,aged_0_to_15,aged_16_to_64,aged_65_and_over,aged 0-15 (%)\nE05999001,2024,10,3,5,2,30\n";
    assert_eq!(bands_of(&report("people.csv", text)), ["E05999001 2024 10 0-15: 3 16-64: 5 65-120: 2"]);
    let text = "area_code,year,sex,population,aged_0_to_15\nE05999001,2024,F,10,3\nE05999001,2024,M,20,4\n";
    assert_eq!(bands_of(&report("people.csv", text)), ["E05999001 2024 30 0-15: 7"]);
}

#[test]
fn of_tidy_lists_the_one_that_counts_people_is_read() {
    let list = |indicator: &str, measure: &str, value: &str| {
        format!(
            "area_code,area_name,indicator,period,measure,unit,value\nE05999001,Oak,{indicator},2022-06-30,{measure},Persons,{value}\n"
        )
    };
    let total = list("Total resident population", "Count", "10972");
    assert_eq!(bands_of(&report("total_resident_population.csv", &total)), ["E05999001 2022 10972"]);
    let share = list("Population aged 0-15 years", "Percentage", "20.9");
    assert_eq!(
        refused("population_0-15_years.csv", &share),
        "the file has figures for areas (area_code: Population aged 0-15 years, Percentage), not places, boundaries or how many people live there"
    );
    let misnamed = report("total_resident_population.csv", &share);
    assert_eq!((bands_of(&misnamed).len(), by_rule(&misnamed.batch.rejections).as_str()), (0, "left-out×1"));
}

#[test]
fn a_lookup_says_of_small_areas_what_they_are_part_of() {
    let text = "\u{feff}LSOA21CD,LSOA21NM,LSOA21NMW,WD24CD,WD24NM,LAD24CD,LAD24NM,ObjectId\n\
        E01999001,Oak 001A,,E05999001,Oak,E08999001,Oakshire,1\nE01999002,Oak 001B,,E05999002,Elm,E08999001,Oakshire,2\n\
        E01999003,Oak 001C,,,,,,3\nOak,,,E05999002,Elm,,,4\n";
    let report = report("LSOA21_WD24_LAD24_best_fit_EW.csv", text);
    let areas = report.batch.rows.iter().filter_map(|row| match &row.record {
        ingest::Record::Area(area) => Some(format!("{} {} {:?}", area.key, area.name, area.parents)),
        _ => None,
    });
    assert_eq!(
        areas.collect::<Vec<_>>(),
        [
            r#"lsoa:E01999001:2021:in-2024 Oak 001A [AreaCode("E05999001"), AreaCode("E08999001")]"#,
            r#"lsoa:E01999002:2021:in-2024 Oak 001B [AreaCode("E05999002"), AreaCode("E08999001")]"#,
        ]
    );
    assert_eq!(by_rule(&report.batch.rejections), "bad-area-code×1 no-parent×1");
    assert!(refused("areas.csv", text).contains("lookup table"), "nothing calls it a lookup");
}

#[test]
fn what_is_no_code_in_a_lookup_is_said() {
    let text =
        "LSOA21CD,WD24CD,LAD24CD\nE01999001,E0599900I,E08999001\nE01999002, ,E08999001\nE01999003,Elm,\n";
    let report = report("LSOA21_WD24_best_fit.csv", text);
    assert_eq!(by_rule(&report.batch.warnings), "bad-area-code×1");
    let warning = &report.batch.warnings[0];
    assert_eq!(warning.line, Some(2));
    assert!(warning.message.contains("E0599900I"), "{}", warning.message);
    assert_eq!(by_rule(&report.batch.rejections), "no-parent×1");
    assert!(report.batch.rejections[0].message.contains("ELM"), "{}", report.batch.rejections[0].message);
}

fn line() -> impl Strategy<Value = String> {
    let payee = prop_oneof![Just("Oak Ltd"), Just("Elm Trust"), Just("REDACTED"), Just("J Quill"), Just("")];
    let date = prop_oneof![Just("2026-04-01"), Just("02/04/2026"), Just("46115"), Just("soon")];
    (payee, date, -3i64..3)
        .prop_map(|(payee, date, pounds)| format!("Oak Council,{payee},{date},{pounds}.50"))
}

fn keys(rows: &[String]) -> Vec<String> {
    let report =
        report("x.csv", &format!("Body Name,Supplier Name,Payment Date,Amount\n{}\n", rows.join("\n")));
    let mut keys: Vec<String> = report.lines().map(|line| line.key.clone()).collect();
    keys.sort();
    keys
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_rows_changes_no_key(rows in prop::collection::vec(line(), 1..40), seed in any::<u64>()) {
        let before = keys(&rows);
        let mut others = rows.clone();
        others.sort_by_key(|row| row.bytes().fold(seed, |hash, b| hash.wrapping_mul(31).wrapping_add(u64::from(b))));
        others.rotate_left((seed % 40) as usize % rows.len());
        prop_assert_eq!(&before, &keys(&others));
        let mut distinct = before.clone();
        distinct.dedup();
        prop_assert_eq!(distinct.len(), before.len());
    }

    #[test]
    fn money_is_conserved(amounts in prop::collection::vec(-1_000_000_000i64..1_000_000_000, 1..60)) {
        let rows: String = amounts.iter().map(|pence| format!("Oak Council,Oak Ltd,2026-04-01,\"{}\"\n", Pence(*pence))).collect();
        let report = report("x.csv", &format!("Body Name,Supplier Name,Payment Date,Amount\n{rows}"));
        prop_assert_eq!(report.lines().count(), amounts.len());
        prop_assert_eq!(report.lines().map(|line| line.pence).sum::<Pence>(), Pence(amounts.iter().sum()));
    }

    #[test]
    fn nothing_makes_it_panic(cells in prop::collection::vec("\\PC{0,12}", 4..40), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let rows: String = cells.chunks(4).map(|row| row.join("\t") + "\n").collect();
        let _ = read("x.csv", format!("Body Name\tSupplier Name\tPayment Date\tAmount\n{rows}").as_bytes(), &options());
        let _ = read("x.csv", format!("area_code\tyear\tpopulation\tsex\n{rows}").as_bytes(), &options());
        let _ = read("x.json", &[b"{\"grants\":[", &bytes[..]].concat(), &options());
        let _ = read("x.csv", &[b"Body Name,Supplier Name,Payment Date,Amount\n", &bytes[..]].concat(), &options());
    }
}

#[test]
fn whoever_was_found_to_be_no_private_person_is_named() {
    let text = "Body Name,Supplier Name,Payment Date,Amount\nOakshire Council,Mr J Quillfeather,05/04/2026,10\n\
        Oakshire Council,MRS P WEXHOLLOW,05/04/2026,20\n";
    let released = Options { released: vec!["mr  j quillfeather".into()], ..options() };
    let standings = |options: &Options| -> Vec<&'static str> {
        let report =
            read("april.csv", text.as_bytes(), options).unwrap_or_else(|refusal| panic!("{refusal}"));
        report.lines().map(|line| line.payee.standing.as_str()).collect()
    };
    assert_eq!(standings(&options()), ["withheld", "withheld"]);
    assert_eq!(standings(&released), ["named", "withheld"]);
}
