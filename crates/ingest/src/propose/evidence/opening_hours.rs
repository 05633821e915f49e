use super::super::{Claim, Column, Field};

const DAYS: &[&str] = &["mon", "tue", "wed", "thu", "fri", "sat", "sun", "daily", "weekday", "every"];

const SAID: &[&str] = &[
    "opening", "open", "opens", "close", "closes", "hours", "time", "times", "when", "meets", "meeting",
    "session", "sessions", "day", "days", "night", "nights", "evening", "evenings", "training", "start",
    "starts", "finish", "finishes",
];

/// Whether a text is a time, or goes from one to another: `16:30`, `6.30pm - 8.00pm`, `9-11`.
fn is_span(text: &str) -> bool {
    let part = |part: &str| {
        let bare = part.trim().trim_end_matches(['a', 'p', 'm', ' ']);
        let (hours, minutes) = bare.split_once([':', '.']).unwrap_or((bare, "00"));
        let is_short = |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        is_short(hours) && is_short(minutes)
    };
    let parts: Vec<&str> = text.split(['-', '\u{2013}']).collect();
    match parts[..] {
        [one] => part(one) && one.contains([':', '.', 'm']),
        [from, to] => part(from) && part(to),
        _ => false,
    }
}

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
            || is_span(&text)
            || (has_digit && ["am", "pm", "hr", "hour"].iter().any(|mark| text.contains(mark)))
            || text.contains("dawn")
            || text.contains("dusk")
    };
    let said = column.says(SAID) && !column.says(&["date", "year", "ends"]);
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

#[cfg(test)]
mod tests {
    use super::is_span;

    #[test]
    fn times_and_spans_of_time_are_known() {
        for text in [
            "6.30pm - 8.00pm",
            "9:30am-12:30pm",
            "4.45-6.15",
            "10-12",
            "16.00 \u{2013} 18.00",
            "09:30",
            "7pm",
        ] {
            assert!(is_span(text), "{text}");
        }
        for text in ["12/01/2024", "2024-11-01", "7", "various", "100-150", "M33 4JB"] {
            assert!(!is_span(text), "{text}");
        }
    }
}
