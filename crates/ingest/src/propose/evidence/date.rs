use super::super::{Claim, Column, Field};
use model::PartialDate;

/// The day on which a row was last confirmed; other dates are not taken.
pub(super) fn claim(column: &Column<'_>) -> Option<Claim> {
    let is = |value: &str| PartialDate::parse(value).is_ok();
    let said = column.says(&[
        "updated",
        "checked",
        "confirmed",
        "reviewed",
        "verified",
        "modified",
        "changed",
        "surveyed",
        "edit",
        "edited",
        "amended",
    ]);
    (said && column.percent(is) >= 60).then(|| {
        Claim::new(Field::Date, 95, format!("looks like dates of the last check: {}", column.so_many(is)))
    })?
}
