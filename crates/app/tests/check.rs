//! What would become of a file: made-up files in, words out. Archives are made by the same crate that reads them.

use app::{Options, check};
use std::io::Write;
use std::path::PathBuf;
use zip::write::SimpleFileOptions;

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("assetmap-check-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    folder
}

fn options() -> Options {
    Options { this_year: 2025, ..Options::default() }
}

/// Each report in a line.
fn lines(path: &std::path::Path) -> Vec<String> {
    let reports = check(path, &options(), None).expect("it can be opened");
    let line = |report: &app::CheckReport| match &report.refused {
        Some(refused) => format!("refused {}", refused.finding.rule),
        None => format!(
            "{}{} read {} load {} reject {} placed {}+{}",
            report.profile,
            if report.is_proposed { " (proposed)" } else { "" },
            report.read,
            report.would_load,
            report.would_reject,
            report.places.by_coordinates,
            report.places.by_postcode
        ),
    };
    reports.iter().map(line).collect()
}

#[test]
fn a_known_file_is_checked_with_its_profile_and_another_with_a_proposal() {
    let folder = folder("files");
    for (name, text, expected) in [
        (
            "village_halls.csv",
            "name,postcode\nOak Hall,QX1 1AA\n,QX1 1AB\n",
            "buildings read 2 load 1 reject 1 placed 0+1",
        ),
        (
            "ours.csv",
            "Wer;Wo\nOak Walkers;QX1 1AA\nElm Knitters;QX1 1AB\n",
            "ours (proposed) read 2 load 2 reject 0 placed 0+2",
        ),
        ("list.csv", "name,postcode\nOak,QX1 1AA\n", "list (proposed) read 1 load 1 reject 0 placed 0+1"),
        ("page.csv", "<!doctype html><p>404", "refused html-page"),
        ("wards.csv", "WD24CD,LAD24CD\nE05000001,E08000001\n", "refused lookup-table"),
    ] {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("a temporary file");
        assert_eq!(lines(&path), [expected], "{name}");
    }
    std::fs::remove_dir_all(folder).expect("a temporary folder");
}

#[test]
fn the_data_in_an_archive_is_read_and_the_rest_is_not() {
    let folder = folder("zip");
    let path = folder.join("many.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).expect("a temporary file"));
    let csv = "name,postcode\nOak Hall,QX1 1AA\n";
    for (name, text) in [
        ("Data/halls.csv", csv),
        ("__MACOSX/Data/._halls.csv", "junk"),
        (".DS_Store", "junk"),
        ("Data/.hidden.csv", "junk"),
        ("read me.pdf", "%PDF"),
        ("Data/clubs.csv", csv),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).expect("an entry");
        zip.write_all(text.as_bytes()).expect("an entry");
    }
    zip.finish().expect("an archive");
    assert_eq!(
        lines(&path),
        ["buildings read 1 load 1 reject 0 placed 0+1", "groups read 1 load 1 reject 0 placed 0+1"]
    );
    // one of them, by its path in the archive
    assert_eq!(lines(&path.join("Data/clubs.csv")), ["groups read 1 load 1 reject 0 placed 0+1"]);
    assert!(check(&path.join("Data/none.csv"), &options(), None).is_err());
    let bytes = std::fs::read(&path).expect("the archive");
    let damaged = folder.join("damaged.zip");
    std::fs::write(&damaged, &bytes[..bytes.len() / 2]).expect("a temporary file");
    assert_eq!(lines(&damaged), ["refused zip"]);
    std::fs::remove_dir_all(folder).expect("a temporary folder");
}

#[test]
fn an_archive_without_data_says_what_is_in_it() {
    let folder = folder("shapes");
    let path = folder.join("shapes.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).expect("a temporary file"));
    zip.start_file("wards.shp", SimpleFileOptions::default()).expect("an entry");
    zip.finish().expect("an archive");
    assert_eq!(lines(&path), ["refused shapefile"]);
    std::fs::remove_dir_all(folder).expect("a temporary folder");
}

#[test]
fn a_file_of_which_a_known_profile_loads_nothing_gets_one_of_its_own() {
    let folder = folder("nothing");
    let park = |n: u32| {
        format!(
            r#"{{"type":"Feature","properties":{{"code":"E0500000{n}","SITENAME_1":"Park {n}"}},"geometry":{{"type":"Point","coordinates":[-2.{n},53.4]}}}}"#
        )
    };
    let path = folder.join("export.geojson");
    let text = format!(r#"{{"type":"FeatureCollection","features":[{},{}]}}"#, park(1), park(2));
    std::fs::write(&path, text).expect("a temporary file");
    assert_eq!(lines(&path), ["export (proposed) read 2 load 2 reject 0 placed 2+0"]);
    std::fs::remove_dir_all(folder).expect("a temporary folder");
}

#[test]
fn a_list_of_payments_gives_a_profile_to_edit_whether_it_could_be_read_or_not() {
    let folder = folder("payments");
    for (text, said, begins) in [
        (
            "Council,Payee,Amount,Date\nOakshire Council,Oak Ltd,7.50,2026-04-03\n",
            "spend read 1 load 1 reject 0 placed 0+0",
            "payee = \"Payee\"",
        ),
        ("Payee,Amount,Date\nOak Ltd,7.50,2026-04-03\n", "refused no-payer", "payee = \"Payee\""),
        ("Payee,Gross amount,When\nOak Ltd,7.50,2026-04-03\n", "refused not-spending", "date = \"FILL IN\""),
        ("Contract Title,Supplier,Value\nLift,Oak Ltd,7\n", "refused not-spending", ""),
    ] {
        let path = folder.join("april.csv");
        std::fs::write(&path, text).expect("a temporary file");
        assert_eq!(lines(&path), [said], "{text}");
        let report = &check(&path, &options(), None).expect("it can be opened")[0];
        assert_eq!(report.toml.is_empty(), begins.is_empty(), "{text}");
        assert!(report.toml.contains(begins), "{text}: {}", report.toml);
    }
    std::fs::remove_dir_all(folder).expect("a temporary folder");
}
