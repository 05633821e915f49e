//! What is not public is not in the GeoPackage, in no page of it.

mod common;

use common::*;
use model::{Asset, PositionQuality, Visibility};
use store::Store;

const CANARY: &str = "xyzzy-refuge-canary";

fn seen_by(key: &str, name: &str, visibility: Visibility) -> Asset {
    let mut asset = asset(key, name);
    asset.record.visibility = visibility;
    asset
}

#[test]
fn what_was_public_and_is_hidden_leaves_the_file() {
    let folder = Folder::new();
    let store = folder.store();
    // Enough rows, of growing size, that SQLite moves them from page to page.
    let edition = |round: usize, secret: Visibility| -> Vec<Asset> {
        (0..400)
            .map(|n| {
                let visibility = if n % 7 == 0 { secret } else { Visibility::Public };
                let mut asset = seen_by(&n.to_string(), &format!("asset {n}"), visibility);
                let word = if n % 7 == 0 { CANARY } else { "plain words" };
                asset.record.summary = Some(word.repeat(1 + (n * 37 + round * 101) % 60));
                asset.located = at(-2.0 - n as f64 / 100.0, 53.0, PositionQuality::Postcode);
                asset
            })
            .collect()
    };
    for round in 0..5 {
        import(&store, edition(round, Visibility::Public));
    }
    assert!(holds(&folder.gpkg(), CANARY));
    let done = import(&store, edition(4, Visibility::Hidden));
    assert_eq!(told(done), "run 6 revision 6: 0 created, 58 updated, 342 unchanged, 0 absent");
    assert_eq!(counts(&store), "public 342, staff 0, hidden 58, areas 0, postcodes 0");
    for file in ["assetmap.gpkg", "assetmap.gpkg-wal"] {
        assert!(!holds(&folder.path().join(file), CANARY), "still in {file}");
    }
    let outside = rusqlite::Connection::open(folder.gpkg()).unwrap();
    let one = |sql: &str| outside.query_row(sql, [], |row| row.get::<_, f64>(0)).unwrap();
    assert_eq!(one("SELECT count(*) FROM tombstones WHERE revision = 6"), 58.0);
    assert_eq!(
        one("SELECT max_x FROM gpkg_contents WHERE table_name = 'assets'"),
        -2.01,
        "its place has gone too"
    );
    assert_eq!(one("SELECT records FROM sources"), 342.0);

    import(&store, edition(4, Visibility::Public));
    assert_eq!(counts(&store), "public 400, staff 0, hidden 0, areas 0, postcodes 0");
    assert_eq!(one("SELECT count(*) FROM tombstones"), 0.0);
    assert_eq!(one("SELECT max_x FROM gpkg_contents WHERE table_name = 'assets'"), -2.0);
}

#[test]
fn sealed_rows_of_a_publication_that_never_came_are_discarded() {
    let folder = Folder::new();
    let mut club = asset("1", "Club");
    club.record.correspondence = Some(postcode("WA14 9ZZ"));
    import(&folder.store(), vec![club.clone(), seen_by("2", "Hidden", Visibility::Hidden)]);
    let mut other = club.clone();
    other.record.correspondence = Some(postcode("WA14 7XX"));
    let next = vec![
        other,
        seen_by("2", "Hidden, changed", Visibility::Hidden),
        seen_by("3", "New", Visibility::Staff),
    ];
    // The second of the two commits fails, as if the process had been killed between them.
    let outside = rusqlite::Connection::open(folder.gpkg()).unwrap();
    let trip = "CREATE TRIGGER trip BEFORE INSERT ON runs BEGIN SELECT RAISE(ABORT, 'tripped'); END";
    outside.execute_batch(trip).unwrap();
    let store = folder.store();
    let error = try_import(&store, next.clone()).unwrap_err();
    assert_eq!(error.to_string(), "writing the GeoPackage failed: tripped");
    assert_eq!(assets(&store), [club.clone()], "readers take no notice of what is only sealed");
    assert_eq!(counts(&store), "public 1, staff 0, hidden 1, areas 0, postcodes 0");
    drop(store);
    let twin = rusqlite::Connection::open(folder.sealed()).unwrap();
    let sealed = |sql: &str| twin.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
    let names = "SELECT group_concat(name, '; ') FROM sealed_assets";
    assert_eq!(sealed(names), "Hidden; Hidden, changed; New");
    outside.execute_batch("DROP TRIGGER trip").unwrap();

    let store = folder.store();
    assert_eq!((store.revision().unwrap(), assets(&store)), (1, vec![club]));
    assert_eq!(counts(&store), "public 1, staff 0, hidden 1, areas 0, postcodes 0");
    assert_eq!(sealed(names), "Hidden");
    let done = import(&store, next);
    assert_eq!(told(done), "run 2 revision 2: 1 created, 2 updated, 0 unchanged, 0 absent");
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_read_the_twin() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let mode = || std::fs::metadata(folder.sealed()).unwrap().permissions().mode() & 0o777;
    let store = folder.store();
    assert_eq!(mode(), 0o600);
    drop(store);
    std::fs::set_permissions(folder.sealed(), std::fs::Permissions::from_mode(0o644)).unwrap();
    drop(folder.store());
    assert_eq!(mode(), 0o600);
}
