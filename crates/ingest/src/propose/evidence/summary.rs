use super::super::{Claim, Column, Field};

/// Prose, or a header that says so.
pub(super) fn claim(column: &Column<'_>) -> Option<Claim> {
    let said = column.says(&[
        "description",
        "summary",
        "about",
        "activities",
        "details",
        "information",
        "purpose",
        "aims",
    ]) || ["getupto", "whattheydo", "whatwedo", "whatyoudo", "whathappens", "offers"]
        .iter()
        .any(|words| column.folded().contains(words));
    let long = column.average_length() >= 60;
    match () {
        () if column.values.is_empty() => None,
        () if said => Claim::new(Field::Summary, 76, "its header says description"),
        () if long => Claim::new(Field::Summary, 45, "its cells are longer texts"),
        () => None,
    }
}
