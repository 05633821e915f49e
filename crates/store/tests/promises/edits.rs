//! What people decide: it is there at once, stays when imports come, and says who, when and why.

use crate::common::*;
use model::{Asset, AssetId, AssetRecord, Located, Position, PositionQuality, PostcodeRecord, Visibility};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use store::{Action, AssetState, ENTERED, Edit, Edited, Entry, Revision, Store, StoreError};

crate::in_both_homes!(
    an_edit_is_in_every_answer_with_one_new_revision,
    an_edit_survives_imports_and_says_when_the_source_disagrees,
    rows_are_counted_as_if_nobody_had_decided_anything,
    what_changes_nothing_leaves_no_revision_and_no_trace,
    who_has_seen_something_else_gets_what_is_there_now,
    a_named_edit_is_made_once,
    what_is_entered_here_has_a_source_of_our_own,
    one_that_is_retired_is_found_by_nobody_until_it_is_restored,
    an_edit_may_hide_and_show,
    an_edited_postcode_is_placed_and_moves_with_new_postcodes,
    an_edited_position_wins_over_postcodes_and_sources,
    a_place_that_an_import_cannot_know_is_looked_for,
    history_is_newest_first_and_in_pages,
    who_decided_what_is_sealed,
    a_thousand_edits_from_eight_threads_lose_none,
);

pub fn locate(record: &AssetRecord, postcode: Option<&PostcodeRecord>) -> Option<Located> {
    let own = record.position.map(|position| (position, PositionQuality::Surveyed));
    let by_postcode = || Some((postcode?.position?, PositionQuality::Postcode));
    own.or_else(by_postcode).map(|(position, quality)| Located { position, quality })
}

pub fn edit(action: Action) -> Edit {
    Edit { action, by: "ann@example.org".into(), reason: None, key: None }
}

pub fn state(store: &dyn Store, id: AssetId) -> AssetState {
    store.asset(id).unwrap().expect("it is there")
}

pub fn change(id: AssetId, expected: Revision, fields: Value) -> Edit {
    edit(Action::Change { id, expected, fields: serde_json::from_value(fields).unwrap() })
}

/// Changes an asset as it is now.
pub fn set(store: &dyn Store, id: AssetId, fields: Value) -> AssetState {
    let expected = state(store, id).revision;
    store.edit(&change(id, expected, fields), &locate).unwrap().asset
}

fn retire(store: &dyn Store, id: AssetId) -> AssetState {
    let expected = state(store, id).revision;
    store.edit(&edit(Action::Retire { id, expected }), &locate).unwrap().asset
}

fn restore(store: &dyn Store, id: AssetId) -> AssetState {
    let expected = state(store, id).revision;
    store.edit(&edit(Action::Restore { id, expected }), &locate).unwrap().asset
}

fn with_phone(phone: &str) -> Asset {
    let mut club = asset("1", "Club");
    club.record.phone = Some(phone.into());
    club.record.correspondence = Some(postcode("WA14 9ZZ"));
    club
}

/// Field, value, what the source says, and whether it disagrees.
fn edited(state: &AssetState) -> String {
    let field = |e: &store::EditedField| {
        let word = if e.disagrees { " DISAGREES" } else { "" };
        format!("{} {} over {}{word}", e.field, e.value, e.source_says)
    };
    state.edited.iter().map(field).collect::<Vec<_>>().join("; ")
}

/// What happened, newest first.
fn told_history(store: &dyn Store, id: AssetId) -> String {
    let one = |h: &store::Happening| {
        let fields = h.fields.iter().map(|(field, (from, to))| format!(" {field} {from} to {to}"));
        let by = h.by.as_deref().map(|by| format!(" by {by}")).unwrap_or_default();
        let run = h.run.map(|run| format!(" run {run}")).unwrap_or_default();
        format!("{} {:?}{by}{run}:{}", h.revision, h.what, fields.collect::<String>())
    };
    let all = store.history(id, None, 99).unwrap();
    all.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn an_edit_is_in_every_answer_with_one_new_revision(home: &Home) {
    let store = home.store();
    let club = with_phone("1");
    import(&*store, vec![asset("0", "Other"), club.clone()]);
    let before = state(&*store, club.id);
    assert_eq!((before.asset.clone(), before.revision, before.retired), (club.clone(), 1, false));
    assert_eq!(store.asset(AssetId::of("clubs", "none")).unwrap(), None);

    let done = set(&*store, club.id, json!({"phone": " 2 ", "categories": ["hall"]}));
    let mut expected = club.clone();
    expected.record.phone = Some("2".into());
    expected.record.categories = model::CategorySet::parse_query("hall").unwrap();
    assert_eq!((done.revision, done.asset.clone()), (2, expected.clone()));
    drop(store);
    let store = home.store();
    assert_eq!(store.revision().unwrap(), 2);
    assert_eq!(assets(&*store), [asset("0", "Other"), expected], "in its old place");
    assert_eq!(state(&*store, club.id), done);
    assert_eq!(edited(&done), r#"categories ["hall"] over []; phone "2" over "1""#);
    assert!(done.edited.iter().all(|e| e.by == "ann@example.org" && e.at.ends_with('Z')));
}

fn an_edit_survives_imports_and_says_when_the_source_disagrees(home: &Home) {
    let store = home.store();
    let id = with_phone("1").id;
    import(&*store, vec![with_phone("1")]);
    set(&*store, id, json!({"phone": "2"}));
    for (says, expected) in [
        ("1", r#"phone "2" over "1""#),
        ("3", r#"phone "2" over "3" DISAGREES"#),
        ("2", r#"phone "2" over "2""#),
        ("1", r#"phone "2" over "1""#),
    ] {
        let mut next = with_phone(says);
        next.record.summary = Some(format!("as of {says}"));
        import(&*store, vec![next.clone()]);
        next.record.phone = Some("2".into());
        assert_eq!(assets(&*store), [next]);
        assert_eq!(edited(&state(&*store, id)), expected);
    }
    let back = set(&*store, id, json!({"phone": "1"}));
    assert_eq!(edited(&back), r#"phone "1" over "1""#);
    assert_eq!(
        told_history(&*store, id),
        "7 Changed by ann@example.org: phone \"2\" to \"1\"\n\
         6 Imported run 5: phone \"2\" to \"1\" summary \"as of 2\" to \"as of 1\"\n\
         5 Imported run 4: phone \"3\" to \"2\" summary \"as of 3\" to \"as of 2\"\n\
         4 Imported run 3: phone \"1\" to \"3\" summary \"as of 1\" to \"as of 3\"\n\
         3 Imported run 2: summary null to \"as of 1\"\n\
         2 Changed by ann@example.org: phone \"1\" to \"2\""
    );
}

fn rows_are_counted_as_if_nobody_had_decided_anything(home: &Home) {
    let store = home.store();
    let (a, b) = (with_phone("1"), asset("2", "Two"));
    import(&*store, vec![a.clone(), b.clone(), asset("3", "Three")]);
    set(&*store, a.id, json!({"phone": "9", "visibility": "staff"}));
    set(&*store, b.id, json!({"name": "Second", "position": [-2.5, 53.5]}));
    retire(&*store, asset("3", "").id);
    let rows = |phone: &str| vec![asset("3", "Three"), with_phone(phone), b.clone()];
    let again = told(import(&*store, rows("1")));
    assert_eq!(again, "run 2 revision 4: 0 created, 0 updated, 3 unchanged, 0 absent");
    let next = told(import(&*store, rows("2")));
    assert_eq!(next, "run 3 revision 5: 0 created, 1 updated, 2 unchanged, 0 absent");
    let again = told(import(&*store, rows("2")));
    assert_eq!(again, "run 4 revision 5: 0 created, 0 updated, 3 unchanged, 0 absent");
    let mut hidden = staged_all(rows("2"));
    hidden[1].value.record.visibility = Visibility::Hidden;
    let clubs = source("clubs", model::RecordKind::Group);
    let mut import = store.begin_import(&clubs).unwrap();
    import.assets(hidden).unwrap();
    let done = told(import.publish(&clubs, &store::FileReport::default()).unwrap());
    assert_eq!(done, "run 5 revision 6: 0 created, 1 updated, 2 unchanged, 0 absent", "a rule hides it");
    let now = state(&*store, a.id);
    assert_eq!(now.asset.record.visibility, Visibility::Staff, "and the person wins");
    assert_eq!(edited(&now), r#"phone "9" over "2" DISAGREES; visibility "staff" over "hidden" DISAGREES"#);
}

fn what_changes_nothing_leaves_no_revision_and_no_trace(home: &Home) {
    let store = home.store();
    let club = with_phone("1");
    import(&*store, vec![club.clone()]);
    let before = state(&*store, club.id);
    let same =
        json!({"phone": "1 ", "name": "Club", "summary": " ", "position": null, "visibility": "public"});
    let mut named = change(club.id, 1, same);
    named.key = Some("k".into());
    let done = store.edit(&named, &locate).unwrap();
    assert_eq!(done, Edited { asset: before.clone(), replayed: false });
    assert_eq!(restore(&*store, club.id), before, "it is not retired");
    assert_eq!((store.revision().unwrap(), told_history(&*store, club.id)), (1, String::new()));
    let other = set(&*store, club.id, json!({"phone": "1", "name": "Klub"}));
    assert_eq!(edited(&other), r#"name "Klub" over "Club""#, "a form sends all fields");
}

fn who_has_seen_something_else_gets_what_is_there_now(home: &Home) {
    let store = home.store();
    let club = with_phone("1");
    import(&*store, vec![club.clone()]);
    let now = set(&*store, club.id, json!({"phone": "2"}));
    for action in [
        change(club.id, 1, json!({"phone": "3"})).action,
        Action::Retire { id: club.id, expected: 1 },
        Action::Restore { id: club.id, expected: 3 },
    ] {
        let error = store.edit(&edit(action), &locate).unwrap_err();
        assert!(matches!(&error, StoreError::Conflict(there) if **there == now), "{error:?}");
    }
    let nobody = AssetId::of("clubs", "none");
    let error = store.edit(&change(nobody, 1, json!({"phone": "3"})), &locate).unwrap_err();
    assert!(matches!(error, StoreError::NoSuchAsset(id) if id == nobody), "{error:?}");
    let error = store.edit(&change(club.id, 2, json!({"postcode": "M33"})), &locate).unwrap_err();
    assert!(matches!(&error, StoreError::BadField(bad) if bad.field == "postcode"), "{error:?}");
    assert_eq!(store.revision().unwrap(), 2);
    assert_eq!(set(&*store, club.id, json!({"phone": "4"})).revision, 3, "and it goes on");
}

fn a_named_edit_is_made_once(home: &Home) {
    let store = home.store();
    let club = with_phone("1");
    import(&*store, vec![club.clone()]);
    let mut named = change(club.id, 1, json!({"phone": "2"}));
    named.key = Some("a'b".into());
    let first = store.edit(&named, &locate).unwrap();
    assert!(!first.replayed);
    let second = home.store().edit(&named, &locate).unwrap();
    assert_eq!(second, Edited { asset: first.asset, replayed: true });
    let later = set(&*store, club.id, json!({"phone": "3"}));
    let third = store.edit(&named, &locate).unwrap();
    assert_eq!(third, Edited { asset: later, replayed: true }, "as it is now");
    let mut other = change(club.id, 3, json!({"phone": "4"}));
    other.key = named.key.clone();
    let error = store.edit(&other, &locate).unwrap_err();
    assert!(matches!(&error, StoreError::KeyReused(key) if key == "a'b"), "{error:?}");
    assert_eq!(store.revision().unwrap(), 3);
}

fn entry(key: &str, name: &str) -> AssetRecord {
    let mut record = AssetRecord::blank(ENTERED, key);
    record.name = name.into();
    record
}

fn create(store: &dyn Store, record: AssetRecord) -> AssetState {
    store.edit(&edit(Action::Create(Box::new(record))), &locate).unwrap().asset
}

fn what_is_entered_here_has_a_source_of_our_own(home: &Home) {
    let store = home.store();
    let done = create(&*store, entry("a", "Oak Club"));
    assert_eq!((done.revision, done.edited.len(), done.retired), (1, 0, false));
    let Entry::Source(source) = &all(&*store)[0] else { panic!("a source comes first") };
    assert_eq!((source.id.as_str(), source.title.as_str()), (ENTERED, "Entered here"));
    assert_eq!(assets(&*store), std::slice::from_ref(&done.asset));
    let mut staff = entry("b", "Key safe");
    staff.visibility = Visibility::Staff;
    create(&*store, staff.clone());
    assert_eq!(counts(&*store), "public 1, staff 1, hidden 0, areas 0, postcodes 0");
    let again = edit(Action::Create(Box::new(entry("a", "Another"))));
    let error = store.edit(&again, &locate).unwrap_err();
    assert!(matches!(&error, StoreError::Conflict(there) if **there == done), "{error:?}");
    set(&*store, done.asset.id, json!({"name": "Oak Club, new"}));
    set(&*store, staff.id(), json!({"visibility": "public"}));
    assert_eq!((names(&*store), store.revision().unwrap()), ("Key safe, Oak Club, new".into(), 4));
    let history = told_history(&*store, done.asset.id);
    assert!(history.ends_with(r#"1 Created by ann@example.org: name "" to "Oak Club""#), "{history}");
    let clubs = told(import(&*store, vec![asset("1", "One")]));
    assert_eq!(clubs, "run 1 revision 5: 1 created, 0 updated, 0 unchanged, 0 absent");
}

fn one_that_is_retired_is_found_by_nobody_until_it_is_restored(home: &Home) {
    let store = home.store();
    let club = with_phone("xyzzy-phone");
    import(&*store, vec![club.clone(), asset("2", "Two")]);
    let retired = retire(&*store, club.id);
    assert_eq!((retired.retired, retired.revision, retired.asset.clone()), (true, 2, club.clone()));
    assert_eq!(names(&*store), "Two");
    assert!(!home.shows("xyzzy-phone") && home.seals("xyzzy-phone"));
    import(&*store, vec![with_phone("xyzzy-later"), asset("2", "Two")]);
    assert_eq!((names(&*store), state(&*store, club.id).retired), ("Two".into(), true));
    assert!(!home.shows("xyzzy-later"));
    set(&*store, club.id, json!({"summary": "Gone"}));
    assert_eq!(names(&*store), "Two", "changing it does not bring it back");
    let restored = restore(&*store, club.id);
    assert!(!restored.retired);
    let mut expected = with_phone("xyzzy-later");
    expected.record.summary = Some("Gone".into());
    assert_eq!(assets(&*store), [asset("2", "Two"), expected], "with where letters reach it");
    assert_eq!(counts(&*store), "public 2, staff 0, hidden 0, areas 0, postcodes 0");
    let history = told_history(&*store, club.id);
    assert!(history.starts_with("5 Restored by ann@example.org:\n4 Changed"), "{history}");
    assert!(history.ends_with("2 Retired by ann@example.org:"), "{history}");
}

fn an_edit_may_hide_and_show(home: &Home) {
    let store = home.store();
    let mut club = with_phone("xyzzy-phone");
    club.located = at(-2.5, 53.5, PositionQuality::Surveyed);
    club.record.position = club.located.map(|l| l.position);
    import(&*store, vec![club.clone(), asset("2", "Two")]);
    for (visibility, expected) in [
        ("staff", "public 1, staff 1, hidden 0"),
        ("hidden", "public 1, staff 0, hidden 1"),
        ("public", "public 2, staff 0, hidden 0"),
        ("hidden", "public 1, staff 0, hidden 1"),
    ] {
        let now = set(&*store, club.id, json!({"visibility": visibility}));
        assert_eq!(counts(&*store), format!("{expected}, areas 0, postcodes 0"));
        assert_eq!(now.asset.located, club.located);
        assert_eq!(home.shows("xyzzy-phone"), visibility == "public");
        let again = told(import(&*store, vec![club.clone(), asset("2", "Two")]));
        assert!(again.ends_with("0 created, 0 updated, 2 unchanged, 0 absent"), "{again}");
        assert_eq!(state(&*store, club.id), now);
    }
    set(&*store, club.id, json!({"visibility": "public"}));
    assert_eq!(assets(&*store), [asset("2", "Two"), club]);
}

fn directory(text: &str, lon: f64) -> PostcodeRecord {
    PostcodeRecord {
        postcode: postcode(text),
        position: Some(Position::new(lon, 53.0).unwrap()),
        ward: None,
        district: None,
        lsoa: None,
        msoa: None,
        terminated: false,
    }
}

fn lon(store: &dyn Store, id: AssetId) -> Option<f64> {
    state(store, id).asset.located.map(|l| l.position.lon())
}

fn in_postcode(text: &str, lon: f64) -> Asset {
    let mut club = asset("1", "Club");
    club.record.postcode = Some(postcode(text));
    club.located = at(lon, 53.0, PositionQuality::Postcode);
    club
}

fn an_edited_postcode_is_placed_and_moves_with_new_postcodes(home: &Home) {
    let store = home.store();
    import_postcodes(&*store, "onspd", vec![directory("M1 1AE", -1.0), directory("M2 2BB", -2.0)]);
    store.relocate(&locate).unwrap();
    let club = in_postcode("M1 1AE", -1.0);
    import(&*store, vec![club.clone()]);
    assert_eq!(
        set(&*store, club.id, json!({"postcode": "m22bb"})).asset.located.unwrap().position.lon(),
        -2.0
    );
    import(&*store, vec![club.clone()]);
    assert_eq!(lon(&*store, club.id), Some(-2.0));
    import_postcodes(&*store, "onspd", vec![directory("M1 1AE", -1.5), directory("M2 2BB", -2.5)]);
    assert_eq!(store.relocate(&locate).unwrap(), 1);
    assert_eq!(lon(&*store, club.id), Some(-2.5));
    assert_eq!(assets(&*store)[0].located, at(-2.5, 53.0, PositionQuality::Postcode));
    let again = told(import(&*store, vec![in_postcode("M1 1AE", -1.5)]));
    assert!(again.ends_with("0 created, 0 updated, 1 unchanged, 0 absent"), "{again}");
    assert_eq!(lon(&*store, club.id), Some(-2.5));
}

fn an_edited_position_wins_over_postcodes_and_sources(home: &Home) {
    let store = home.store();
    import(&*store, vec![in_postcode("M1 1AE", -1.0)]);
    let id = in_postcode("M1 1AE", 0.0).id;
    set(&*store, id, json!({"position": [-3.25, 53.125]}));
    import_postcodes(&*store, "onspd", vec![directory("M1 1AE", -1.5), directory("M2 2BB", -2.5)]);
    assert_eq!(store.relocate(&locate).unwrap(), 0);
    import(&*store, vec![in_postcode("M2 2BB", -2.5)]);
    let found = state(&*store, id).asset;
    assert_eq!(found.located, at(-3.25, 53.125, PositionQuality::Surveyed));
    assert_eq!(found.record.postcode, Some(postcode("M2 2BB")));
    let without = set(&*store, id, json!({"position": null}));
    assert_eq!(without.asset.located, at(-2.5, 53.0, PositionQuality::Postcode));
}

fn a_place_that_an_import_cannot_know_is_looked_for(home: &Home) {
    let store = home.store();
    import_postcodes(&*store, "onspd", vec![directory("M1 1AE", -1.0), directory("M2 2BB", -2.0)]);
    store.relocate(&locate).unwrap();
    let surveyed = |text: &str| {
        let mut club = in_postcode(text, -7.0);
        club.record.position = Some(Position::new(-7.0, 53.0).unwrap());
        club.located = at(-7.0, 53.0, PositionQuality::Surveyed);
        club
    };
    let id = surveyed("M1 1AE").id;
    import(&*store, vec![surveyed("M1 1AE")]);
    set(&*store, id, json!({"position": null}));
    assert_eq!(lon(&*store, id), Some(-1.0));
    import(&*store, vec![surveyed("M2 2BB")]);
    assert!(store.relocation_is_due().unwrap(), "its new postcode's place is not the list's own position");
    assert_eq!(store.relocate(&locate).unwrap(), 1);
    assert_eq!(lon(&*store, id), Some(-2.0));
}

fn history_is_newest_first_and_in_pages(home: &Home) {
    let store = home.store();
    let club = with_phone("0");
    import(&*store, vec![club.clone(), asset("2", "Two")]);
    for n in 1..=6 {
        let mut edit = change(club.id, state(&*store, club.id).revision, json!({"phone": n.to_string()}));
        edit.reason = Some(format!("reason {n}"));
        store.edit(&edit, &locate).unwrap();
        set(&*store, asset("2", "").id, json!({"phone": n.to_string()}));
    }
    let page = |before: Option<u64>| {
        let page = store.history(club.id, before, 4).unwrap();
        page.iter().map(|h| (h.revision, h.reason.clone().unwrap())).collect::<Vec<_>>()
    };
    let expected = |n: u64| (2 * n, format!("reason {n}"));
    assert_eq!(page(None), [6, 5, 4, 3].map(expected));
    assert_eq!(page(Some(6)), [2, 1].map(expected));
    assert_eq!(page(Some(2)), []);
    assert_eq!(store.history(AssetId::of("clubs", "none"), None, 9).unwrap(), []);
}

fn who_decided_what_is_sealed(home: &Home) {
    let store = home.store();
    let club = with_phone("1");
    import(&*store, vec![club.clone()]);
    let mut edit = change(club.id, 1, json!({"phone": "2"}));
    edit.by = "xyzzy-ann".into();
    edit.reason = Some("xyzzy-because".into());
    edit.key = Some("xyzzy-key".into());
    store.edit(&edit, &locate).unwrap();
    import(&*store, vec![with_phone("xyzzy-source")]);
    drop(store);
    for canary in ["xyzzy-ann", "xyzzy-because", "xyzzy-key", "xyzzy-source"] {
        assert!(!home.shows(canary) && home.seals(canary), "{canary}");
    }
}

/// Each edit adds one to a number, whatever the others do, and tries again when somebody was quicker.
fn a_thousand_edits_from_eight_threads_lose_none(home: &Home) {
    const EDITS: usize = 1_000;
    let (store, other) = (home.store(), home.store());
    let club = with_phone("0");
    import(&*store, vec![club.clone(), asset("2", "Two")]);
    let (begun, conflicts) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let start = std::time::Instant::now();
    std::thread::scope(|threads| {
        for n in 0..8 {
            let (begun, conflicts) = (&begun, &conflicts);
            let (store, club) = (if n % 2 == 0 { &*store } else { &*other }, &club);
            threads.spawn(move || {
                while begun.fetch_add(1, Ordering::Relaxed) < EDITS {
                    let mut now = state(store, club.id);
                    loop {
                        let n: usize = now.asset.record.phone.as_deref().unwrap().parse().unwrap();
                        let next = change(club.id, now.revision, json!({"phone": (n + 1).to_string()}));
                        match store.edit(&next, &locate) {
                            Ok(_) => break,
                            Err(StoreError::Conflict(there)) => now = *there,
                            Err(error) => panic!("{error}"),
                        }
                        conflicts.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    let seconds = start.elapsed().as_secs_f64();
    println!("{:.0} edits a second, {} conflicts", EDITS as f64 / seconds, conflicts.into_inner());
    let end = state(&*store, club.id);
    assert_eq!(end.asset.record.phone.as_deref(), Some("1000"));
    assert_eq!((end.revision, store.revision().unwrap()), (1_001, 1_001), "no gaps");
    let history = store.history(club.id, None, 2_000).unwrap();
    assert_eq!(history.len(), EDITS);
    assert!(history.windows(2).all(|pair| pair[0].fields["phone"].0 == pair[1].fields["phone"].1));
}
