use super::evidence::{EVIDENCE, name, postcodes};
use super::{Claim, Column, Field, Taken};
use std::collections::BTreeMap;

/// A claim must weigh so much to be taken.
const LEAST: usize = 30;

/// Which columns fill which fields.
#[derive(Debug, Default)]
pub(super) struct Choice {
    /// Columns by field, in the order of the file.
    pub fields: BTreeMap<Field, Vec<usize>>,
    /// Columns that nothing claimed, in the order of the file.
    pub left: Vec<usize>,
    /// Columns that may name people.
    pub people: Vec<usize>,
    /// Columns of notes, which may name people too.
    pub notes: Vec<usize>,
    /// Why each column was taken, or not.
    reasons: BTreeMap<usize, (Option<Field>, String)>,
}

/// Any of these places a row.
const PLACES: &[Field] =
    &[Field::Postcode, Field::Latitude, Field::Easting, Field::Point, Field::Geometry, Field::Address];

impl Choice {
    /// The first column of a field.
    pub fn one(&self, field: Field) -> Option<usize> {
        self.fields.get(&field)?.first().copied()
    }

    /// All columns of a field.
    pub fn all(&self, field: Field) -> &[usize] {
        self.fields.get(&field).map_or(&[], Vec::as_slice)
    }

    /// Column by column, for people.
    pub fn taken(&self, columns: &[Column<'_>]) -> Vec<Taken> {
        let taken = |column: &Column<'_>| {
            let (field, reason) = self.reasons.get(&column.index)?;
            let field = field.map(|field| field.word().to_owned());
            Some(Taken { column: column.name.to_owned(), field, reason: reason.clone() })
        };
        columns.iter().filter_map(taken).collect()
    }

    /// All columns that are read, in the order of the file.
    pub fn taken_columns(&self) -> Vec<usize> {
        let mut all: Vec<usize> = self.fields.values().flatten().copied().collect();
        all.sort_unstable();
        all
    }

    /// Why a column was taken, or not.
    pub fn reason(&self, index: usize) -> &str {
        self.reasons.get(&index).map_or("", |(_, reason)| reason)
    }

    /// Takes a field's columns back, for a reason.
    pub fn leave_out(&mut self, columns: &[Column<'_>], field: Field, why: &str) {
        for at in self.fields.remove(&field).unwrap_or_default() {
            self.reasons.insert(columns[at].index, (None, format!("left out: {why}")));
        }
    }

    /// What a list of places needs and was not found.
    pub fn lacks(&self, columns: &[Column<'_>]) -> Vec<String> {
        let mut lacks = Vec::new();
        if self.one(Field::Name).is_none() {
            lacks.push("No column looks like a name: put one in place of FILL IN.".to_owned());
        }
        let in_addresses: usize = self.all(Field::Address).iter().map(|at| postcodes(&columns[*at])).sum();
        let is_placed = PLACES.iter().any(|field| *field != Field::Address && self.one(*field).is_some());
        match () {
            () if is_placed || in_addresses > 0 => {}
            () if self.one(Field::Correspondence).is_some() => {}
            () => lacks.push(
                "No column looks like a postcode or like coordinates, and no address has a postcode in it: what is loaded is found by name only. If one is there all the same, write it under [fields] as postcode, or under [position].".to_owned(),
            ),
        }
        lacks
    }
}

const LEFT: &str =
    "left out: profiles have no field for it; to show it, take the # off its line in the profile";

/// Gives each column to the field that it claims best, and each field its best columns.
pub(super) fn choose(columns: &[Column<'_>], is_of_places: bool) -> Choice {
    let mut choice = Choice::default();
    let mut claims: Vec<(usize, Claim)> = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        match best(column) {
            Some(claim) => claims.push((at, claim)),
            None if column.values.is_empty() => {
                choice.reasons.insert(column.index, (None, "left out: empty".to_owned()));
            }
            None => {
                choice.left.push(at);
                choice.reasons.insert(column.index, (None, LEFT.to_owned()));
            }
        }
    }
    claims.sort_by_key(|(at, claim)| (std::cmp::Reverse(claim.weight), *at));
    for (at, Claim { field, reason, .. }) in claims {
        match field {
            Field::Person => choice.people.push(at),
            Field::Notes => choice.notes.push(at),
            _ => {}
        }
        let index = columns[at].index;
        let others = choice.fields.entry(field).or_default();
        let joins = field == Field::Name && others.len() == 1 && is_continued(columns, others[0], at);
        if others.len() < field.most() || joins {
            others.push(at);
            choice.reasons.insert(index, (Some(field), reason));
        } else {
            let why = match field.most() {
                0 => format!("left out: {reason}"),
                _ => {
                    format!("left out: {} fills {} better ({reason})", columns[others[0]].name, field.word())
                }
            };
            choice.reasons.insert(index, (None, why));
        }
    }
    leave_mobiles(&mut choice, columns);
    find_a_name(&mut choice, columns);
    drop_halves(&mut choice, columns);
    settle_letters(&mut choice, columns, is_of_places);
    choice.fields.retain(|_, columns| !columns.is_empty());
    choice.fields.values_mut().for_each(|columns| columns.sort_unstable());
    choice
}

/// Without a name there is no list: when no column is best as one, the likeliest of those that would be a sort, a text
/// or nothing is taken.
fn find_a_name(choice: &mut Choice, columns: &[Column<'_>]) {
    if choice.one(Field::Name).is_some() {
        return;
    }
    let spare = [Field::Category, Field::Summary, Field::Facility];
    let is_spare =
        |at: &usize| choice.left.contains(at) || spare.iter().any(|field| choice.all(*field).contains(at));
    let claims = (0..columns.len()).filter(is_spare).filter_map(|at| Some((at, name(&columns[at])?)));
    let Some((at, claim)) = claims.max_by_key(|(at, claim)| (claim.weight, std::cmp::Reverse(*at))) else {
        return;
    };
    choice.left.retain(|left| *left != at);
    choice.fields.values_mut().for_each(|of_field| of_field.retain(|other| *other != at));
    choice.fields.insert(Field::Name, vec![at]);
    let reason = format!("no other column looks more like a name: {}", claim.reason);
    choice.reasons.insert(columns[at].index, (Some(Field::Name), reason));
}

fn best(column: &Column<'_>) -> Option<Claim> {
    let claims =
        EVIDENCE.iter().filter_map(|evidence| evidence(column)).filter(|claim| claim.weight >= LEAST);
    claims.reduce(|best, claim| if claim.weight > best.weight { claim } else { best })
}

/// Whether a second column goes on with the name in the first: "Name 1" and "Name 2", "Group" and "Branch".
fn is_continued(columns: &[Column<'_>], first: usize, second: usize) -> bool {
    let stem = |at: usize| columns[at].folded().trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    stem(first) == stem(second) || columns[second].says(&["branch", "section", "suffix", "continued"])
}

/// An address for letters is taken, and sealed, where the list has no other. In a list of places the postal address is
/// the place's own, unless the header says that it is for letters.
fn settle_letters(choice: &mut Choice, columns: &[Column<'_>], is_of_places: bool) {
    let others = PLACES.iter().any(|field| choice.one(*field).is_some());
    let for_letters = |at: &usize| !columns[*at].says(&["postal"]);
    if others {
        let why = "an address for letters may be somebody's home, and the list has other places";
        choice.leave_out(columns, Field::Correspondence, why);
    } else if is_of_places && !choice.all(Field::Correspondence).iter().any(for_letters) {
        for at in choice.fields.remove(&Field::Correspondence).unwrap_or_default() {
            let reason =
                "a postal address, in a list of places; if letters go elsewhere, write correspondence = true";
            choice.fields.entry(Field::Address).or_default().push(at);
            choice.reasons.insert(columns[at].index, (Some(Field::Address), reason.to_owned()));
        }
    }
}

/// A column of mobiles beside one of people is theirs.
fn leave_mobiles(choice: &mut Choice, columns: &[Column<'_>]) {
    if choice.people.is_empty() {
        return;
    }
    let Some(phones) = choice.fields.get_mut(&Field::Phone) else { return };
    let (mobiles, others) = phones.iter().partition(|at| columns[**at].says(&["mobile", "mobiles"]));
    *phones = others;
    let mobiles: Vec<usize> = mobiles;
    for at in mobiles {
        let why = "left out: mobiles in a list that names people may be theirs; if all are the organisation's own, add it under [fields] as phone".to_owned();
        choice.reasons.insert(columns[at].index, (None, why));
    }
}

/// One of two coordinates alone is of no use.
fn drop_halves(choice: &mut Choice, columns: &[Column<'_>]) {
    for (a, b) in [(Field::Latitude, Field::Longitude), (Field::Easting, Field::Northing)] {
        if choice.one(a).is_some() == choice.one(b).is_some() {
            continue;
        }
        for at in [a, b].iter().flat_map(|field| choice.fields.remove(field).unwrap_or_default()) {
            let why = "left out: the other coordinate was not found".to_owned();
            choice.reasons.insert(columns[at].index, (None, why));
        }
    }
}
