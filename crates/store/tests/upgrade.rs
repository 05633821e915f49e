//! A store of an older program is brought up to date whole or not at all, and an older program leaves a newer store alone.
//!
//! More rounds: `UPGRADES=20 cargo test -p store --test upgrade`.

mod common;

use common::child::{STORE, moments, start};
use common::*;
use model::{Asset, RecordKind, Visibility};
use rusqlite::Connection;
use std::io::BufRead;
use std::path::Path;
use std::time::{Duration, Instant};
use store::{FileReport, Kept, Store, StoreError};

/// What each migration says, by its number.
type Migrations = &'static [(u32, &'static str)];

const PUBLIC: Migrations = &[
    (1, include_str!("../../../migrations/sqlite/0001_start.sql")),
    (2, include_str!("../../../migrations/sqlite/0002_feed.sql")),
    (3, include_str!("../../../migrations/sqlite/0003_edits.sql")),
    (4, include_str!("../../../migrations/sqlite/0004_money.sql")),
    (5, include_str!("../../../migrations/sqlite/0005_age_bands.sql")),
    (6, include_str!("../../../migrations/sqlite/0006_lookups.sql")),
    (7, include_str!("../../../migrations/sqlite/0007_parts_of_months.sql")),
];
const SEALED: Migrations = &[
    (1, include_str!("../../../migrations/sqlite/0001_start.sealed.sql")),
    (3, include_str!("../../../migrations/sqlite/0003_edits.sealed.sql")),
    (4, include_str!("../../../migrations/sqlite/0004_money.sealed.sql")),
    (5, include_str!("../../../migrations/sqlite/0005_age_bands.sealed.sql")),
    (6, include_str!("../../../migrations/sqlite/0006_lookups.sealed.sql")),
    (7, include_str!("../../../migrations/sqlite/0007_parts_of_months.sealed.sql")),
];
const POSTGIS: Migrations = &[
    (1, include_str!("../../../migrations/postgis/0001_start.sql")),
    (2, include_str!("../../../migrations/postgis/0002_feed.sql")),
    (3, include_str!("../../../migrations/postgis/0003_edits.sql")),
    (4, include_str!("../../../migrations/postgis/0004_money.sql")),
    (5, include_str!("../../../migrations/postgis/0005_age_bands.sql")),
    (6, include_str!("../../../migrations/postgis/0006_lookups.sql")),
    (7, include_str!("../../../migrations/postgis/0007_parts_of_months.sql")),
];

const NEWEST: u32 = 7;
const ROWS: usize = 3_000;

fn upgrades() -> usize {
    std::env::var("UPGRADES").ok().and_then(|n| n.parse().ok()).unwrap_or(4)
}

/// Every table and index of a file with its columns, but for the list of migrations.
fn shape_of_file(conn: &Connection) -> Vec<String> {
    let sql = "SELECT m.type || ' ' || m.name || ' ' || coalesce(group_concat(c.name), '')
               FROM sqlite_schema m LEFT JOIN pragma_table_info(m.name) c
               WHERE m.type IN ('table', 'index') AND m.name NOT LIKE '%sqlite_%' AND m.name <> 'assetmap_migrations'
               GROUP BY m.name ORDER BY m.name";
    let mut statement = conn.prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// The number of a file's newest migration. All of that number is there, and nothing of a later one.
fn schema_of_file(path: &Path, migrations: Migrations) -> u32 {
    let conn = Connection::open(path).unwrap();
    assert_eq!(conn.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0)).unwrap(), "ok");
    let number = conn.query_row("SELECT max(number) FROM assetmap_migrations", [], |row| row.get(0)).unwrap();
    let whole = Connection::open_in_memory().unwrap();
    for (_, sql) in migrations.iter().filter(|(of, _)| *of <= number) {
        whole.execute_batch(sql).unwrap();
    }
    assert_eq!(shape_of_file(&conn), shape_of_file(&whole), "{} at {number}", path.display());
    number
}

const SHAPE_OF_DATABASE: &str = "
    SELECT c.relkind, c.oid::regclass, string_agg(a.attname, ',' ORDER BY a.attnum)
    FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace::regnamespace::text IN ('assetmap', 'sealed') AND c.relname NOT LIKE 'migrations%'
    GROUP BY c.oid, c.relkind ORDER BY 2::text";

/// As [`schema_of_file`].
fn schema_of_database(database: &test_postgis::Database) -> u32 {
    let number = database.sql("SELECT max(number) FROM assetmap.migrations")[0].parse().unwrap();
    let whole = test_postgis::PostGis::shared().database();
    for (_, sql) in POSTGIS.iter().filter(|(of, _)| *of <= number) {
        whole.sql(sql);
    }
    assert_eq!(database.sql(SHAPE_OF_DATABASE), whole.sql(SHAPE_OF_DATABASE), "at {number}");
    number
}

/// The numbers of a store's schemas: of its two files, or of its database.
fn schemas(home: &Home) -> Vec<u32> {
    match home {
        Home::GeoPackage(folder) => {
            vec![schema_of_file(&folder.gpkg(), PUBLIC), schema_of_file(&folder.sealed(), SEALED)]
        }
        Home::PostGis(database) => vec![schema_of_database(database)],
    }
}

/// Takes the migrations after the first back, with what stands in their tables.
fn make_old(home: &Home) {
    let later = "DROP INDEX {p}assets_by_revision; DROP INDEX {p}tombstones_by_revision;
                 ALTER TABLE {store} DROP COLUMN places_revision;";
    match home {
        Home::GeoPackage(folder) => {
            let later = later.replace("{p}", "").replace("{store}", "assetmap_store");
            let forget = "DELETE FROM assetmap_migrations WHERE number > 1;";
            let guarded = format!(
                "UPDATE assetmap_guard SET open = 1; {later} {} {forget} UPDATE assetmap_guard SET open = 0",
                without_money()
            );
            Connection::open(folder.gpkg()).unwrap().execute_batch(&guarded).unwrap();
            let tables = "DROP TABLE sealed_decided; DROP TABLE sealed_history; DROP TABLE sealed_edit_keys;";
            let twin = Connection::open(folder.sealed()).unwrap();
            twin.execute_batch(&format!("{tables} {forget}")).unwrap();
        }
        Home::PostGis(database) => {
            let later = later.replace("{p}", "assetmap.").replace("{store}", "assetmap.store");
            database.sql(&format!(
                "BEGIN; {later} {WITHOUT_MONEY} DROP TABLE sealed.decided, sealed.history, sealed.edit_keys;
                 DELETE FROM assetmap.migrations WHERE number > 1; COMMIT"
            ));
        }
    }
    assert!(schemas(home).iter().all(|number| *number == 1));
}

/// Says that a newer program has applied a migration of its own.
fn make_newer(home: &Home) {
    match home {
        Home::GeoPackage(folder) => Connection::open(folder.gpkg())
            .unwrap()
            .execute_batch(
                "UPDATE assetmap_guard SET open = 1;
                 INSERT INTO assetmap_migrations VALUES (9, '0009_later', '');
                 UPDATE assetmap_guard SET open = 0",
            )
            .unwrap(),
        Home::PostGis(database) => {
            database.sql("INSERT INTO assetmap.migrations VALUES (9, '0009_later', '')");
        }
    }
}

/// Some rows of every kind: public, hidden, gone.
fn fill(store: &dyn Store) {
    let rows = |count: usize| -> Vec<Asset> {
        let mut assets: Vec<Asset> =
            (0..count).map(|n| asset(&n.to_string(), &format!("Club {n}"))).collect();
        assets.iter_mut().step_by(7).for_each(|a| a.record.visibility = Visibility::Hidden);
        assets
    };
    import(store, rows(ROWS));
    let mut fewer = rows(ROWS);
    fewer.iter_mut().step_by(11).for_each(|a| a.record.visibility = Visibility::Staff);
    import(store, fewer);
}

/// Everything that the first schema could keep, in lines that do not depend on order.
fn kept(store: &dyn Store) -> Vec<String> {
    let mut all = Vec::new();
    store
        .take_out(&mut |kept: Kept| {
            if !matches!(kept, Kept::Decided { .. } | Kept::Happening { .. } | Kept::EditKey { .. }) {
                all.push(format!("{kept:?}"));
            }
            Ok(())
        })
        .unwrap();
    all.sort();
    all
}

#[test]
#[ignore = "the child of the test below"]
fn upgrading_child() {
    println!("opening");
    drop(open(&std::env::var(STORE).expect("the parent names the store")));
    println!("opened");
}

fn says(line: &str, of: &mut impl BufRead) {
    let mut said = String::new();
    while !said.contains(line) {
        said.clear();
        assert_ne!(of.read_line(&mut said).unwrap(), 0, "the child ended before it said {line}");
    }
}

/// How long it takes when nobody is killed.
fn time_to_upgrade(home: &Home) -> Duration {
    let (mut child, mut said) = start(home, "upgrading_child");
    says("opening", &mut said);
    let start = Instant::now();
    says("opened", &mut said);
    let took = start.elapsed();
    child.wait().unwrap();
    took
}

fn kill_upgrades(home: &Home) {
    fill(&*home.store());
    let before = kept(&*home.store());
    assert!(before.len() > ROWS);
    make_old(home);
    let took = time_to_upgrade(home);
    assert!(schemas(home).iter().all(|number| *number == NEWEST));
    let (mut old, mut half_way, mut new) = (0, 0, 0);
    for moment in moments(0..1_000).take(upgrades()) {
        make_old(home);
        let (mut child, mut said) = start(home, "upgrading_child");
        says("opening", &mut said);
        std::thread::sleep(took * (moment.as_millis() as u32) / 1_000);
        child.kill().unwrap();
        child.wait().unwrap();
        let found = schemas(home);
        match (found.iter().min(), found.iter().max()) {
            (_, Some(1)) => old += 1,
            (Some(&NEWEST), _) => new += 1,
            _ => half_way += 1,
        }
        let store = home.store();
        assert!(kept(&*store) == before, "after a kill at {found:?} something is lost");
        drop(store);
        assert!(schemas(home).iter().all(|number| *number == NEWEST), "it was not finished");
    }
    println!(
        "{} kills of an upgrade of {took:.0?}: {old} left the old schema, {new} the new one, {half_way} some of the \
         migrations, each whole; 0 rows lost",
        upgrades()
    );
    let store = home.store();
    edit_name(&*store, &asset("1", "Club 1"), "Uno");
    assert!(names(&*store).contains("Uno"));
}

#[test]
fn a_killed_upgrade_leaves_a_whole_schema_in_the_files() {
    kill_upgrades(&Home::geopackage());
}

#[test]
fn a_killed_upgrade_leaves_a_whole_schema_in_the_database() {
    kill_upgrades(&Home::postgis());
}

/// It does not open such a store; one that it has open already it goes on reading, and writes to no more.
fn an_older_program_leaves_a_newer_store_alone(home: &Home) {
    let store = home.store();
    import(&*store, vec![asset("1", "One")]);
    make_newer(home);
    let before = kept(&*store);
    let is_newer = |error: StoreError| {
        assert!(matches!(error, StoreError::Newer { found: 9, known: NEWEST }), "{error:?}");
        assert!(error.to_string().contains("Use the newer assetmap; the store was not changed"), "{error}");
    };
    let address = home.address();
    is_newer(match address.contains("://") {
        true => store::PostGis::open(&address).map(drop).unwrap_err(),
        false => store::GeoPackage::open(&address).map(drop).unwrap_err(),
    });
    let now = store.asset(asset("1", "").id).unwrap().unwrap();
    let action = store::Action::Retire { id: now.asset.id, expected: now.revision };
    let edit = store::Edit { action, by: "ann".into(), reason: None, key: None };
    is_newer(store.edit(&edit, &|_, _| None).unwrap_err());
    is_newer(store.relocate(&|_, _| None).unwrap_err());
    is_newer(store.begin_import(&source("clubs", RecordKind::Group)).map(drop).unwrap_err());
    assert_eq!(names(&*store), "One");
    assert_eq!(kept(&*store), before);
}

/// Nobody's import ends up in a schema that it does not know.
fn an_upgrade_waits_for_who_is_writing(home: &Home) {
    let store = home.store();
    import(&*store, vec![asset("1", "One")]);
    let clubs = source("clubs", RecordKind::Group);
    let writing = store.begin_import(&clubs).unwrap();
    make_old(home);
    let address = home.address();
    std::thread::scope(|threads| {
        let upgrading = threads.spawn(|| open(&address));
        std::thread::sleep(Duration::from_millis(300));
        assert!(schemas(home).iter().all(|number| *number == 1));
        drop(writing);
        upgrading.join().unwrap();
    });
    assert!(schemas(home).iter().all(|number| *number == NEWEST));
    let mut import = store.begin_import(&clubs).unwrap();
    import.assets(staged_all(vec![asset("2", "Two")])).unwrap();
    import.publish(&clubs, &FileReport::default()).unwrap();
    assert_eq!(names(&*store), "One, Two");
}

in_both_homes!(an_older_program_leaves_a_newer_store_alone, an_upgrade_waits_for_who_is_writing);
