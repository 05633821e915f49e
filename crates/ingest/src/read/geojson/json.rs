use super::Flaw;
use super::explain::explain;
use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::HashSet;

/// The members of an object, in order, not looked into.
pub(super) struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'a> Members<'a> {
    /// Of the text of one object. Each name may stand there once.
    ///
    /// # Errors
    /// When it is not an object, not JSON, or a name stands there twice.
    pub fn of(text: &'a str) -> Result<Self, Flaw> {
        let mut json = serde_json::Deserializer::from_str(text);
        let members = json.deserialize_map(InOrder).map_err(|error| explain(&error, text))?;
        json.end().map_err(|error| explain(&error, text))?;
        let mut seen = HashSet::new();
        match members.iter().find(|(name, _)| !seen.insert(name.as_str())) {
            Some((name, _)) => Err(Flaw::new(
                "duplicate-member",
                format!("the object has the member \"{}\" twice", short(name)),
                "Keep one of them: programs differ in which one they take.",
            )),
            None => Ok(Self(members)),
        }
    }

    /// A member by its name.
    pub fn get(&self, name: &str) -> Option<&'a RawValue> {
        self.0.iter().find(|(have, _)| have == name).map(|(_, value)| *value)
    }

    /// All members.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &'a RawValue)> {
        self.0.iter().map(|(name, value)| (name.as_str(), *value))
    }

    /// The `type` member, as text.
    ///
    /// # Errors
    /// When there is none, or it is not a text.
    pub fn kind(&self, of: &str) -> Result<String, Flaw> {
        let remedy = "GeoJSON objects say what they are in \"type\".";
        let value = self
            .get("type")
            .ok_or_else(|| Flaw::new("no-type", format!("the {of} has no member \"type\""), remedy))?;
        serde_json::from_str(value.get()).map_err(|_| {
            Flaw::new("bad-type", format!("the {of}'s \"type\" is {}, not a text", sort(value)), remedy)
        })
    }
}

struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(members)
    }
}

/// What sort of value it is, in words.
pub(super) fn sort(value: &RawValue) -> &'static str {
    match value.get().as_bytes().first() {
        Some(b'{') => "an object",
        Some(b'[') => "a list",
        Some(b'"') => "a text",
        Some(b't' | b'f') => "true or false",
        Some(b'n') => "null",
        _ => "a number",
    }
}

/// At most 60 characters.
pub(super) fn short(text: &str) -> String {
    text.chars().take(60).collect()
}
