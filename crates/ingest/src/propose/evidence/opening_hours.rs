use super::super::{Claim, Column, Field};

const DAYS: &[&str] = &["mon", "tue", "wed", "thu", "fri", "sat", "sun", "daily", "weekday", "every"];

/// Cells that speak of days and hours.
pub(super) fn claim(column: &Column<'_>) -> Option<Claim> {
    let is = |value: &str| {
        let text = value.to_lowercase();
        DAYS.iter().any(|day| text.split(|c: char| !c.is_alphabetic()).any(|word| word.starts_with(day)))
            || (text.contains(':') && text.contains('-') && text.chars().any(|c| c.is_ascii_digit()))
    };
    let of_hours = |value: &str| {
        let text = value.to_lowercase();
        let has_digit = text.chars().any(|c| c.is_ascii_digit());
        is(value)
            || (has_digit && ["am", "pm", "hr", "hour"].iter().any(|mark| text.contains(mark)))
            || text.contains("dawn")
            || text.contains("dusk")
    };
    let said = column
        .says(&["opening", "open", "hours", "times", "when", "meets", "meeting", "sessions", "day", "days"]);
    if said && column.percent(of_hours) >= 50 {
        let reason = format!("looks like opening or meeting times: {}", column.so_many(of_hours));
        return Claim::new(Field::OpeningHours, 92, reason);
    }
    match column.percent(is) {
        80.. => Claim::new(
            Field::OpeningHours,
            60,
            format!("looks like opening or meeting times: {}", column.so_many(is)),
        ),
        _ => None,
    }
}
