//! A copy keeps everything, from each home to each.

use super::edits::{edit, locate, set, state};
use crate::common::*;
use geo_types::{MultiPolygon, polygon};
use model::{
    Asset, AssetId, Facility, Level, LocalityKey, LocalityRecord, Position, PositionQuality, PostcodeRecord,
    RecordKind, Vintage, Visibility,
};
use serde_json::json;
use store::{Action, ENTERED, Edit, Entry, FileReport, Kept, State, Store, StoreError, copy};

crate::in_both_homes!(
    a_copy_has_everything_and_goes_on_from_there,
    a_copy_has_what_people_decided,
    a_copy_needs_an_empty_store_and_is_all_or_nothing,
);

fn clubs() -> Vec<Asset> {
    let mut full = asset("1", "St Mary’s “Hall” 🙂");
    full.record.correspondence = Some(postcode("WA14 9ZZ"));
    full.record.postcode = Some(postcode("M1 1AE"));
    full.record.facilities = vec![Facility { label: "Capacity".into(), value: "1\\20 \"or\" so".into() }];
    full.located = at(-2.352_123_456_789_012, 53.388_000_000_000_01, PositionQuality::Postcode);
    let mut hidden = asset("2", "Refuge");
    hidden.record.visibility = Visibility::Hidden;
    hidden.record.correspondence = Some(postcode("WA14 8YY"));
    hidden.located = at(-2.5, 53.5, PositionQuality::Postcode);
    let mut staff = asset("3", "Key safe");
    staff.record.visibility = Visibility::Staff;
    vec![asset("4", "Four"), full, hidden, staff, asset("5", "Gone soon")]
}

fn ward() -> LocalityRecord {
    let shape: MultiPolygon<f64> =
        polygon![(x: 0.1, y: 51.0), (x: 1.0, y: 51.0), (x: 1.0 / 3.0, y: 52.0), (x: 0.1, y: 51.0)].into();
    LocalityRecord {
        source: "areas".into(),
        key: "a".into(),
        locality: LocalityKey {
            level: Level::Neighbourhood,
            code: "areas:a".into(),
            vintage: Vintage::from_year(2020).unwrap(),
        },
        name: "A".into(),
        parents: vec![],
        boundary: shape,
        as_of: None,
    }
}

fn directory(lon: Option<f64>) -> PostcodeRecord {
    PostcodeRecord {
        postcode: postcode("M1 1AE"),
        position: lon.map(|lon| Position::new(lon, 53.0).unwrap()),
        ward: None,
        district: None,
        lsoa: None,
        msoa: None,
        terminated: true,
    }
}

/// Some of everything, over several revisions: a tombstone, and positions that may be out of date.
fn lived_in(store: &dyn Store) {
    import(store, clubs());
    import_areas(store, "areas", vec![ward()]);
    let mut next = clubs();
    next[4].record.visibility = Visibility::Hidden;
    next[0].record.name = "Four, renamed".into();
    import(store, next);
    import_postcodes(store, "onspd", vec![directory(Some(-2.25))]);
    import_postcodes(store, "a-list", vec![directory(None)]);
    let clubs = source("clubs", RecordKind::Group);
    let report = FileReport {
        file: "again.csv".into(),
        read: 3,
        rejected: 3,
        reasons: vec![("no name".into(), 2), ("a name".into(), 1)],
        ..FileReport::default()
    };
    store.begin_import(&clubs).unwrap().publish(&clubs, &report).unwrap();
}

/// And what people decided of it: revisions 6 to 9.
fn decided_about(store: &dyn Store) {
    let four = set(
        store,
        clubs()[0].id,
        json!({"phone": "0161 496 0000", "position": [-2.352_123_456_789_012, 53.0]}),
    );
    assert_eq!(four.revision, 6);
    let staff = state(store, clubs()[3].id);
    let retire = Action::Retire { id: staff.asset.id, expected: staff.revision };
    let key = Some("a key".into());
    store.edit(&Edit { key, reason: Some("xyzzy-reason".into()), ..edit(retire) }, &locate).unwrap();
    let mut entry = asset("7", "Seven").record;
    entry.source = ENTERED.into();
    store.edit(&edit(Action::Create(Box::new(entry))), &locate).unwrap();
    let mut next = clubs();
    next[4].record.visibility = Visibility::Hidden;
    next[0].record.name = "Four, renamed".into();
    next[0].record.phone = Some("0161 496 0001".into());
    import(store, next);
}

/// What is kept; sealed assets have no order.
fn kept(store: &dyn Store) -> (State, Vec<Kept>) {
    let mut all = Vec::new();
    let state = store.take_out(&mut |kept| {
        all.push(kept);
        Ok(())
    });
    all.sort_by_key(|kept| match kept {
        Kept::Asset(row) if row.staged.value.record.visibility != Visibility::Public => {
            (1, Some(row.staged.value.id))
        }
        Kept::Tombstone { .. } => (2, None),
        Kept::Decided { .. } | Kept::Happening { .. } | Kept::EditKey { .. } => (3, None),
        _ => (0, None),
    });
    (state.unwrap(), all)
}

fn a_copy_has_everything_and_goes_on_from_there(home: &Home) {
    let store = home.store();
    lived_in(&*store);
    let (state, everything) = kept(&*store);
    assert_eq!(state, State { revision: 5, relocation_due: true });
    let shown = format!("{:?}", all(&*store));
    for target in [Home::geopackage(), Home::postgis()] {
        let other = target.store();
        assert_eq!(copy(&*store, &*other).unwrap(), state);
        drop(other);
        let other = target.store();
        let (found, there) = kept(&*other);
        assert_eq!(found, state);
        assert_eq!(there.len(), everything.len());
        for (found, expected) in there.iter().zip(&everything) {
            assert_eq!(found, expected);
        }
        assert_eq!(format!("{:?}", all(&*other)), shown, "answers come from the same, in the same order");
        assert_eq!(other.runs(None, 9).unwrap(), store.runs(None, 9).unwrap());
        assert_eq!(counts(&*other), counts(&*store));
        assert!(!target.shows("Refuge") && target.seals("Refuge"));
        assert!(!target.shows("WA14") && target.seals("WA14"));

        let mut next = clubs();
        next[4].record.visibility = Visibility::Hidden;
        next[0].record.name = "Four, renamed".into();
        let again = told(import(&*other, next));
        assert_eq!(again, "run 7 revision 5: 0 created, 0 updated, 5 unchanged, 0 absent");
        let mut new = asset("6", "New");
        new.record.correspondence = Some(postcode("M9 9ZZ"));
        let more = told(import(&*other, vec![new.clone()]));
        assert_eq!(more, "run 8 revision 6: 1 created, 0 updated, 0 unchanged, 5 absent");
        assert_eq!(assets(&*other).last(), Some(&new));
    }
}

fn a_copy_has_what_people_decided(home: &Home) {
    let store = home.store();
    lived_in(&*store);
    decided_about(&*store);
    let (state, everything) = kept(&*store);
    let kinds = |all: &[Kept]| {
        let count = |is: fn(&Kept) -> bool| all.iter().filter(|kept| is(kept)).count();
        [
            count(|kept| matches!(kept, Kept::Decided { .. })),
            count(|kept| matches!(kept, Kept::Happening { .. })),
            count(|kept| matches!(kept, Kept::EditKey { .. })),
        ]
    };
    assert_eq!((state.revision, kinds(&everything)), (9, [2, 6, 1]), "two of the happenings are an import's");
    for target in [Home::geopackage(), Home::postgis()] {
        let other = target.store();
        assert_eq!(copy(&*store, &*other).unwrap(), state);
        assert_eq!(kept(&*other), (state, everything.clone()));
        let ids = clubs().into_iter().map(|club| club.id).chain([AssetId::of(ENTERED, "7")]);
        for id in ids {
            assert_eq!(other.asset(id).unwrap(), store.asset(id).unwrap());
            assert_eq!(other.history(id, None, 9).unwrap(), store.history(id, None, 9).unwrap());
        }
        assert!(!target.shows("xyzzy-reason") && target.seals("xyzzy-reason"));
        let four = super::edits::state(&*other, clubs()[0].id);
        assert!(four.edited.iter().any(|e| e.field == "phone" && e.disagrees));
        assert_eq!(set(&*other, four.asset.id, json!({"phone": "1"})).revision, 10, "and it goes on");
        let staff = super::edits::state(&*other, clubs()[3].id);
        let used = Edit {
            key: Some("a key".into()),
            ..edit(Action::Restore { id: staff.asset.id, expected: staff.revision })
        };
        let error = other.edit(&used, &locate).unwrap_err();
        assert!(matches!(error, StoreError::KeyReused(_)), "{error:?}");
    }
}

fn a_copy_needs_an_empty_store_and_is_all_or_nothing(home: &Home) {
    let (store, target) = (home.store(), home.another());
    lived_in(&*store);
    let other = target.store();
    let mut fill = other.fill().unwrap();
    store.take_out(&mut |kept| fill.put(kept)).unwrap();
    drop(fill);
    assert_eq!((other.revision().unwrap(), other.runs(None, 9).unwrap().len()), (0, 0));
    assert!(!target.shows("Four"));

    import(&*other, vec![asset("1", "One")]);
    let error = copy(&*store, &*other).unwrap_err().to_string();
    assert!(error.contains("a copy needs an empty store"), "{error}");
    let entries = all(&*other);
    assert!(matches!(&entries[..], [Entry::Source(_), Entry::Asset(a)] if a.record.name == "One"));
}
