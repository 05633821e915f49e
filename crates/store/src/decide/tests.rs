use super::*;
use model::{Position, PositionQuality, Postcode};
use serde_json::json;

fn at(lon: f64) -> Option<Located> {
    Some(Located { position: Position::new(lon, 53.0).unwrap(), quality: PositionQuality::Postcode })
}

/// What a list says of a hall, in its own place.
fn listed(phone: &str, postcode: &str) -> Staged<Asset> {
    let mut record = AssetRecord::blank("halls", "1");
    record.name = "Ash Hall".into();
    record.phone = Some(phone.into());
    record.postcode = Postcode::parse(postcode).ok();
    let text = format!("{record:?}");
    let value = Asset { id: record.id(), located: at(-(postcode.len() as f64)), record };
    Staged { line: 2, fingerprint: Fingerprint::of([text.as_bytes()]), raw: "{}".into(), value }
}

fn standing(staged: Staged<Asset>) -> Standing {
    Standing { row: KeptRow { staged, run: 1, revision: 1 }, decided: None }
}

fn edit(action: Action) -> Edit {
    Edit { action, by: "ann".into(), reason: None, key: None }
}

fn change(standing: &Standing, fields: Value) -> Edit {
    let fields = serde_json::from_value(fields).unwrap();
    edit(Action::Change { id: standing.row.staged.value.id, expected: standing.row.revision, fields })
}

fn now(revision: Revision) -> Moment {
    Moment { revision, at: format!("day {revision}") }
}

/// The asset after an edit that changes something.
fn done(before: &Standing, edit: &Edit) -> Standing {
    let next = now(before.row.revision + 1);
    decide(edit, Some(before), next, |_| Ok(at(-1.0))).unwrap().unwrap().after
}

fn brought(before: &Standing, staged: Staged<Asset>) -> Standing {
    let mut after = bring(before, before.decided.as_ref().unwrap(), staged).after;
    after.row.revision = before.row.revision + 1;
    after
}

/// Field, value, what the source says, and whether it disagrees.
fn edited(standing: &Standing) -> String {
    let field = |e: &EditedField| {
        let word = if e.disagrees { " DISAGREES" } else { "" };
        format!("{} {} over {}{word}", e.field, e.value, e.source_says)
    };
    standing.state().edited.iter().map(field).collect::<Vec<_>>().join("; ")
}

#[test]
fn a_decision_stays_over_what_the_source_says_later() {
    let at_first = standing(listed("1", "M1 1AE"));
    let mut hall = done(&at_first, &change(&at_first, json!({"phone": "2"})));
    assert_eq!(edited(&hall), r#"phone "2" over "1""#);
    for (says, expected) in [
        ("1", r#"phone "2" over "1""#),
        ("3", r#"phone "2" over "3" DISAGREES"#),
        ("2", r#"phone "2" over "2""#),
    ] {
        hall = brought(&hall, listed(says, "M1 1AE"));
        assert_eq!(edited(&hall), expected);
        assert_eq!(hall.state().asset.record.phone.as_deref(), Some("2"));
    }
}

#[test]
fn the_order_of_an_import_and_an_edit_does_not_matter() {
    let at_first = standing(listed("1", "M1 1AE"));
    let fields = json!({"summary": "Warm"});
    let edited_first = done(&at_first, &change(&at_first, fields.clone()));
    let edited_first = brought(&edited_first, listed("3", "M1 1AE"));
    let imported_first = standing(listed("3", "M1 1AE"));
    let imported_first = done(&imported_first, &change(&imported_first, fields));
    assert_eq!(edited_first.state().asset, imported_first.state().asset);
}

#[test]
fn what_changes_nothing_is_not_written() {
    let hall = standing(listed("1", "M1 1AE"));
    let place = |_: &AssetRecord| -> Result<Option<Located>, StoreError> { panic!("it has not moved") };
    let same = change(&hall, json!({"phone": " 1 ", "postcode": "m11ae", "summary": ""}));
    assert_eq!(decide(&same, Some(&hall), now(2), place).unwrap(), None);
    let restore = edit(Action::Restore { id: hall.row.staged.value.id, expected: 1 });
    assert_eq!(decide(&restore, Some(&hall), now(2), place).unwrap(), None, "it is not retired");
    let retired = done(&hall, &edit(Action::Retire { id: hall.row.staged.value.id, expected: 1 }));
    let again = edit(Action::Retire { id: hall.row.staged.value.id, expected: 2 });
    assert_eq!(decide(&again, Some(&retired), now(3), place).unwrap(), None, "it is already");
}

#[test]
fn one_that_is_retired_is_kept_hidden_and_comes_back_as_it_was() {
    let hall = standing(listed("1", "M1 1AE"));
    let id = hall.row.staged.value.id;
    let retired = done(&hall, &edit(Action::Retire { id, expected: 1 }));
    let after = brought(&retired, listed("3", "M1 1AE"));
    for hall in [&retired, &after] {
        assert_eq!(hall.row.staged.value.record.visibility, Visibility::Hidden);
        assert!(hall.state().retired && hall.state().asset.record.visibility == Visibility::Public);
    }
    let restored = done(&after, &edit(Action::Restore { id, expected: 3 }));
    assert_eq!(restored.row.staged.value.record, listed("3", "M1 1AE").value.record);
    assert!(!restored.state().retired);
}

#[test]
fn an_edit_of_what_is_not_as_it_was_seen_is_refused() {
    let hall = standing(listed("1", "M1 1AE"));
    let mut late = change(&hall, json!({"phone": "2"}));
    if let Action::Change { expected, .. } = &mut late.action {
        *expected = 0;
    }
    let refused = |edit: &Edit, before: Option<&Standing>| {
        decide(edit, before, now(2), |_| Ok(None)).unwrap_err().to_string()
    };
    assert!(refused(&late, Some(&hall)).starts_with("somebody else has changed \"Ash Hall\""));
    assert!(refused(&late, None).starts_with("there is no asset "));
    assert_eq!(
        refused(&change(&hall, json!({"phone": "2\0"})), Some(&hall)),
        "phone: it holds the character NUL; take it out"
    );
    assert_eq!(refused(&change(&hall, json!({"name": ""})), Some(&hall)), "name: a name is needed");
    let mut blank = AssetRecord::blank(ENTERED, "k");
    assert!(refused(&edit(Action::Create(Box::new(blank.clone()))), None).starts_with("name: "));
    blank.name = "Oak Club".into();
    blank.source = "halls".into();
    assert!(refused(&edit(Action::Create(Box::new(blank))), None).starts_with("source: "));
}

#[test]
fn an_edited_place_wins_and_one_that_nobody_knows_is_looked_for() {
    let hall = standing(listed("1", "M1 1AE"));
    let moved = done(&hall, &change(&hall, json!({"postcode": "M2 2BB"})));
    assert_eq!(moved.row.staged.value.located, at(-1.0), "as the edit was placed");
    let bring = |before: &Standing, staged| bring(before, before.decided.as_ref().unwrap(), staged);
    let later = bring(&moved, listed("3", "M33 3DD"));
    assert_eq!((later.after.row.staged.value.located, later.unplaced), (at(-1.0), false));
    let same = bring(&moved, listed("1", "M1 1AE"));
    assert!(!same.differs, "the list says the same, though it would be elsewhere");

    let named = done(&hall, &change(&hall, json!({"name": "Elm Hall"})));
    let later = bring(&named, listed("1", "M33 3DD"));
    assert_eq!((later.after.row.staged.value.located, later.unplaced), (at(-7.0), false));

    let mut surveyed = listed("1", "M1 1AE");
    surveyed.value.record.position = Some(Position::new(-3.0, 53.0).unwrap());
    let without = done(&standing(surveyed), &change(&hall, json!({"position": null})));
    let later = bring(&without, listed("1", "M33 3DD"));
    assert_eq!((later.after.row.staged.value.located, later.unplaced), (at(-7.0), false));
    let mut elsewhere = listed("1", "M33 3DD");
    elsewhere.value.record.position = Some(Position::new(-4.0, 53.0).unwrap());
    assert!(bring(&without, elsewhere).unplaced, "its postcode is not where the list's position is");
}

#[test]
fn decisions_are_kept_to_the_bit() {
    let hall = standing(listed("1", "M1 1AE"));
    let edit = change(&hall, json!({"position": [-2.352_123_456_789_012, 53.388_000_000_000_01]}));
    let decided = done(&hall, &edit).decided.unwrap();
    assert_eq!(from_json::<Decided>("decision", &to_json(&decided)).unwrap(), decided);
    for n in 0..2_000u64 {
        let position = Position::new(n as f64 / 977.0 - 1.0, 90.0 - n as f64 / 31.0).unwrap();
        assert_eq!(from_json::<Position>("position", &to_json(&position)).unwrap(), position);
    }
}

#[test]
fn the_same_edit_has_the_same_content_and_another_has_not() {
    let hall = standing(listed("1", "M1 1AE"));
    let one = change(&hall, json!({"phone": "2"}));
    assert_eq!(content_of(&one), content_of(&one.clone()));
    for other in [
        change(&hall, json!({"phone": "3"})),
        Edit { by: "bob".into(), ..one.clone() },
        Edit { reason: Some("so".into()), ..one.clone() },
        edit(Action::Retire { id: one.action.id(), expected: 1 }),
        edit(Action::Restore { id: one.action.id(), expected: 1 }),
    ] {
        assert_ne!(content_of(&one), content_of(&other), "{other:?}");
    }
}
