use super::super::{Claim, Column, Field};
use model::OrgId;

/// Numbers of the register of charities.
pub(super) fn charity(column: &Column<'_>) -> Option<Claim> {
    let is = |value: &str| OrgId::charity(value).is_ok();
    (column.says(&["charity"]) && column.percent(is) >= 60).then(|| {
        Claim::new(Field::Charity, 96, format!("looks like charity numbers: {}", column.so_many(is)))
    })?
}

/// Numbers of Companies House.
pub(super) fn company(column: &Column<'_>) -> Option<Claim> {
    let is = |value: &str| {
        value.len() >= 6 && value.ends_with(|c: char| c.is_ascii_digit()) && OrgId::company(value).is_ok()
    };
    (column.says(&["company"]) && column.percent(is) >= 60).then(|| {
        Claim::new(Field::Company, 96, format!("looks like company numbers: {}", column.so_many(is)))
    })?
}
