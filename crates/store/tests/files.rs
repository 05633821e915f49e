//! Which files are taken and which are refused, and what others can do with ours.

mod common;

use common::*;
use rusqlite::Connection;
use std::path::Path;
use store::{Changes, GeoPackage, Store, StoreError};

/// What opening says, without the folder's name.
fn refusal(path: &Path) -> String {
    let text = match GeoPackage::create_or_open(path) {
        Ok(_) => "taken".to_owned(),
        Err(error) => error.to_string(),
    };
    text.replace(&format!("{}/", path.parent().unwrap().display()), "")
}

fn check(path: &Path, expected: &str) {
    let found = refusal(path);
    assert!(found.contains(expected), "{found}");
}

#[test]
fn what_is_not_a_store_is_refused_in_words() {
    let folder = Folder::new();
    let file = |name: &str| folder.path().join(name);
    std::fs::write(file("text.gpkg"), "name,postcode\n".repeat(500)).unwrap();
    check(
        &file("text.gpkg"),
        "text.gpkg cannot be used as a store: it is not a GeoPackage, and not an SQLite",
    );
    Connection::open(file("other.gpkg")).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
    check(&file("other.gpkg"), "it is an SQLite database, but not one of assetmap's");
    let foreign = "PRAGMA application_id = 0x47504B47; CREATE TABLE gpkg_contents (table_name TEXT)";
    Connection::open(file("foreign.gpkg")).unwrap().execute_batch(foreign).unwrap();
    check(&file("foreign.gpkg"), "it is a GeoPackage that another program has made");
    std::fs::create_dir(file("folder.gpkg")).unwrap();
    check(&file("folder.gpkg"), "it is a folder; name a file in it");
    check(&file("nowhere/assetmap.gpkg"), "its folder does not exist; make the folder first");
    check(&file("assetmap.sealed"), "a store needs this name for its own use");
    let Err(missing) = GeoPackage::open(file("none.gpkg")) else { panic!("opened what is not there") };
    assert!(missing.to_string().contains("there is no such file"), "{missing}");
    assert_eq!(folder.listing(), "folder.gpkg foreign.gpkg other.gpkg text.gpkg", "nothing was made or left");
}

#[test]
fn real_geopackages_of_others_are_refused_and_left_alone() {
    let Some(data) = std::env::var_os("ASSETMAP_REAL_DATA") else {
        println!("skipped: ASSETMAP_REAL_DATA is not set");
        return;
    };
    let folder = Folder::new();
    for entry in std::fs::read_dir(Path::new(&data).join("hostile/gpkg")).unwrap() {
        let original = entry.unwrap().path();
        let copy = folder.path().join(original.file_name().unwrap());
        std::fs::write(&copy, std::fs::read(&original).unwrap()).unwrap();
        let found = refusal(&copy);
        assert!(
            found.contains("another program has made") || found.contains("not one of assetmap's"),
            "{found}"
        );
        assert_eq!(std::fs::read(&original).unwrap(), std::fs::read(&copy).unwrap());
    }
}

#[test]
fn a_store_of_a_newer_program_is_refused() {
    let folder = Folder::new();
    drop(folder.store());
    let outside = Connection::open(folder.gpkg()).unwrap();
    outside.execute_batch("UPDATE assetmap_guard SET open = 1").unwrap();
    outside.execute_batch("INSERT INTO assetmap_migrations VALUES (9, '0009_later', '')").unwrap();
    drop(outside);
    check(
        &folder.gpkg(),
        "written by a newer assetmap: its schema is number 9 and this program knows up to 7",
    );
}

#[test]
fn files_of_the_first_schema_go_on_working() {
    let folder = Folder::new();
    let made = |path: &Path, name: &str, sql: &str, state: &str| {
        let conn = Connection::open(path).unwrap();
        conn.execute_batch(sql).unwrap();
        conn.execute_batch(
            "CREATE TABLE assetmap_migrations (number INTEGER PRIMARY KEY, name TEXT, applied TEXT)",
        )
        .unwrap();
        conn.execute("INSERT INTO assetmap_migrations VALUES (1, ?1, '')", [name]).unwrap();
        conn.execute_batch(state).unwrap();
    };
    made(
        &folder.gpkg(),
        "0001_start",
        include_str!("../../../migrations/sqlite/0001_start.sql"),
        "UPDATE assetmap_store SET store = 'ours', revision = 7",
    );
    made(
        &folder.sealed(),
        "0001_start.sealed",
        include_str!("../../../migrations/sqlite/0001_start.sealed.sql"),
        "INSERT INTO sealed_store VALUES ('ours', 7, 0)",
    );
    let store = folder.store();
    assert!(matches!(store.changes(6, 9).unwrap(), Changes::Everything), "what was before is not known");
    assert!(matches!(store.changes(7, 9).unwrap(), Changes::Assets { .. }));
    assert_eq!(import(&store, vec![asset("1", "One")]).revision, 8);
    let Changes::Assets { assets, .. } = store.changes(7, 9).unwrap() else { panic!("assets") };
    assert_eq!(assets.len(), 1);
}

#[test]
fn a_store_from_before_edits_can_be_edited() {
    let folder = Folder::new();
    import(&folder.store(), vec![asset("1", "One"), asset("2", "Two")]);
    for (file, undo) in [
        (folder.gpkg(), format!("UPDATE assetmap_guard SET open = 1; {}", without_money())),
        (
            folder.sealed(),
            "DROP TABLE sealed_decided; DROP TABLE sealed_history; DROP TABLE sealed_edit_keys".into(),
        ),
    ] {
        let outside = Connection::open(file).unwrap();
        outside.execute_batch(&undo).unwrap();
        outside.execute_batch("DELETE FROM assetmap_migrations WHERE number >= 3").unwrap();
    }
    let store = folder.store();
    edit_name(&store, &asset("1", "One"), "Uno");
    assert_eq!(names(&store), "Two, Uno");
    assert_eq!(import(&store, vec![asset("1", "One"), asset("2", "Two")]).unchanged, 2);
}

#[test]
fn the_two_files_belong_together() {
    let (one, two, three) = (Folder::new(), Folder::new(), Folder::new());
    for folder in [&one, &two] {
        import(&folder.store(), vec![asset("1", "One")]);
    }
    std::fs::copy(one.gpkg(), three.gpkg()).unwrap();
    check(&three.gpkg(), "its sealed twin, assetmap.sealed, is missing");
    assert_eq!(three.listing(), "assetmap.gpkg", "a missing twin is not made up");
    std::fs::copy(two.sealed(), three.sealed()).unwrap();
    check(&three.gpkg(), "it is the sealed twin of another store");
    std::fs::copy(one.sealed(), three.sealed()).unwrap();
    check(&three.gpkg(), "taken");

    import(&one.store(), vec![asset("2", "Two")]);
    std::fs::copy(one.gpkg(), three.gpkg()).unwrap();
    check(&three.gpkg(), "its sealed twin is older (revision 1) than its GeoPackage (revision 2)");
    std::fs::copy(one.sealed(), three.sealed()).unwrap();
    check(&three.gpkg(), "taken");
    import(&one.store(), vec![asset("3", "Three")]);
    std::fs::copy(one.sealed(), three.sealed()).unwrap();
    check(&three.gpkg(), "its sealed twin is newer (revision 3) than its GeoPackage (revision 2)");
    std::fs::remove_file(three.gpkg()).unwrap();
    check(&three.gpkg(), "it is the sealed twin of a GeoPackage that is not there any more");
}

#[test]
fn an_empty_file_becomes_a_store_and_a_fresh_store_gets_its_twin() {
    let folder = Folder::new();
    std::fs::write(folder.gpkg(), "").unwrap();
    drop(folder.store());
    std::fs::remove_file(folder.sealed()).unwrap();
    assert_eq!(folder.store().revision().unwrap(), 0);
}

#[test]
fn edits_from_outside_are_refused_on_every_table() {
    let folder = Folder::new();
    let store = folder.store();
    import(&store, vec![asset("1", "One")]);
    let outside = Connection::open(folder.gpkg()).unwrap();
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let tables: Vec<String> =
        outside.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut checked = 0;
    for table in tables.iter().filter(|t| *t != "assetmap_guard") {
        let columns = "SELECT group_concat('1') FROM pragma_table_info(?1)";
        let ones: String = outside.query_row(columns, [table], |row| row.get(0)).unwrap();
        let column: String = outside
            .query_row("SELECT name FROM pragma_table_info(?1) LIMIT 1", [table], |row| row.get(0))
            .unwrap();
        let some: bool =
            outside.query_row(&format!("SELECT count(*) > 0 FROM {table}"), [], |row| row.get(0)).unwrap();
        let mut edits = vec![format!("INSERT INTO {table} VALUES ({ones})")];
        if some {
            edits.push(format!("UPDATE {table} SET {column} = {column}"));
            edits.push(format!("DELETE FROM {table}"));
        }
        for edit in edits {
            let error = outside.execute(&edit, []).unwrap_err().to_string();
            assert!(error.starts_with("This file is kept by assetmap: "), "{edit}: {error}");
            checked += 1;
        }
    }
    assert_eq!((tables.len(), checked), (17, 32));
    assert_eq!(names(&store), "One");
}

#[test]
fn it_says_that_it_is_a_geopackage() {
    let folder = Folder::new();
    let mut placed = asset("1", "One");
    placed.located = at(-2.5, 53.25, model::PositionQuality::Uprn);
    let mut second = asset("2", "Two");
    second.located = at(-2.25, 53.5, model::PositionQuality::Uprn);
    import(&folder.store(), vec![placed, second, asset("3", "Nowhere")]);
    let outside = Connection::open(folder.gpkg()).unwrap();
    let text = |sql: &str| -> String {
        let mut statement = outside.prepare(sql).unwrap();
        let width = statement.column_count();
        let rows = statement.query_map([], |row| {
            let cells = (0..width).map(|i| row.get::<_, rusqlite::types::Value>(i));
            let cells: rusqlite::Result<Vec<String>> = cells.map(|c| c.map(show)).collect();
            cells.map(|cells| cells.join(" "))
        });
        rows.unwrap().map(Result::unwrap).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(text("PRAGMA application_id"), "1196444487");
    assert_eq!(text("PRAGMA user_version"), "10300");
    assert_eq!(text("PRAGMA integrity_check"), "ok");
    assert_eq!(text("PRAGMA foreign_key_check"), "");
    assert_eq!(text("PRAGMA journal_mode"), "delete", "a file to hand around stands alone");
    assert_eq!(text("SELECT srs_id FROM gpkg_spatial_ref_sys ORDER BY 1"), "-1\n0\n4326");
    assert_eq!(
        text(
            "SELECT table_name, data_type, min_x, min_y, max_x, max_y, srs_id FROM gpkg_contents ORDER BY 1"
        ),
        "allocations attributes - - - - -\n\
         assets features -2.5 53.25 -2.25 53.5 4326\n\
         localities features - - - - 4326\n\
         placements attributes - - - - -\n\
         populations attributes - - - - -\n\
         postcodes attributes - - - - -\n\
         runs attributes - - - - -\n\
         sources attributes - - - - -\n\
         spend attributes - - - - -\n\
         weight_sets attributes - - - - -"
    );
    assert_eq!(
        text(
            "SELECT table_name, column_name, geometry_type_name, srs_id FROM gpkg_geometry_columns ORDER BY 1"
        ),
        "assets geom POINT 4326\nlocalities geom MULTIPOLYGON 4326"
    );
    let changed = text("SELECT last_change FROM gpkg_contents WHERE table_name = 'assets'");
    assert_eq!(changed, text("SELECT at FROM runs"));
}

fn show(value: rusqlite::types::Value) -> String {
    use rusqlite::types::Value::*;
    match value {
        Null => "-".into(),
        Integer(n) => n.to_string(),
        Real(n) => n.to_string(),
        Text(t) => t,
        Blob(b) => format!("{b:?}"),
    }
}

#[test]
fn gdal_reads_it_as_it_stands() {
    let folder = Folder::new();
    let mut placed = asset("1", "One");
    placed.located = at(-2.5, 53.25, model::PositionQuality::Uprn);
    import(&folder.store(), vec![placed, asset("2", "Nowhere")]);
    let Ok(told) = std::process::Command::new("ogrinfo").args(["-al", "-ro"]).arg(folder.gpkg()).output()
    else {
        println!("skipped: ogrinfo is not installed");
        return;
    };
    let (out, err) = (String::from_utf8_lossy(&told.stdout), String::from_utf8_lossy(&told.stderr));
    assert!(told.status.success() && err.is_empty(), "{err}");
    for words in [
        "Layer name: assets",
        "Layer name: localities",
        "Layer name: sources",
        "Layer name: postcodes",
        "Layer name: runs",
        "Feature Count: 2",
        "POINT (-2.5 53.25)",
    ] {
        assert!(out.contains(words), "no {words:?} in {out}");
    }
}

#[test]
fn a_store_that_may_not_be_written_can_still_be_read() {
    let folder = Folder::new();
    import(&folder.store(), vec![asset("1", "One")]);
    let read_only = |yes: bool| {
        for path in [folder.gpkg(), folder.sealed(), folder.path().to_owned()] {
            let mut permissions = std::fs::metadata(&path).unwrap().permissions();
            permissions.set_readonly(yes);
            #[cfg(unix)]
            if !yes {
                use std::os::unix::fs::PermissionsExt;
                permissions.set_mode(0o700);
            }
            std::fs::set_permissions(&path, permissions).unwrap();
        }
    };
    read_only(true);
    if std::fs::write(folder.path().join("probe"), "").is_ok() {
        println!("skipped: this user may write everywhere");
    } else {
        let store = GeoPackage::open(folder.gpkg()).unwrap();
        assert_eq!(names(&store), "One");
        let error = try_import(&store, vec![]).unwrap_err();
        assert!(matches!(error, StoreError::ReadOnly { .. }), "{error}");
    }
    read_only(false);
}
