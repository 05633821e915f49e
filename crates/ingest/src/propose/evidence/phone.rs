use super::super::{Claim, Column, Field};
use crate::validate::contact::has_lost_nought;

/// Whether a header says that its cells are telephone numbers.
pub(super) fn says_telephone(column: &Column<'_>) -> bool {
    column.says(&[
        "phone",
        "telephone",
        "tel",
        "mobile",
        "landline",
        "phonenumber",
        "ring",
        "call",
        "dial",
        "telno",
        "fax",
    ]) || (column.says(&["contact"]) && column.says(&["no", "nos", "number", "numbers"]))
}

/// Cells with as many digits as a telephone number has, the first of them a nought or the country's code; or without
/// the nought, where the header says telephone or others have it.
pub(super) fn claim(column: &Column<'_>) -> Option<Claim> {
    let digits = |value: &str| value.chars().filter(char::is_ascii_digit).count();
    let whole = |value: &str| {
        let start = value.trim_start_matches(['(', '+', ' ']);
        (10..=13).contains(&digits(value))
            && (start.starts_with('0') || start.starts_with("44"))
            && value.chars().filter(|c| c.is_alphabetic()).count() <= 6
    };
    let is = |value: &str| whole(value) || has_lost_nought(value);
    let said = says_telephone(column);
    let reason = |is: &dyn Fn(&str) -> bool| {
        let lost = column.count(has_lost_nought);
        let noughts =
            if lost == 0 { String::new() } else { format!("; {lost} lost the first nought and get it back") };
        format!("looks like telephone numbers: {}{noughts}", column.so_many(is))
    };
    let mixed = column.percent(whole) >= 10;
    match column.percent(whole) {
        60.. => Claim::new(Field::Phone, if said { 95 } else { 75 }, reason(&whole)),
        _ if (said || mixed) && column.percent(is) >= 50 => {
            Claim::new(Field::Phone, if said { 95 } else { 75 }, reason(&is))
        }
        _ if said && column.percent(|value| digits(value) >= 9) >= 50 => {
            Claim::new(Field::Phone, 70, "its header says telephone")
        }
        _ => None,
    }
}
