//! Public money: lines come, change, come again; where they are placed is known for every allocation there was.

use crate::common::*;
use model::{
    AgeBand, AreaCode, AssetId, Fingerprint, OLDEST, PartialDate, Payee, Pence, PopulationRecord, Postcode,
    RecordKind, SpendKind, SpendRecord, Standing, StatedPlace,
};
use serde_json::json;
use store::{
    FileReport, Kept, Money, NewAllocation, Placed, Published, SpendLine, Staged, Store, StoreError, Weights,
    copy,
};

crate::in_both_homes!(
    lines_are_read_back_as_they_were,
    who_may_not_be_named_is_sealed,
    a_month_that_is_published_again_replaces_its_earlier_file,
    a_correction_takes_back_what_the_one_before_brought,
    parts_of_a_month_stay_beside_each_other,
    what_every_allocation_said_stays_known,
    a_copy_has_the_money_too,
);

fn line(key: &str, pence: i64, date: &str) -> SpendRecord {
    SpendRecord {
        source: "council-spend".into(),
        key: key.into(),
        kind: SpendKind::Payment,
        payer: "Wexmarsh Council".into(),
        payee: Payee { standing: Standing::Named, name: format!("Payee {key} Ltd"), identifiers: vec![] },
        pence: Pence(pence),
        date: PartialDate::parse(date).unwrap(),
        unit: None,
        category: None,
        purpose: None,
        is_capital: None,
        reference: None,
        places: vec![],
        payee_postcode: None,
    }
}

fn staged(lines: Vec<SpendRecord>) -> Vec<Staged<SpendRecord>> {
    let row = |(number, value): (usize, SpendRecord)| Staged {
        line: number as u64 + 2,
        fingerprint: Fingerprint::of([format!("{value:?}").as_bytes()]),
        raw: json!({"Supplier": value.payee.name}).to_string(),
        value,
    };
    lines.into_iter().enumerate().map(row).collect()
}

fn import_spend(store: &dyn Store, lines: Vec<SpendRecord>) -> Published {
    let source = source("council-spend", RecordKind::Spend);
    let mut import = store.begin_import(&source).unwrap();
    import.spend(staged(lines)).unwrap();
    import.publish(&source, &FileReport::default()).unwrap()
}

fn import_people(store: &dyn Store, people: Vec<PopulationRecord>) -> Published {
    let source = source("people", RecordKind::Population);
    let mut import = store.begin_import(&source).unwrap();
    let row = |value: PopulationRecord| Staged {
        line: 2,
        fingerprint: Fingerprint::of([format!("{value:?}").as_bytes()]),
        raw: String::new(),
        value,
    };
    import.populations(people.into_iter().map(row).collect()).unwrap();
    import.publish(&source, &FileReport::default()).unwrap()
}

fn people(area: &str, by_age: Vec<u32>) -> PopulationRecord {
    let area = AreaCode::parse(area).unwrap();
    PopulationRecord {
        source: "people".into(),
        area,
        year: 2024,
        total: by_age.iter().sum::<u32>().max(7),
        by_age,
        by_band: vec![],
    }
}

fn people_in_bands(area: &str) -> PopulationRecord {
    let band = |from, to, people| AgeBand { from, to, people };
    PopulationRecord { by_band: vec![band(0, 15, 2), band(60, OLDEST, 3)], ..people(area, vec![]) }
}

fn money(store: &dyn Store) -> Vec<Money> {
    let mut all = Vec::new();
    let revision = store.money(&mut |one| all.push(one)).unwrap();
    assert_eq!(revision, store.revision().unwrap());
    all
}

fn lines(store: &dyn Store) -> Vec<SpendLine> {
    let line = |one| match one {
        Money::Line(line) => Some(*line),
        _ => None,
    };
    money(store).into_iter().filter_map(line).collect()
}

fn pence(store: &dyn Store) -> Vec<i64> {
    lines(store).iter().map(|line| line.record.pence.0).collect()
}

fn full() -> SpendRecord {
    SpendRecord {
        kind: SpendKind::Grant,
        payee: Payee {
            standing: Standing::Named,
            name: "St Mary’s, \"Hall\"".into(),
            identifiers: vec![model::OrgId::charity("1234567").unwrap()],
        },
        unit: Some("LIFT REPAIRS & MTCE".into()),
        category: Some("NA".into()),
        purpose: Some("a, b".into()),
        is_capital: Some(false),
        reference: Some("5100".into()),
        places: vec![
            StatedPlace::Area(AreaCode::parse("E05015239").unwrap()),
            StatedPlace::Postcode(Postcode::parse("M33 7ZF").unwrap()),
        ],
        payee_postcode: Some(Postcode::parse("M1 1AE").unwrap()),
        ..line("full", -1_234_567_890_123, "2026-05")
    }
}

fn lines_are_read_back_as_they_were(home: &Home) {
    let store = home.store();
    let published = import_spend(&*store, vec![full(), line("2", 0, "2026-05-29")]);
    assert_eq!(told(published), "run 1 revision 1: 2 created, 0 updated, 0 unchanged, 0 absent");
    let counted =
        [people("E01000001", vec![]), people("E01000002", vec![3, 4]), people_in_bands("E01000003")];
    import_people(&*store, counted.iter().rev().cloned().collect());
    assert_eq!(store.money_revision().unwrap(), 2);
    let found = lines(&*store);
    assert_eq!(found[0].record, full());
    assert_eq!((found[0].id, found[0].line), (AssetId::of("council-spend", "full"), 2));
    let known: Vec<PopulationRecord> = money(&*store)
        .into_iter()
        .filter_map(|one| if let Money::Population(people) = one { Some(people) } else { None })
        .collect();
    assert_eq!(known, counted);

    let again = import_spend(&*store, vec![line("2", 0, "2026-05-29"), full()]);
    assert_eq!(told(again), "run 3 revision 2: 0 created, 0 updated, 2 unchanged, 0 absent");
    let twice = store.begin_import(&source("council-spend", RecordKind::Spend)).and_then(|mut import| {
        import.spend(staged(vec![full(), full()]))?;
        import.publish(&source("council-spend", RecordKind::Spend), &FileReport::default())
    });
    assert!(matches!(twice, Err(StoreError::BadRow { .. })), "{twice:?}");

    let numbers: Vec<u64> = found.iter().rev().map(|line| line.number).collect();
    let some: Vec<AssetId> = store.spend_lines(&numbers).unwrap().iter().map(|line| line.id).collect();
    assert_eq!(some, [found[1].id, found[0].id], "in the order asked for");
    let (one, raw) = store.spend_line(found[0].id).unwrap().unwrap();
    assert_eq!((one, raw.contains("Mary’s")), (found[0].clone(), true));
    assert_eq!(store.spend_line(AssetId::of("x", "y")).unwrap(), None);
}

fn who_may_not_be_named_is_sealed(home: &Home) {
    let store = home.store();
    let of = |key: &str, standing| SpendRecord {
        payee: Payee { standing, name: format!("Jo Xyzzy-{key}"), identifiers: vec![] },
        purpose: Some("for Xyzzy".into()),
        reference: Some("Xyzzy/1".into()),
        payee_postcode: Some(Postcode::parse("WA14 9ZZ").unwrap()),
        ..line(key, 100, "2026-05-01")
    };
    import_spend(&*store, vec![of("a", Standing::Withheld), of("b", Standing::Redacted)]);
    assert!(!home.shows("Xyzzy") && !home.shows("WA14"));
    assert!(home.seals("Xyzzy-a"));
    let found = lines(&*store);
    assert_eq!(
        found[0].record.payee,
        Payee { standing: Standing::Withheld, name: String::new(), identifiers: vec![] }
    );
    assert_eq!((&found[0].record.purpose, found[0].record.pence), (&None, Pence(100)));

    import_spend(&*store, vec![of("a", Standing::Named), of("b", Standing::Redacted)]);
    assert_eq!(lines(&*store)[0].record.payee.name, "Jo Xyzzy-a", "released");
}

fn a_month_that_is_published_again_replaces_its_earlier_file(home: &Home) {
    let store = home.store();
    import_spend(
        &*store,
        vec![
            line("a", 1, "2026-04-02"),
            line("b", 2, "2026-04-09"),
            line("c", 4, "2026-04-30"),
            line("d", 8, "2026-03-31"),
        ],
    );
    let corrected = vec![
        line("a", 1, "2026-04-02"),
        line("c", 4, "2026-04-30"),
        line("e", 16, "2026-04-30"),
        line("f", 32, "2026-05-01"),
    ];
    let published = import_spend(&*store, corrected);
    assert_eq!((published.created, published.unchanged, published.withdrawn, published.absent), (2, 2, 1, 1));
    assert_eq!(
        pence(&*store),
        [1, 4, 8, 16, 32],
        "April without the line that it has no more; March as it was"
    );

    let back = import_spend(
        &*store,
        vec![line("a", 1, "2026-04-02"), line("b", 2, "2026-04-09"), line("c", 4, "2026-04-30")],
    );
    assert_eq!(
        (back.created, back.updated, back.withdrawn),
        (1, 0, 1),
        "it comes back, and what corrected it goes"
    );
    assert_eq!(pence(&*store).iter().sum::<i64>(), 1 + 2 + 4 + 8 + 32);
    assert_eq!(store.revision().unwrap(), 3);
}

fn a_correction_takes_back_what_the_one_before_brought(home: &Home) {
    let store = home.store();
    // Ten lines of a month of which each edition has another last one; and another part of the month.
    let edition = |last: i64| {
        let same = (0..9).map(|n| line(&n.to_string(), 1, "2026-04-09"));
        same.chain([line(&format!("last {last}"), last, "2026-04-30")]).collect::<Vec<_>>()
    };
    let part = || (0..4).map(|n| line(&format!("part {n}"), 1_000, "2026-04-30")).collect::<Vec<_>>();
    import_spend(&*store, edition(10));
    import_spend(&*store, part());
    for last in [20, 30, 40, 10, 40] {
        let published = import_spend(&*store, edition(last));
        assert_eq!((published.created, published.unchanged, published.withdrawn), (1, 9, 1), "{last}");
        assert_eq!(pence(&*store).iter().sum::<i64>(), 4_000 + 9 + last);
    }
    let again = import_spend(&*store, part());
    assert_eq!((again.unchanged, again.withdrawn), (4, 0));
}

fn parts_of_a_month_stay_beside_each_other(home: &Home) {
    let store = home.store();
    let part =
        |from: i64| (from..from + 4).map(|n| line(&n.to_string(), 1 << n, "2026-04-30")).collect::<Vec<_>>();
    import_spend(&*store, part(0));
    import_spend(&*store, part(4));
    assert_eq!(pence(&*store).iter().sum::<i64>(), 255);
    let again = import_spend(&*store, part(0));
    assert_eq!((again.unchanged, again.withdrawn), (4, 0), "the other part is not this file's to withdraw");
    assert_eq!(pence(&*store).iter().sum::<i64>(), 255);
}

fn placed(service: &str, target: serde_json::Value, weight_set: Option<&str>) -> Placed {
    Placed {
        service: Some(service.into()),
        class: "service".into(),
        mapped_by: Some("lifts".into()),
        method: "weights".into(),
        rule: "universal".into(),
        target,
        weight_set: weight_set.map(str::to_owned),
        asset: weight_set.map(|set| AssetId::of("clubs", set)),
        is_voluntary: weight_set.is_some(),
    }
}

fn weights(id: &str) -> Weights {
    let code = |text: &str| AreaCode::parse(text).unwrap();
    Weights {
        id: id.into(),
        name: "population".into(),
        year: 2024,
        scope: vec![code("E08000009")],
        weights: [(code("E01000001"), 3), (code("E01000002"), u64::from(u32::MAX))].into(),
    }
}

fn rules(version: &str) -> NewAllocation {
    let rules = format!("version = {version:?}\n");
    NewAllocation { rules_version: version.into(), rules, options: r#"{"head_office":false}"#.into() }
}

fn said(store: &dyn Store, allocation: u64) -> Vec<(u64, Placed)> {
    let mut all = Vec::new();
    store.placements(allocation, &mut |line| all.push((line.number, line.placed))).unwrap();
    all
}

fn what_every_allocation_said_stays_known(home: &Home) {
    let store = home.store();
    import_spend(&*store, vec![line("a", 1, "2026-04-02"), line("b", 2, "2026-04-09")]);
    let numbers: Vec<u64> = lines(&*store).iter().map(|line| line.number).collect();
    let at_a = placed("lifts", json!({"area": "E05000001"}), None);
    let over = placed("libraries", json!({"weights": "w1"}), Some("w1"));
    let first = [(numbers[0], at_a.clone()), (numbers[1], over.clone())];
    let one = store.allocate(&rules("1"), &[weights("w1")], &first).unwrap();
    assert_eq!((one.allocation, one.lines, one.changed, one.revision), (1, 2, 2, 2));
    assert_eq!(store.money_revision().unwrap(), 2);
    let same = store.allocate(&rules("1"), &[weights("w1")], &first).unwrap();
    assert_eq!((same.allocation, same.changed), (2, 0));

    let second = [(numbers[0], Placed { service: None, ..at_a.clone() }), (numbers[1], over.clone())];
    assert_eq!(store.allocate(&rules("2"), &[], &second).unwrap().changed, 1);
    import_spend(
        &*store,
        vec![line("b", 2, "2026-04-09"), line("c", 4, "2026-04-10"), line("d", 4, "2026-04-10")],
    );
    let third = [(numbers[1], over.clone())];
    assert_eq!(store.allocate(&rules("2"), &[], &third).unwrap().changed, 0);

    assert_eq!(said(&*store, 1), first);
    assert_eq!(said(&*store, 2), first);
    assert_eq!(said(&*store, 3), second);
    assert_eq!(said(&*store, 4), third);
    let past = store.allocations(Some(4), 2).unwrap();
    let numbers: Vec<_> = past.iter().map(|a| (a.allocation, a.rules_version.as_str())).collect();
    assert_eq!(numbers, [(3, "2"), (2, "1")]);
    let now: Vec<Option<Placed>> = lines(&*store).into_iter().map(|line| line.placed).collect();
    assert_eq!(now, [None, Some(over), None, None], "what is not placed has no place");
    let used: Vec<Weights> = money(&*store)
        .into_iter()
        .filter_map(|one| if let Money::Weights(set) = one { Some(set) } else { None })
        .collect();
    assert_eq!(used, [weights("w1")]);
}

fn a_copy_has_the_money_too(home: &Home) {
    let store = home.store();
    import_spend(
        &*store,
        vec![full(), line("a", 1, "2026-04-02"), line("b", 2, "2026-04-09"), line("c", 3, "2026-04-09")],
    );
    import_people(&*store, vec![people("E01000002", vec![3, 4])]);
    let number = lines(&*store)[1].number;
    store.allocate(&rules("1"), &[weights("w1")], &[(number, placed("x", json!({}), Some("w1")))]).unwrap();
    import_spend(&*store, vec![line("b", 2, "2026-04-09"), line("c", 3, "2026-04-09")]);
    store.allocate(&rules("2"), &[], &[]).unwrap();
    let kept = |store: &dyn Store| {
        let mut all: Vec<Kept> = Vec::new();
        let state = store.take_out(&mut |kept| {
            all.push(kept);
            Ok(())
        });
        (state.unwrap(), all)
    };
    for target in [Home::geopackage(), Home::postgis()] {
        let other = target.store();
        copy(&*store, &*other).unwrap();
        assert_eq!(kept(&*other), kept(&*store));
        assert_eq!(pence(&*other), pence(&*store));
        assert_eq!(other.money_revision().unwrap(), store.money_revision().unwrap());
        let again = import_spend(&*other, vec![full()]);
        assert_eq!((again.unchanged, again.created), (1, 0));
        assert_eq!(said(&*other, 1).len(), 1);
    }
}
