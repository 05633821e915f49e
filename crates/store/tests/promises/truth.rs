//! The truth is what sources say with what people decided laid over it, whatever came first.

use super::edits::{change, locate, state};
use crate::common::*;
use model::{Asset, AssetId, Position, PositionQuality, Visibility};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use store::{Action, Store};

crate::in_both_homes!(edits_survive_imports_and_imports_come_in_any_order);

const KEYS: usize = 3;

/// What a list says in its `edition` of the asset with this key.
fn listed(key: usize, edition: u8) -> Asset {
    let mut asset = asset(&key.to_string(), &format!("Club {key}.{}", edition / 2));
    asset.record.phone = (!edition.is_multiple_of(3)).then(|| format!("{edition}"));
    asset.record.correspondence = (!edition.is_multiple_of(2)).then(|| postcode("WA14 9ZZ"));
    if edition % 4 == 3 {
        asset.record.visibility = Visibility::Staff;
    }
    if edition % 5 > 2 {
        asset.record.position = Some(Position::new(-f64::from(edition), 53.0).unwrap());
        asset.located = at(-f64::from(edition), 53.0, PositionQuality::Surveyed);
    }
    asset
}

#[derive(Debug, Clone)]
enum Step {
    Import(Vec<(usize, u8)>),
    Set(usize, Value),
    Retire(usize, bool),
}

fn a_step() -> impl Strategy<Value = Step> {
    let rows = proptest::collection::btree_map(0..KEYS, 0u8..12, 0..=KEYS);
    let fields = prop_oneof![
        (0u8..3).prop_map(|n| json!({"phone": format!("edited {n}")})),
        (0u8..3).prop_map(|n| json!({"name": format!("Named {n}"), "summary": "Warm"})),
        Just(json!({"phone": null})),
        Just(json!({"position": [-9.5, 53.5]})),
        Just(json!({"position": null})),
        prop_oneof!["public", "staff", "hidden"].prop_map(|word| json!({"visibility": word})),
    ];
    prop_oneof![
        rows.prop_map(|rows: BTreeMap<usize, u8>| Step::Import(rows.into_iter().collect())),
        (0..KEYS, fields).prop_map(|(key, fields)| Step::Set(key, fields)),
        (0..KEYS, any::<bool>()).prop_map(|(key, retire)| Step::Retire(key, retire)),
    ]
}

fn id(key: usize) -> AssetId {
    asset(&key.to_string(), "").id
}

/// What must be true: the newest edition of each asset, with the decisions on it.
#[derive(Clone, Default)]
struct Expected {
    newest: [u8; KEYS],
    said: [BTreeMap<String, Value>; KEYS],
    retired: [bool; KEYS],
}

impl Expected {
    fn effective(&self, key: usize) -> Asset {
        let mut asset = listed(key, self.newest[key]);
        let fields = model::Fields::new(self.said[key].clone()).unwrap();
        asset.record = asset.record.with(&fields).unwrap();
        asset.located = locate(&asset.record, None);
        asset
    }

    fn check(&self, store: &dyn Store) {
        for key in 0..KEYS {
            let found = state(store, id(key));
            assert_eq!((found.asset, found.retired), (self.effective(key), self.retired[key]));
        }
        let public =
            |key: &usize| !self.retired[*key] && self.effective(*key).record.visibility == Visibility::Public;
        let mut shown: Vec<Asset> = (0..KEYS).filter(public).map(|key| self.effective(key)).collect();
        let mut found = assets(store);
        shown.sort_by_key(|asset| asset.id);
        found.sort_by_key(|asset| asset.id);
        assert_eq!(found, shown);
    }
}

fn take(store: &dyn Store, step: &Step, expected: &mut Expected) {
    match step {
        Step::Import(rows) => {
            for (key, edition) in rows {
                expected.newest[*key] = *edition;
            }
            import(store, rows.iter().map(|(key, edition)| listed(*key, *edition)).collect());
        }
        Step::Set(key, fields) => {
            let now = state(store, id(*key));
            for (field, value) in fields.as_object().unwrap() {
                // A value that it has already is no decision.
                if now.asset.record.fields().get(field) != Some(value) {
                    expected.said[*key].insert(field.clone(), value.clone());
                }
            }
            store.edit(&change(id(*key), now.revision, fields.clone()), &locate).unwrap();
        }
        Step::Retire(key, retire) => {
            expected.retired[*key] = *retire;
            let (id, expected) = (id(*key), state(store, id(*key)).revision);
            let action = match retire {
                true => Action::Retire { id, expected },
                false => Action::Restore { id, expected },
            };
            store.edit(&super::edits::edit(action), &locate).unwrap();
        }
    }
}

fn edits_survive_imports_and_imports_come_in_any_order(home: &Home) {
    let config = Config { cases: 12, failure_persistence: None, ..Config::default() };
    let steps = proptest::collection::vec(a_step(), 1..14);
    let mut runner = TestRunner::new(config);
    let told = runner.run(&steps, |steps| {
        let home = home.another();
        let store = home.store();
        let mut expected = Expected::default();
        import(&*store, (0..KEYS).map(|key| listed(key, 0)).collect());
        for step in &steps {
            take(&*store, step, &mut expected);
            if store.relocation_is_due().unwrap() {
                store.relocate(&locate).unwrap();
            }
            expected.check(&*store);
        }
        let copied = home.another();
        let copied = copied.store();
        store::copy(&*store, &*copied).unwrap();
        expected.check(&*copied);
        Ok(())
    });
    told.unwrap();
}
