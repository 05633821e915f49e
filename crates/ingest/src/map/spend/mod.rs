//! Rows to lines of money. Every line of a file is one: payments that look the same were made as often as they are
//! listed, and nothing is merged that has no identifier of its own.

mod identity;
mod kind;
mod money;
mod places;

use super::asset::{left_out, marks};
use super::empties::Empties;
use super::key::{KeyColumns, normal};
use super::text::Recipe;
use super::{Mapped, Mapper};
use crate::Refusal;
use crate::batch::Record;
use crate::columns::Columns;
use crate::notes::Notes;
use crate::profile::Context;
use crate::raw_row::RawRow;
use crate::validate::{amount, identifier, person, postcode, redacted, spent_on, summary_row, text};
use identity::Identity;
use kind::Kinds;
use model::{Days, Finding, OrgId, PartialDate, Payee, SpendRecord, Standing};
use places::Places;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

pub(crate) use money::money;

/// A date so many days from the middle of its file is odd.
const FAR_OFF: i32 = 2 * 365;

/// A payee may have so many characters.
const MAX_NAME: usize = 500;

/// Rows to lines of money.
pub(super) struct SpendMapper {
    source: String,
    /// Whose the lines are that name no payer.
    unnamed: Option<String>,
    /// Payees that look private and may be named, as [`normal`] writes them.
    released: HashSet<String>,
    /// The middle of the file's dates.
    middle: Option<i32>,
    fields: BTreeMap<String, Recipe>,
    empties: Empties,
    /// `None` where the lines have no identifiers: what they say tells them apart.
    key: Option<KeyColumns>,
    identity: Identity,
    kinds: Kinds,
    places: Places,
    identifiers: Vec<(Option<String>, usize)>,
    only: Vec<(usize, Vec<String>)>,
}

impl SpendMapper {
    pub fn new(context: &Context<'_>, columns: &Columns) -> Result<Self, Refusal> {
        let profile = context.profile;
        let money = context.money.as_ref();
        let is_keyed = profile.key.lists().iter().any(|list| !list.is_empty());
        Ok(Self {
            source: context.source.clone(),
            unnamed: money.and_then(|money| money.unnamed.clone()),
            released: context.options.released.iter().map(|name| normal(name)).collect(),
            middle: money.and_then(|money| money.middle),
            fields: recipes(&profile.fields, columns),
            empties: Empties::new(&profile.empties),
            key: is_keyed.then(|| KeyColumns::new(profile, columns)).transpose()?,
            identity: Identity::new(columns),
            kinds: Kinds::new(&profile.kind, columns, context.file),
            places: Places::new(&profile.places, columns),
            identifiers: super::asset::identifiers(profile, columns),
            only: marks(&profile.only, columns),
        })
    }

    fn field<'r>(&'r self, field: &str, row: &'r RawRow) -> Option<Cow<'r, str>> {
        self.fields.get(field)?.of(row, &self.empties)
    }

    fn text(&self, field: &str, row: &RawRow, notes: &mut Notes<'_>) -> Option<String> {
        text::clean(&self.field(field, row)?, field, notes).map(|text| one_line(&text))
    }

    fn record(&self, row: &RawRow, notes: &mut Notes<'_>) -> Result<SpendRecord, Finding> {
        for (i, values) in &self.only {
            if !values.iter().any(|value| value.eq_ignore_ascii_case(row.cell(*i).trim())) {
                return Err(left_out(row.cell(*i), values, notes));
            }
        }
        let name = self.field("payee", row).map(|name| one_line(&name));
        self.is_no_total(name.as_deref(), row, notes)?;
        self.is_in_pounds(row, notes)?;
        let pence = amount::check(self.field("amount", row).as_deref(), notes)?;
        let date = self.date(row, notes)?;
        let identifiers = self.identifiers_in(row, notes);
        let standing = self.standing(name.as_deref(), &identifiers, row, notes)?;
        let payee = match standing {
            Standing::Redacted => Payee { standing, name: String::new(), identifiers: Vec::new() },
            _ => Payee { standing, name: limited(name.unwrap_or_default()), identifiers },
        };
        let key = self
            .key
            .as_ref()
            .map_or_else(|| Ok(self.identity.of(row)), |key| key.of(row, &self.empties, notes))?;
        let mut record = SpendRecord {
            source: self.source.clone(),
            key,
            kind: self.kinds.of(row, &self.empties, notes)?,
            payer: self.payer(row, notes)?,
            payee,
            pence,
            date,
            unit: self.text("unit", row, notes),
            category: self.text("category", row, notes),
            purpose: self.text("purpose", row, notes),
            is_capital: self.field("capital", row).and_then(|word| is_capital(&word)),
            reference: self.text("reference", row, notes),
            places: self.places.of(row, &self.empties, notes),
            payee_postcode: self.payee_postcode(row, notes),
        };
        seal(&mut record);
        if self.key.is_none() && record.payee.standing != Standing::Named {
            record.key = identity::of_what_is_shown(&record);
        }
        Ok(record)
    }

    fn date(&self, row: &RawRow, notes: &mut Notes<'_>) -> Result<PartialDate, Finding> {
        let own = self.field("date", row);
        let date = match (own, self.field("year", row)) {
            (None, Some(year)) => spent_on::year(&year, notes)?,
            (own, _) => spent_on::check(own.as_deref(), notes)?,
        };
        let is_far = |middle: i32| (Days::of(date).first - middle).abs() > FAR_OFF;
        if self.middle.is_some_and(is_far) {
            notes.warn(
                "odd-date",
                format!("{date} is more than two years from nearly all other dates of the file"),
                "Correct it if it is a slip; the line is counted in the year that it says.",
            );
        }
        Ok(date)
    }

    fn payer(&self, row: &RawRow, notes: &Notes<'_>) -> Result<String, Finding> {
        money::payer_in(self.fields.get("payer"), row, &self.empties)
            .or_else(|| self.unnamed.clone())
            .ok_or_else(|| {
                notes.reject(
                    "no-payer",
                    "the row does not say whose money it is",
                    "Name the body in the row, or with `--payer NAME` for all rows that name none.",
                )
            })
    }

    /// Whether the payee may be named. What has a register number is no private person.
    fn standing(
        &self,
        name: Option<&str>,
        identifiers: &[OrgId],
        row: &RawRow,
        notes: &Notes<'_>,
    ) -> Result<Standing, Finding> {
        if self.field("individual", row).is_some() {
            return Ok(Standing::Redacted);
        }
        match name {
            None => Err(notes.reject(
                "no-payee",
                "the row does not say who was paid",
                "Name the payee, or write REDACTED where the name is taken out.",
            )),
            Some(name) if redacted::is_redacted(name) => Ok(Standing::Redacted),
            Some(name) if self.may_be_named(name, identifiers) => Ok(Standing::Named),
            Some(_) => Ok(Standing::Withheld),
        }
    }

    fn may_be_named(&self, name: &str, identifiers: &[OrgId]) -> bool {
        !identifiers.is_empty() || !person::is_person_like(name) || self.released.contains(&normal(name))
    }

    fn identifiers_in(&self, row: &RawRow, notes: &mut Notes<'_>) -> Vec<OrgId> {
        let mut found: Vec<OrgId> = Vec::new();
        for (register, i) in &self.identifiers {
            let value = self.empties.value(row.cell(*i)).filter(|value| !redacted::is_redacted(value));
            let id = match register {
                Some(register) => identifier::check(Some(register), value, notes),
                // a list's own ids beside those of registers are nobody else's
                None => value.and_then(identifier::of_a_register),
            };
            found.extend(id.filter(|id| !found.contains(id)));
        }
        found
    }

    fn payee_postcode(&self, row: &RawRow, notes: &mut Notes<'_>) -> Option<model::Postcode> {
        postcode::check_correspondence(self.field("payee_postcode", row).as_deref(), notes)
    }

    /// Money of another country can't be added.
    fn is_in_pounds(&self, row: &RawRow, notes: &Notes<'_>) -> Result<(), Finding> {
        let Some(currency) = self.field("currency", row) else { return Ok(()) };
        if ["GBP", "£", "pounds", "sterling"].iter().any(|word| word.eq_ignore_ascii_case(&currency)) {
            return Ok(());
        }
        let shown: String = currency.chars().take(20).collect();
        let message = format!("the amount is in {shown:?}, not in pounds");
        Err(notes.reject("foreign-currency", message, "Give the amount in pounds (GBP)."))
    }

    /// A row that sums up others would count their money twice.
    fn is_no_total(&self, name: Option<&str>, row: &RawRow, notes: &Notes<'_>) -> Result<(), Finding> {
        let filled = (0..row.len()).filter(|i| self.empties.value(row.cell(*i)).is_some()).count();
        if !name.is_some_and(|name| summary_row::is_summary(name, filled, row.len())) {
            return Ok(());
        }
        let message = "the row sums up others: to count it would count their money twice";
        Err(notes.reject("summary-row", message, "Nothing; the other rows are counted."))
    }
}

/// Takes out of a record what would tell who a protected payee is, or where.
fn seal(record: &mut SpendRecord) {
    match record.payee.standing {
        Standing::Named => {}
        Standing::Redacted => {
            (record.purpose, record.reference, record.payee_postcode) = (None, None, None);
            record.places.clear();
        }
        Standing::Withheld => {
            record.payee_postcode = None;
            let name = record.payee.name.to_lowercase();
            let tells = |text: &String| {
                let text = text.to_lowercase();
                name.split(|c: char| !c.is_alphanumeric())
                    .any(|word| word.chars().count() >= 4 && text.contains(word))
            };
            record.purpose = record.purpose.take().filter(|purpose| !tells(purpose));
            record.reference = record.reference.take().filter(|reference| !tells(reference));
        }
    }
}

pub(super) fn recipes(
    fields: &BTreeMap<String, crate::profile::Text>,
    columns: &Columns,
) -> BTreeMap<String, Recipe> {
    fields.iter().map(|(field, text)| (field.clone(), Recipe::new(text, columns))).collect()
}

fn is_capital(word: &str) -> Option<bool> {
    let word = word.trim().to_lowercase();
    match word.as_str() {
        "c" | "cap" | "capex" => Some(true),
        "r" | "rev" => Some(false),
        word if word.starts_with("capital") => Some(true),
        word if word.starts_with("revenue") => Some(false),
        _ => None,
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn limited(name: String) -> String {
    match name.char_indices().nth(MAX_NAME) {
        None => name,
        Some((end, _)) => name[..end].to_owned(),
    }
}

impl Mapper for SpendMapper {
    fn map(&self, row: &RawRow, notes: &mut Notes<'_>) -> Result<Mapped, Finding> {
        let record = self.record(row, notes)?;
        Ok(Mapped {
            key: record.key.clone(),
            may_repeat: self.key.is_none(),
            content: serde_json::to_vec(&SpendRecord { source: String::new(), ..record.clone() })
                .unwrap_or_default(),
            hidden_by: None,
            covers: Vec::new(),
            as_of: Some(record.date)
                .filter(|_| notes.warnings.iter().all(|warning| warning.rule != "odd-date")),
            record: Record::Spend(record),
        })
    }
}
