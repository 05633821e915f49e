use super::super::{Claim, Column, Field};
use crate::validate::contact::has_lost_nought;
use model::Postcode;

/// A short identifier, in nearly every row another. Rows that repeat one another repeat it.
pub(super) fn claim(column: &Column<'_>) -> Option<Claim> {
    let is_counter = column.says(COUNTERS);
    let is_telephone = |value: &str| {
        let digits = value.chars().filter(char::is_ascii_digit).count();
        (digits >= 10 && value.starts_with(['0', '+'])) || has_lost_nought(value)
    };
    let plain = |value: &str| {
        !value.contains(' ')
            && value.len() <= 40
            && !value.contains(['@', '£', '%'])
            && !is_telephone(value)
            && Postcode::parse(value).is_err()
    };
    if !(says_id(column) || is_counter) || column.percent(plain) < 95 || column.values.is_empty() {
        return None;
    }
    let filled = column.values.len() * 100 >= column.rows * 95;
    let differ = column.distinct() * 100 >= column.values.len() * 95;
    (filled && differ).then(|| {
        let filled = match column.rows - column.values.len() {
            0 => "filled in every row".to_owned(),
            _ => format!("filled in {} of {} rows", column.values.len(), column.rows),
        };
        if is_counter {
            return Claim::new(
                Field::Counter,
                40,
                format!("a counter of the file, {filled}: its next edition may count anew"),
            );
        }
        Claim::new(Field::Id, 85, format!("an identifier, {filled}, and in each another"))
    })?
}

const COUNTERS: &[&str] = &["objectid", "fid", "ogcfid", "gid", "rowid", "row", "index", "globalid"];

/// A header that calls itself an identifier: `Ref`, `Contact #`, `Hall number`, but not `Number of seats`.
fn says_id(column: &Column<'_>) -> bool {
    let always = ["id", "ref", "reference", "urn", "guid", "uid", "uuid", "key", "identifier"];
    let at_the_end = ["code", "no", "num", "number", "nr"];
    let last = column.words.iter().rfind(|word| **word != column.folded() || column.words.len() == 1);
    column.says(&always)
        || column.name.trim_end().ends_with(['#', '№'])
        || last.is_some_and(|word| at_the_end.contains(&word.as_str()))
}
