//! `kill -9` at any moment leaves the old state or the new one, never something between.
//!
//! The test runs itself again as a child that imports editions without end, and kills it after a random while. More
//! rounds, and more rows: `STORE_KILLS=100 STORE_ROWS=50000 cargo test -p store --test kill`.

mod common;

use common::child::{STORE, moments, run_child_and_kill};
use common::*;
use model::{Asset, AssetId, Visibility};
use serde_json::json;
use std::time::{Duration, Instant};
use store::{Action, AssetState, Edit, Kept, Store};

/// How many rows an edition has.
fn rows() -> u64 {
    std::env::var("STORE_ROWS").ok().and_then(|n| n.parse().ok()).unwrap_or(400)
}

/// All rows of one edition name it, in what is public and in what is sealed. Each edition hides other rows.
fn edition(number: u64) -> Vec<Asset> {
    (0..rows())
        .map(|n| {
            let mut asset = asset(&n.to_string(), &format!("edition {number}"));
            if (n + number).is_multiple_of(4) {
                asset.record.visibility = Visibility::Hidden;
            }
            asset.record.correspondence = Some(postcode(&format!("M{} 1AA", number % 90 + 1)));
            asset
        })
        .collect()
}

#[test]
#[ignore = "the child of the test below"]
fn child() {
    let store = open(&std::env::var(STORE).expect("the parent names the store"));
    loop {
        let next = store.revision().unwrap() + 1;
        import(&*store, edition(next));
        println!("published {next}");
    }
}

/// Four threads, each with an asset of its own, add one to its number again and again, and hide it at every fifth.
#[test]
#[ignore = "the child of the test below"]
fn editing_child() {
    let store = open(&std::env::var(STORE).expect("the parent names the store"));
    std::thread::scope(|threads| {
        for key in 0..EDITED {
            let store = &store;
            threads.spawn(move || {
                let mut now = store.asset(edited_id(key)).unwrap().unwrap();
                loop {
                    let n = 1 + number_of(&now);
                    let visibility = if n.is_multiple_of(5) { "hidden" } else { "public" };
                    let fields = json!({"phone": n.to_string(), "visibility": visibility});
                    let action = Action::Change {
                        id: now.asset.id,
                        expected: now.revision,
                        fields: serde_json::from_value(fields).unwrap(),
                    };
                    let edit =
                        Edit { action, by: "ann".into(), reason: None, key: Some(format!("{key}-{n}")) };
                    now = store.edit(&edit, &|_, _| None).unwrap().asset;
                    println!("saved {key} {n} {}", now.revision);
                }
            });
        }
    });
}

const EDITED: u64 = 4;

fn edited_id(key: u64) -> AssetId {
    asset(&key.to_string(), "").id
}

fn number_of(state: &AssetState) -> u64 {
    state.asset.record.phone.as_deref().map_or(0, |n| n.parse().unwrap())
}

/// Runs the child that edits for a while and kills it. What it told to be saved is there, each edit whole: row, decision,
/// history and key, none of them twice and none without the others.
fn kill_edits(home: &Home) {
    let store = home.store();
    import(&*store, (0..EDITED).map(|key| asset(&key.to_string(), "Club")).collect());
    drop(store);
    let mut all = 0;
    for after in moments(20..420).take(kills()) {
        let lines = run_child_and_kill(home, "editing_child", after + Duration::from_millis(200));
        let store = home.store();
        let mut edits = 0;
        for key in 0..EDITED {
            let saved = lines.iter().filter_map(|line| {
                let (_, rest) = line.split_once(&format!("saved {key} "))?;
                rest.split_once(' ')?.0.parse::<u64>().ok()
            });
            let now = store.asset(edited_id(key)).unwrap().unwrap();
            let found = number_of(&now);
            let saved = saved.max().unwrap_or(0);
            assert!(found >= saved, "{saved} was acknowledged, and {found} is there");
            let history = store.history(edited_id(key), None, usize::MAX).unwrap();
            let told: Vec<u64> =
                history.iter().map(|h| h.fields["phone"].1.as_str().unwrap().parse().unwrap()).collect();
            assert_eq!(told, (1..=found).rev().collect::<Vec<_>>());
            assert_eq!(history.first().map_or(1, |h| h.revision), now.revision);
            let shown = assets(&*store).iter().any(|a| a.id == now.asset.id);
            assert_eq!(shown, found == 0 || !found.is_multiple_of(5));
            edits += found;
        }
        assert_eq!(store.revision().unwrap(), 1 + edits, "no gaps");
        let mut keys = 0;
        store
            .take_out(&mut |kept| {
                keys += u64::from(matches!(kept, Kept::EditKey { .. }));
                Ok(())
            })
            .unwrap();
        assert_eq!(keys, edits);
        all = edits;
    }
    println!("{} kills over {all} edits", kills());
    assert!(all > 0);
}

#[test]
fn a_killed_edit_is_there_or_not_in_the_files() {
    kill_edits(&Home::geopackage());
}

#[test]
fn a_killed_edit_is_there_or_not_in_the_database() {
    kill_edits(&Home::postgis());
}

/// Runs the child for a while, kills it, and says which revision it told to be published last.
fn run_and_kill(home: &Home, after: Duration) -> u64 {
    let lines = run_child_and_kill(home, "child", after);
    let told = lines.iter().filter_map(|line| line.split("published ").nth(1)?.trim().parse().ok());
    told.max().unwrap_or(0)
}

/// Checks that the store holds one whole edition, and says which.
fn whole_edition(store: &dyn Store) -> u64 {
    let revision = store.revision().unwrap();
    if revision == 0 {
        assert_eq!(counts(store), "public 0, staff 0, hidden 0, areas 0, postcodes 0");
        return 0;
    }
    let hidden = edition(revision).iter().filter(|a| a.record.visibility == Visibility::Hidden).count();
    let expected =
        format!("public {}, staff 0, hidden {hidden}, areas 0, postcodes 0", rows() as usize - hidden);
    assert_eq!(counts(store), expected);
    let (mut found, mut public) = (assets(store), edition(revision));
    public.retain(|a| a.record.visibility == Visibility::Public);
    found.sort_by_key(|a| a.id);
    public.sort_by_key(|a| a.id);
    assert!(found == public, "revision {revision} is not edition {revision}");
    assert_eq!(store.runs(None, 1).unwrap()[0].revision, revision);
    revision
}

/// The twin holds the hidden rows of this edition and no others, and a raw row for each public asset.
fn check_twin(folder: &Folder, revision: u64) {
    let twin = rusqlite::Connection::open(folder.sealed()).unwrap();
    let one = |sql: &str| twin.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(one("PRAGMA integrity_check"), "ok");
    let names = "SELECT coalesce(group_concat(DISTINCT name), '') FROM sealed_assets WHERE until IS NULL";
    assert_eq!(one(names), if revision == 0 { String::new() } else { format!("edition {revision}") });
    let raw = "SELECT count(*) || ' of ' || count(DISTINCT fid) FROM sealed_raw
               WHERE row NOT IN (SELECT row FROM sealed_raw_over)";
    let public = if revision == 0 { 0 } else { rows() - rows() / 4 };
    let raw = one(raw);
    assert!(raw == format!("{public} of {public}"), "{raw} raw rows for {public} public assets");
    let outside = rusqlite::Connection::open(folder.gpkg()).unwrap();
    let ok: String = outside.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(ok, "ok");
}

/// As [`check_twin`], in the database.
fn check_sealed(database: &test_postgis::Database, revision: u64) {
    let names = database.sql("SELECT DISTINCT name FROM sealed.assets").join(" ");
    assert_eq!(names, if revision == 0 { String::new() } else { format!("edition {revision}") });
    let letters = "SELECT count(*) FROM sealed.correspondence JOIN assetmap.assets USING (fid)";
    let public = if revision == 0 { 0 } else { rows() - rows() / 4 };
    assert_eq!(database.sql(letters), [public.to_string()]);
    let rows = if revision == 0 { 0 } else { rows() };
    assert_eq!(database.sql("SELECT count(*) FROM sealed.raw_rows"), [rows.to_string()]);
}

fn kills() -> usize {
    std::env::var("STORE_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(10)
}

/// As long as a few editions take to import, so that kills fall before, in and after a publication.
fn import_millis(home: &Home) -> u64 {
    let other = home.another();
    let start = Instant::now();
    import(&*other.store(), edition(1));
    400.max(start.elapsed().as_millis() as u64 * 4)
}

/// Kills one import after another, and checks after each that the store is whole, then that it goes on.
fn kill_many(home: &Home, check: impl Fn(u64)) {
    for after in moments(20..20 + import_millis(home)).take(kills()) {
        let told = run_and_kill(home, after);
        let store = home.store();
        let found = whole_edition(&*store);
        assert!(found >= told, "revision {told} was acknowledged, and {found} is there");
        drop(store);
        check(found);
    }
    let store = home.store();
    let next = store.revision().unwrap() + 1;
    println!("{} kills over {next} revisions", kills());
    import(&*store, edition(next));
    assert_eq!(whole_edition(&*store), next);
}

#[test]
fn a_killed_import_leaves_the_old_or_the_new_files() {
    let home = Home::geopackage();
    let Home::GeoPackage(folder) = &home else { unreachable!() };
    kill_many(&home, |found| {
        assert!(!folder.path().join("assetmap.staging").exists());
        check_twin(folder, found);
    });
}

#[test]
fn a_killed_import_leaves_the_old_or_the_new_rows() {
    let home = Home::postgis();
    let Home::PostGis(database) = &home else { unreachable!() };
    kill_many(&home, |found| check_sealed(database, found));
}

#[test]
fn a_store_that_is_killed_while_it_is_made_can_be_made_again() {
    for millis in [1, 2, 3, 4, 5, 6, 8, 10, 14, 20, 30, 45, 70, 100] {
        for home in [Home::geopackage(), Home::postgis()] {
            run_and_kill(&home, Duration::from_millis(millis));
            whole_edition(&*home.store());
        }
    }
}
