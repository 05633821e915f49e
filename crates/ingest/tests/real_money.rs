//! The real files of spending, as published: every line and every penny, and who may be named. The sums were taken from
//! the files without this program.

mod common;

use common::{Report, by_rule, bytes_of, options, read, real_data};
use std::collections::HashSet;
use std::io::Read;

/// Reads a file of the real data; `None` when there is no such folder.
fn real(file: &str) -> Option<Report> {
    let path = real_data()?.join(file);
    Some(read(file, &bytes_of(&path), &options()).unwrap_or_else(|refusal| panic!("{file}: {refusal}")))
}

#[track_caller]
fn check(file: &str, profile: &str, source: &str, money: &str, rejected: &str) {
    let Some(report) = real(file) else { return };
    let spending = report.spending();
    // how many names look like persons' is left to the tests of those lists
    let found = spending.split(", withheld").next().unwrap_or_default();
    assert_eq!(
        (report.profile.as_str(), report.source.id.as_str(), found),
        (profile, source, money),
        "{file}"
    );
    assert_eq!((by_rule(&report.batch.rejections).as_str(), report.batch.merged), (rejected, 0), "{file}");
}

#[test]
fn every_line_and_every_penny_is_read() {
    for (file, profile, source, money) in [
        (
            "calderdale_clean_2022-04-card.csv",
            "spend",
            "the-borough-of-calderdale-card",
            "3985 lines £205,365.41, redacted 3 £26.45",
        ),
        (
            "gateshead_clean_2018-02.csv",
            "gateshead-spend",
            "gateshead-council-spend",
            "4642 lines £22,373,154.83, redacted 114 £96,308.89",
        ),
        (
            "harrogate_clean_2018-03.csv",
            "spend",
            "harrogate-borough-council-spend",
            "1841 lines £3,097,588.22, redacted 3 £32,400.00",
        ),
        (
            "leeds_raw_2011-01.csv",
            "spend",
            "leeds-city-council-spend",
            "8837 lines £65,483,945.63, redacted 703 £1,977,275.91",
        ),
        (
            "leeds_raw_2020-06.csv.gz",
            "spend",
            "leeds-city-council-spend",
            "16176 lines £104,445,727.45, redacted 1157 £499,850.21",
        ),
        (
            "manchester_clean_2015-05.csv",
            "spend",
            "manchester-city-council-spend",
            "3103 lines £83,811,753.70, redacted 97 £251,267.39",
        ),
        (
            "salford_clean_2016-04.csv",
            "spend",
            "salford-city-council-spend",
            "1858 lines £19,573,773.30, redacted 406 £1,087,343.95",
        ),
        (
            "trafford_government_procurement_card_transactions_2026-27.csv",
            "spend",
            "trafford-council-card",
            "2024 lines £494,906.66, redacted 0 £0.00",
        ),
        (
            "wakefield_clean_2018-Q1.csv.gz",
            "wakefield-spend",
            "wakefield-mdc-spend",
            "7141 lines £70,081,743.95, redacted 533 £936,012.90",
        ),
    ] {
        check(&format!("spend/{file}"), profile, source, money, "");
    }
}

/// The only file of a ZIP archive.
fn unzipped(archive: &[u8]) -> Vec<u8> {
    let length = |at: usize| usize::from(u16::from_le_bytes([archive[at], archive[at + 1]]));
    let start = 30 + length(26) + length(28);
    let mut bytes = Vec::new();
    flate2::read::DeflateDecoder::new(&archive[start..]).read_to_end(&mut bytes).expect("a ZIP archive");
    bytes
}

#[test]
fn payments_that_look_the_same_are_all_read() {
    let Some(folder) = real_data() else { return };
    let csv = unzipped(&bytes_of(&folder.join("spend/trafford-supplier-spend-2026-27.zip")));
    let report = read("whatever.csv", &csv, &options()).unwrap_or_else(|refusal| panic!("{refusal}"));
    assert_eq!(report.source.id, "trafford-council-spend");
    let spending = report.spending();
    assert!(
        spending.starts_with("38055 lines £95,896,941.89, redacted 6000 £10,579,035.76, withheld "),
        "{spending}"
    );
    let keys: HashSet<&str> = report.lines().map(|line| line.key.as_str()).collect();
    assert_eq!(keys.len(), 38_055);
    // 7,727 repeat another to the letter; of redacted lines less is looked at, so that more are alike.
    assert_eq!(keys.iter().filter(|key| key.contains('-')).count(), 9_187, "repeats are told apart");
    assert!(report.batch.rejections.is_empty());
}

#[test]
fn grants_are_the_same_in_csv_and_json() {
    let file = "grants/trafford_council_voluntary_sector_grants";
    let (Some(csv), Some(json)) = (real(&format!("{file}.csv")), real(&format!("{file}.json"))) else {
        return;
    };
    for report in [&csv, &json] {
        assert_eq!(report.source.id, "trafford-metropolitan-borough-council-grants");
        assert!(
            report.spending().starts_with("555 lines £1,291,436.54, redacted 0 £0.00"),
            "{}",
            report.spending()
        );
        assert_eq!(report.lines().filter(|line| !line.places.is_empty()).count(), 555);
    }
    assert!(csv.lines().eq(json.lines()));
    assert_eq!(csv.fingerprints(), json.fingerprints());
    let Some(wolfson) = real("grants/wolfson_a002400000KeYdsAAF.json") else { return };
    assert!(
        wolfson.spending().starts_with("379 lines £31,178,456.00, redacted 0 £0.00"),
        "{}",
        wolfson.spending()
    );
    // dates are written day first
    let on = |date: &str| wolfson.lines().filter(|line| line.date.to_string() == date).count();
    assert_eq!((on("2014-06-05"), on("2014-12-04")), (206, 170));
    assert!(wolfson.lines().all(|line| line.payer == "Wolfson Foundation"));
}

#[test]
fn people_are_counted_by_age() {
    for (file, areas, total) in [("ward", 21, 241_025), ("lsoa", 139, 241_025)] {
        let Some(report) = real(&format!("indicators/mid-year_2024_population_estimates_{file}.csv")) else {
            return;
        };
        let people: u32 = report.populations().map(|area| area.total).sum();
        assert_eq!((report.populations().count(), people), (areas, total), "{file}");
        assert!(report.populations().all(|area| area.year == 2024 && area.by_age.len() == 91));
        assert!(report.batch.warnings.is_empty());
    }
}

#[test]
fn of_figures_for_wards_only_those_that_count_people_are_read() {
    let Some(report) = real("indicators/ward_data/total_resident_population.csv") else { return };
    let people: u32 = report.populations().map(|area| area.total).sum();
    assert_eq!((report.populations().count(), people), (21, 236_301));
    assert!(report.populations().all(|area| area.year == 2022 && area.by_age.is_empty()));
    for (file, what) in [
        ("ward_data/population_0-15_years.csv", "area_code: Population aged 0-15 years"),
        ("ward_data/population_density.csv", "area_code: Population density per km sq, Density"),
        (
            "census2021/2021_general_health_ward_trafford.csv",
            "area_code: Estimates that classify usual residents",
        ),
        ("IoD2019_local_authority_district.csv", "lad19cd: average_rank"),
        ("UK_IMD_E.csv.gz", "lsoa: overall_local_score"),
    ] {
        let Some(folder) = real_data() else { return };
        let refusal =
            read(file, &bytes_of(&folder.join("indicators").join(file)), &options()).err().expect(file);
        assert!(refusal.finding.message.contains(what), "{}", refusal.finding.message);
        assert!(refusal.finding.remedy.contains("a column `population`"), "{}", refusal.finding.remedy);
    }
}
