use super::super::{Claim, Column, Field};
use model::Category;

/// Few different words, such as name sorts of things.
pub(super) fn claim(column: &Column<'_>) -> Option<Claim> {
    let said = column.says(&[
        "type",
        "category",
        "categories",
        "sort",
        "kind",
        "activity",
        "sector",
        "theme",
        "classification",
        "use",
        "segment",
        "tags",
    ]);
    let few = column.distinct() * 2 <= column.values.len().max(8);
    let is = |value: &str| Category::named_in(value).is_some();
    let known = column.percent(is);
    let short = column.average_length() <= 60 && !column.values.is_empty();
    match () {
        () if said && short => Claim::new(Field::Category, 82, "its header says what sort of thing a row is"),
        () if few && short && known >= 80 => Claim::new(
            Field::Category,
            77,
            format!("few different values, and {} names of sorts of things", column.so_many(is)),
        ),
        () if few && short && known >= 60 => Claim::new(
            Field::Category,
            55,
            format!("few different values, and {} names of sorts of things", column.so_many(is)),
        ),
        () => None,
    }
}
