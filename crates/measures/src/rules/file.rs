//! The file of rules, as it is written.

use super::lookup::{Entry, Lookup};
use super::service::{Service, Universal};
use super::{Rules, RulesError, ServiceIx};
use crate::Class;
use model::SpendKind;
use serde::Deserialize;
use std::collections::BTreeSet;

/// What an entry writes that is for no service, whatever later entries say.
const NO_SERVICE: &str = "none";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: String,
    #[serde(default, rename = "service")]
    services: Vec<Service>,
    #[serde(default, rename = "protected")]
    protected: Vec<Row>,
    #[serde(default, rename = "lookup")]
    lookup: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    service: Option<String>,
    class: Option<String>,
    #[serde(default)]
    protected: bool,
    universal: Option<Universal>,
    note: Option<String>,
    #[serde(default)]
    payer: Vec<String>,
    #[serde(default)]
    unit: Vec<String>,
    #[serde(default)]
    category: Vec<String>,
    #[serde(default)]
    purpose: Vec<String>,
    #[serde(default)]
    payee: Vec<String>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    kind: Vec<SpendKind>,
    capital: Option<bool>,
}

pub(super) fn parse(text: &str) -> Result<Rules, RulesError> {
    let file: File = toml::from_str(text).map_err(|e| RulesError::Form(e.to_string()))?;
    each_once(file.services.iter().map(|service| &service.id))?;
    each_once(file.lookup.iter().chain(&file.protected).map(|row| &row.id))?;
    for universal in file.services.iter().filter_map(|service| service.universal.as_ref()) {
        universal.check()?;
    }
    let entries = |rows: Vec<Row>| -> Result<Lookup, RulesError> {
        let entries: Result<_, _> = rows.into_iter().map(|row| row.entry(&file.services)).collect();
        Lookup::new(entries?)
    };
    let (lookup, protected) = (entries(file.lookup)?, entries(file.protected)?);
    Ok(Rules { version: file.version, text: text.to_owned(), services: file.services, lookup, protected })
}

fn each_once<'a>(mut ids: impl Iterator<Item = &'a String>) -> Result<(), RulesError> {
    let mut known = BTreeSet::new();
    ids.find(|id| !known.insert(*id)).map_or(Ok(()), |id| Err(RulesError::Twice(id.clone())))
}

impl Row {
    fn entry(self, services: &[Service]) -> Result<Entry, RulesError> {
        let class = self.class.as_deref().unwrap_or(Class::Service.as_str());
        let class = Class::parse(class)
            .ok_or_else(|| RulesError::UnknownClass { entry: self.id.clone(), class: class.to_owned() })?;
        let settles_service = self.service.is_some();
        let service = self.service.filter(|id| id != NO_SERVICE).map(|id| {
            let place = services.iter().position(|service| service.id == id);
            let place = place.and_then(|place| u16::try_from(place).ok()).map(ServiceIx);
            place.ok_or_else(|| RulesError::UnknownService { entry: self.id.clone(), service: id })
        });
        if let Some(universal) = &self.universal {
            universal.check()?;
        }
        let entry = Entry {
            service: service.transpose()?,
            settles_service,
            class,
            is_protected: self.protected,
            universal: self.universal,
            note: self.note,
            payer: self.payer,
            unit: self.unit,
            category: self.category,
            purpose: self.purpose,
            payee: self.payee,
            words: self.words,
            kinds: self.kind,
            is_capital: self.capital,
            id: self.id,
        };
        if entry.looks_at_something() { Ok(entry) } else { Err(RulesError::MatchesAll(entry.id)) }
    }
}
