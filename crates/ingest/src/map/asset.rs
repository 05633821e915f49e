use super::areas::Areas;
use super::category::Categories;
use super::empties::Empties;
use super::key::KeyColumns;
use super::place::Place;
use super::text::Recipe;
use super::{Mapped, Mapper};
use crate::Refusal;
use crate::batch::Record;
use crate::columns::Columns;
use crate::file_name::FileName;
use crate::notes::Notes;
use crate::profile::{Context, DateFrom, OneOrMore, Profile};
use crate::raw_row::RawRow;
use crate::validate::{contact, date, identifier, name, postcode, sensitive, text, uprn};
use model::{
    AssetRecord, Facility, Finding, Kind, OrgId, PartialDate, Postcode, RecordKind, Status, Visibility,
};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Rows to groups and buildings.
pub(super) struct AssetMapper {
    kind: Option<Kind>,
    source: String,
    key: KeyColumns,
    empties: Empties,
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
    closed: Vec<(usize, Vec<String>)>,
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
            fields: profile
                .fields
                .iter()
                .map(|(field, text)| (field.clone(), Recipe::new(text, columns)))
                .collect(),
            categories: Categories::new(&profile.category, columns),
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
            closed: closed(profile, columns),
            correspondence: profile.correspondence,
        })
    }

    fn field<'r>(&'r self, field: &str, row: &'r RawRow) -> Option<Cow<'r, str>> {
        self.fields.get(field)?.of(row, &self.empties)
    }

    /// The record as the row alone gives it: without source, and without the date of the file.
    fn record(&self, row: &RawRow, notes: &mut Notes<'_>) -> Result<AssetRecord, Finding> {
        let field = |name| self.field(name, row);
        let name = name::check(field("name").as_deref(), notes)?;
        let key = self.key.of(row, &self.empties, notes)?;
        let kind = self.kind_in(row, notes)?;
        let place = self.place.of(row, &self.empties, notes)?;
        let Where { name, address, postcode, postcode_text, correspondence } = self.address(name, row, notes);
        Ok(AssetRecord {
            source: String::new(),
            key,
            kind,
            visibility: Visibility::Public,
            summary: field("summary").and_then(|t| text::clean(&t, "summary", notes)),
            categories: self.categories.of(row, &self.empties),
            address,
            postcode,
            postcode_text,
            uprn: uprn::check(field("uprn").as_deref(), notes),
            position: if self.correspondence { None } else { place },
            correspondence,
            website: contact::website(field("website").as_deref(), notes),
            email: contact::email(field("email").as_deref(), notes),
            phone: contact::phone(field("phone").as_deref(), notes),
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
    fn address(&self, name: String, row: &RawRow, notes: &mut Notes<'_>) -> Where {
        let postcode = self.field("postcode", row);
        if self.correspondence {
            let correspondence = postcode::check_correspondence(postcode.as_deref(), notes);
            return Where { name, correspondence, ..Where::default() };
        }
        let (name, in_name) = postcode::split_off(&name);
        let address = self.field("address", row).and_then(|t| text::clean(&t, "address", notes));
        let (address, in_address) = match address.map(|address| postcode::split_off(&address)) {
            Some((address, found)) => (Some(address), found),
            None => (None, None),
        };
        let (postcode, postcode_text) = match postcode::check(postcode.as_deref(), notes) {
            postcode::Given::Full(postcode) => (Some(postcode), None),
            postcode::Given::Text(text) => (in_address, Some(text)),
            postcode::Given::Nothing => (in_address.or(in_name), None),
        };
        Where { name, address, postcode, postcode_text, correspondence: None }
    }

    fn facilities_in(&self, row: &RawRow, notes: &mut Notes<'_>) -> Vec<Facility> {
        let facility = |(label, i): &(String, usize)| {
            let value = text::clean(self.empties.value(row.cell(*i))?, label, notes)?;
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
        let closed = self.closed.iter().any(|(i, marks)| {
            self.empties.value(row.cell(*i)).is_some_and(|value| {
                marks.is_empty() || marks.iter().any(|mark| mark.eq_ignore_ascii_case(value))
            })
        });
        if closed { Status::Closed } else { Status::Open }
    }
}

impl Mapper for AssetMapper {
    fn map(&self, row: &RawRow, notes: &mut Notes<'_>) -> Result<Mapped, Finding> {
        let mut record = self.record(row, notes)?;
        let hidden_by = sensitive::rule(&record.name, &self.categories.types(row), record.summary.as_deref());
        if hidden_by.is_some() {
            record.visibility = Visibility::Hidden;
        }
        let content = serde_json::to_vec(&record).unwrap_or_default();
        let as_of = record.as_of;
        record.source.clone_from(&self.source);
        record.as_of = as_of.or(self.as_of);
        let key = record.key.clone();
        Ok(Mapped {
            record: Record::Asset(record),
            key,
            hidden_by,
            content,
            covers: self.covers.of(row),
            as_of,
        })
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
    profile.facilities.iter().filter_map(one).collect()
}

fn identifiers(profile: &Profile, columns: &Columns) -> Vec<(Option<String>, usize)> {
    profile
        .identifiers
        .iter()
        .filter_map(|id| Some((id.register.clone(), columns.find(&id.column)?)))
        .collect()
}

fn closed(profile: &Profile, columns: &Columns) -> Vec<(usize, Vec<String>)> {
    profile
        .closed
        .iter()
        .filter_map(|closed| Some((columns.find(&closed.column)?, closed.is.clone())))
        .collect()
}

fn register_without_area() -> Finding {
    Finding::of_file(
        "register-without-area",
        "the register does not say in which area its groups work, and neither does its name",
        "Say so with `--serves CODE`, such as E08000009, so that they are found by place.",
    )
}
