use super::areas::Areas;
use super::category::Categories;
use super::empties::Empties;
use super::key::KeyColumns;
use super::name::{Name, Names, with_note};
use super::place::Place;
use super::text::Recipe;
use super::{Mapped, Mapper};
use crate::Refusal;
use crate::batch::Record;
use crate::columns::Columns;
use crate::file_name::FileName;
use crate::notes::Notes;
use crate::profile::{Agreed, Closed, Context, DateFrom, OneOrMore, Profile, label_of, plain};
use crate::raw_row::RawRow;
use crate::validate::{contact, date, identifier, name, postcode, sensitive, summary_row, text, uprn};
use model::{
    AssetRecord, Facility, Finding, Kind, OrgId, PartialDate, Position, Postcode, RecordKind, Status,
    Visibility,
};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Rows to groups and buildings.
pub(super) struct AssetMapper {
    kind: Option<Kind>,
    source: String,
    key: KeyColumns,
    empties: Empties,
    names: Names,
    fields: BTreeMap<String, Recipe>,
    categories: Categories,
    facilities: Vec<(String, usize)>,
    identifiers: Vec<(Option<String>, usize)>,
    place: Place,
    serves: Areas,
    covers: Areas,
    as_of_column: Option<usize>,
    /// The date of the whole file, where no column says more.
    as_of: Option<PartialDate>,
    /// The same, when whoever imports the file said it.
    said: Option<PartialDate>,
    closed: Vec<(usize, Vec<String>)>,
    only: Vec<(usize, Vec<String>)>,
    /// Columns that say whether telephone and mailbox may be shown, and whether the row may.
    contact: Option<(usize, Agreed)>,
    public: Option<(usize, Agreed)>,
    correspondence: bool,
}

impl AssetMapper {
    pub fn new(
        context: &Context<'_>,
        columns: &Columns,
        notices: &mut Vec<Finding>,
    ) -> Result<Self, Refusal> {
        let Context { profile, given, options, .. } = context;
        let serves = Areas::new(&options.serves, given.serves.as_ref(), columns);
        if profile.correspondence && serves.is_empty() {
            notices.push(register_without_area());
        }
        Ok(Self {
            kind: kind_of(profile.record),
            source: context.source.clone(),
            key: KeyColumns::new(profile, columns)?,
            empties: Empties::new(&profile.empties),
            names: Names::new(profile, columns),
            fields: profile
                .fields
                .iter()
                .map(|(field, text)| (field.clone(), Recipe::new(text, columns)))
                .collect(),
            categories: Categories::new(&profile.category, profile.fields.get("name"), columns),
            facilities: facilities(profile, columns),
            identifiers: identifiers(profile, columns),
            place: Place::new(&profile.position, columns, options.crs),
            serves,
            covers: Areas::new(&options.covers, given.covers.as_ref(), columns),
            as_of_column: match &given.as_of {
                Some(DateFrom::Column { column }) => columns.find_any(column.names()),
                _ => None,
            },
            as_of: options.as_of.or_else(|| date_of_file(given.as_of.as_ref(), context.file)),
            said: options.as_of,
            closed: marks(&profile.closed, columns),
            only: marks(&profile.only, columns),
            contact: agreed(profile, profile.consent.contact.as_ref(), columns)?,
            public: agreed(profile, profile.consent.public.as_ref(), columns)?,
            correspondence: profile.correspondence,
        })
    }

    fn field<'r>(&'r self, field: &str, row: &'r RawRow) -> Option<Cow<'r, str>> {
        self.fields.get(field)?.of(row, &self.empties)
    }

    /// The record as the row alone gives it: without source, and without the date of the file.
    fn record(&self, row: &RawRow, notes: &mut Notes<'_>) -> Result<AssetRecord, Finding> {
        let field = |name| self.field(name, row);
        self.is_wanted(row, notes)?;
        let named = self.names.of(row, &self.empties);
        if let Some(named) = &named {
            self.is_no_total(&named.text, row, notes)?;
        }
        let name = name::check(named.as_ref().map(|name| name.text.as_ref()), notes)?;
        let note = named.and_then(|Name { note, .. }| note);
        let is_made = note.is_some();
        let key = self.key.of(row, &self.empties, notes)?;
        let kind = self.kind_in(row, notes)?;
        let place = self.place.of(row, &self.empties, notes);
        let Where { name, address, postcode, postcode_text, correspondence } =
            self.address(name, is_made, row, notes);
        let place = or_postcode(place, postcode.as_ref(), notes)?;
        let may_contact = self.may_contact(row, notes);
        Ok(AssetRecord {
            source: String::new(),
            key,
            kind,
            visibility: Visibility::Public,
            summary: with_note(field("summary").and_then(|t| text::clean(&t, "summary", notes)), note),
            categories: self.categories.of(row, &self.empties),
            address,
            postcode,
            postcode_text,
            uprn: uprn::check(field("uprn").as_deref(), notes),
            position: if self.correspondence { None } else { place },
            correspondence,
            website: contact::website(field("website").as_deref(), notes),
            email: contact::email(field("email").filter(|_| may_contact).as_deref(), notes),
            phone: contact::phone(field("phone").filter(|_| may_contact).as_deref(), notes),
            opening_hours: field("opening_hours").and_then(|t| text::clean(&t, "opening hours", notes)),
            facilities: self.facilities_in(row, notes),
            serves: self.serves.of(row),
            identifiers: self.identifiers_in(row, notes),
            status: self.status(row),
            as_of: date::check(self.as_of_column.and_then(|i| self.empties.value(row.cell(i))), notes),
            name,
        })
    }

    fn kind_in(&self, row: &RawRow, notes: &Notes<'_>) -> Result<Kind, Finding> {
        if let Some(kind) = self.kind {
            return Ok(kind);
        }
        let word = self.field("kind", row).unwrap_or_default();
        Kind::parse(&word.to_lowercase()).ok_or_else(|| {
            let shown: String = word.chars().take(40).collect();
            notes.reject(
                "bad-kind",
                format!("{shown:?} is neither group nor building"),
                "Write `group` or `building`.",
            )
        })
    }

    /// Name, address and postcodes. Of a register only the postcode for letters is taken, and sealed.
    fn address(&self, name: String, is_made: bool, row: &RawRow, notes: &mut Notes<'_>) -> Where {
        let postcode = self.field("postcode", row);
        if self.correspondence {
            let correspondence = postcode::check_correspondence(postcode.as_deref(), notes);
            return Where { name, correspondence, ..Where::default() };
        }
        let (name, in_name) = if is_made { (name, None) } else { postcode::split_off(&name) };
        let (own, postcode_text) = match postcode::check(postcode.as_deref(), notes) {
            postcode::Given::Full(postcode) => (Some(postcode), None),
            postcode::Given::Text(text) => (None, Some(text)),
            postcode::Given::Nothing => (self.place.postcode_for_pin(row, &self.empties), None),
        };
        let address = self.field("address", row).and_then(|t| text::clean(&t, "address", notes));
        let (address, in_address) = match address.map(|address| (postcode::find(&address), address)) {
            Some((postcode::Found::One { postcode, rest }, _))
                if own.as_ref().is_none_or(|own| *own == postcode) =>
            {
                (Some(rest).filter(|rest| !rest.is_empty()), Some(postcode))
            }
            Some((postcode::Found::Several(all), address)) if own.is_none() => {
                postcode::several(&all, notes);
                (Some(address), None)
            }
            Some((_, address)) => (Some(address), None),
            None => (None, None),
        };
        let in_name = in_name.filter(|_| postcode_text.is_none());
        Where { name, address, postcode: own.or(in_address).or(in_name), postcode_text, correspondence: None }
    }

    fn facilities_in(&self, row: &RawRow, notes: &mut Notes<'_>) -> Vec<Facility> {
        let facility = |(label, i): &(String, usize)| {
            let value = text::clean(&plain(label, self.empties.value(row.cell(*i))?), label, notes)?;
            Some(Facility { label: label.clone(), value })
        };
        self.facilities.iter().filter_map(facility).collect()
    }

    fn identifiers_in(&self, row: &RawRow, notes: &mut Notes<'_>) -> Vec<OrgId> {
        let id = |(register, i): &(Option<String>, usize)| {
            identifier::check(register.as_deref(), self.empties.value(row.cell(*i)), notes)
        };
        self.identifiers.iter().filter_map(id).collect()
    }

    fn status(&self, row: &RawRow) -> Status {
        if self.closed.iter().any(|mark| self.is_marked(mark, row)) { Status::Closed } else { Status::Open }
    }

    fn is_marked(&self, (i, values): &(usize, Vec<String>), row: &RawRow) -> bool {
        let is =
            |value: &str| values.is_empty() || values.iter().any(|mark| mark.eq_ignore_ascii_case(value));
        self.empties.value(row.cell(*i)).is_some_and(is)
    }

    /// Whether telephone and mailbox may be shown; said where they are there and may not.
    fn may_contact(&self, row: &RawRow, notes: &mut Notes<'_>) -> bool {
        let may = self.contact.as_ref().is_none_or(|(i, agreed)| agreed.by(row.cell(*i)));
        if !may && ["phone", "email"].iter().any(|field| self.field(field, row).is_some()) {
            notes.warn(
                "no-consent",
                "telephone number and mailbox were left out, as the row does not agree to show them",
                "Nothing, unless they agreed since.",
            );
        }
        may
    }

    /// A row that sums up the others is no place.
    fn is_no_total(&self, name: &str, row: &RawRow, notes: &Notes<'_>) -> Result<(), Finding> {
        let filled = (0..row.len()).filter(|i| self.empties.value(row.cell(*i)).is_some()).count();
        if !summary_row::is_summary(name, filled, row.len()) {
            return Ok(());
        }
        let shown: String = name.chars().take(60).collect();
        let message = format!("the row sums up others ({shown:?}), and is no place");
        Err(notes.reject("summary-row", message, "Nothing; or give it a name that says what it is."))
    }

    /// Whether the profile wants the row at all.
    fn is_wanted(&self, row: &RawRow, notes: &Notes<'_>) -> Result<(), Finding> {
        let unwanted = self.only.iter().find(|mark| !self.is_marked(mark, row));
        unwanted.map_or(Ok(()), |(i, values)| Err(left_out(row.cell(*i), values, notes)))
    }
}

impl Mapper for AssetMapper {
    fn map(&self, row: &RawRow, notes: &mut Notes<'_>) -> Result<Mapped, Finding> {
        let mut record = self.record(row, notes)?;
        let hidden_by = sensitive::rule(&record.name, &self.categories.types(row), record.summary.as_deref());
        let may_be_public = self.public.as_ref().is_none_or(|(i, agreed)| agreed.by(row.cell(*i)));
        let hidden_by = match hidden_by {
            Some(rule) => {
                record.visibility = Visibility::Hidden;
                Some(rule)
            }
            None if !may_be_public => {
                record.visibility = Visibility::Staff;
                Some("not-to-be-published")
            }
            None => None,
        };
        let mut content = serde_json::to_vec(&record).unwrap_or_default();
        let as_of = record.as_of;
        // a date that was said changes the rows that have none of their own; one of the file's name does not
        content.extend(
            self.said.filter(|_| as_of.is_none()).map(|date| date.to_string()).unwrap_or_default().bytes(),
        );
        record.source.clone_from(&self.source);
        record.as_of = as_of.or(self.as_of);
        let key = record.key.clone();
        Ok(Mapped {
            record: Record::Asset(record),
            key,
            may_repeat: false,
            hidden_by,
            content,
            covers: self.covers.of(row),
            as_of,
        })
    }
}

/// Coordinates that can't be right are left out where a postcode places the row; else they keep it out.
fn or_postcode(
    place: Result<Option<Position>, Finding>,
    postcode: Option<&Postcode>,
    notes: &mut Notes<'_>,
) -> Result<Option<Position>, Finding> {
    match (place, postcode) {
        (Err(finding), Some(postcode)) => {
            let message = format!("{}; its postcode {postcode} is taken instead", finding.message);
            notes.warnings.push(Finding { message, ..finding });
            Ok(None)
        }
        (place, _) => place,
    }
}

#[derive(Default)]
struct Where {
    name: String,
    address: Option<String>,
    postcode: Option<Postcode>,
    postcode_text: Option<String>,
    correspondence: Option<Postcode>,
}

fn kind_of(record: RecordKind) -> Option<Kind> {
    match record {
        RecordKind::Group => Some(Kind::Group),
        RecordKind::Building => Some(Kind::Building),
        _ => None,
    }
}

/// A profile's own date, unless the file's name has another year.
pub(crate) fn date_of_file(as_of: Option<&DateFrom>, file: &FileName) -> Option<PartialDate> {
    match as_of {
        Some(DateFrom::Date(fixed)) if file.year().is_none_or(|year| year == fixed.year()) => Some(*fixed),
        _ => file.date(),
    }
}

fn facilities(profile: &Profile, columns: &Columns) -> Vec<(String, usize)> {
    let one = |(label, names): &(String, OneOrMore)| Some((label.clone(), columns.find_any(names.names())?));
    let mut found: Vec<(String, usize)> = profile.facilities.iter().filter_map(one).collect();
    let names = columns.names().iter().enumerate().filter(|_| profile.usual_facilities);
    let mut usual: Vec<_> = names.filter_map(|(i, name)| Some((label_of(name)?.label, name, i))).collect();
    // Not in the order of the columns, which may change without the row changing.
    usual.sort_unstable();
    for (label, _, i) in usual {
        if found.iter().all(|(have, column)| have != label && *column != i) {
            found.push((label.to_owned(), i));
        }
    }
    found
}

pub(super) fn identifiers(profile: &Profile, columns: &Columns) -> Vec<(Option<String>, usize)> {
    profile
        .identifiers
        .iter()
        .filter_map(|id| Some((id.register.clone(), columns.find(&id.column)?)))
        .collect()
}

pub(super) fn marks(rules: &[Closed], columns: &Columns) -> Vec<(usize, Vec<String>)> {
    rules.iter().filter_map(|closed| Some((columns.find(&closed.column)?, closed.is.clone()))).collect()
}

/// A column of consent in this file.
///
/// # Errors
/// When the file has it not: without it nobody is known to have agreed.
fn agreed(
    profile: &Profile,
    rule: Option<&Agreed>,
    columns: &Columns,
) -> Result<Option<(usize, Agreed)>, Refusal> {
    let Some(rule) = rule else { return Ok(None) };
    let found = columns.find(&rule.column).map(|i| (i, rule.clone()));
    found.map(Some).ok_or_else(|| {
        Refusal::of_file(
            "no-consent-column",
            format!("the profile `{}` wants the column {:?} for who agreed, and the file has it not", profile.id(), rule.column),
            "Correct the column's name under `[consent]`, or take the rule out if there is nothing to agree to.",
        )
    })
}

/// A row that the profile leaves out on purpose.
pub(super) fn left_out(value: &str, wanted: &[String], notes: &Notes<'_>) -> Finding {
    let value: String = value.trim().chars().take(40).collect();
    let message = format!("the profile takes only rows with {}; this one has {value:?}", wanted.join(" or "));
    notes.reject("left-out", message, "Nothing: other rows of the file are what it is imported for.")
}

fn register_without_area() -> Finding {
    Finding::of_file(
        "register-without-area",
        "the register does not say in which area its groups work, and neither does its name",
        "Say so with `--serves CODE`, such as E08000009, so that they are found by place.",
    )
}
