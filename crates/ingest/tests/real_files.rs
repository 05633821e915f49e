//! The real files, as published: how many rows each gives, and what becomes of their known flaws.

mod common;

use common::{Report, by_rule, bytes_of, options, read, real_data};
use model::{Kind, Level, Status};

/// Reads a file of the real data; `None` when there is no such folder.
fn real(file: &str) -> Option<Report> {
    let path = real_data()?.join(file);
    Some(read(file, &bytes_of(&path), &options()).unwrap_or_else(|refusal| panic!("{file}: {refusal}")))
}

fn check(file: &str, profile: &str, counts: &str) {
    let Some(report) = real(file) else { return };
    assert_eq!((report.profile.as_str(), report.counts().as_str()), (profile, counts), "{file}");
}

#[test]
fn every_file_gives_its_rows() {
    let whole = |n: u32| format!("read {n}, rows {n}, rejected 0, merged 0");
    check("groups/charities_operating_in_trafford_2023.csv", "charity-register", &whole(736));
    check("groups/cascs.csv", "amateur-sports-clubs", &whole(9700));
    check("groups/gm_food_banks.csv", "food-banks", &whole(171));
    check("buildings/trafford/trafford_libraries.csv", "libraries", &whole(13));
    check("buildings/gm_libraries.csv", "libraries", &whole(141));
    check("buildings/libraries_england_2021.csv", "libraries-england", &whole(3318));
    check("buildings/trafford/trafford_community_hubs.csv", "trafford-community-hubs", &whole(6));
    check("buildings/trafford/trafford_community_hubs.geojson", "trafford-community-hubs", &whole(6));
    check("postcodes/trafford_postcodes.csv", "postcode-directory", &whole(11264));
    check("postcodes/M.csv", "postcode-points", &whole(59952));
    check("postcodes/LS.csv", "postcode-points", &whole(32762));
    check("postcodes/WA.csv", "postcode-points", &whole(26161));
}

#[test]
fn land_and_building_assets_load_and_one_with_its_coordinates_swapped_has_its_postcode() {
    let file = "buildings/trafford/trafford_land_and_building_assets.csv";
    check(file, "land-and-building-assets", "read 608, rows 608, rejected 0, merged 0");
    let Some(report) = real(file) else { return };
    assert_eq!(report.assets().filter(|a| a.position.is_none()).count(), 236);
    assert_eq!(report.assets().filter(|a| a.postcode_text.is_some()).count(), 231);
    assert_eq!(by_rule(&report.batch.warnings), "bad-postcode×2 mojibake×1 swapped-coordinates×1");
    assert_eq!(report.source.covers[0].as_str(), "E08000009");
    assert_eq!(report.batch.rows.iter().filter(|row| row.hidden_by == Some("childrens-home")).count(), 1);
}

#[test]
fn grid_metres_are_known_by_their_size() {
    let file = "buildings/cheltenham_local_authority_land_and_assets_2023.csv";
    check(file, "cheltenham-land-and-buildings", "read 459, rows 459, rejected 0, merged 0");
    let Some(report) = real(file) else { return };
    assert_eq!(by_rule(&report.notices), "national-grid×1");
    assert!(report.assets().filter_map(|a| a.position).all(|p| (51.8..52.0).contains(&p.lat())));
    assert!(report.assets().filter_map(|a| a.uprn.as_ref()).all(|uprn| !uprn.as_str().starts_with('0')));
}

#[test]
fn a_register_shows_no_address() {
    let Some(report) = real("groups/charities_operating_in_trafford_2023.csv") else { return };
    for charity in report.assets() {
        assert_eq!(charity.kind, Kind::Group);
        assert!(charity.address.is_none() && charity.postcode.is_none() && charity.postcode_text.is_none());
        assert_eq!(charity.serves[0].as_str(), "E08000009");
        assert!(charity.identifiers[0].as_str().starts_with("GB-CHC-"));
        assert_eq!(charity.as_of.unwrap().to_string(), "2023-04");
    }
    assert_eq!(report.assets().filter(|c| c.correspondence.is_some()).count(), 734);
    // two that work against domestic abuse, by their names
    assert_eq!(report.batch.rows.iter().filter(|row| row.hidden_by.is_some()).count(), 2);
}

#[test]
fn closed_libraries_are_closed() {
    let Some(report) = real("buildings/libraries_england_2021.csv") else { return };
    assert_eq!(report.assets().filter(|a| a.status == Status::Closed).count(), 3318 - 2960);
    assert!(
        report.assets().any(|a| a.opening_hours.as_deref().is_some_and(|hours| hours.starts_with("Monday ")))
    );
}

#[test]
fn postcodes_without_coordinates_are_loaded_without() {
    for (file, lacking) in [("postcodes/M.csv", 348), ("postcodes/LS.csv", 34), ("postcodes/WA.csv", 127)] {
        let Some(report) = real(file) else { return };
        assert_eq!(report.postcodes().filter(|p| p.position.is_none()).count(), lacking, "{file}");
        assert!(report.batch.warnings.is_empty() && report.batch.rows.iter().all(|row| row.raw.is_empty()));
    }
    let Some(report) = real("postcodes/trafford_postcodes.csv") else { return };
    assert!(
        report
            .postcodes()
            .all(|p| p.ward.is_some() && p.district.is_some() && p.lsoa.is_some() && p.msoa.is_some())
    );
}

#[test]
fn boundaries_know_their_level_and_year() {
    for (file, count, level, year, source, warned) in [
        ("trafford/ward_2023_full_resolution.geojson", 21, Level::Ward, 2023, "boundaries-full", ""),
        ("trafford/ward_2023_generalised.geojson", 21, Level::Ward, 2023, "boundaries-generalised", ""),
        ("trafford/ward_2017_generalised.geojson", 21, Level::Ward, 2017, "boundaries-generalised", ""),
        ("trafford/wards_2013_E08000009.geojson", 21, Level::Ward, 2013, "boundaries", ""),
        (
            "trafford/lsoa_2011_generalised.geojson",
            138,
            Level::Lsoa,
            2011,
            "boundaries-generalised",
            "repaired×2",
        ),
        ("trafford/lsoa_2021_generalised.geojson", 139, Level::Lsoa, 2021, "boundaries-generalised", ""),
        ("trafford/msoa_2021_generalised.geojson", 28, Level::Msoa, 2021, "boundaries-generalised", ""),
        ("trafford/oa_2021_generalised.geojson", 738, Level::OutputArea, 2021, "boundaries-generalised", ""),
        ("trafford/parish.geojson", 4, Level::Parish, 2025, "boundaries", ""),
        ("trafford/localities_2023_generalised.geojson", 4, Level::Neighbourhood, 2023, "localities", ""),
        ("trafford/polling_districts.geojson", 91, Level::PollingDistrict, 2025, "polling-districts", ""),
        (
            "trafford/gm_local_authority_2023_generalised.geojson",
            10,
            Level::District,
            2023,
            "boundaries-generalised",
            "",
        ),
        ("leeds/msoa_E08000035.geojson", 107, Level::Msoa, 2021, "boundaries", "repaired×1"),
        ("leeds/ward_E08000035.geojson", 33, Level::Ward, 2025, "boundaries", ""),
        ("leeds/lsoa_E08000035.geojson", 488, Level::Lsoa, 2021, "boundaries", ""),
        ("manchester/ward_E08000003.geojson", 32, Level::Ward, 2025, "boundaries", ""),
        ("bristol/boundary_bristol_bng.geojson", 1, Level::District, 2025, "boundaries", ""),
        ("poole/msoas_poole.geojson", 29, Level::Msoa, 2011, "boundaries", ""),
    ] {
        let Some(report) = real(&format!("boundaries/{file}")) else { return };
        assert_eq!(report.batch.rows.len(), count, "{file}");
        assert_eq!(by_rule(&report.batch.warnings), warned, "{file}");
        assert_eq!(report.source.id, source, "{file}");
        for area in report.areas() {
            assert_eq!((area.locality.level, area.locality.vintage.year()), (level, year), "{file}");
            assert!(!area.name.is_empty());
        }
    }
}

#[test]
fn lines_are_not_areas() {
    let Some(report) = real("boundaries/trafford/ward_2023_generalised_overlay.geojson") else { return };
    assert_eq!(by_rule(&report.batch.rejections), "not-an-area×21");
    assert!(report.batch.rejections[0].message.contains("a line"));
}

#[test]
fn the_grid_and_its_twin_in_degrees_agree() {
    let (Some(bng), Some(wgs84)) = (
        real("boundaries/bristol/msoas_bristol_bng.geojson.gz"),
        real("boundaries/bristol/msoas_bristol_wgs84.geojson.gz"),
    ) else {
        return;
    };
    for (a, b) in bng.areas().zip(wgs84.areas()) {
        let (a, b) = (a.boundary.0[0].exterior().0[0], b.boundary.0[0].exterior().0[0]);
        // the twin was made without OSTN15, which is metres
        assert!((a.x - b.x).abs() < 1e-4 && (a.y - b.y).abs() < 1e-4, "{a:?} {b:?}");
    }
}

#[test]
fn the_order_of_rows_and_columns_does_not_matter() {
    let Some(folder) = real_data() else { return };
    for file in [
        "buildings/trafford/trafford_libraries.csv",
        "buildings/trafford/trafford_land_and_building_assets.csv",
    ] {
        let bytes = bytes_of(&folder.join(file));
        let mut table = csv_table(&String::from_utf8(bytes.clone()).unwrap());
        table[1..].reverse();
        for row in &mut table {
            row.rotate_left(3);
        }
        let shuffled: String = table.iter().map(|row| row.join(",") + "\r\n").collect();
        let (a, b) =
            (read(file, &bytes, &options()).unwrap(), read(file, shuffled.as_bytes(), &options()).unwrap());
        assert_eq!(a.fingerprints(), b.fingerprints(), "{file}");
        assert_eq!(a.counts(), b.counts());
    }
}

/// A table's cells, still quoted.
fn csv_table(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    for c in text.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                cell.push(c);
            }
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\r' => {}
            c => cell.push(c),
        }
    }
    rows
}
