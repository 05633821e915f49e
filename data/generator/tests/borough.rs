//! What the borough must be: the committed files, and the promises that `data/README.md` makes about them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use borough_generator::files;
use borough_generator::land::{Character, Land};
use geo::{Area, Contains, LineString, MultiPolygon, Point, Validation};

static FILES: LazyLock<BTreeMap<&str, Vec<u8>>> = LazyLock::new(files);
static LAND: LazyLock<Land> = LazyLock::new(Land::survey);

fn data() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the generator is in data/")
}

fn rows(name: &str) -> Vec<BTreeMap<String, String>> {
    let bytes = FILES[name].strip_prefix("\u{feff}".as_bytes()).unwrap_or(&FILES[name]);
    let (text, _) = match std::str::from_utf8(bytes) {
        Ok(text) => (text.into(), false),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes),
    };
    // titles stand above some headers
    let table = text
        .split_once(",,,\r\nBody Name")
        .map_or(text.to_string(), |(_, table)| format!("Body Name{table}"));
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    reader.deserialize().map(|row| row.unwrap()).collect()
}

#[test]
fn committed_files_are_what_the_generator_writes() {
    for (name, bytes) in FILES.iter() {
        let committed = std::fs::read(data().join(name)).unwrap_or_default();
        assert!(committed == *bytes, "data/{name} differs: run `cargo run -p borough-generator -- data`");
    }
}

#[test]
fn readme_names_every_file_and_its_number_of_rows() {
    let readme = std::fs::read_to_string(data().join("README.md")).unwrap();
    for (name, bytes) in FILES.iter() {
        let name_in_readme = name.strip_prefix("flaws/").unwrap_or(name);
        let line = readme.lines().find(|line| line.starts_with(&format!("| `{name_in_readme}` |")));
        let line = line.unwrap_or_else(|| panic!("data/README.md does not tell what {name} shows"));
        let count = match name.rsplit('.').next() {
            Some("geojson") => String::from_utf8_lossy(bytes).matches("\"Feature\"").count(),
            _ if name.ends_with("grants_2025.csv") || bytes.is_empty() => 0,
            _ => rows(name).len(),
        };
        assert!(line.contains(&format!("| {count} |")), "data/README.md must say {count} for {name}: {line}");
    }
}

#[test]
fn it_stays_small() {
    let total: usize = FILES.values().map(Vec::len).sum();
    assert!(total < 3_000_000, "{total} bytes");
}

type Edge = ((i64, i64), (i64, i64));

/// Directed edges, in centimetres.
fn edges<'a>(shapes: impl IntoIterator<Item = &'a MultiPolygon>) -> BTreeSet<Edge> {
    let mut edges = BTreeSet::new();
    for polygon in shapes.into_iter().flatten() {
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            for edge in ring_edges(ring) {
                assert!(edges.insert(edge), "{edge:?} is there twice");
            }
        }
    }
    edges
}

fn ring_edges(ring: &LineString) -> impl Iterator<Item = Edge> {
    let cm = |metres: f64| (metres * 100.0).round() as i64;
    ring.lines().map(move |line| ((cm(line.start.x), cm(line.start.y)), (cm(line.end.x), cm(line.end.y))))
}

/// What is left when edges that run both ways cancel out.
fn outline(edges: &BTreeSet<Edge>) -> BTreeSet<Edge> {
    edges.iter().filter(|(from, to)| !edges.contains(&(*to, *from))).copied().collect()
}

#[test]
fn wards_share_their_edges_and_make_up_the_borough() {
    let wards = edges(LAND.wards.iter().map(|ward| &ward.area.shape));
    assert_eq!(outline(&wards), edges([&LAND.districts[0].shape]));
}

#[test]
fn lsoas_make_up_the_wards() {
    for (index, ward) in LAND.wards.iter().enumerate() {
        let lsoas = LAND.lsoas.iter().filter(|lsoa| lsoa.ward == index);
        assert_eq!(
            outline(&edges(lsoas.map(|lsoa| &lsoa.area.shape))),
            edges([&ward.area.shape]),
            "{}",
            ward.area.name
        );
    }
}

#[test]
fn every_shape_is_valid_and_in_degrees_too() {
    let wards = LAND.wards.iter().map(|ward| &ward.area);
    for area in wards.chain(LAND.lsoas.iter().map(|lsoa| &lsoa.area)).chain(&LAND.districts) {
        assert!(area.shape.is_valid(), "{}", area.name);
        let degrees = geo::MapCoords::map_coords(&area.shape, |place| {
            let [x, y] = borough_generator::boundaries::degrees(place);
            geo::Coord { x, y }
        });
        assert!(degrees.is_valid(), "{} in degrees", area.name);
        assert!(degrees.iter().all(|polygon| polygon.signed_area() > 0.0), "{} runs clockwise", area.name);
    }
}

#[test]
fn wards_are_as_detailed_as_real_ones_and_two_are_odd() {
    let mut with_hole = Vec::new();
    let mut in_parts = Vec::new();
    for ward in &LAND.wards {
        let vertices: usize = ward.area.shape.iter().map(|polygon| polygon.exterior().0.len()).sum();
        assert!((150..=400).contains(&vertices), "{} has {vertices} vertices", ward.area.name);
        if ward.area.shape.iter().any(|polygon| !polygon.interiors().is_empty()) {
            with_hole.push(ward.area.name.as_str());
        }
        if ward.area.shape.0.len() > 1 {
            in_parts.push(ward.area.name.as_str());
        }
    }
    assert_eq!((with_hole, in_parts), (vec!["Fennimoor"], vec!["Thrapwold"]));
    assert_eq!((LAND.wards.len(), LAND.lsoas.len()), (20, 98));
}

#[test]
fn postcodes_lie_in_the_areas_that_they_name() {
    let shapes: BTreeMap<&str, &MultiPolygon> = LAND
        .wards
        .iter()
        .map(|ward| &ward.area)
        .chain(LAND.lsoas.iter().map(|lsoa| &lsoa.area))
        .chain(&LAND.districts)
        .map(|area| (area.code.as_str(), &area.shape))
        .collect();
    let all = rows("postcodes.csv");
    let count =
        |wanted: &dyn Fn(&BTreeMap<String, String>) -> bool| all.iter().filter(|row| wanted(row)).count();
    assert_eq!(all.len(), 1_500);
    assert_eq!(count(&|row| !row["doterm"].is_empty()), 60);
    assert_eq!(count(&|row| row["gridind"] == "9"), 7);
    assert_eq!(count(&|row| row["gridind"] != "9" && row["lad25cd"] != "E08999901"), 24);
    let mut texts = BTreeSet::new();
    for row in &all {
        assert!(texts.insert(&row["pcds"]), "{} is there twice", row["pcds"]);
        assert_eq!((row["pcd7"].len(), row["pcd8"].len()), (7, 8));
        if row["gridind"] == "9" {
            assert_eq!((row["lat"].as_str(), row["long"].as_str()), ("99.999999", "0.000000"));
            continue;
        }
        let place = Point::new(row["east1m"].parse().unwrap(), row["north1m"].parse().unwrap());
        for column in ["lad25cd", "wd25cd", "lsoa21cd"] {
            let in_it = shapes.get(row[column].as_str()).map(|shape| shape.contains(&place));
            assert!(
                in_it.unwrap_or(row["lad25cd"] != "E08999901"),
                "{} is not in {}",
                row["pcds"],
                row[column]
            );
        }
    }
}

#[test]
fn every_ward_has_something_and_some_of_it_is_just_outside() {
    let halls = rows("halls.csv");
    let place = |row: &BTreeMap<String, String>| {
        Point::new(row["easting"].parse().unwrap(), row["northing"].parse().unwrap())
    };
    let groups = rows("community_groups.csv");
    for ward in &LAND.wards {
        let least = if ward.character == Character::Rural { 2 } else { 3 };
        let here: BTreeSet<&str> = halls
            .iter()
            .filter(|row| ward.area.shape.contains(&place(row)))
            .map(|row| row["name"].as_str())
            .collect();
        assert!(here.len() >= least, "{} has {} halls", ward.area.name, here.len());
        let meet = groups.iter().filter(|row| here.contains(row["Where they meet"].as_str())).count();
        assert!(meet >= 4, "{} has {meet} groups", ward.area.name);
    }
    let outside = halls.iter().filter(|row| !LAND.districts[0].shape.contains(&place(row))).count();
    assert_eq!(outside, 4);
}

#[test]
fn flaws_of_the_real_files_are_there() {
    let charities = rows("charity_register_extract.csv");
    let postcode = |row: &BTreeMap<String, String>| row["charity_contact_postcode"].clone();
    assert_eq!(charities.len(), 240);
    let local = charities.iter().filter(|row| postcode(row).to_uppercase().starts_with("QX")).count();
    assert!((90..=105).contains(&local), "{local} in the borough");
    assert!(charities.iter().any(|row| postcode(row).ends_with(' ')));
    for (letter, digit) in [('O', '0'), ('I', '1')] {
        let mistyped =
            |row: &&BTreeMap<_, _>| postcode(row).starts_with("QX") && postcode(row).contains(letter);
        assert!(charities.iter().filter(mistyped).count() > 0, "{letter} for {digit}");
    }
    assert!(charities.iter().any(|row| postcode(row) == "NA"));

    let assets = rows("land_and_building_assets.csv");
    let distinct: BTreeSet<_> = assets.iter().collect();
    let codes: BTreeSet<_> = assets.iter().map(|row| &row["AssetCode"]).collect();
    assert_eq!((assets.len(), distinct.len(), codes.len()), (152, 150, 150));
    let lacking = |column: &str| assets.iter().filter(|row| row[column].is_empty()).count();
    assert!(lacking("UPRN") > 60 && lacking("GeoX") > 40, "{} {}", lacking("UPRN"), lacking("GeoX"));
    assert!(assets.iter().any(|row| row["PropertyName"] == "Dunnock House Childrens Home"));

    let groups = &FILES["community_groups.csv"];
    assert!(std::str::from_utf8(groups).is_err() && groups.contains(&0x92), "Windows-1252 with curly quotes");
    let groups = rows("community_groups.csv");
    assert_eq!(groups.iter().filter(|row| row["Name"].contains("Refuge")).count(), 1);
    assert!(groups.iter().filter(|row| row["Postcode"].is_empty()).count() > 10);
    assert!(FILES["halls.csv"].starts_with("\u{feff}id,name".as_bytes()));
    assert!(FILES["flaws/double_encoded_bom.csv"].starts_with(b"\xC3\xAF\xC2\xBB\xC2\xBF"));
}

/// Postcodes, numbers and addresses that nobody has.
#[test]
fn nothing_in_it_is_real() {
    let text: String = FILES
        .iter()
        .filter(|(name, _)| name.ends_with(".csv"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    for (at, _) in text.match_indices("01632") {
        assert!(text[at..].starts_with("01632 960"), "{}", &text[at..at + 12]);
    }
    for sign in ["://", "www.", "@"] {
        for (at, _) in text.match_indices(sign) {
            let host: String = text[at + sign.len()..]
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || "-.".contains(*c))
                .collect();
            assert!(host == "example.org" || host.ends_with(".example.org"), "{host}");
        }
    }
    for row in rows("charity_register_extract.csv") {
        let number = &row["registered_charity_number"];
        assert!(number.starts_with("99") && number.len() == 7, "{number}");
        let postcode = row["charity_contact_postcode"].to_uppercase();
        assert!(postcode.starts_with('Q') || postcode == "NA", "{postcode}");
    }
    for file in [
        "postcodes.csv",
        "halls.csv",
        "libraries.csv",
        "community_groups.csv",
        "land_and_building_assets.csv",
    ] {
        for row in rows(file) {
            for (column, value) in &row {
                if matches!(column.to_lowercase().as_str(), "postcode" | "pcds") {
                    let value = value.trim().to_uppercase();
                    assert!(value.is_empty() || value.starts_with("QX"), "{file}: {value}");
                }
                if column.to_lowercase() == "uprn" && !value.is_empty() {
                    assert!(format!("{value:0>12}").starts_with("0999"), "{file}: {value}");
                }
            }
        }
    }
}

#[test]
fn spending_has_the_flaws_of_real_files() {
    let old: Vec<_> =
        ["spend_2025-26.csv", "spend_march_2026_part_2.csv"].into_iter().flat_map(rows).collect();
    let new = rows("spend_2026-27.csv");
    let old_with = |column: &str, is: fn(&str) -> bool| old.iter().filter(|row| is(&row[column])).count();
    let new_with = |column: &str, is: fn(&str) -> bool| new.iter().filter(|row| is(&row[column])).count();
    assert!(old_with("Net Amount", |amount| amount.starts_with("(£")) > 30, "credits in brackets");
    assert!(new_with("Amount", |amount| amount.ends_with('-')) > 5, "credits with the minus behind");
    assert!(old_with("Service Area", |unit| unit.chars().count() == 20) > 100, "units that were cut off");
    assert!(old_with("Service Area", |unit| unit == "NA") > 10);
    let is_redacted = |payee: &str| payee.to_lowercase().contains("redacted");
    assert!(old_with("Supplier Name", is_redacted) > 100 && new_with("BeneficiaryName", is_redacted) > 10);
    let distinct: BTreeSet<&BTreeMap<String, String>> = old.iter().collect();
    assert!(old.len() - distinct.len() > 50, "lines that look the same");
    let months: BTreeSet<&str> = old.iter().map(|row| &row["Payment Date"][3..]).collect();
    assert_eq!(months.len(), 12);
    let charities: BTreeSet<String> = rows("charity_register_extract.csv")
        .iter()
        .map(|row| row["charity_name"].trim().to_owned())
        .collect();
    assert!(old.iter().filter(|row| charities.contains(&row["Supplier Name"])).count() > 100);
}

#[test]
fn wards_have_the_people_of_their_small_areas() {
    let total = |name: &str| -> usize {
        let persons = rows(name).into_iter().filter(|row| row["sex"] == "Persons");
        persons.map(|row| row["all_ages"].parse::<usize>().unwrap()).sum()
    };
    assert_eq!(total("population_2024_wards.csv"), total("population_2024_lsoas.csv"));
}

#[test]
fn the_indices_of_deprivation_are_of_every_small_area() {
    let rows = rows("indices_of_deprivation_2025.csv");
    let people = |column: &str| -> Vec<usize> {
        rows.iter().map(|row| row[&format!("{column}: mid 2022")].parse().unwrap()).collect()
    };
    let (total, children, older) = (
        people("Total population"),
        people("Dependent Children aged 0-15"),
        people("Older population aged 60 and over"),
    );
    let working = people("Working age population 18-66 (for use with Employment Deprivation Domain)");
    for at in 0..rows.len() {
        assert!(children[at] > 0 && older[at] > 0 && children[at] + older[at] < total[at]);
        assert!(children[at] + working[at] < total[at]);
    }
    let ranks: BTreeSet<&String> = rows
        .iter()
        .map(|row| &row["Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)"])
        .collect();
    assert_eq!((rows.len(), ranks.len()), (98, 98));
}
