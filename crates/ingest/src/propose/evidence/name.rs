use super::super::{Claim, Column, Field};

/// What things are called in headers, the most telling first.
const THINGS: &[&str] = &[
    "venue",
    "org",
    "group",
    "organisation",
    "organization",
    "club",
    "society",
    "association",
    "charity",
    "hall",
    "building",
    "site",
    "facility",
    "centre",
    "property",
    "asset",
    "project",
    "hub",
    "school",
    "church",
    "library",
    "place",
    "provider",
    "service",
];

/// Names of other things.
const NOT: &[&str] = &[
    "contact",
    "ward",
    "area",
    "district",
    "town",
    "file",
    "type",
    "code",
    "id",
    "ref",
    "number",
    "url",
    "parish",
    "county",
    "region",
    "council",
    "authority",
    "address",
    "email",
    "street",
    "road",
    "owner",
    "date",
];

/// A header that says name or what a thing is, and cells that are short texts and mostly differ.
pub(in super::super) fn claim(column: &Column<'_>) -> Option<Claim> {
    let is = |value: &str| {
        let letters = value.chars().filter(|c| c.is_alphabetic()).count();
        letters >= 3 && value.chars().count() <= 120
    };
    if column.percent(is) < 70 || column.says(NOT) || column.values.is_empty() {
        return None;
    }
    let differ = column.distinct() * 100 / column.values.len();
    let short = column.average_length() <= 70;
    let weight = match () {
        () if column.says(&["name", "title"]) => 88,
        () if column.says(THINGS) && differ >= 30 => 80,
        () if differ >= 90
            && short
            && column.average_length() >= 5
            && column.values.len() * 10 >= column.rows * 9 =>
        {
            35
        }
        () => return None,
    };
    let reason = match weight {
        35 => "its cells are short texts, nearly all different: it may be the name".to_owned(),
        _ => format!("its header says what a thing is called, and {} short texts", column.so_many(is)),
    };
    Claim::new(Field::Name, weight, reason)
}
