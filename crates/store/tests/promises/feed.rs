//! What has changed since a revision, and who waits for it.

use crate::common::*;
use geo_types::{MultiPolygon, polygon};
use model::{
    AreaCode, Asset, AssetId, AssetRecord, Level, LocalityKey, LocalityRecord, Located, Position,
    PositionQuality, PostcodeRecord, RecordKind, Source, Vintage, Visibility,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use store::{Changes, Entry, FileReport, Revision, Store, copy};

crate::in_both_homes!(
    created_updated_hidden_and_shown_again,
    new_positions_are_changes,
    a_source_alone_is_a_change,
    areas_their_names_and_postcodes_are_everything,
    more_than_most_is_everything,
    what_the_store_cannot_tell_is_everything,
    a_reader_that_follows_has_what_a_reader_of_all_has,
    who_waits_hears_of_a_publication,
    who_waits_for_nothing_is_let_go_at_the_end,
    a_store_has_its_own_mark_at_each_revision,
);

const PLENTY: usize = 1_000;

fn with_visibility(key: &str, name: &str, visibility: Visibility) -> Asset {
    let mut asset = asset(key, name);
    asset.record.visibility = visibility;
    asset
}

fn public(key: &str, name: &str) -> Asset {
    with_visibility(key, name, Visibility::Public)
}

/// The revision, then each changed asset by its key and name, in the order of keys.
fn told_since(store: &dyn Store, after: Revision, most: usize) -> String {
    let Changes::Assets { revision, assets, .. } = store.changes(after, most).unwrap() else {
        return "everything".into();
    };
    assert!(assets.is_sorted_by_key(|(id, _)| *id));
    let key_of = |id: AssetId| ('a'..='z').find(|key| public(&key.to_string(), "").id == id).unwrap();
    let mut assets: Vec<String> = assets
        .iter()
        .map(|(id, asset)| {
            format!(" {}={}", key_of(*id), asset.as_ref().map_or("gone", |asset| &asset.record.name))
        })
        .collect();
    assets.sort();
    format!("{revision}:{}", assets.concat())
}

fn created_updated_hidden_and_shown_again(home: &Home) {
    let store = home.store();
    assert_eq!(told_since(&*store, 0, PLENTY), "0:");
    import(&*store, vec![public("a", "A"), public("b", "B"), with_visibility("c", "C", Visibility::Hidden)]);
    assert_eq!(told_since(&*store, 0, PLENTY), "1: a=A b=B", "what was never public is not told of");
    let mut other = public("a", "A2");
    other.record.correspondence = Some(postcode("WA14 9ZZ"));
    import(&*store, vec![other.clone(), public("d", "D"), with_visibility("c", "C2", Visibility::Hidden)]);
    assert_eq!(told_since(&*store, 1, PLENTY), "2: a=A2 d=D");
    let Changes::Assets { assets, .. } = store.changes(1, PLENTY).unwrap() else { panic!("assets") };
    assert!(assets.contains(&(other.id, Some(other))), "with where letters reach it: {assets:?}");

    import(&*store, vec![with_visibility("b", "B", Visibility::Hidden), public("c", "C2")]);
    assert_eq!(told_since(&*store, 2, PLENTY), "3: b=gone c=C2");
    import(&*store, vec![with_visibility("c", "C2", Visibility::Staff)]);
    assert_eq!(told_since(&*store, 2, PLENTY), "4: b=gone c=gone", "also what came and went since");
    import(&*store, vec![public("b", "B back")]);
    assert_eq!(told_since(&*store, 2, PLENTY), "5: b=B back c=gone");
    assert_eq!(told_since(&*store, 0, PLENTY), "5: a=A2 b=B back c=gone d=D");
    assert_eq!(told_since(&*store, 4, PLENTY), "5: b=B back");
    assert_eq!(told_since(&*store, 5, PLENTY), "5:");

    import(&*store, vec![with_visibility("c", "C3", Visibility::Hidden)]);
    assert_eq!(told_since(&*store, 5, PLENTY), "6:", "a publication of what nobody sees");
    assert_eq!(told_since(&*home.store(), 4, PLENTY), "6: b=B back", "the same after opening it anew");
}

fn directory(text: &str, lon: Option<f64>) -> PostcodeRecord {
    PostcodeRecord {
        postcode: postcode(text),
        position: lon.map(|lon| Position::new(lon, 53.0).unwrap()),
        ward: None,
        district: None,
        lsoa: None,
        msoa: None,
        terminated: false,
    }
}

fn locate(_: &AssetRecord, postcode: Option<&PostcodeRecord>) -> Option<Located> {
    let position = postcode?.position?;
    Some(Located { position, quality: PositionQuality::Postcode })
}

fn new_positions_are_changes(home: &Home) {
    let store = home.store();
    let placed = |key: &str, visibility| {
        let mut asset = with_visibility(key, key, visibility);
        asset.record.postcode = Some(postcode("M1 1AE"));
        asset
    };
    import(&*store, vec![placed("a", Visibility::Public), placed("b", Visibility::Hidden), public("c", "c")]);
    import_postcodes(&*store, "onspd", vec![directory("M1 1AE", Some(-2.0))]);
    store.relocate(&locate).unwrap();
    let Changes::Assets { revision, assets, .. } = store.changes(2, PLENTY).unwrap() else {
        panic!("assets")
    };
    let mut moved = placed("a", Visibility::Public);
    moved.located = at(-2.0, 53.0, PositionQuality::Postcode);
    assert_eq!((revision, assets), (3, vec![(moved.id, Some(moved))]));
}

fn publish(store: &dyn Store, source: &Source) -> Revision {
    store.begin_import(source).unwrap().publish(source, &FileReport::default()).unwrap().revision
}

fn a_source_alone_is_a_change(home: &Home) {
    let store = home.store();
    import(&*store, vec![public("a", "A")]);
    let mut clubs = source("clubs", RecordKind::Group);
    clubs.title = "Clubs, renamed".into();
    clubs.covers = vec![AreaCode::parse("E08000009").unwrap()];
    assert_eq!(publish(&*store, &clubs), 2);
    let Changes::Assets { revision, sources, assets } = store.changes(1, PLENTY).unwrap() else {
        panic!("assets")
    };
    assert_eq!((revision, sources, assets), (2, vec![clubs], vec![]));
}

fn ward(name: &str) -> LocalityRecord {
    let shape: MultiPolygon<f64> =
        polygon![(x: 0.0, y: 51.0), (x: 1.0, y: 51.0), (x: 1.0, y: 52.0), (x: 0.0, y: 51.0)].into();
    LocalityRecord {
        source: "areas".into(),
        key: "a".into(),
        locality: LocalityKey {
            level: Level::Neighbourhood,
            code: "areas:a".into(),
            vintage: Vintage::from_year(2020).unwrap(),
        },
        name: name.into(),
        parents: vec![],
        boundary: shape,
        as_of: None,
    }
}

fn areas_their_names_and_postcodes_are_everything(home: &Home) {
    let store = home.store();
    import(&*store, vec![public("a", "A")]);
    let mut names = source("clubs", RecordKind::Group);
    names.area_names = [(AreaCode::parse("E08000009").unwrap(), "Trafford".to_owned())].into();
    let mut others = source("parks", RecordKind::Building);
    others.area_names = names.area_names.clone();
    let changes: [(&str, &dyn Fn() -> Revision); 6] = [
        ("a new area", &|| import_areas(&*store, "areas", vec![ward("A")]).revision),
        ("another name", &|| import_areas(&*store, "areas", vec![ward("B")]).revision),
        ("a new postcode", &|| import_postcodes(&*store, "onspd", vec![directory("M1 1AE", None)]).revision),
        ("its position", &|| {
            import_postcodes(&*store, "onspd", vec![directory("M1 1AE", Some(-2.0))]).revision
        }),
        ("a name in an old source", &|| publish(&*store, &names)),
        ("a name in a new source", &|| publish(&*store, &others)),
    ];
    for (what, change) in changes {
        let before = store.revision().unwrap();
        let revision = change();
        assert_eq!(revision, before + 1, "{what}");
        for after in [0, before] {
            assert_eq!(told_since(&*store, after, PLENTY), "everything", "{what}");
        }
        assert_eq!(told_since(&*store, revision, PLENTY), format!("{revision}:"), "{what}");
        change();
        assert_eq!(told_since(&*store, revision, PLENTY), format!("{revision}:"), "{what} again is none");
        let next = import(&*store, vec![public("a", what)]).revision;
        assert_eq!(told_since(&*store, revision, PLENTY), format!("{next}: a={what}"));
        assert_eq!(told_since(&*store, before, PLENTY), "everything", "{what}, and an asset after it");
    }
}

fn more_than_most_is_everything(home: &Home) {
    let store = home.store();
    import(&*store, vec![public("a", "A"), public("b", "B"), public("c", "C"), public("d", "D")]);
    import(
        &*store,
        vec![public("a", "A2"), with_visibility("b", "B", Visibility::Hidden), public("c", "C2")],
    );
    let whole = "2: a=A2 b=gone c=C2";
    for (most, expected) in
        [(usize::MAX, whole), (4, whole), (3, whole), (2, "everything"), (0, "everything")]
    {
        assert_eq!(told_since(&*store, 1, most), expected, "at most {most}");
    }
    assert_eq!(told_since(&*store, 2, 0), "2:");
}

fn what_the_store_cannot_tell_is_everything(home: &Home) {
    let store = home.store();
    import(&*store, vec![public("a", "A")]);
    import(&*store, vec![public("a", "A2")]);
    for never in [3, i64::MAX as u64, u64::MAX] {
        assert_eq!(told_since(&*store, never, PLENTY), "everything", "it was never at {never}");
    }
    let target = home.another();
    let filled = target.store();
    assert_eq!(told_since(&*filled, 0, PLENTY), "0:");
    copy(&*store, &*filled).unwrap();
    assert_eq!(told_since(&*filled, 0, PLENTY), "everything");
    assert_eq!(told_since(&*filled, 1, PLENTY), "everything");
    assert_eq!(told_since(&*filled, 2, PLENTY), "2:");
    import(&*filled, vec![public("b", "B")]);
    assert_eq!(told_since(&*filled, 2, PLENTY), "3: b=B");
}

/// Something that happens to a store.
#[derive(Debug, Clone)]
enum Event {
    /// Rows of one of two sources: key, name, who may see it, whether letters reach it.
    Import {
        source: bool,
        rows: Vec<(u8, u8, Visibility, bool)>,
    },
    Postcodes {
        lon: i8,
    },
    Relocate,
    Areas {
        name: u8,
    },
    /// The reader looks.
    Follow {
        most: usize,
    },
}

fn event() -> impl Strategy<Value = Event> {
    let visibility = prop_oneof![
        3 => Just(Visibility::Public),
        1 => Just(Visibility::Hidden),
        1 => Just(Visibility::Staff)
    ];
    let rows = prop::collection::btree_map(0..5u8, (0..3u8, visibility, any::<bool>()), 0..5);
    let rows = rows.prop_map(|rows| rows.into_iter().map(|(key, (n, v, l))| (key, n, v, l)).collect());
    prop_oneof![
        8 => (any::<bool>(), rows).prop_map(|(source, rows)| Event::Import { source, rows }),
        1 => (0..3i8).prop_map(|lon| Event::Postcodes { lon }),
        1 => Just(Event::Relocate),
        1 => (0..3u8).prop_map(|name| Event::Areas { name }),
        6 => prop_oneof![3 => Just(PLENTY), 1 => 0..4usize].prop_map(|most| Event::Follow { most }),
    ]
}

fn happens(store: &dyn Store, event: &Event) {
    match event {
        Event::Import { source: which, rows } => {
            let id = if *which { "clubs" } else { "parks" };
            let rows = rows.iter().map(|(key, name, visibility, letters)| {
                let mut asset = with_visibility(&key.to_string(), &format!("{id} {key} {name}"), *visibility);
                asset.record.source = id.into();
                asset.id = asset.record.id();
                asset.record.postcode = (key % 2 == 0).then(|| postcode("M1 1AE"));
                asset.record.correspondence = letters.then(|| postcode(&format!("M{} 9ZZ", name + 1)));
                asset
            });
            let source = source(id, RecordKind::Group);
            let mut import = store.begin_import(&source).unwrap();
            import.assets(staged_all(rows.collect())).unwrap();
            import.publish(&source, &FileReport::default()).unwrap();
        }
        Event::Postcodes { lon } => {
            import_postcodes(store, "onspd", vec![directory("M1 1AE", Some(f64::from(*lon)))]);
        }
        Event::Relocate => _ = store.relocate(&locate).unwrap(),
        Event::Areas { name } => _ = import_areas(store, "areas", vec![ward(&format!("ward {name}"))]),
        Event::Follow { .. } => {}
    }
}

/// What is public, as a reader keeps it.
#[derive(Debug, Default, PartialEq)]
struct Seen {
    revision: Revision,
    sources: Vec<Source>,
    assets: BTreeMap<AssetId, Asset>,
    /// Areas and postcodes.
    places: Vec<String>,
}

impl Seen {
    fn all(store: &dyn Store) -> Self {
        let mut seen = Self::default();
        seen.revision = store
            .read_all(&mut |entry| match entry {
                Entry::Source(source) => seen.sources.push(source),
                Entry::Asset(asset) => _ = seen.assets.insert(asset.id, *asset),
                place => seen.places.push(format!("{place:?}")),
            })
            .unwrap();
        seen
    }

    /// Takes in what changed; says how many assets, or `None` for everything.
    fn follow(&mut self, store: &dyn Store, most: usize) -> Option<usize> {
        match store.changes(self.revision, most).unwrap() {
            Changes::Everything => {
                *self = Self::all(store);
                None
            }
            Changes::Assets { revision, sources, assets } => {
                let count = assets.len();
                (self.revision, self.sources) = (revision, sources);
                for (id, asset) in assets {
                    match asset {
                        Some(asset) => _ = self.assets.insert(id, asset),
                        None => _ = self.assets.remove(&id),
                    }
                }
                Some(count)
            }
        }
    }
}

fn a_reader_that_follows_has_what_a_reader_of_all_has(home: &Home) {
    let config = Config { cases: 12, failure_persistence: None, ..Config::default() };
    let events = prop::collection::vec(event(), 1..25);
    let told = TestRunner::new(config).run(&events, |events| {
        let home = home.another();
        let store = home.store();
        let mut seen = Seen::default();
        for event in events.iter().chain([&Event::Follow { most: PLENTY }]) {
            happens(&*store, event);
            if let Event::Follow { most } = event {
                let places = seen.places.clone();
                let followed = seen.follow(&*store, *most);
                prop_assert_eq!(&seen, &Seen::all(&*store));
                let everything_for_nothing = followed.is_none() && *most == PLENTY && places == seen.places;
                // Places may have changed and changed back; then the publications that did are there.
                let areas = |event: &Event| matches!(event, Event::Areas { .. } | Event::Postcodes { .. });
                prop_assert!(!everything_for_nothing || events.iter().any(areas));
                prop_assert!(followed.is_none_or(|count| count <= *most));
            }
        }
        Ok(())
    });
    told.unwrap();
}

fn who_waits_hears_of_a_publication(home: &Home) {
    let (reader, writer) = (home.store(), home.store());
    let mut quickest = Duration::MAX;
    for round in 0..5u64 {
        std::thread::scope(|threads| {
            let waiting = threads.spawn(|| {
                let revision = reader.wait_for_change(round, Duration::from_secs(30)).unwrap();
                (revision, Instant::now())
            });
            std::thread::sleep(Duration::from_millis(50)); // so that it has just looked
            import(&*writer, vec![public("a", &format!("round {round}"))]);
            let published = Instant::now();
            let (revision, heard) = waiting.join().unwrap();
            assert_eq!(revision, round + 1);
            quickest = quickest.min(heard.saturating_duration_since(published));
        });
    }
    println!("heard after {quickest:?} at best");
    assert!(quickest < Duration::from_millis(600), "it is woken, or looks often: {quickest:?}");
    let start = Instant::now();
    for elsewhere in [0, 4, 6, u64::MAX] {
        assert_eq!(reader.wait_for_change(elsewhere, Duration::from_secs(30)).unwrap(), 5);
    }
    assert!(start.elapsed() < Duration::from_secs(20), "what is different already is not waited for");
}

fn who_waits_for_nothing_is_let_go_at_the_end(home: &Home) {
    let store = home.store();
    import(&*store, vec![public("a", "A")]);
    for at_most in [Duration::ZERO, Duration::from_millis(350)] {
        let start = Instant::now();
        assert_eq!(store.wait_for_change(1, at_most).unwrap(), 1);
        assert!(start.elapsed() >= at_most, "{:?}", start.elapsed());
    }
}

fn a_store_has_its_own_mark_at_each_revision(home: &Home) {
    let store = home.store();
    let empty = store.mark(0).unwrap();
    import(&*store, vec![asset("1", "One")]);
    let imported = store.mark(1).unwrap();
    edit_name(&*store, &asset("1", "One"), "Uno");
    let edited = store.mark(2).unwrap();
    assert!(empty != imported && imported != edited);
    assert_eq!((store.mark(1).unwrap(), home.store().mark(2).unwrap()), (imported, edited));
    assert_ne!(home.another().store().mark(0).unwrap(), empty, "another store has another");
}
