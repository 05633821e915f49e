use super::super::{Claim, Column, Field};

/// Cells with an `@` between words.
pub(super) fn claim(column: &Column<'_>) -> Option<Claim> {
    let is = |value: &str| {
        value.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
    };
    let enough = column.percent(is) >= 50;
    enough.then(|| Claim::new(Field::Email, 94, format!("looks like mailboxes: {}", column.so_many(is))))?
}
