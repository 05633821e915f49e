//! The real files of spending, as published: every line and every penny, and who may be named. The sums were taken from
//! the files without this program.

mod common;

use common::{Report, by_rule, bytes_of, options, read, real_data};

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
