use super::super::{Claim, Column, Field};
use crate::validate::postcode::{Found, find};

const STREETS: &[&str] =
    &["road", "street", "lane", "avenue", "drive", "close", "way", "rd", "st", "ave", "square", "place"];

/// A header of an address or of a part of one; or cells that have a street in them.
pub(super) fn claim(column: &Column<'_>) -> Option<Claim> {
    let words = [
        "address",
        "street",
        "road",
        "addr",
        "location",
        "where",
        "town",
        "city",
        "village",
        "locality",
        "thoroughfare",
        "building number",
    ];
    let said = !column.says(&["email", "mail", "web"]) && column.says(&words)
        || (column.folded().contains("address") && !column.folded().contains("mail"));
    let is = |value: &str| {
        let lower = value.to_lowercase();
        lower.split(|c: char| !c.is_alphabetic()).any(|word| STREETS.contains(&word))
    };
    let text =
        column.percent(|value| value.chars().any(char::is_alphanumeric)) >= 80 && !column.values.is_empty();
    match () {
        () if said && text => Claim::new(
            Field::Address,
            78,
            format!("its header says address, or a part of one{}", with_postcodes(column)),
        ),
        () if column.percent(is) >= 60 => {
            let reason = format!("looks like streets: {}{}", column.so_many(is), with_postcodes(column));
            Claim::new(Field::Address, 65, reason)
        }
        () => None,
    }
}

/// How many cells have a postcode of their own in the text.
pub(in super::super) fn postcodes(column: &Column<'_>) -> usize {
    column.count(|value| matches!(find(value), Found::One { .. }))
}

fn with_postcodes(column: &Column<'_>) -> String {
    match postcodes(column) {
        0 => String::new(),
        many => format!("; {many} of {} cells have a postcode in them, which is used", column.values.len()),
    }
}
