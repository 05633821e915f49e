//! What the tests share: homes that go away, records that are quick to write, and imports in one call.
#![allow(dead_code, missing_docs, reason = "each test file uses its own part")]

pub mod child;

use model::{
    Asset, AssetRecord, Fields, Fingerprint, LocalityRecord, Located, Position, PositionQuality, Postcode,
    PostcodeRecord, RecordKind, Source,
};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use store::{Action, Edit, Entry, FileReport, GeoPackage, PostGis, Published, Staged, Store, StoreError};
use test_postgis::Database;

/// A folder of its own for one test, removed afterwards.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("store-test-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn gpkg(&self) -> PathBuf {
        self.0.join("assetmap.gpkg")
    }

    pub fn sealed(&self) -> PathBuf {
        self.0.join("assetmap.sealed")
    }

    pub fn store(&self) -> GeoPackage {
        GeoPackage::create_or_open(self.gpkg()).unwrap()
    }

    /// The names of the files in it, sorted.
    pub fn listing(&self) -> String {
        let mut names: Vec<String> = std::fs::read_dir(&self.0)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names.join(" ")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A place for one store, removed afterwards. What a store promises holds in each kind.
pub enum Home {
    GeoPackage(Folder),
    PostGis(Database),
}

impl Home {
    pub fn geopackage() -> Self {
        Self::GeoPackage(Folder::new())
    }

    pub fn postgis() -> Self {
        Self::PostGis(test_postgis::PostGis::shared().database())
    }

    /// Another one of the same kind.
    pub fn another(&self) -> Self {
        match self {
            Self::GeoPackage(_) => Self::geopackage(),
            Self::PostGis(_) => Self::postgis(),
        }
    }

    /// What opens its store in another process.
    pub fn address(&self) -> String {
        match self {
            Self::GeoPackage(folder) => folder.gpkg().display().to_string(),
            Self::PostGis(database) => database.url(),
        }
    }

    /// Its store, opened anew.
    pub fn store(&self) -> Box<dyn Store> {
        open(&self.address())
    }

    /// Whether a text stands in what everyone may read: the GeoPackage, or the schema that analysts see.
    pub fn shows(&self, text: &str) -> bool {
        match self {
            Self::GeoPackage(folder) => holds(&folder.gpkg(), text),
            Self::PostGis(database) => stands_in(database, "assetmap", text),
        }
    }

    /// Whether a text stands in what nobody but the program may read.
    pub fn seals(&self, text: &str) -> bool {
        match self {
            Self::GeoPackage(folder) => holds(&folder.sealed(), text),
            Self::PostGis(database) => stands_in(database, "sealed", text),
        }
    }

    /// What is there beside the store itself: files, or tables that an import has made.
    pub fn leftovers(&self) -> String {
        match self {
            Self::GeoPackage(folder) => {
                folder.listing().replace("assetmap.gpkg assetmap.lock assetmap.sealed", "")
            }
            Self::PostGis(database) => {
                database.sql("SELECT relname FROM pg_class WHERE relpersistence <> 'p'").join(" ")
            }
        }
    }
}

/// The store at an address.
pub fn open(address: &str) -> Box<dyn Store> {
    match address.contains("://") {
        true => Box::new(PostGis::create_or_open(address).unwrap()),
        false => Box::new(GeoPackage::create_or_open(address).unwrap()),
    }
}

fn stands_in(database: &Database, schema: &str, text: &str) -> bool {
    let tables = format!(
        "SELECT relname FROM pg_class WHERE relnamespace = '{schema}'::regnamespace AND relkind = 'r'"
    );
    let count = |table: &String| {
        let sql = format!("SELECT count(*) FROM {schema}.{table} t WHERE strpos(t::text, '{text}') > 0");
        database.sql(&sql)[0] != "0"
    };
    database.sql(&tables).iter().any(count)
}

/// Each promise as a test in each home.
#[macro_export]
macro_rules! in_both_homes {
    ($($promise:ident),+ $(,)?) => {
        mod geopackage {
            $(#[test] fn $promise() { super::$promise(&$crate::common::Home::geopackage()); })+
        }
        mod postgis {
            $(#[test] fn $promise() { super::$promise(&$crate::common::Home::postgis()); })+
        }
    };
}

pub fn postcode(text: &str) -> Postcode {
    Postcode::parse(text).unwrap()
}

pub fn source(id: &str, kind: RecordKind) -> Source {
    Source {
        id: id.into(),
        title: format!("The {id}"),
        publisher: None,
        licence: None,
        attribution: None,
        kind,
        covers: vec![],
        area_names: Default::default(),
        as_of: None,
    }
}

/// An asset of the source `clubs`, with nothing but what it must have.
pub fn asset(key: &str, name: &str) -> Asset {
    let record = AssetRecord { name: name.into(), ..AssetRecord::blank("clubs", key) };
    Asset { id: record.id(), record, located: None }
}

pub fn at(lon: f64, lat: f64, quality: PositionQuality) -> Option<Located> {
    Some(Located { position: Position::new(lon, lat).unwrap(), quality })
}

/// A fingerprint of all that a record says, as reading a file would make.
pub fn staged(line: usize, value: Asset) -> Staged<Asset> {
    let text = format!("{:?}", value.record);
    Staged {
        line: line as u64 + 2,
        fingerprint: Fingerprint::of([text.as_bytes()]),
        raw: format!(r#"{{"row as published": "{}"}}"#, value.record.name),
        value,
    }
}

pub fn staged_all(assets: Vec<Asset>) -> Vec<Staged<Asset>> {
    assets.into_iter().enumerate().map(|(line, asset)| staged(line, asset)).collect()
}

pub fn import(store: &dyn Store, assets: Vec<Asset>) -> Published {
    try_import(store, assets).unwrap()
}

pub fn try_import(store: &dyn Store, assets: Vec<Asset>) -> Result<Published, StoreError> {
    let clubs = source("clubs", RecordKind::Group);
    let mut import = store.begin_import(&clubs)?;
    import.assets(staged_all(assets))?;
    import.publish(&clubs, &FileReport { file: "clubs.csv".into(), ..FileReport::default() })
}

pub fn import_areas(store: &dyn Store, id: &str, areas: Vec<LocalityRecord>) -> Published {
    let source = source(id, RecordKind::Area);
    let mut import = store.begin_import(&source).unwrap();
    let rows = areas.into_iter().enumerate().map(|(line, value)| Staged {
        line: line as u64 + 1,
        fingerprint: Fingerprint::of([format!("{value:?}").as_bytes()]),
        raw: "{}".into(),
        value,
    });
    import.areas(rows.collect()).unwrap();
    import.publish(&source, &FileReport::default()).unwrap()
}

pub fn import_postcodes(store: &dyn Store, id: &str, postcodes: Vec<PostcodeRecord>) -> Published {
    let source = source(id, RecordKind::Postcode);
    let mut import = store.begin_import(&source).unwrap();
    let rows = postcodes.into_iter().enumerate().map(|(line, value)| Staged {
        line: line as u64 + 1,
        fingerprint: Fingerprint::of([format!("{value:?}").as_bytes()]),
        raw: String::new(),
        value,
    });
    import.postcodes(rows.collect()).unwrap();
    import.publish(&source, &FileReport::default()).unwrap()
}

/// Takes the tables of public money out of an open GeoPackage, as if it were of a program from before them.
pub fn without_money() -> String {
    let tables = ["spend", "populations", "allocations", "weight_sets", "placements"];
    let drop =
        |table: &str| format!("DROP TABLE {table}; DELETE FROM gpkg_contents WHERE table_name = '{table}';");
    let drops: String = tables.map(drop).concat();
    format!("{drops} ALTER TABLE assetmap_store DROP COLUMN money_revision;")
}

/// The same in a database.
pub const WITHOUT_MONEY: &str = "
    DROP TABLE assetmap.spend, assetmap.populations, assetmap.allocations, assetmap.weight_sets, assetmap.placements;
    ALTER TABLE assetmap.store DROP COLUMN last_spend, DROP COLUMN money_revision;";

/// Gives an asset another name, as a person would.
pub fn edit_name(store: &dyn Store, asset: &Asset, name: &str) {
    let expected = store.asset(asset.id).unwrap().unwrap().revision;
    let fields = Fields::new([("name".into(), name.into())].into()).unwrap();
    let action = Action::Change { id: asset.id, expected, fields };
    let edit = Edit { action, by: "ann".into(), reason: None, key: None };
    store.edit(&edit, &|_, _| None).unwrap();
}

/// What an import did, in one line.
pub fn told(p: Published) -> String {
    format!(
        "run {} revision {}: {} created, {} updated, {} unchanged, {} absent",
        p.run, p.revision, p.created, p.updated, p.unchanged, p.absent
    )
}

pub fn all(store: &dyn Store) -> Vec<Entry> {
    let mut all = Vec::new();
    store.read_all(&mut |entry| all.push(entry)).unwrap();
    all
}

pub fn assets(store: &dyn Store) -> Vec<Asset> {
    all(store)
        .into_iter()
        .filter_map(|entry| match entry {
            Entry::Asset(asset) => Some(*asset),
            _ => None,
        })
        .collect()
}

/// The names of the public assets, sorted.
pub fn names(store: &dyn Store) -> String {
    let mut names: Vec<String> = assets(store).into_iter().map(|a| a.record.name).collect();
    names.sort();
    names.join(", ")
}

/// The counts in one line.
pub fn counts(store: &dyn Store) -> String {
    store.counts().unwrap().into_iter().map(|(what, n)| format!("{what} {n}")).collect::<Vec<_>>().join(", ")
}

/// Whether a text stands anywhere in a file.
pub fn holds(file: &Path, text: &str) -> bool {
    std::fs::read(file).is_ok_and(|bytes| bytes.windows(text.len()).any(|w| w == text.as_bytes()))
}
