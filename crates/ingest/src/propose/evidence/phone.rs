use super::super::{Claim, Column, Field};

/// Cells with as many digits as a telephone number has, the first of them a nought or the country's code.
pub(super) fn claim(column: &Column<'_>) -> Option<Claim> {
    let digits = |value: &str| value.chars().filter(char::is_ascii_digit).count();
    let is = |value: &str| {
        let start = value.trim_start_matches(['(', '+', ' ']);
        (10..=13).contains(&digits(value))
            && (start.starts_with('0') || start.starts_with("44"))
            && value.chars().filter(|c| c.is_alphabetic()).count() <= 6
    };
    let said = column.says(&["phone", "telephone", "tel", "mobile", "landline", "phonenumber"]);
    match column.percent(is) {
        60.. => Claim::new(
            Field::Phone,
            if said { 95 } else { 75 },
            format!("looks like telephone numbers: {}", column.so_many(is)),
        ),
        _ if said && column.percent(|value| digits(value) >= 9) >= 50 => Claim::new(
            Field::Phone,
            70,
            "its header says telephone; a spreadsheet may have lost the first nought",
        ),
        _ => None,
    }
}
