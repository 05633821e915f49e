//! What becomes of a file in a store: made-up files in, counts and sources out.

use app::{ImportReport, Options, StorePlace, import, open_store};
use model::PartialDate;
use std::path::{Path, PathBuf};
use store::Store;

/// A store of its own in a folder of its own, which goes with it.
struct Place {
    folder: PathBuf,
    store: Box<dyn Store>,
}

impl Place {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("assetmap-import-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a temporary folder");
        let file: StorePlace =
            folder.join("store.gpkg").to_str().expect("a plain path").parse().expect("a place");
        let store = open_store(&file, true).expect("a store");
        Self { folder, store }
    }

    fn import(&self, name: &str, text: &str, options: &Options) -> ImportReport {
        let path = self.folder.join(name);
        std::fs::write(&path, text).expect("a temporary file");
        self.import_file(&path, options)
    }

    fn import_file(&self, path: &Path, options: &Options) -> ImportReport {
        let report = import(self.store.as_ref(), path, options, &()).expect("it can be read");
        assert!(report.adds_up(), "{report:?}");
        report
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

fn options() -> Options {
    Options { this_year: 2025, ..Options::default() }
}

fn rules(findings: &[model::Finding]) -> Vec<String> {
    findings.iter().map(|finding| finding.rule.to_string()).collect()
}

#[test]
fn a_file_of_which_nothing_loads_leaves_no_trace() {
    let place = Place::new("nothing");
    let report = place.import("village_halls.csv", "name,postcode\n,QX1 1AA\n,QX1 1AB\n", &options());
    assert_eq!((report.read, report.rejected, report.run), (2, 2, None));
    assert_eq!(rules(&report.notices), ["nothing-loaded"]);
    assert_eq!(rules(&report.rejections), ["no-name", "no-name"]);
    assert!(place.store.runs(None, 9).expect("runs").is_empty());
    let mut entries = 0;
    place.store.read_all(&mut |_| entries += 1).expect("it can be read");
    assert_eq!(entries, 0, "no source is left behind");
}

#[test]
fn a_date_that_is_said_changes_rows_that_have_none() {
    let place = Place::new("date");
    let halls = "name,postcode\nOak Hall,QX1 1AA\nElm Hall,QX1 1AB\n";
    let said = |date: &str| Options { as_of: Some(PartialDate::parse(date).expect("a date")), ..options() };
    let counts = |report: ImportReport| (report.created, report.updated, report.unchanged);
    assert_eq!(counts(place.import("village_halls.csv", halls, &options())), (2, 0, 0));
    assert_eq!(counts(place.import("village_halls.csv", halls, &options())), (0, 0, 2));
    assert_eq!(counts(place.import("village_halls.csv", halls, &said("2024-06"))), (0, 2, 0));
    assert_eq!(counts(place.import("village_halls.csv", halls, &said("2024-06"))), (0, 0, 2));
}

const POSTCODES: &str = "postcode,lat,lon\nQX1 1AA,53.41978,-2.32463\n";

#[test]
fn coordinates_far_from_their_own_postcode_are_said_and_used() {
    let place = Place::new("far");
    assert_eq!(place.import("postcodes.csv", POSTCODES, &options()).created, 1);
    let halls =
        "name,postcode,easting,northing\nOak Hall,QX1 1AA,378520,391490\nElm Hall,QX1 1AA,391490,378520\n";
    let report = place.import("village_halls.csv", halls, &options());
    assert_eq!((report.created, rules(&report.warnings)), (2, vec!["far-from-postcode".to_owned()]));
    let [warning] = &report.warnings[..] else { panic!("{:?}", report.warnings) };
    assert_eq!(warning.line, Some(3));
    assert!(warning.message.contains("18 km from the postcode QX1 1AA"), "{warning}");
    assert!(warning.remedy.contains("the other way round"), "{warning}");
}

#[test]
fn a_list_of_which_every_row_is_new_to_its_source_is_asked_after() {
    let place = Place::new("another");
    let list = |rows: &str| format!("name,postcode\n{rows}");
    place.import("village_halls.csv", &list("Oak Hall,QX1 1AA\n"), &options());
    let next = place.import("village_halls.csv", &list("Oak Hall,QX1 1AA\nElm Hall,QX1 1AB\n"), &options());
    assert_eq!(rules(&next.notices), Vec::<String>::new());
    let other = place.import("village_halls.csv", &list("Ash Hall,QX1 1AD\n"), &options());
    assert_eq!(rules(&other.notices), ["another-list"]);
    let named = Options { source: Some("others".into()), ..options() };
    let apart = place.import("village_halls.csv", &list("Yew Hall,QX1 1AE\n"), &named);
    assert_eq!(rules(&apart.notices), Vec::<String>::new());
}

#[test]
fn a_date_to_come_is_said() {
    let place = Place::new("future");
    let said = Options { as_of: PartialDate::parse("2031").ok(), ..options() };
    let report = place.import("village_halls.csv", "name,postcode\nOak Hall,QX1 1AA\n", &said);
    assert_eq!(rules(&report.notices), ["future-date"]);
}

#[test]
fn a_source_is_called_what_was_said() {
    let place = Place::new("title");
    let said = Options { title: Some("Halls of Oakshire".into()), ..options() };
    place.import("village_halls.csv", "name,postcode\nOak Hall,QX1 1AA\n", &said);
    let mut titles = Vec::new();
    let mut see = |entry| {
        if let store::Entry::Source(source) = entry {
            titles.push(source.title);
        }
    };
    place.store.read_all(&mut see).expect("it can be read");
    assert_eq!(titles, ["Halls of Oakshire"]);
}
