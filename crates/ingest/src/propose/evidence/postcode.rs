use super::super::{Claim, Column, Field};
use model::Postcode;

/// By the form of the cells; a header alone is a guess.
pub(super) fn claim(column: &Column<'_>) -> Option<Claim> {
    let is = |value: &str| Postcode::parse(value).is_ok();
    let said =
        column.says(&["postcode", "postal", "zip"]) || column.folded() == "pcd" || column.folded() == "pcds";
    match column.percent(is) {
        60.. => Claim::new(Field::Postcode, 95, format!("looks like postcodes: {}", column.so_many(is))),
        _ if said => Claim::new(
            Field::Postcode,
            60,
            format!("its header says postcode, though only {}", column.so_many(is)),
        ),
        _ => None,
    }
}
