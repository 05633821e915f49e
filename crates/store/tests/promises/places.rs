//! Which directory answers for a postcode, and new positions after new postcodes.

use crate::common::*;
use model::{AreaCode, Asset, AssetRecord, Located, Position, PositionQuality, PostcodeRecord, Visibility};
use store::{Entry, Store};

crate::in_both_homes!(
    the_directory_that_knows_most_answers_whatever_the_order_of_imports,
    new_postcodes_move_assets_once,
    a_batch_of_five_thousand_postcodes
);

fn record(text: &str, ward: Option<&str>, lon: Option<f64>) -> PostcodeRecord {
    PostcodeRecord {
        postcode: postcode(text),
        position: lon.map(|lon| Position::new(lon, 53.0).unwrap()),
        ward: ward.map(|w| AreaCode::parse(w).unwrap()),
        district: None,
        lsoa: None,
        msoa: None,
        terminated: false,
    }
}

fn shown(record: &PostcodeRecord) -> String {
    let ward = record.ward.as_ref().map_or("no ward", |w| w.as_str());
    format!("{} {ward} {}", record.postcode, record.position.map_or("nowhere".into(), |p| p.to_string()))
}

fn the_directory_that_knows_most_answers_whatever_the_order_of_imports(home: &Home) {
    let directories = [
        ("c-full", record("M1 1AE", Some("E05000001"), Some(-2.3))),
        ("b-full", record("M1 1AE", Some("E05000002"), Some(-2.2))),
        ("a-ward", record("M1 1AE", Some("E05000003"), None)),
        ("0-spot", record("M1 1AE", None, Some(-2.0))),
    ];
    let answer = |order: &[usize]| {
        let home = home.another();
        let store = home.store();
        for n in order {
            let other = record("M2 2BB", Some("E05000009"), None);
            import_postcodes(&*store, directories[*n].0, vec![directories[*n].1.clone(), other]);
        }
        let found = store.postcodes(&[postcode("M1 1AE")]).unwrap();
        let read: Vec<String> = all(&*store)
            .iter()
            .filter_map(|e| if let Entry::Postcode(p) = e { Some(shown(p)) } else { None })
            .collect();
        assert_eq!(read[0], shown(&found[&postcode("M1 1AE")]), "both ways of asking agree");
        assert_eq!(read[1..], ["M2 2BB E05000009 nowhere"]);
        assert!(counts(&*store).ends_with("postcodes 2"));
        read[0].clone()
    };
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 0, 3, 2], [2, 3, 0, 1]] {
        assert_eq!(answer(&order), "M1 1AE E05000002 53.00000, -2.20000");
    }
    assert_eq!(answer(&[3, 2]), "M1 1AE E05000003 nowhere", "a ward is worth more than a position");
}

fn with_postcode(key: &str, text: &str, visibility: Visibility) -> Asset {
    let mut asset = asset(key, key);
    asset.record.postcode = Some(postcode(text));
    asset.record.visibility = visibility;
    asset
}

/// As the importer would: the middle of the postcode.
fn locate(_: &AssetRecord, postcode: Option<&PostcodeRecord>) -> Option<Located> {
    let position = postcode?.position?;
    Some(Located { position, quality: PositionQuality::Postcode })
}

/// Each public asset and its longitude.
fn places(store: &dyn Store) -> String {
    let mut places: Vec<String> = assets(store)
        .iter()
        .map(|a| {
            format!("{} {}", a.record.name, a.located.map_or("-".into(), |l| l.position.lon().to_string()))
        })
        .collect();
    places.sort();
    places.join(", ")
}

fn new_postcodes_move_assets_once(home: &Home) {
    let store = home.store();
    let mut surveyed = with_postcode("surveyed", "M1 1AE", Visibility::Public);
    surveyed.record.position = Some(Position::new(-1.0, 53.0).unwrap());
    surveyed.located = at(-1.0, 53.0, PositionQuality::Surveyed);
    let mut club = with_postcode("club", "M1 1AE", Visibility::Public);
    club.record.correspondence = Some(postcode("M9 9ZZ"));
    let hidden = with_postcode("hidden", "M1 1AE", Visibility::Hidden);
    let elsewhere = with_postcode("elsewhere", "M3 3DD", Visibility::Public);
    import(&*store, vec![surveyed, club.clone(), hidden.clone(), elsewhere]);
    assert!(!store.relocation_is_due().unwrap());

    import_postcodes(&*store, "onspd", vec![record("M1 1AE", None, Some(-2.0))]);
    assert!(store.relocation_is_due().unwrap());
    assert_eq!(places(&*store), "club -, elsewhere -, surveyed -1", "not before it is asked for");
    assert_eq!(store.relocate(&locate).unwrap(), 2, "the club and the hidden one");
    assert!(!store.relocation_is_due().unwrap());
    assert_eq!((store.revision().unwrap(), places(&*store)), (3, "club -2, elsewhere -, surveyed -1".into()));
    assert_eq!(counts(&*store), "public 3, staff 0, hidden 1, areas 0, postcodes 1");
    let letters = assets(&*store).into_iter().find(|a| a.id == club.id).unwrap().record.correspondence;
    assert_eq!(letters, club.record.correspondence);

    assert_eq!(
        (store.relocate(&locate).unwrap(), store.revision().unwrap()),
        (0, 3),
        "nothing moved, no revision"
    );
    import_postcodes(&*store, "onspd", vec![record("M1 1AE", None, Some(-2.0))]);
    assert!(!store.relocation_is_due().unwrap(), "the same postcodes change nothing");
    import_postcodes(&*store, "onspd", vec![record("M1 1AE", None, None)]);
    assert_eq!(store.relocate(&locate).unwrap(), 2, "a position can go away");
    assert_eq!(places(&*store), "club -, elsewhere -, surveyed -1");

    let mut found = hidden;
    found.located = None;
    assert_eq!(import(&*store, vec![found]).unchanged, 1, "the hidden one has moved with them");
}

fn a_batch_of_five_thousand_postcodes(home: &Home) {
    let store = home.store();
    let letter = |n: usize| char::from(b"ABDEFGHJLN"[n % 10]);
    let text = |n: usize| format!("M{} {}{}{}", n / 1000 + 1, n % 10, letter(n / 10), letter(n / 100));
    let all: Vec<PostcodeRecord> = (0..5000).map(|n| record(&text(n), None, Some(-2.0))).collect();
    import_postcodes(&*store, "onspd", all.clone());
    let wanted: Vec<_> = all.iter().map(|p| p.postcode.clone()).collect();
    assert_eq!(store.postcodes(&wanted).unwrap().len(), all.len());
}
