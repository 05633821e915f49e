use super::super::{Claim, Column, Field};
use crate::profile::label_of;

/// What people who hire a place ask, by the header.
pub(super) fn claim(column: &Column<'_>) -> Option<Claim> {
    let label = label_of(column.name).filter(|_| !column.values.is_empty())?;
    Claim::new(Field::Facility, 90, format!("its header means \u{201c}{}\u{201d}", label.label))
}
