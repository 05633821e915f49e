use super::choice::Choice;
use super::{Column, Field};
use crate::map::key::normal;
use crate::raw_row::RawRow;
use crate::read::geojson::GEOMETRY;
use std::collections::HashSet;

/// The columns that tell rows apart, in the file's next edition too, and why these.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Key {
    pub columns: Vec<usize>,
    pub reason: String,
}

/// What may stand beside a name, the most lasting first: a pin is corrected and a telephone changes, and the row would
/// be another one.
const BESIDE: &[Field] = &[
    Field::Address,
    Field::Category,
    Field::Counter,
    Field::Geometry,
    Field::Point,
    Field::Latitude,
    Field::Easting,
];

/// An identifier of the list's own; else the name and the postcode, with no more beside them than tells the rows apart.
pub(super) fn choose(columns: &[Column<'_>], choice: &Choice, rows: &[RawRow]) -> Key {
    let of = |at: &[usize], why: String| Key {
        columns: at.to_vec(),
        reason: format!("{}: {why}", names(columns, at)),
    };
    if let Some(id) = choice.one(Field::Id) {
        return of(&[id], choice.reason(columns[id].index).to_owned());
    }
    let named = choice.all(Field::Name);
    if named.is_empty() {
        let other = choice.one(Field::Uprn).or(choice.one(Field::Counter));
        return other.map(|at| of(&[at], "nothing else looks like an identifier".into())).unwrap_or_default();
    }
    let mut key = named.to_vec();
    key.extend(choice.one(Field::Postcode));
    let beside = BESIDE.iter().filter_map(|field| choice.one(*field));
    for more in std::iter::once(None).chain(beside.map(Some)) {
        let tried: Vec<usize> = key.iter().copied().chain(more).collect();
        if tells_apart(columns, &tried, &choice.taken_columns(), rows) {
            return of(&tried, "no two rows have the same".into());
        }
    }
    of(&key, "some rows have the same, and only the first of them would load".into())
}

fn names(columns: &[Column<'_>], at: &[usize]) -> String {
    at.iter().map(|at| columns[*at].name).collect::<Vec<_>>().join(", ")
}

/// Whether rows that differ in what is read have different keys. Rows that repeat one another may have the same.
fn tells_apart(columns: &[Column<'_>], key: &[usize], read: &[usize], rows: &[RawRow]) -> bool {
    let cell = |row: &RawRow, at: usize| match columns[at].name {
        GEOMETRY => row.geometry.clone(),
        _ => normal(row.cell(columns[at].index)),
    };
    let of = |row: &RawRow, at: &[usize]| at.iter().map(|at| cell(row, *at)).collect::<Vec<_>>().join("\n");
    let keys: HashSet<String> = rows.iter().map(|row| of(row, key)).collect();
    let wholes: HashSet<String> = rows.iter().map(|row| of(row, read)).collect();
    keys.len() == wholes.len()
}
