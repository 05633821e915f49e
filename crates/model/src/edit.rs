use crate::{AssetRecord, Category};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The fields of a record that a person may change. What a source is asked by (`source`, `key`), what is sealed
/// (`correspondence`) and the source's own date (`as_of`) are not among them.
pub const EDITABLE: &[&str] = &[
    "kind",
    "visibility",
    "name",
    "summary",
    "categories",
    "address",
    "postcode",
    "postcode_text",
    "uprn",
    "position",
    "website",
    "email",
    "phone",
    "opening_hours",
    "facilities",
    "serves",
    "identifiers",
    "status",
];

/// What a person says of some fields of a record, by name, as JSON in the form of [`AssetRecord`]. Only fields that may
/// be changed can be in it; whether a value fits is settled by [`AssetRecord::with`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<String, Value>", into = "BTreeMap<String, Value>")]
pub struct Fields(BTreeMap<String, Value>);

/// A field that can't be as someone wants it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {why}")]
pub struct BadField {
    /// Which field.
    pub field: String,
    /// What is wrong, and what to do.
    pub why: String,
}

impl Fields {
    /// # Errors
    /// The first field that may not be changed.
    pub fn new(fields: BTreeMap<String, Value>) -> Result<Self, BadField> {
        match fields.keys().find(|field| !EDITABLE.contains(&field.as_str())) {
            None => Ok(Self(fields)),
            Some(field) => Err(BadField {
                field: field.clone(),
                why: format!("this can't be changed; these can: {}", EDITABLE.join(", ")),
            }),
        }
    }

    /// Names and values, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(field, value)| (field.as_str(), value))
    }

    /// What is said of a field.
    pub fn get(&self, field: &str) -> Option<&Value> {
        self.0.get(field)
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// With what another says; where both speak of a field, the other counts.
    pub fn then(mut self, other: &Self) -> Self {
        self.0.extend(other.0.iter().map(|(field, value)| (field.clone(), value.clone())));
        self
    }
}

impl TryFrom<BTreeMap<String, Value>> for Fields {
    type Error = BadField;

    fn try_from(fields: BTreeMap<String, Value>) -> Result<Self, BadField> {
        Self::new(fields)
    }
}

impl From<Fields> for BTreeMap<String, Value> {
    fn from(fields: Fields) -> Self {
        fields.0
    }
}

impl AssetRecord {
    /// This record with some fields as a person says.
    ///
    /// # Errors
    /// The first field whose value does not fit: a postcode that is none, an empty name.
    pub fn with(&self, fields: &Fields) -> Result<Self, BadField> {
        let changed = fields.0.iter().try_fold(self.clone(), |record, (field, value)| {
            let mut object = record.as_object();
            object.insert(field.clone(), tidy(value));
            let bad = |why: String| BadField { field: field.clone(), why };
            // Stored categories that this version does not know are passed over; a person's word is not.
            let known = |id: &Value| id.as_str().is_some_and(|id| Category::parse(id).is_some());
            let ids = value.as_array().into_iter().flatten().filter(|_| field == "categories");
            if let Some(unknown) = ids.into_iter().find(|id| !known(id)) {
                return Err(bad(format!("there is no category {unknown}")));
            }
            if field == "name" && object.get(field).is_none_or(Value::is_null) {
                return Err(bad("a name is needed".into()));
            }
            serde_json::from_value(Value::Object(object)).map_err(|error| bad(error.to_string()))
        })?;
        match changed.name.trim().is_empty() {
            true => Err(BadField { field: "name".into(), why: "a name is needed".into() }),
            false => Ok(changed),
        }
    }

    /// What the record says of every field that may be changed.
    pub fn fields(&self) -> Fields {
        let mut object = self.as_object();
        let field = |name: &&str| ((*name).to_owned(), object.remove(*name).unwrap_or(Value::Null));
        Fields(EDITABLE.iter().map(field).collect())
    }

    /// The fields that may be changed in which another record says something else, with what the other says.
    pub fn changed_fields(&self, other: &Self) -> Fields {
        let (before, mut after) = (self.fields(), other.fields());
        after.0.retain(|field, value| before.get(field) != Some(value));
        after
    }

    /// All that the record says, as JSON.
    pub fn as_object(&self) -> Map<String, Value> {
        match serde_json::to_value(self) {
            Ok(Value::Object(object)) => object,
            _ => unreachable!("a record is an object of plain values"),
        }
    }
}

/// Text without blanks around it; an empty text says nothing.
fn tidy(value: &Value) -> Value {
    match value {
        Value::String(text) if text.trim().is_empty() => Value::Null,
        Value::String(text) => Value::String(text.trim().to_owned()),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn hall() -> AssetRecord {
        let record = json!({
            "source": "halls", "key": "1", "kind": "building", "name": "Ash Hall", "summary": null,
            "categories": ["hall"], "address": null, "postcode": "M33 7ZF", "postcode_text": null, "uprn": null,
            "position": null, "correspondence": null, "website": null, "email": null, "phone": null,
            "opening_hours": null, "facilities": [], "serves": [], "identifiers": [], "status": "open", "as_of": null
        });
        serde_json::from_value(record).expect("a record")
    }

    fn check(fields: Value) -> String {
        let read: Result<Fields, _> = serde_json::from_value(fields);
        let fields = match read {
            Ok(fields) => fields,
            Err(error) => return error.to_string(),
        };
        match hall().with(&fields) {
            Ok(record) => serde_json::to_string(&hall().changed_fields(&record)).expect("JSON"),
            Err(bad) => bad.to_string(),
        }
    }

    #[test]
    fn fields_are_laid_over_the_record_and_read_back() {
        assert_eq!(check(json!({"phone": " 0161 496 0000 "})), r#"{"phone":"0161 496 0000"}"#);
        assert_eq!(check(json!({"postcode": "m337zf"})), "{}", "said the same in other words");
        assert_eq!(check(json!({"summary": "  "})), "{}", "nothing is nothing");
        assert_eq!(check(json!({"position": [-2.3, 53.4]})), r#"{"position":[-2.3,53.4]}"#);
        assert_eq!(
            check(json!({"status": "closed", "postcode": null})),
            r#"{"postcode":null,"status":"closed"}"#
        );
    }

    #[test]
    fn what_does_not_fit_is_named() {
        for (fields, said) in [
            (json!({"key": "2"}), "key: this can't be changed"),
            (json!({"name": " "}), "name: a name is needed"),
            (json!({"postcode": "M33"}), "postcode: "),
            (json!({"position": [200, 53]}), "position: "),
            (json!({"categories": ["palace"]}), "categories: "),
            (json!({"kind": "tree"}), "kind: "),
            (json!({"facilities": "a bar"}), "facilities: "),
        ] {
            let answer = check(fields.clone());
            assert!(answer.starts_with(said), "{fields}: {answer}");
        }
    }
}
