//! How many edits a second a store takes, one after another:
//! `cargo run --release -p store --example edits -- FILE.gpkg|postgres://… [ASSETS] [EDITS]`, on a store that is not there
//! yet or empty.

use model::{Asset, AssetRecord, Fields, Fingerprint, RecordKind, Source};
use std::time::Instant;
use store::{Action, Edit, FileReport, GeoPackage, PostGis, Staged, Store};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let address = args.next().ok_or("name a store that is not there yet")?;
    let number = |arg: Option<String>, usual: u64| arg.map_or(Ok(usual), |text| text.parse());
    let (assets, edits) = (number(args.next(), 100_000)?, number(args.next(), 1_000)?);
    let store: Box<dyn Store> = match address.contains("://") {
        true => Box::new(PostGis::create_or_open(&address)?),
        false => Box::new(GeoPackage::create_or_open(&address)?),
    };
    let source = Source {
        id: "clubs".into(),
        title: "Clubs".into(),
        publisher: None,
        licence: None,
        attribution: None,
        kind: RecordKind::Group,
        covers: Vec::new(),
        area_names: Default::default(),
        as_of: None,
    };
    let mut import = store.begin_import(&source)?;
    import.assets((0..assets).map(club).collect())?;
    import.publish(&source, &FileReport::default())?;
    let mut took = Vec::new();
    for n in 0..edits {
        let id = club(n * 7919 % assets).value.id;
        let expected = store.asset(id)?.ok_or("it was imported")?.revision;
        let fields = Fields::new([("phone".into(), n.to_string().into())].into())?;
        let action = Action::Change { id, expected, fields };
        let edit = Edit { action, by: "ann".into(), reason: None, key: Some(n.to_string()) };
        let start = Instant::now();
        store.edit(&edit, &|_, _| None)?;
        took.push(start.elapsed());
    }
    let all: f64 = took.iter().map(|d| d.as_secs_f64()).sum();
    took.sort();
    let at = |part: usize| took[took.len() * part / 100].as_secs_f64() * 1e3;
    println!(
        "{:.0} edits a second; half within {:.1} ms, 99 % within {:.1} ms",
        edits as f64 / all,
        at(50),
        at(99)
    );
    Ok(())
}

fn club(n: u64) -> Staged<Asset> {
    let mut record = AssetRecord::blank("clubs", &n.to_string());
    record.name = format!("Club {n}");
    let fingerprint = Fingerprint::of([record.name.as_bytes()]);
    let raw = format!(r#"{{"name": "{}"}}"#, record.name);
    Staged { line: n + 2, fingerprint, raw, value: Asset { id: record.id(), located: None, record } }
}
