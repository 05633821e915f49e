//! The parameter `datetime`: an instant or an interval, of RFC 3339 dates or times.

use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};
use model::Days;

const SECONDS: i64 = 86_400;

/// The days of UTC that an instant or interval touches. Sources state days at the finest, so nothing is lost.
pub(super) fn parse(text: &str) -> Result<Days, String> {
    let Some((start, end)) = text.split_once('/') else { return instant(text) };
    if is_open(start) && is_open(end) {
        return Err("an interval needs a start or an end".into());
    }
    let first = if is_open(start) { i32::MIN } else { instant(start)?.first };
    let last = if is_open(end) { i32::MAX } else { instant(end)?.last };
    let backwards = !is_open(start) && !is_open(end) && is_after(start, end);
    if first > last || backwards {
        return Err("it ends before it starts".into());
    }
    Ok(Days { first, last })
}

/// The start of a first day and the last second of a last day, for an extent.
pub(super) fn interval(days: Days) -> Option<[String; 2]> {
    let at =
        |second: i64| Some(Timestamp::from_second(second).ok()?.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
    let days = Some(days).filter(|days| !days.is_empty())?;
    Some([at(i64::from(days.first) * SECONDS)?, at((i64::from(days.last) + 1) * SECONDS - 1)?])
}

fn is_open(end: &str) -> bool {
    end.is_empty() || end == ".."
}

/// Of two times that are both good: whether the first is later. Whole days are compared as days.
fn is_after(start: &str, end: &str) -> bool {
    matches!((start.parse::<Timestamp>(), end.parse::<Timestamp>()), (Ok(start), Ok(end)) if start > end)
}

fn instant(text: &str) -> Result<Days, String> {
    let bad = || {
        format!(
            "{text:?} is neither a date such as 2023-04-30 nor a time such as 2023-04-30T12:00:00Z; an interval is two of them with / between, or .. for an open end"
        )
    };
    let moment = match shape(text).ok_or_else(bad)? {
        Shape::Date => text
            .parse::<civil::Date>()
            .and_then(|date| date.to_zoned(TimeZone::UTC))
            .map(|midnight| midnight.timestamp()),
        Shape::Time => text.parse::<Timestamp>(),
    };
    let day = moment.map_err(|_| bad())?.as_second().div_euclid(SECONDS);
    let day = i32::try_from(day).map_err(|_| bad())?;
    Ok(Days { first: day, last: day })
}

enum Shape {
    Date,
    Time,
}

/// What RFC 3339 allows, and nothing else that a parser of dates might take.
fn shape(text: &str) -> Option<Shape> {
    let pattern: String = text.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    if pattern == "9999-99-99" {
        return Some(Shape::Date);
    }
    let rest = pattern.to_ascii_uppercase();
    let rest = rest.strip_prefix("9999-99-99T99:99:99")?;
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => {
            let zone = fraction.trim_start_matches('9');
            (zone.len() < fraction.len()).then_some(zone)?
        }
        None => rest,
    };
    matches!(rest, "Z" | "+99:99" | "-99:99").then_some(Shape::Time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::PartialDate;

    fn days(text: &str) -> Days {
        Days::of(PartialDate::parse(text).unwrap())
    }

    #[test]
    fn instants_and_intervals_touch_days() {
        assert_eq!(parse("2023-04-30"), Ok(days("2023-04-30")));
        assert_eq!(parse("2023-04-30T23:59:59.5Z"), Ok(days("2023-04-30")));
        assert_eq!(parse("2023-04-30T23:30:00-01:00"), Ok(days("2023-05-01")));
        assert_eq!(parse("2023-04-01/2023-04-30"), Ok(days("2023-04")));
        let first = days("2023-04-01").first;
        for text in ["2023-04-01/", "2023-04-01/.."] {
            assert_eq!(parse(text), Ok(Days { first, last: i32::MAX }), "{text}");
        }
        for text in ["/2023-04-01t00:00:00z", "../2023-04-01"] {
            assert_eq!(parse(text), Ok(Days { first: i32::MIN, last: first }), "{text}");
        }
    }

    #[test]
    fn what_is_none_is_refused() {
        for text in [
            "",
            "..",
            "/",
            "../..",
            "2023",
            "2023-04",
            "2023-02-29",
            "2023-04-30T12:00",
            "2023-04-30T12:00:00",
            "2023-04-30 12:00:00Z",
            "20230430",
            "yesterday",
            "2023-04-30/2023-04-29",
            "2023-04-30/2023-05-01/2023-05-02",
            "2023-04-30T12:00:00Z/2023-04-30T11:00:00Z",
            "2023-04-30T12:00:00.Z",
            "2023-04-30T25:00:00Z",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_extent_holds_its_days_whole() {
        let interval = interval(days("2023-04")).unwrap();
        assert_eq!(interval, ["2023-04-01T00:00:00Z", "2023-04-30T23:59:59Z"]);
        assert_eq!(super::interval(Days::NONE), None);
    }
}
