//! What people decide about an asset, on top of what its source says. Pure: each home reads what is there, asks here
//! what is to be written, and writes it.
//!
//! An asset is a function of what its source says now and of what was decided, whichever came first.

use crate::{
    Action, AssetState, ENTERED, Edit, EditedField, Happening, KeptRow, Revision, Staged, StoreError, What,
};
use model::{
    Asset, AssetId, AssetRecord, BadField, Fields, Fingerprint, Located, RecordKind, Source, Visibility,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The decisions about one asset, and what its source says beside them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decided {
    source: AssetRecord,
    fields: BTreeMap<String, Decision>,
    retired: bool,
}

/// What a person decided of one field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Decision {
    value: Value,
    by: String,
    at: String,
    /// What the source said at that time.
    source_said: Value,
}

impl Decided {
    /// Nothing decided yet.
    fn of(source: AssetRecord) -> Self {
        Self { source, fields: BTreeMap::new(), retired: false }
    }

    /// Whether the asset was retired.
    pub fn retired(&self) -> bool {
        self.retired
    }

    /// What the source says now.
    pub fn source(&self) -> &AssetRecord {
        &self.source
    }

    /// What the source says, with the decisions laid over it. A value that no longer fits (a category that a later
    /// version has dropped) gives way to the source's.
    pub fn effective(&self) -> AssetRecord {
        self.fields.iter().fold(self.source.clone(), |record, (field, decision)| {
            let one = Fields::new([(field.clone(), decision.value.clone())].into());
            one.and_then(|one| record.with(&one)).unwrap_or(record)
        })
    }

    /// The record as it is kept among the rows: one that was retired is nobody's to see.
    pub fn kept(&self) -> AssetRecord {
        let mut record = self.effective();
        if self.retired {
            record.visibility = Visibility::Hidden;
        }
        record
    }

    /// The fields that people changed.
    pub fn edited(&self) -> Vec<EditedField> {
        let source = self.source.fields();
        let edited = |(field, decision): (&String, &Decision)| {
            let says = source.get(field).cloned().unwrap_or(Value::Null);
            EditedField {
                field: field.clone(),
                by: decision.by.clone(),
                at: decision.at.clone(),
                value: decision.value.clone(),
                disagrees: says != decision.source_said && says != decision.value,
                source_says: says,
            }
        };
        self.fields.iter().map(edited).collect()
    }
}

/// An asset as a home keeps it: its row, and what was decided about it if anything was.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    pub row: KeptRow<Asset>,
    pub decided: Option<Decided>,
}

impl Standing {
    /// As people who look after it see it.
    pub fn state(&self) -> AssetState {
        let mut asset = self.row.staged.value.clone();
        if let Some(decided) = &self.decided {
            asset.record = decided.effective();
        }
        AssetState {
            asset,
            revision: self.row.revision,
            retired: self.decided.as_ref().is_some_and(Decided::retired),
            edited: self.decided.as_ref().map(Decided::edited).unwrap_or_default(),
        }
    }

    /// What its source says.
    fn source(&self) -> &AssetRecord {
        self.decided.as_ref().map_or(&self.row.staged.value.record, Decided::source)
    }
}

/// What an edit leaves to be written: the asset as it will stand, and what goes into its history.
#[derive(Debug, Clone, PartialEq)]
pub struct Writing {
    pub after: Standing,
    pub happening: Happening,
}

/// When something happens.
pub struct Moment {
    /// The revision that it makes.
    pub revision: Revision,
    pub at: String,
}

/// The fields that may say where an asset is.
const PLACING: &[&str] = &["position", "postcode", "postcode_text", "uprn", "address"];

impl Action {
    /// Which asset it is about.
    pub fn id(&self) -> AssetId {
        match self {
            Self::Create(record) => record.id(),
            Self::Change { id, .. } | Self::Retire { id, .. } | Self::Restore { id, .. } => *id,
        }
    }

    fn expected(&self) -> Option<Revision> {
        match self {
            Self::Create(_) => None,
            Self::Change { expected, .. }
            | Self::Retire { expected, .. }
            | Self::Restore { expected, .. } => Some(*expected),
        }
    }
}

/// Of everything that an edit says, to know it when it is asked for again.
pub fn content_of(edit: &Edit) -> Fingerprint {
    let (what, about) = match &edit.action {
        Action::Create(record) => ("create", record.as_object().into()),
        Action::Change { fields, .. } => ("change", serde_json::json!(fields)),
        Action::Retire { .. } => ("retire", Value::Null),
        Action::Restore { .. } => ("restore", Value::Null),
    };
    let whole = serde_json::json!([
        what,
        about,
        edit.action.id().to_string(),
        edit.action.expected(),
        edit.by,
        edit.reason
    ]);
    Fingerprint::of([whole.to_string().as_bytes()])
}

/// What is to be written for an edit of an asset that stands like this; `None` when it changes nothing. `place` says
/// where a record is; it is asked only when the edit may have moved it.
///
/// # Errors
/// [`StoreError::NoSuchAsset`], [`StoreError::Conflict`], [`StoreError::BadField`], and those of `place`.
pub fn decide(
    edit: &Edit,
    before: Option<&Standing>,
    moment: Moment,
    place: impl FnOnce(&AssetRecord) -> Result<Option<Located>, StoreError>,
) -> Result<Option<Writing>, StoreError> {
    can_be_kept(edit)?;
    let conflict = |standing: &Standing| Err(StoreError::Conflict(Box::new(standing.state())));
    let before = match (&edit.action, before) {
        (Action::Create(record), None) => return create(edit, record, moment, place).map(Some),
        (Action::Create(_), Some(there)) => return conflict(there),
        (_, None) => return Err(StoreError::NoSuchAsset(edit.action.id())),
        (action, Some(there)) if action.expected() != Some(there.row.revision) => return conflict(there),
        (_, Some(there)) => there,
    };
    let was = before.state().asset.record;
    let mut decided = before.decided.clone().unwrap_or_else(|| Decided::of(before.source().clone()));
    let (what, is) = match &edit.action {
        Action::Change { fields, .. } => (What::Changed, was.with(fields)?),
        Action::Restore { .. } => (What::Restored, was.clone()),
        Action::Retire { .. } | Action::Create(_) => (What::Retired, was.clone()),
    };
    match what {
        What::Changed => {
            let said = decided.source.fields();
            let changed = was.changed_fields(&is);
            for (field, value) in changed.iter() {
                let decision = Decision {
                    value: value.clone(),
                    by: edit.by.clone(),
                    at: moment.at.clone(),
                    source_said: said.get(field).cloned().unwrap_or(Value::Null),
                };
                decided.fields.insert(field.to_owned(), decision);
            }
        }
        _ => decided.retired = what == What::Retired,
    }
    if before.decided.as_ref().unwrap_or(&Decided::of(before.source().clone())) == &decided {
        return Ok(None);
    }
    let fields = differences(&was, &is);
    let mut row = before.row.clone();
    if fields.keys().any(|field| PLACING.contains(&field.as_str())) {
        row.staged.value.located = place(&is)?;
    }
    row.staged.value.record = decided.kept();
    row.revision = moment.revision;
    let happening = happening(edit, what, moment, fields);
    Ok(Some(Writing { after: Standing { row, decided: Some(decided) }, happening }))
}

fn create(
    edit: &Edit,
    record: &AssetRecord,
    moment: Moment,
    place: impl FnOnce(&AssetRecord) -> Result<Option<Located>, StoreError>,
) -> Result<Writing, StoreError> {
    let bad = |field: &str, why: &str| BadField { field: field.into(), why: why.into() };
    if record.source != ENTERED {
        return Err(bad("source", "what a person enters is of nobody's list").into());
    }
    if record.name.trim().is_empty() {
        return Err(bad("name", "a name is needed").into());
    }
    let fingerprint = Fingerprint::of([Value::Object(record.as_object()).to_string().as_bytes()]);
    let value = Asset { id: record.id(), record: record.clone(), located: place(record)? };
    let staged = Staged { line: 0, fingerprint, raw: "{}".into(), value };
    let row = KeptRow { staged, run: 0, revision: moment.revision };
    let fields = differences(&AssetRecord::blank(&record.source, &record.key), record);
    let happening = happening(edit, What::Created, moment, fields);
    Ok(Writing { after: Standing { row, decided: None }, happening })
}

/// The source of what was entered here.
pub fn entered() -> Source {
    Source {
        id: ENTERED.into(),
        title: "Entered here".into(),
        publisher: None,
        licence: None,
        attribution: None,
        kind: RecordKind::Asset,
        covers: Vec::new(),
        area_names: Default::default(),
        as_of: None,
    }
}

fn happening(edit: &Edit, what: What, moment: Moment, fields: BTreeMap<String, (Value, Value)>) -> Happening {
    Happening {
        revision: moment.revision,
        at: moment.at,
        by: Some(edit.by.clone()),
        what,
        run: None,
        fields,
        reason: edit.reason.clone(),
    }
}

/// Not every home can hold the character NUL in a text, so none is given one.
fn can_be_kept(edit: &Edit) -> Result<(), BadField> {
    let nul = |text: &str| text.contains('\0');
    let bad = |field: &str| {
        Err(BadField { field: field.into(), why: "it holds the character NUL; take it out".into() })
    };
    let values: Vec<(String, Value)> = match &edit.action {
        Action::Create(record) => record.as_object().into_iter().collect(),
        Action::Change { fields, .. } => fields.iter().map(|(f, v)| (f.to_owned(), v.clone())).collect(),
        Action::Retire { .. } | Action::Restore { .. } => Vec::new(),
    };
    if let Some((field, _)) = values.iter().find(|(_, value)| value.to_string().contains("\\u0000")) {
        return bad(field);
    }
    let around = [("by", Some(&edit.by)), ("reason", edit.reason.as_ref()), ("key", edit.key.as_ref())];
    match around.into_iter().find(|(_, text)| text.is_some_and(|text| nul(text))) {
        Some((name, _)) => bad(name),
        None => Ok(()),
    }
}

/// What an import does to an asset that people decided about.
#[derive(Debug, Clone, PartialEq)]
pub struct Brought {
    /// The asset as it will stand; its revision and run are the import's.
    pub after: Standing,
    /// Whether the source says something else than before, or the asset is elsewhere.
    pub differs: bool,
    /// Whether the import cannot know where it is, so that it is to be placed again.
    pub unplaced: bool,
}

/// Lays the decisions over what a file says of an asset.
pub fn bring(before: &Standing, decided: &Decided, staged: Staged<Asset>) -> Brought {
    let theirs = staged.value.record.clone();
    let next = Decided { source: theirs.clone(), ..decided.clone() };
    let (was, is) = (decided.effective(), next.effective());
    let at_first = before.row.staged.value.located;
    let same_place = |a: &AssetRecord, b: &AssetRecord| {
        a.position == b.position && (a.position.is_some() || (a.postcode == b.postcode && a.uprn == b.uprn))
    };
    let (located, unplaced) = if same_place(&is, &theirs) {
        (staged.value.located, false)
    } else {
        (at_first, !same_place(&is, &was))
    };
    let differs = before.row.staged.fingerprint != staged.fingerprint
        || decided.source.visibility != theirs.visibility
        || located != at_first
        || unplaced;
    if !differs {
        // As with every row whose fingerprint is the same, what is there is left alone.
        return Brought { after: before.clone(), differs, unplaced };
    }
    let asset = Asset { id: staged.value.id, record: next.kept(), located };
    let row = KeptRow { staged: Staged { value: asset, ..staged }, ..before.row };
    Brought { after: Standing { row, decided: Some(next) }, differs, unplaced }
}

/// What an import that updated an asset leaves in its history: what its source said before and says now. `None` when it
/// says the same, and only a position was found.
pub fn imported(before: &AssetRecord, after: &AssetRecord, moment: Moment, run: u64) -> Option<Happening> {
    let fields = differences(before, after);
    (!fields.is_empty()).then_some(Happening {
        revision: moment.revision,
        at: moment.at,
        by: None,
        what: What::Imported,
        run: Some(run),
        fields,
        reason: None,
    })
}

/// The fields in which two records differ, with what each says.
fn differences(before: &AssetRecord, after: &AssetRecord) -> BTreeMap<String, (Value, Value)> {
    if before == after {
        return BTreeMap::new();
    }
    let said = before.fields();
    let pair = |value: &Value, field| (said.get(field).cloned().unwrap_or(Value::Null), value.clone());
    let changed = before.changed_fields(after);
    changed.iter().map(|(field, value)| (field.to_owned(), pair(value, field))).collect()
}

/// As a home keeps it.
pub fn to_json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("texts and numbers")
}

/// The reverse of [`to_json`].
pub fn from_json<T: for<'de> Deserialize<'de>>(what: &str, json: &str) -> Result<T, StoreError> {
    serde_json::from_str(json).map_err(|_| StoreError::unreadable(what, json))
}

#[cfg(test)]
mod tests;
