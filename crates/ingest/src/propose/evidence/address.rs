use super::super::{Claim, Column, Field};

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
    let said = column.says(&words) || column.folded().contains("address");
    let is = |value: &str| {
        let lower = value.to_lowercase();
        lower.split(|c: char| !c.is_alphabetic()).any(|word| STREETS.contains(&word))
    };
    let text =
        column.percent(|value| value.chars().any(char::is_alphanumeric)) >= 80 && !column.values.is_empty();
    match () {
        () if said && text => Claim::new(Field::Address, 78, "its header says address, or a part of one"),
        () if column.percent(is) >= 60 => {
            Claim::new(Field::Address, 65, format!("looks like streets: {}", column.so_many(is)))
        }
        () => None,
    }
}
