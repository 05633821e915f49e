use super::choice::Choice;
use super::{Column, Field};
use crate::map::key::tidy;
use crate::raw_row::RawRow;
use crate::read::geojson::GEOMETRY;
use std::collections::HashSet;

/// The columns that tell rows apart, in the file's next edition too, and why these.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Key {
    pub columns: Vec<usize>,
    pub reason: String,
    /// Whether rows with the same key become one.
    pub is_grouped: bool,
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

/// What is read of a row, but for the file's own count, which differs in rows that repeat one another.
fn read(choice: &Choice) -> Vec<usize> {
    let counters = choice.all(Field::Counter);
    choice.taken_columns().into_iter().filter(|at| !counters.contains(at)).collect()
}

/// An identifier of the list's own; else the name and the postcode, with no more beside them than tells the rows apart.
pub(super) fn choose(columns: &[Column<'_>], choice: &Choice, rows: &[RawRow]) -> Key {
    let of = |at: &[usize], why: String| Key {
        columns: at.to_vec(),
        reason: format!("{}: {why}", names(columns, at)),
        is_grouped: false,
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
        if tells_apart(columns, &tried, &read(choice), rows) {
            return of(&tried, "no two rows have the same".into());
        }
    }
    let more = least(columns, choice, rows, &key);
    if tells_apart(columns, &more, &read(choice), rows) {
        return of(&more, "some rows have the same name and place, and differ in the rest".into());
    }
    let why = "rows that have the same differ in little, and become one; what they differ in is said";
    Key { is_grouped: true, ..of(&more, why.into()) }
}

/// What tells apart rows of one name and place: sessions, rooms, sorts. Nothing by which a person is reached.
const DETAILS: &[Field] =
    &[Field::Address, Field::Category, Field::Facility, Field::OpeningHours, Field::Summary, Field::Website];

/// The key, with a detail behind it at a time as long as each tells more rows apart.
fn least(columns: &[Column<'_>], choice: &Choice, rows: &[RawRow], key: &[usize]) -> Vec<usize> {
    let mut key = key.to_vec();
    let details: Vec<usize> =
        DETAILS.iter().flat_map(|field| choice.all(*field)).copied().filter(|at| !key.contains(at)).collect();
    let read = read(choice);
    loop {
        let apart = distinct(columns, &key, rows);
        let with = |at: usize| key.iter().copied().chain([at]).collect::<Vec<_>>();
        let best =
            details.iter().map(|at| (distinct(columns, &with(*at), rows), *at)).max_by_key(|(many, at)| {
                (*many, std::cmp::Reverse(details.iter().position(|other| other == at)))
            });
        match best {
            Some((many, at)) if many > apart && !tells_apart(columns, &key, &read, rows) => key.push(at),
            _ => return key,
        }
    }
}

fn names(columns: &[Column<'_>], at: &[usize]) -> String {
    at.iter().map(|at| columns[*at].name).collect::<Vec<_>>().join(", ")
}

/// Whether rows that differ in what is read have different keys. Rows that repeat one another may have the same.
fn tells_apart(columns: &[Column<'_>], key: &[usize], read: &[usize], rows: &[RawRow]) -> bool {
    // the file's own count may stand in the key: it tells more apart than is read
    distinct(columns, key, rows) >= distinct(columns, read, rows)
}

/// How many different values rows have in some columns.
fn distinct(columns: &[Column<'_>], at: &[usize], rows: &[RawRow]) -> usize {
    let cell = |row: &RawRow, at: usize| match columns[at].name {
        GEOMETRY => row.geometry.clone(),
        _ => tidy(row.cell(columns[at].index)),
    };
    let of = |row: &RawRow| at.iter().map(|at| cell(row, *at)).collect::<Vec<_>>().join("\n");
    rows.iter().map(of).collect::<HashSet<String>>().len()
}
