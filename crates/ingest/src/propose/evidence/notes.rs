use super::super::{Claim, Column, Field};

/// What whoever keeps the list wrote to themselves. It may name people, and is not for the public unasked.
pub(super) fn claim(column: &Column<'_>) -> Option<Claim> {
    let said =
        column.says(&["note", "notes", "comment", "comments", "remark", "remarks", "observations", "misc"]);
    (said && !column.values.is_empty()).then(|| {
        Claim::new(
            Field::Notes,
            84,
            "notes of whoever keeps the list, which may name people; to show them, take the # off their line in the profile",
        )
    })?
}

#[cfg(test)]
mod tests {
    use super::claim;
    use crate::propose::Column;
    use crate::raw_row::RawRow;

    #[test]
    fn notes_are_known_by_their_header() {
        let mut row = RawRow::starting(1);
        row.push("Ring after 6pm");
        let rows = [row];
        for (header, is) in [
            ("Closed / notes", true),
            ("Comments", true),
            ("Remarks", true),
            ("Description", false),
            ("Notebook loan", false),
        ] {
            assert_eq!(claim(&Column::new(0, header, &rows)).is_some(), is, "{header}");
        }
    }
}
