use super::evidence::EVIDENCE;
use super::{Claim, Column, Field, Taken};
use std::collections::BTreeMap;

/// A claim must weigh so much to be taken.
const LEAST: usize = 30;

/// Which columns fill which fields.
#[derive(Debug, Default)]
pub(super) struct Choice {
    /// Columns by field, in the order of the file.
    pub fields: BTreeMap<Field, Vec<usize>>,
    /// Why each column was taken, or not.
    reasons: BTreeMap<usize, (Option<Field>, String)>,
}

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

    /// What a list of places needs and was not found.
    pub fn lacks(&self) -> Vec<String> {
        let mut lacks = Vec::new();
        if self.one(Field::Name).is_none() {
            lacks.push("No column looks like a name: put one in place of FILL IN.".to_owned());
        }
        let places = [Field::Postcode, Field::Latitude, Field::Easting, Field::Point, Field::Geometry];
        if places.iter().all(|field| self.one(*field).is_none()) {
            lacks.push(
                "No column looks like a postcode or like coordinates: what is loaded is found by name only."
                    .to_owned(),
            );
        }
        lacks
    }
}

/// Gives each column to the field that it claims best, and each field its best columns.
pub(super) fn choose(columns: &[Column<'_>]) -> Choice {
    let mut choice = Choice::default();
    let mut claims: Vec<(usize, Claim)> = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        match best(column) {
            Some(claim) => claims.push((at, claim)),
            None => {
                let why =
                    if column.values.is_empty() { "empty" } else { "nothing that a profile has a place for" };
                choice.reasons.insert(column.index, (None, format!("left out: {why}")));
            }
        }
    }
    claims.sort_by_key(|(at, claim)| (std::cmp::Reverse(claim.weight), *at));
    for (at, Claim { field, reason, .. }) in claims {
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
    drop_halves(&mut choice, columns);
    choice.fields.retain(|_, columns| !columns.is_empty());
    choice.fields.values_mut().for_each(|columns| columns.sort_unstable());
    choice
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
