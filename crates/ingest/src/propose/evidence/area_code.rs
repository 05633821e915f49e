use super::super::{Claim, Column, Field};
use model::AreaCode;

/// Codes of areas: where a list is complete is for a person to say.
pub(super) fn claim(column: &Column<'_>) -> Option<Claim> {
    let is = |value: &str| AreaCode::parse(value).is_ok();
    (column.percent(is) >= 80).then(|| {
        let reason = format!(
            "codes of areas; if the list is complete in them, write covers = {{ columns = [\"{}\"] }}",
            column.name
        );
        Claim::new(Field::AreaCode, 96, reason)
    })?
}
