use super::super::{Claim, Column, Field};
use model::Uprn;

/// The header says so; the cells must be digits.
pub(super) fn claim(column: &Column<'_>) -> Option<Claim> {
    let is = |value: &str| Uprn::parse(value).is_ok();
    let said = column.says(&["uprn"]) || column.folded().contains("uniqueproperty");
    (said && column.percent(is) >= 50)
        .then(|| Claim::new(Field::Uprn, 97, format!("its header says UPRN: {}", column.so_many(is))))?
}
