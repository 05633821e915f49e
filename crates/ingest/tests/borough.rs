//! Our own borough's files: what must be hidden is, and the wrong files are refused.

mod common;

use common::{by_rule, options, read};
use model::Standing;
use std::path::{Path, PathBuf};

fn file(name: &str) -> Option<(PathBuf, Vec<u8>)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data").join(name);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        println!("skipped: {name} has not been generated");
    }
    bytes.map(|bytes| (path, bytes))
}

#[test]
fn every_good_file_loads_whole() {
    for (name, profile) in [
        ("wards_2025.geojson", "boundaries"),
        ("wards_2025_bng.geojson", "boundaries"),
        ("borough_2025.geojson", "boundaries"),
        ("lsoas_2021.geojson", "boundaries"),
        ("postcodes.csv", "postcode-directory"),
        ("halls.csv", "halls"),
        ("libraries.csv", "libraries"),
        ("land_and_building_assets.csv", "land-and-building-assets"),
        ("charity_register_extract.csv", "charity-register"),
        ("community_groups.csv", "community-groups"),
    ] {
        let Some((_, bytes)) = file(name) else { continue };
        let report = read(name, &bytes, &options()).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
        assert_eq!(report.profile, profile, "{name}");
        assert!(report.batch.rejections.is_empty(), "{name}: {:?}", report.batch.rejections);
    }
}

#[test]
fn the_boroughs_money_is_read() {
    for (name, profile, source, rejected) in [
        ("spend_2025-26.csv", "spend", "wexmarsh-council-spend", ""),
        ("spend_march_2026_part_2.csv", "spend", "wexmarsh-council-spend", ""),
        ("spend_2026-27.csv", "spend", "wexmarsh-council-spend", ""),
        ("card_transactions.csv", "spend", "wexmarsh-council-card", ""),
        ("grants_360giving.csv", "grants-360giving", "wexmarsh-council-grants", "foreign-currency×1"),
        ("health_and_police_spend.csv", "provider-spend", "kestrelvale-police-spend", ""),
        ("population_2024_lsoas.csv", "population-by-age", "population", ""),
        ("population_2024_wards.csv", "population-by-age", "population", ""),
        ("indices_of_deprivation_2025.csv", "indices-of-deprivation", "indices-of-deprivation", ""),
    ] {
        let Some((_, bytes)) = file(name) else { continue };
        let report = read(name, &bytes, &options()).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
        let found = (report.profile.as_str(), report.source.id.as_str(), by_rule(&report.batch.rejections));
        assert_eq!(found, (profile, source, rejected.to_owned()), "{name}");
        assert_eq!(report.batch.merged > 0, profile == "population-by-age", "{name}: women and men");
    }
}

#[test]
fn nobody_who_is_paid_privately_is_named() {
    for name in ["spend_2025-26.csv", "spend_2026-27.csv", "card_transactions.csv"] {
        let Some((_, bytes)) = file(name) else { continue };
        let report = read(name, &bytes, &options()).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
        let named = |text: &str| {
            report
                .lines()
                .any(|line| line.payee.standing == Standing::Named && line.payee.name.contains(text))
        };
        for person in [
            "Quillfeather",
            "Oakapple",
            "OAKAPPLE",
            "Brindlethwaite",
            "Almeryside",
            "Wexhollow",
            "Thistledown",
            "Candleford",
            "edacted",
        ] {
            assert!(!named(person), "{name}: {person}");
        }
        assert!(named("Ltd"), "{name}");
    }
}

#[test]
fn refuges_and_childrens_homes_are_hidden() {
    for (name, hidden) in [("community_groups.csv", 2), ("land_and_building_assets.csv", 1)] {
        let Some((_, bytes)) = file(name) else { continue };
        let report = read(name, &bytes, &options()).unwrap();
        assert_eq!(report.batch.rows.iter().filter(|row| row.hidden_by.is_some()).count(), hidden, "{name}");
    }
}

#[test]
fn what_is_wrong_on_purpose_is_found() {
    for (name, rule) in [
        ("flaws/grants_2025.csv", "html-page"),
        ("flaws/empty.csv", "empty-file"),
        ("flaws/contracts_register.csv", "not-spending"),
        ("flaws/wards_metres_called_crs84.geojson", "grid-coordinates-claim-degrees"),
    ] {
        let Some((_, bytes)) = file(name) else { continue };
        assert_eq!(read(name, &bytes, &options()).err().unwrap().finding.rule, rule, "{name}");
    }
    let Some((_, bytes)) = file("flaws/wards_swapped_axes.geojson") else { return };
    let report = read("wards_2025.geojson", &bytes, &options()).unwrap();
    assert!(report.batch.rows.is_empty());
    assert!(report.batch.rejections.iter().all(|finding| finding.rule == "swapped-coordinates"));
}
