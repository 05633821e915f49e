//! How long a store takes for many assets:
//! `cargo run --release -p store --example million -- [how many] [folder | postgres://…]`.
//! Prints one line a step, with the most memory that the process has held so far. A database must be empty.

use model::{
    Asset, AssetRecord, CategorySet, Fingerprint, Kind, Located, Position, PositionQuality, Postcode,
    PostcodeRecord, RecordKind, Source, Status, Visibility,
};
use std::path::Path;
use std::time::Instant;
use store::{Entry, FileReport, GeoPackage, PostGis, Staged, Store, StoreError};

fn asset(n: u64, edition: u64) -> Staged<Asset> {
    let position = Position::new(-6.0 + (n % 7919) as f64 / 1000.0, 50.0 + (n % 8011) as f64 / 1000.0).ok();
    let visibility = if n.is_multiple_of(100) { Visibility::Hidden } else { Visibility::Public };
    let record = AssetRecord {
        source: "many".into(),
        key: format!("{n}"),
        kind: Kind::Group,
        visibility,
        name: format!("The {n}th Association of Friends, edition {edition}"),
        summary: Some(
            "Meets to do this and that, for the good of all who live in the area of benefit".into(),
        ),
        categories: CategorySet::parse_query("hall,library").unwrap_or_default(),
        address: Some(format!("{n} High Street, Anytown")),
        postcode: Postcode::parse(&code(n)).ok(),
        postcode_text: None,
        uprn: None,
        position,
        correspondence: n.is_multiple_of(3).then(|| Postcode::parse(&code(n / 3)).ok()).flatten(),
        website: Some(format!("https://example.org/{n}")),
        email: Some(format!("hello-{n}@example.org")),
        phone: Some("0161 000 0000".into()),
        opening_hours: None,
        facilities: vec![],
        serves: vec![],
        identifiers: vec![],
        status: Status::Open,
        as_of: None,
    };
    let located = position.map(|position| Located { position, quality: PositionQuality::Surveyed });
    Staged {
        line: n,
        fingerprint: Fingerprint::of([&n.to_le_bytes()[..], &edition.to_le_bytes()[..]]),
        raw: format!(
            r#"{{"Charity Number": "{n}", "Name": "{}", "Address": "{n} High Street"}}"#,
            record.name
        ),
        value: Asset { id: record.id(), record, located },
    }
}

/// A hundred thousand different ones, in the order of the alphabet.
fn code(n: u64) -> String {
    let letter = |n: u64| char::from(b"ABDEFGHJLN"[(n % 10) as usize]);
    let n = n % 100_000;
    format!("M{} {}{}{}", 10 + n / 1000, n / 100 % 10, letter(n / 10), letter(n))
}

/// The most memory that the process has held, in megabytes; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or(0) / 1024
}

fn timed<T>(what: &str, step: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
    let start = Instant::now();
    let done = step()?;
    println!("{what:44} {:7.2} s   peak {} MB", start.elapsed().as_secs_f64(), peak());
    Ok(done)
}

fn import(
    store: &dyn Store,
    what: &str,
    rows: impl Iterator<Item = Staged<Asset>>,
) -> Result<(), StoreError> {
    let source = Source {
        id: "many".into(),
        title: "Many".into(),
        publisher: None,
        licence: None,
        attribution: None,
        kind: RecordKind::Group,
        covers: vec![],
        area_names: Default::default(),
        as_of: None,
    };
    let mut import = store.begin_import(&source)?;
    let mut rows = rows.peekable();
    timed(&format!("{what}: make and stage"), || {
        while rows.peek().is_some() {
            import.assets(rows.by_ref().take(5_000).collect())?;
        }
        Ok(())
    })?;
    let done = timed(&format!("{what}: publish"), || import.publish(&source, &FileReport::default()))?;
    println!("  {done:?}");
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let many: u64 = args.next().map_or(Ok(1_000_000), |n| n.parse())?;
    let place = args.next().unwrap_or_else(|| std::env::temp_dir().display().to_string());
    if place.contains("://") {
        return measure(Box::new(PostGis::create_or_open(&place)?), many);
    }
    let folder = Path::new(&place).join(format!("assetmap-million-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    measure(Box::new(GeoPackage::create_or_open(folder.join("assetmap.gpkg"))?), many)?;
    for entry in std::fs::read_dir(&folder)? {
        let entry = entry?;
        println!("  {} {} MB", entry.file_name().display(), entry.metadata()?.len() / 1_000_000);
    }
    Ok(std::fs::remove_dir_all(folder)?)
}

fn measure(home: Box<dyn Store>, many: u64) -> Result<(), Box<dyn std::error::Error>> {
    let store = home.as_ref();
    timed("make the rows only", || Ok((0..many).map(|n| asset(n, 1).line).sum::<u64>()))?;
    import(store, "first import", (0..many).map(|n| asset(n, 1)))?;
    import(store, "the same again", (0..many).map(|n| asset(n, 1)))?;
    import(store, "one in ten changed", (0..many).map(|n| asset(n, 1 + u64::from(n.is_multiple_of(10)))))?;
    import(store, "all changed", (0..many).map(|n| asset(n, 3)))?;
    import(store, "one row", (0..1).map(|n| asset(n, 4)))?;

    let onspd = Source { id: "onspd".into(), kind: RecordKind::Postcode, ..source_of(store)? };
    let mut postcodes = store.begin_import(&onspd)?;
    timed("stage 100,000 postcodes", || {
        let rows = (0..100_000u64).filter_map(|n| {
            let value = PostcodeRecord {
                postcode: Postcode::parse(&code(n)).ok()?,
                position: Position::new(-2.0, 53.0).ok(),
                ward: None,
                district: None,
                lsoa: None,
                msoa: None,
                terminated: false,
            };
            Some(Staged {
                line: n,
                fingerprint: Fingerprint::of([&n.to_le_bytes()[..]]),
                raw: String::new(),
                value,
            })
        });
        postcodes.postcodes(rows.collect())
    })?;
    timed("publish them", || postcodes.publish(&onspd, &FileReport::default()))?;
    let wanted: Vec<Postcode> = (0..5_000).filter_map(|n| Postcode::parse(&code(n * 17)).ok()).collect();
    let found = timed("ask for 5,000 postcodes", || store.postcodes(&wanted))?;
    println!("  {} found", found.len());
    let mut read = 0;
    timed("read all", || {
        store.read_all(&mut |entry| read += u64::from(matches!(entry, Entry::Asset(_))))?;
        store.read_all(&mut |_| ())
    })?;
    println!("  (twice) {read} assets");
    let moved = timed("relocate", || store.relocate(&|_, _| None))?;
    println!("  {moved} moved");
    timed("count", || store.counts())?;
    timed("close", || {
        drop(home);
        Ok(())
    })?;
    Ok(())
}

fn source_of(store: &dyn Store) -> Result<Source, StoreError> {
    let mut source = None;
    store.read_all(&mut |entry| {
        if let Entry::Source(found) = entry {
            source = Some(found);
        }
    })?;
    Ok(source.expect("something was imported"))
}
