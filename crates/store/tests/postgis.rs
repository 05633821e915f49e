//! What only the database home has: getting in, its schema and roles, and a database that goes away.

mod common;

use common::*;
use model::{Fingerprint, Visibility};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};
use store::{Changes, PostGis, Store, StoreError};
use test_postgis::{Database, PASSWORD, PostGis as Server};

fn database() -> Database {
    Server::shared().database()
}

fn error(address: &str) -> StoreError {
    match PostGis::create_or_open(address) {
        Ok(store) => panic!("{} was opened", store.place()),
        Err(error) => error,
    }
}

#[test]
fn who_may_not_get_in_hears_why_at_once() {
    let database = database();
    let start = Instant::now();
    let wrong = error(&database.url_of("locked:WRONG-SECRET"));
    assert!(matches!(wrong, StoreError::NotLetIn { .. }), "{wrong:?}");
    assert!(wrong.to_string().contains("password authentication failed"), "{wrong}");
    assert!(!format!("{wrong} {wrong:?}").contains("SECRET"), "{wrong:?}");
    let none = error(&Server::shared().url("tester", "no_such_database"));
    assert!(matches!(none, StoreError::NotAStore { .. }), "{none:?}");
    assert!(none.to_string().contains("createdb"), "{none}");
    let away = error("postgres://tester@127.0.0.1:1/assets");
    assert!(matches!(away, StoreError::Unavailable { .. }), "{away:?}");
    assert!(away.to_string().starts_with("postgres://tester@127.0.0.1:1/assets does not answer"), "{away}");
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());

    let right = database.url_of(&format!("locked:{}", PASSWORD.replace('%', "%25").replace('/', "%2F")));
    let store = PostGis::create_or_open(&right).unwrap();
    assert_eq!(store.place(), database.url_of("locked"));
}

#[test]
fn a_connection_is_encrypted_to_whom_the_certificate_names_and_to_nobody_else() {
    let server = Server::start();
    let certificate = server.encrypt();
    server.down("fast");
    server.up();
    let copy = Folder::new();
    let root = copy.path().join("root.pem");
    std::fs::copy(certificate, &root).unwrap();
    let url = server.url("tester", "postgres");
    let store =
        PostGis::create_or_open(&format!("{url}?sslmode=require&sslrootcert={}", root.display())).unwrap();
    import(&store, vec![asset("1", "One")]);
    let encrypted = "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
                     WHERE ssl AND application_name = 'assetmap'";
    assert_ne!(server.query(encrypted), ["0"]);
    let stranger = error(&format!("{url}?sslmode=require"));
    assert!(matches!(stranger, StoreError::NotLetIn { .. }), "{stranger:?}");
    let other_name = url.replace("127.0.0.1", "localhost");
    let misnamed = error(&format!("{other_name}?sslmode=require&sslrootcert={}", root.display()));
    assert!(matches!(misnamed, StoreError::NotLetIn { .. }), "{misnamed:?}");
}

#[test]
fn any_thread_may_ask() {
    let database = database();
    let store = PostGis::create_or_open(&database.url()).unwrap();
    for mut runtime in
        [tokio::runtime::Builder::new_current_thread(), tokio::runtime::Builder::new_multi_thread()]
    {
        let runtime = runtime.enable_all().build().unwrap();
        runtime.block_on(async {
            let name = format!("{:?}", std::thread::current().id());
            import(&store, vec![asset("1", &name)]);
            assert_eq!(names(&store), name);
            drop(PostGis::open(&database.url()).unwrap());
        });
    }
}

#[test]
fn it_heals_when_the_database_comes_back() {
    let server = Server::start();
    let store = PostGis::create_or_open(&server.url("tester", "postgres")).unwrap();
    import(&store, vec![asset("1", "One")]);
    for round in 1..=3 {
        let clubs = source("clubs", model::RecordKind::Group);
        let mut cut_off = store.begin_import(&clubs).unwrap();
        cut_off.assets(staged_all(vec![asset("2", "CANARY")])).unwrap();
        server.down("immediate");
        let start = Instant::now();
        let lost = cut_off.publish(&clubs, &store::FileReport::default()).unwrap_err();
        assert!(matches!(lost, StoreError::Unavailable { .. }), "{lost:?}");
        for answer in [store.revision().map(drop), try_import(&store, vec![]).map(drop)] {
            let away = answer.unwrap_err();
            assert!(matches!(away, StoreError::Unavailable { .. }), "{away:?}");
        }
        assert!(start.elapsed() < Duration::from_secs(2), "it says so at once: {:?}", start.elapsed());
        server.up();
        assert_eq!(names(&store), if round == 1 { "One".into() } else { format!("One {}", round - 1) });
        import(&store, vec![asset("1", &format!("One {round}"))]);
    }
    assert_eq!(store.revision().unwrap(), 4);
}

#[test]
fn a_database_that_is_not_ours_or_too_new_is_refused() {
    let foreign = database();
    foreign.sql("CREATE SCHEMA assetmap");
    assert!(error(&foreign.url()).to_string().contains("a schema named assetmap that assetmap did not make"));

    let empty = database();
    let Err(none) = PostGis::open(&empty.url()) else { panic!("opened what is not there") };
    assert!(none.to_string().contains("nothing has been imported into this database"), "{none}");
    assert_eq!(empty.sql("SELECT count(*) FROM pg_namespace WHERE nspname IN ('assetmap', 'sealed')"), ["0"]);

    let edited = database();
    drop(PostGis::create_or_open(&edited.url()).unwrap());
    edited.sql("UPDATE assetmap.migrations SET checksum = 'other'");
    assert!(error(&edited.url()).to_string().contains("made by another 0001_start.sql"));
    edited.sql("INSERT INTO assetmap.migrations VALUES (9, '0009_later', '')");
    let newer = error(&edited.url()).to_string();
    assert!(newer.contains("its schema is number 9 and this program knows up to 7"), "{newer}");
}

#[test]
fn a_database_of_the_first_schema_goes_on_working() {
    let database = database();
    let first = include_str!("../../../migrations/postgis/0001_start.sql");
    let Fingerprint(bytes) = Fingerprint::of([first.as_bytes()]);
    let checksum: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    database.sql(first);
    database.sql(&format!(
        "CREATE TABLE assetmap.migrations (number integer PRIMARY KEY, name text, checksum text, applied timestamptz);
         INSERT INTO assetmap.migrations VALUES (1, '0001_start', '{checksum}');
         UPDATE assetmap.store SET revision = 7"
    ));
    let store = PostGis::open(&database.url()).unwrap();
    assert!(matches!(store.changes(6, 9).unwrap(), Changes::Everything), "what was before is not known");
    assert!(matches!(store.changes(7, 9).unwrap(), Changes::Assets { .. }));
    assert_eq!(import(&store, vec![asset("1", "One")]).revision, 8);
    let Changes::Assets { assets, .. } = store.changes(7, 9).unwrap() else { panic!("assets") };
    assert_eq!(assets.len(), 1);
}

#[test]
fn the_pool_says_who_asks_and_who_waits() {
    let database = database();
    let store = PostGis::create_or_open(&database.url()).unwrap();
    import(&store, vec![asset("1", "One")]);
    let pool = || store.pool().unwrap();
    let most = pool().most;
    let (release, held) = channel::<()>();
    let held = Mutex::new(held);
    let begun = AtomicUsize::new(0);
    std::thread::scope(|threads| {
        for _ in 0..most {
            // A reading keeps its connection until it has been told everything.
            threads.spawn(|| {
                let mut first = true;
                store.read_all(&mut |_| {
                    if std::mem::take(&mut first) {
                        begun.fetch_add(1, Ordering::SeqCst);
                        let _ = held.lock().unwrap().recv();
                    }
                })
            });
        }
        while begun.load(Ordering::SeqCst) < most {
            std::thread::yield_now();
        }
        assert_eq!((pool().in_use, pool().waiting, pool().gave_up), (most, 0, 0));
        let in_vain = store.revision().unwrap_err();
        assert!(matches!(in_vain, StoreError::Unavailable { .. }), "{in_vain:?}");
        assert!(
            in_vain.to_string().contains("all 8 connections have been in use for 2 seconds"),
            "{in_vain}"
        );
        assert_eq!(pool().gave_up, 1);
        let waiting = threads.spawn(|| store.revision().unwrap());
        while pool().waiting == 0 {
            std::thread::yield_now();
        }
        release.send(()).unwrap();
        assert_eq!(waiting.join().unwrap(), 1, "it got the connection that was given back");
        drop(release);
    });
    let after = pool();
    assert_eq!((after.in_use, after.idle, after.waiting, after.gave_up), (0, most, 0, 1));
    assert!(after.waited >= Duration::from_secs(2), "{after:?}");
}

/// Long enough for any machine; a wait that ends here has failed.
const LONG: Duration = Duration::from_secs(30);

#[test]
fn a_word_that_is_lost_loses_nothing() {
    let database = database();
    let store = PostGis::create_or_open(&database.url()).unwrap();
    let start = Instant::now();
    std::thread::scope(|threads| {
        let waiting = threads.spawn(|| store.wait_for_change(0, LONG).unwrap());
        std::thread::sleep(Duration::from_millis(300));
        database.sql("UPDATE assetmap.store SET revision = 1");
        assert_eq!(waiting.join().unwrap(), 1, "nobody was told, and it looked");
    });
    std::thread::scope(|threads| {
        let waiting = threads.spawn(|| store.wait_for_change(1, LONG).unwrap());
        std::thread::sleep(Duration::from_millis(300));
        let ended = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                     WHERE datname = current_database() AND application_name = 'assetmap'";
        assert_ne!(database.sql(ended), ["0"], "the connection that listened is among them");
        database.sql("UPDATE assetmap.store SET revision = 2");
        assert_eq!(waiting.join().unwrap(), 2, "it listens anew");
    });
    assert!(start.elapsed() < LONG / 2, "{:?}", start.elapsed());
}

#[test]
fn who_waits_hears_that_the_database_is_away_and_follows_when_it_is_back() {
    let server = Server::start();
    let store = PostGis::create_or_open(&server.url("tester", "postgres")).unwrap();
    for round in 0..3 {
        std::thread::scope(|threads| {
            let waiting = threads.spawn(|| store.wait_for_change(round, LONG));
            std::thread::sleep(Duration::from_millis(300));
            server.down(if round == 1 { "fast" } else { "immediate" });
            let start = Instant::now();
            let away = waiting.join().unwrap().unwrap_err();
            assert!(matches!(away, StoreError::Unavailable { .. }), "{away:?}");
            let away = store.changes(round, 9).unwrap_err();
            assert!(matches!(away, StoreError::Unavailable { .. }), "{away:?}");
            assert!(start.elapsed() < LONG / 2, "{:?}", start.elapsed());
        });
        server.up();
        std::thread::scope(|threads| {
            let waiting = threads.spawn(|| store.wait_for_change(round, LONG).unwrap());
            import(&store, vec![asset("1", &format!("round {round}"))]);
            assert_eq!(waiting.join().unwrap(), round + 1);
        });
    }
}

#[test]
fn programs_that_start_at_once_make_the_schema_once() {
    let database = database();
    std::thread::scope(|threads| {
        for _ in 0..6 {
            threads.spawn(|| PostGis::create_or_open(&database.url()).unwrap());
        }
    });
    assert_eq!(
        database.sql("SELECT number, name FROM assetmap.migrations"),
        [
            "1\t0001_start",
            "2\t0002_feed",
            "3\t0003_edits",
            "4\t0004_money",
            "5\t0005_age_bands",
            "6\t0006_lookups",
            "7\t0007_parts_of_months"
        ]
    );
}

#[test]
fn every_table_view_and_column_says_what_it_is() {
    let database = database();
    drop(PostGis::create_or_open(&database.url()).unwrap());
    let silent = database.sql(
        "SELECT c.relnamespace::regnamespace || '.' || c.relname || coalesce('.' || a.attname, '')
         FROM pg_class c
         LEFT JOIN LATERAL (SELECT NULL::name AS attname, 0 AS attnum UNION ALL
                            SELECT attname, attnum FROM pg_attribute
                            WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped) a ON true
         WHERE c.relnamespace IN ('assetmap'::regnamespace, 'sealed'::regnamespace) AND c.relkind IN ('r', 'v')
           AND col_description(c.oid, a.attnum) IS NULL AND (a.attnum > 0 OR obj_description(c.oid) IS NULL)",
    );
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn a_database_from_before_edits_can_be_edited() {
    let database = database();
    import(&PostGis::create_or_open(&database.url()).unwrap(), vec![asset("1", "One"), asset("2", "Two")]);
    database.sql("DROP TABLE sealed.decided, sealed.history, sealed.edit_keys");
    database.sql(WITHOUT_MONEY);
    database.sql("DELETE FROM assetmap.migrations WHERE number >= 3");
    let store = PostGis::create_or_open(&database.url()).unwrap();
    edit_name(&store, &asset("1", "One"), "Uno");
    assert_eq!(names(&store), "Two, Uno");
    assert_eq!(import(&store, vec![asset("1", "One"), asset("2", "Two")]).unchanged, 2);
}

#[test]
fn what_an_edit_hides_is_not_what_the_planner_remembers() {
    let database = database();
    let store = PostGis::create_or_open(&database.url()).unwrap();
    import(&store, (0..50).map(|n| asset(&n.to_string(), &format!("xyzzy {n}"))).collect());
    database.sql("ANALYZE assetmap.assets");
    let remembered =
        "SELECT 1 FROM pg_stats WHERE schemaname = 'assetmap' AND histogram_bounds::text LIKE '%xyzzy 0\"%'";
    assert_eq!(database.sql(remembered).len(), 1);
    let first = store.asset(asset("0", "").id).unwrap().unwrap();
    let action = store::Action::Retire { id: first.asset.id, expected: first.revision };
    let edit = store::Edit { action, by: "ann".into(), reason: None, key: None };
    store.edit(&edit, &|_, _| None).unwrap();
    assert!(database.sql(remembered).is_empty());
}

#[test]
fn a_role_may_do_what_it_is_for() {
    let database = database();
    let owner = PostGis::create_or_open(&database.url()).unwrap();
    let mut hidden = asset("2", "Refuge");
    hidden.record.visibility = Visibility::Hidden;
    import(&owner, vec![asset("1", "One"), hidden]);
    database.sql(
        "DO $$ BEGIN CREATE ROLE test_app LOGIN IN ROLE assetmap_app; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
         DO $$ BEGIN CREATE ROLE test_nobody LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
    );
    let app = PostGis::create_or_open(&database.url_of("test_app")).unwrap();
    let rows = (0..20_500).map(|n| asset(&format!("n{n}"), "Many")).collect();
    let many = import(&app, rows);
    assert_eq!(many.created, 20_500, "an import that would rather make its indexes anew, but may not");
    assert_eq!(counts(&app), "public 20501, staff 0, hidden 1, areas 0, postcodes 0");
    edit_name(&app, &asset("1", "One"), "Uno");
    assert_eq!(owner.asset(asset("1", "").id).unwrap().unwrap().asset.record.name, "Uno");

    let nobody = error(&database.url_of("test_nobody"));
    assert!(matches!(nobody, StoreError::Forbidden { .. }), "{nobody:?}");
    let fresh = self::database();
    let not_the_owner = error(&fresh.url_of("test_nobody"));
    assert!(matches!(not_the_owner, StoreError::Forbidden { .. }), "{not_the_owner:?}");
    assert!(not_the_owner.to_string().contains("permission denied"), "{not_the_owner}");
}

#[test]
fn a_first_load_has_its_indexes_whether_somebody_reads_or_not() {
    let indexes = "SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class c ON c.oid = indrelid
                   WHERE relnamespace IN ('assetmap'::regnamespace, 'sealed'::regnamespace) AND indisvalid ORDER BY 1";
    let rows = || (0..20_500).map(|n| asset(&n.to_string(), "Many")).collect::<Vec<_>>();
    let alone = database();
    let store = PostGis::create_or_open(&alone.url()).unwrap();
    let before = alone.sql(indexes);
    assert!(before.len() > 8, "{before:?}");
    import(&store, rows());
    assert_eq!(alone.sql(indexes), before);

    let read = database();
    let store = PostGis::create_or_open(&read.url()).unwrap();
    std::thread::scope(|threads| {
        let url = read.url();
        threads.spawn(move || {
            let held = Server::shared();
            let name = Path::new(&url).file_name().unwrap().to_str().unwrap().to_owned();
            held.sql(&name, "BEGIN; SELECT count(*) FROM assetmap.assets; SELECT pg_sleep(6); COMMIT")
        });
        std::thread::sleep(Duration::from_secs(1));
        let start = Instant::now();
        assert_eq!(import(&store, rows()).created, 20_500);
        assert!(start.elapsed() < Duration::from_secs(5), "it does not wait for the reader");
    });
    assert_eq!(read.sql(indexes), before);
}

#[test]
fn a_text_that_the_database_cannot_hold_is_a_bad_row() {
    let database = database();
    let store = PostGis::create_or_open(&database.url()).unwrap();
    let error = try_import(&store, vec![asset("1", "One"), asset("2", "T\0wo")]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the row at line 3 cannot be staged: it holds the character NUL; take it out"
    );
    assert_eq!(store.revision().unwrap(), 0);
}
