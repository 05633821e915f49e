use super::super::{Claim, Column, Field};

/// A short identifier, in every row another.
pub(super) fn claim(column: &Column<'_>) -> Option<Claim> {
    let said = column.says(&[
        "id",
        "ref",
        "reference",
        "code",
        "no",
        "number",
        "urn",
        "guid",
        "uid",
        "key",
        "objectid",
        "fid",
    ]);
    let plain = column.percent(|value| !value.contains(' ') && value.len() <= 40) >= 95;
    (said && plain && column.is_unique()).then(|| {
        // a file's own counter changes from edition to edition
        let weight = if column.says(&["objectid", "fid"]) { 40 } else { 85 };
        Claim::new(Field::Id, weight, "an identifier: every row has another")
    })?
}
