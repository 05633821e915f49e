//! What is not public is in no answer, and not in what is handed around.

use crate::common::*;
use model::{Asset, Visibility};

crate::in_both_homes!(
    hidden_and_staff_records_are_only_sealed,
    correspondence_is_sealed_and_comes_back_with_the_asset,
    from_hidden_to_staff_and_back_is_a_change_though_the_row_is_the_same,
    what_was_public_and_is_hidden_goes_and_may_come_back,
);

const CANARY: &str = "xyzzy-refuge-canary";

fn seen_by(key: &str, name: &str, visibility: Visibility) -> Asset {
    let mut asset = asset(key, name);
    asset.record.visibility = visibility;
    asset
}

fn hidden_and_staff_records_are_only_sealed(home: &Home) {
    let store = home.store();
    let rows = vec![
        seen_by("1", "Open to all", Visibility::Public),
        seen_by("2", CANARY, Visibility::Hidden),
        seen_by("3", &format!("staff {CANARY}"), Visibility::Staff),
    ];
    assert_eq!(
        told(import(&*store, rows.clone())),
        "run 1 revision 1: 3 created, 0 updated, 0 unchanged, 0 absent"
    );
    assert_eq!(names(&*store), "Open to all");
    assert_eq!(counts(&*store), "public 1, staff 1, hidden 1, areas 0, postcodes 0");
    assert_eq!(told(import(&*store, rows)), "run 2 revision 1: 0 created, 0 updated, 3 unchanged, 0 absent");
    drop(store);
    assert!(!home.shows(CANARY) && home.seals(CANARY));
}

fn correspondence_is_sealed_and_comes_back_with_the_asset(home: &Home) {
    let store = home.store();
    let mut club = asset("1", "Club");
    club.record.correspondence = Some(postcode("WA14 9ZZ"));
    let mut hidden = seen_by("2", "Hidden", Visibility::Hidden);
    hidden.record.correspondence = Some(postcode("WA14 8YY"));
    import(&*store, vec![club.clone(), hidden, asset("3", "Bare")]);
    assert_eq!(assets(&*store), [club.clone(), asset("3", "Bare")]);
    club.record.correspondence = None;
    import(&*store, vec![club.clone()]);
    assert_eq!(assets(&*store), [club.clone(), asset("3", "Bare")], "it can be taken back");
    club.record.correspondence = Some(postcode("WA14 7XX"));
    import(&*store, vec![club.clone()]);
    assert_eq!(assets(&*store), [club, asset("3", "Bare")]);
    drop(store);
    assert!(!home.shows("WA14") && home.seals("WA14"));
}

fn from_hidden_to_staff_and_back_is_a_change_though_the_row_is_the_same(home: &Home) {
    let store = home.store();
    let at_first = staged(0, seen_by("1", "One", Visibility::Hidden));
    let clubs = source("clubs", model::RecordKind::Group);
    for (visibility, expected) in [
        (Visibility::Hidden, "public 0, staff 0, hidden 1"),
        (Visibility::Staff, "public 0, staff 1, hidden 0"),
        (Visibility::Public, "public 1, staff 0, hidden 0"),
        (Visibility::Staff, "public 0, staff 1, hidden 0"),
    ] {
        let mut row = at_first.clone();
        row.value.record.visibility = visibility;
        let mut import = store.begin_import(&clubs).unwrap();
        import.assets(vec![row]).unwrap();
        import.publish(&clubs, &store::FileReport::default()).unwrap();
        assert_eq!(counts(&*store), format!("{expected}, areas 0, postcodes 0"));
    }
    assert_eq!(store.revision().unwrap(), 4);
}

fn what_was_public_and_is_hidden_goes_and_may_come_back(home: &Home) {
    let store = home.store();
    let edition = |secret: Visibility| {
        let mut known = seen_by("1", CANARY, secret);
        known.record.correspondence = Some(postcode("WA14 9ZZ"));
        known.located = at(-2.5, 53.5, model::PositionQuality::Postcode);
        vec![known, asset("2", "Open to all")]
    };
    import(&*store, edition(Visibility::Public));
    assert!(home.shows(CANARY));
    let done = import(&*store, edition(Visibility::Hidden));
    assert_eq!(told(done), "run 2 revision 2: 0 created, 1 updated, 1 unchanged, 0 absent");
    assert_eq!(
        (names(&*store), counts(&*store).as_str()),
        ("Open to all".into(), "public 1, staff 0, hidden 1, areas 0, postcodes 0")
    );
    assert!(!home.shows(CANARY) && home.seals(CANARY));
    import(&*store, vec![]);
    let done = import(&*store, edition(Visibility::Public));
    assert_eq!(told(done), "run 4 revision 3: 0 created, 1 updated, 1 unchanged, 0 absent");
    let found = assets(&*store);
    let mut expected = edition(Visibility::Public);
    expected.reverse();
    assert_eq!(found, expected, "it comes back as the newest, with where letters reach it");
}
