//! The form for an asset: from a record to texts that a person can change, and back.

use model::{AssetRecord, BadField, Category, Fields, Kind, Status, Visibility};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A field that is a line or a paragraph of text.
pub(super) struct Text {
    pub name: &'static str,
    pub title: &'static str,
    pub hint: &'static str,
    pub value: String,
    pub rows: u8,
    /// What a browser may fill in.
    pub autocomplete: &'static str,
}

pub(super) struct Choice {
    pub value: &'static str,
    pub title: &'static str,
    pub is_chosen: bool,
}

/// One of several words to choose.
pub(super) struct Select {
    pub name: &'static str,
    pub title: &'static str,
    pub choices: Vec<Choice>,
}

pub(super) struct Form {
    pub texts: Vec<Text>,
    pub kinds: Vec<Choice>,
    pub selects: Vec<Select>,
    pub categories: Vec<Choice>,
    pub revision: u64,
    /// Names this very filling in, so that sending it twice saves it once.
    pub key: String,
    pub reason: String,
}

/// Name, title, hint, rows of text (1 is a line), autocomplete.
type Row = (&'static str, &'static str, &'static str, u8, &'static str);

#[rustfmt::skip]
const TEXTS: &[Row] = &[
    ("name", "Name", "", 1, "off"),
    ("summary", "What it is or does", "", 4, "off"),
    ("address", "Address", "Public, without the postcode", 1, "off"),
    ("postcode", "Postcode", "Of the place itself. Leave it empty if that is somebody's home.", 1, "off"),
    ("website", "Website", "", 1, "url"),
    ("email", "Email", "The organisation's, not a person's own", 1, "off"),
    ("phone", "Phone", "The organisation's, not a person's own", 1, "off"),
    ("opening_hours", "Opening or meeting times", "For example Monday to Friday 9am to 5pm", 2, "off"),
    ("facilities", "What it has and costs", "One on each line: Capacity: 80", 5, "off"),
    ("serves", "Works across", "Codes of areas, with commas between: E05015239", 1, "off"),
    ("position", "Place on the map", "Longitude and latitude, only if the postcode is not exact enough: -2.2869, 53.4251", 1, "off"),
];

const KINDS: &[(&str, &str)] =
    &[(Kind::Group.as_str(), "A group"), (Kind::Building.as_str(), "A building or place")];

/// Name, title, words and what they say.
type Choosable = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

#[rustfmt::skip]
const SELECTS: &[Choosable] = &[
    ("status", "Open or closed", &[
        (Status::Open.as_str(), "Open or active"),
        (Status::Closed.as_str(), "Closed or no longer active"),
    ]),
    ("visibility", "Who may see it", &[
        (Visibility::Public.as_str(), "Everybody"),
        (Visibility::Staff.as_str(), "Staff only"),
        (Visibility::Hidden.as_str(), "Nobody: it is kept hidden"),
    ]),
];

impl Form {
    /// The form of a record.
    pub fn of(record: &AssetRecord, revision: u64) -> Self {
        let fields = record.fields();
        let text = |name: &str| match name {
            "facilities" => {
                let lines = record.facilities.iter().map(|f| format!("{}: {}", f.label, f.value));
                lines.collect::<Vec<_>>().join("\n")
            }
            _ => fields.get(name).map(in_words).unwrap_or_default(),
        };
        Self::saying(text, |category| record.categories.contains(category), revision)
    }

    /// The form whose fields hold these texts.
    fn saying(text: impl Fn(&str) -> String, is_in: impl Fn(Category) -> bool, revision: u64) -> Self {
        let chosen = |name: &str, all: &[(&'static str, &'static str)]| {
            let value = text(name);
            let choice = |(word, title): &(&'static str, &'static str)| Choice {
                value: word,
                title,
                is_chosen: *word == value,
            };
            all.iter().map(choice).collect()
        };
        let category = |c: Category| Choice { value: c.id(), title: c.title(), is_chosen: is_in(c) };
        let mut categories: Vec<Choice> = Category::all().map(category).collect();
        categories.sort_by_key(|choice| choice.title);
        let line = |(name, title, hint, rows, autocomplete): &Row| Text {
            name,
            title,
            hint,
            value: text(name),
            rows: *rows,
            autocomplete,
        };
        let select = |(name, title, all): &Choosable| Select { name, title, choices: chosen(name, all) };
        Self {
            texts: TEXTS.iter().map(line).collect(),
            kinds: chosen("kind", KINDS),
            selects: SELECTS.iter().map(select).collect(),
            categories,
            revision,
            key: uuid::Uuid::new_v4().to_string(),
            reason: String::new(),
        }
    }
}

/// A form as it was filled in.
pub(super) struct Filled {
    pairs: Vec<(String, String)>,
    pub revision: u64,
    pub key: Option<String>,
    pub reason: Option<String>,
    /// `save`, `retire` or `restore`.
    pub what: String,
}

impl Filled {
    pub fn read(body: &[u8]) -> Self {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
        let one = |name: &str| {
            let pair = pairs.iter().find(|(known, _)| known == name);
            pair.map(|(_, value)| value.trim().to_owned()).filter(|value| !value.is_empty())
        };
        Self {
            revision: one("revision").and_then(|text| text.parse().ok()).unwrap_or(0),
            key: one("key"),
            reason: one("reason"),
            what: one("what").unwrap_or_default(),
            pairs,
        }
    }

    fn text(&self, name: &str) -> String {
        let pair = self.pairs.iter().find(|(known, _)| known == name);
        pair.map(|(_, value)| value.replace("\r\n", "\n")).unwrap_or_default()
    }

    /// What was said of each field of the form.
    pub fn fields(&self) -> Result<Fields, BadField> {
        let mut fields = BTreeMap::new();
        for (name, ..) in TEXTS {
            let text = self.text(name);
            let text = text.trim();
            let value = match *name {
                "facilities" => facilities(text)?,
                "serves" => text.split([',', ' ']).map(str::trim).filter(|code| !code.is_empty()).collect(),
                "position" => position(text)?,
                _ if text.is_empty() => Value::Null,
                _ => text.into(),
            };
            fields.insert((*name).to_owned(), value);
        }
        for name in std::iter::once("kind").chain(SELECTS.iter().map(|select| select.0)) {
            fields.insert(name.to_owned(), self.text(name).into());
        }
        let ids = self.pairs.iter().filter(|(name, _)| name == "category").map(|(_, id)| id.as_str());
        fields.insert("categories".to_owned(), ids.collect());
        Fields::new(fields)
    }

    /// The form as it was filled in, to be sent again.
    pub fn again(&self, revision: u64) -> Form {
        let is_in = |category: Category| {
            self.pairs.iter().any(|(name, id)| name == "category" && id == category.id())
        };
        let reason = self.reason.clone().unwrap_or_default();
        Form { reason, ..Form::saying(|name| self.text(name), is_in, revision) }
    }

    /// Where it says something else than a record: title, what the record says, what it says.
    pub fn differences(&self, now: &AssetRecord) -> Vec<[String; 3]> {
        let Ok(fields) = self.fields() else { return Vec::new() };
        let Ok(yours) = now.with(&fields) else { return Vec::new() };
        let (changed, said) = (now.changed_fields(&yours), now.fields());
        let row = |(field, value): (&str, &Value)| {
            let theirs = said.get(field).map(in_words).unwrap_or_default();
            [title(field).to_owned(), theirs, in_words(value)]
        };
        changed.iter().map(row).collect()
    }
}

fn facilities(text: &str) -> Result<Value, BadField> {
    let line = |line: &str| {
        let (label, value) = line.split_once(':').ok_or_else(|| BadField {
            field: "facilities".into(),
            why: format!("write {line:?} as a name, a colon, and what is to be said: Capacity: 80"),
        })?;
        Ok(json!({"label": label.trim(), "value": value.trim()}))
    };
    text.lines().map(str::trim).filter(|text| !text.is_empty()).map(line).collect()
}

fn position(text: &str) -> Result<Value, BadField> {
    if text.is_empty() {
        return Ok(Value::Null);
    }
    let numbers: Vec<f64> = text.split(',').filter_map(|part| part.trim().parse().ok()).collect();
    match numbers[..] {
        [lon, lat] if text.split(',').count() == 2 => Ok(json!([lon, lat])),
        _ => Err(BadField {
            field: "position".into(),
            why: "write longitude, a comma, and latitude: -2.2869, 53.4251".into(),
        }),
    }
}

/// What a field is called on the screen.
pub(super) fn title(field: &str) -> &str {
    let text = TEXTS.iter().find(|text| text.0 == field).map(|text| text.1);
    let select = || SELECTS.iter().find(|select| select.0 == field).map(|select| select.1);
    text.or_else(select).unwrap_or(match field {
        "kind" => "What it is",
        "categories" => "Categories",
        "uprn" => "UPRN",
        "identifiers" => "Register numbers",
        "postcode_text" => "Part of a postcode",
        other => other,
    })
}

/// A field's value as text.
pub(super) fn in_words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(in_words).collect::<Vec<_>>().join(", "),
        Value::Object(facility) => {
            let part = |name: &str| facility.get(name).map(in_words).unwrap_or_default();
            format!("{}: {}", part("label"), part("value"))
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &str) -> String {
        match Filled::read(body.as_bytes()).fields() {
            Ok(fields) => fields
                .iter()
                .filter(|(_, value)| **value != Value::Null && **value != json!([]) && **value != json!(""))
                .map(|(field, value)| format!("{field}={value}"))
                .collect::<Vec<_>>()
                .join(" "),
            Err(bad) => bad.to_string(),
        }
    }

    #[test]
    fn a_filled_form_says_what_each_field_shall_be() {
        assert_eq!(
            check("name=+Ash+Hall+&category=hall&kind=building"),
            r#"categories=["hall"] kind="building" name="Ash Hall""#
        );
        assert_eq!(
            check("facilities=Capacity%3A+80%0D%0A%0D%0APrice%3A%A310%3A30"),
            "facilities=[{\"label\":\"Capacity\",\"value\":\"80\"},{\"label\":\"Price\",\"value\":\"\u{fffd}10:30\"}]"
        );
        assert_eq!(check("serves=E05000001%2C+E05000002"), r#"serves=["E05000001","E05000002"]"#);
        assert_eq!(check("position=-2.3%2C+53.4"), "position=[-2.3,53.4]");
        assert!(check("position=53.4").starts_with("position: write longitude"));
        assert!(check("facilities=a+bar").starts_with("facilities: write \"a bar\""));
    }

    #[test]
    fn a_record_survives_the_form() {
        let fields = json!({"name": "Ash Hall", "kind": "building", "facilities": [{"label": "Capacity", "value": "80"}],
            "serves": ["E05000001"], "position": [-2.5, 53.5], "summary": "Two\nlines"});
        let record = AssetRecord::blank("s", "k").with(&serde_json::from_value(fields).unwrap()).unwrap();
        let form = Form::of(&record, 7);
        let mut body = form_urlencoded::Serializer::new(String::new());
        for text in &form.texts {
            body.append_pair(text.name, &text.value.replace('\n', "\r\n"));
        }
        let selects = form.selects.iter().map(|select| (select.name, &select.choices));
        for (name, choices) in selects.chain([("kind", &form.kinds)]) {
            choices.iter().filter(|c| c.is_chosen).for_each(|c| {
                body.append_pair(name, c.value);
            });
        }
        let filled = Filled::read(body.finish().as_bytes());
        assert_eq!(record.with(&filled.fields().unwrap()).unwrap(), record);
        assert_eq!(filled.differences(&record), Vec::<[String; 3]>::new());
    }
}
