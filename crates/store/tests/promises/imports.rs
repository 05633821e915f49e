//! What an import does to what is there, told in one line each.

use crate::common::*;
use model::{PositionQuality, RecordKind};
use store::{FileReport, StoreError};

crate::in_both_homes!(
    rows_are_created_updated_unchanged_or_absent,
    another_source_with_the_same_keys_is_another_matter,
    a_position_found_meanwhile_is_kept_though_the_row_is_the_same,
    a_dropped_import_leaves_no_trace,
    a_key_given_twice_is_refused_and_nothing_of_that_import_remains,
    a_row_of_another_source_is_refused,
    two_opens_see_each_others_revisions_and_only_one_writes,
    a_reader_keeps_its_moment_while_an_import_is_published,
    readers_and_writers_in_threads_never_see_half_an_import
);

fn rows_are_created_updated_unchanged_or_absent(home: &Home) {
    let store = home.store();
    let first = vec![asset("1", "One"), asset("2", "Two"), asset("3", "Three")];
    assert_eq!(
        told(import(&*store, first.clone())),
        "run 1 revision 1: 3 created, 0 updated, 0 unchanged, 0 absent"
    );
    let again = first.iter().rev().cloned().collect();
    assert_eq!(told(import(&*store, again)), "run 2 revision 1: 0 created, 0 updated, 3 unchanged, 0 absent");
    let next = vec![asset("3", "Three, renamed"), asset("1", "One"), asset("4", "Four")];
    assert_eq!(told(import(&*store, next)), "run 3 revision 2: 1 created, 1 updated, 1 unchanged, 1 absent");
    assert_eq!(names(&*store), "Four, One, Three, renamed, Two");
    assert_eq!(
        told(import(&*store, vec![])),
        "run 4 revision 2: 0 created, 0 updated, 0 unchanged, 4 absent"
    );
}

fn another_source_with_the_same_keys_is_another_matter(home: &Home) {
    let store = home.store();
    import(&*store, vec![asset("1", "One")]);
    let parks = source("parks", RecordKind::Building);
    let mut other = asset("1", "One park");
    other.record.source = "parks".into();
    other.id = other.record.id();
    let mut import = store.begin_import(&parks).unwrap();
    import.assets(staged_all(vec![other])).unwrap();
    let done = import.publish(&parks, &FileReport::default()).unwrap();
    assert_eq!(told(done), "run 2 revision 2: 1 created, 0 updated, 0 unchanged, 0 absent");
    assert_eq!(names(&*store), "One, One park");
}

fn a_position_found_meanwhile_is_kept_though_the_row_is_the_same(home: &Home) {
    let store = home.store();
    let mut one = asset("1", "One");
    import(&*store, vec![one.clone()]);
    one.located = at(-2.3, 53.4, PositionQuality::Postcode);
    assert_eq!(
        told(import(&*store, vec![one.clone()])),
        "run 2 revision 2: 0 created, 1 updated, 0 unchanged, 0 absent"
    );
    assert_eq!(assets(&*store), [one]);
}

fn a_dropped_import_leaves_no_trace(home: &Home) {
    let store = home.store();
    import(&*store, vec![asset("1", "One")]);
    let clubs = source("clubs", RecordKind::Group);
    let mut dropped = store.begin_import(&clubs).unwrap();
    dropped.assets(staged_all(vec![asset("1", "Other"), asset("2", "CANARY")])).unwrap();
    drop(dropped);
    assert_eq!(
        (store.revision().unwrap(), names(&*store), store.runs(None, 9).unwrap().len()),
        (1, "One".into(), 1)
    );
    drop(store);
    assert!(!home.shows("CANARY") && !home.seals("CANARY"));
    let end = std::time::Instant::now() + std::time::Duration::from_secs(5);
    while !home.leftovers().is_empty() && std::time::Instant::now() < end {
        std::thread::sleep(std::time::Duration::from_millis(20)); // the database is told, and then it forgets
    }
    assert_eq!(home.leftovers(), "");
}

fn a_key_given_twice_is_refused_and_nothing_of_that_import_remains(home: &Home) {
    let store = home.store();
    let error = try_import(&*store, vec![asset("1", "One"), asset("1", "Uno")]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the row at line 3 cannot be staged: another row of this file has the same key; keep one of the two"
    );
    let clubs = source("clubs", RecordKind::Group);
    let mut import = store.begin_import(&clubs).unwrap();
    import.assets(staged_all(vec![asset("1", "One")])).unwrap();
    import.assets(staged_all(vec![asset("2", "Two"), asset("1", "Uno")])).unwrap();
    let error = import.publish(&clubs, &FileReport::default()).unwrap_err();
    assert!(matches!(error, StoreError::BadRow { line: 3, .. }), "in a later batch too: {error}");
    assert_eq!((store.revision().unwrap(), names(&*store)), (0, String::new()));
}

fn a_row_of_another_source_is_refused(home: &Home) {
    let store = home.store();
    let parks = source("parks", RecordKind::Building);
    let mut import = store.begin_import(&parks).unwrap();
    let error = import.assets(staged_all(vec![asset("1", "One")])).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the row at line 2 cannot be staged: it is of the source clubs, in an import of parks"
    );
    assert!(matches!(import.publish(&parks, &FileReport::default()), Err(StoreError::Misused { .. })));
    assert_eq!(store.revision().unwrap(), 0);
}

fn two_opens_see_each_others_revisions_and_only_one_writes(home: &Home) {
    let (one, two) = (home.store(), home.store());
    assert_eq!(two.revision().unwrap(), 0);
    import(&*one, vec![asset("1", "One")]);
    assert_eq!((two.revision().unwrap(), names(&*two)), (1, "One".into()));

    let clubs = source("clubs", RecordKind::Group);
    let running = one.begin_import(&clubs).unwrap();
    let Err(busy) = two.begin_import(&clubs) else { panic!("two imports at once") };
    assert!(matches!(busy, StoreError::Busy { .. }) && busy.to_string().contains("Wait until"), "{busy}");
    assert_eq!(names(&*two), "One", "readers go on");
    drop(running);
    import(&*two, vec![asset("2", "Two")]);
    assert_eq!(names(&*one), "One, Two");
}

fn a_reader_keeps_its_moment_while_an_import_is_published(home: &Home) {
    let store = home.store();
    let mut one = asset("1", "One");
    one.record.correspondence = Some(postcode("WA14 1AH"));
    import(&*store, vec![one.clone(), asset("2", "Two")]);
    let mut seen = Vec::new();
    let revision = store
        .read_all(&mut |entry| {
            if let store::Entry::Source(_) = entry {
                // three publications while this one reading goes on
                for postcode in ["WA15 1AH", "WA16 1AH", "WA17 1AH"] {
                    let mut changed = asset("1", "Changed");
                    changed.record.correspondence = Some(crate::common::postcode(postcode));
                    import(&*store, vec![changed]);
                }
            } else if let store::Entry::Asset(asset) = entry {
                seen.push(asset.record);
            }
        })
        .unwrap();
    assert_eq!((revision, store.revision().unwrap()), (1, 4));
    assert_eq!(seen, [one.record, asset("2", "Two").record]);
}

fn readers_and_writers_in_threads_never_see_half_an_import(home: &Home) {
    let store = home.store();
    let edition = |name: &str| (0..50).map(|n| asset(&n.to_string(), name)).collect::<Vec<_>>();
    import(&*store, edition("0"));
    std::thread::scope(|threads| {
        let readers: Vec<_> = (0..2)
            .map(|_| {
                threads.spawn(|| {
                    while store.revision().unwrap() < 12 {
                        let names: Vec<String> = assets(&*store).into_iter().map(|a| a.record.name).collect();
                        assert_eq!(names.len(), 50);
                        assert!(names.iter().all(|n| *n == names[0]), "half an import: {names:?}");
                    }
                })
            })
            .collect();
        for n in 1..12 {
            import(&*store, edition(&n.to_string()));
        }
        readers.into_iter().for_each(|r| r.join().unwrap());
    });
}
