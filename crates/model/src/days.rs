use crate::PartialDate;

/// Whole days of UTC, from a first to a last, both among them: what a [`PartialDate`] spans. Days are counted from
/// 1 January 1970; [`i32::MIN`] and [`i32::MAX`] are open ends.
///
/// ```
/// use model::{Days, PartialDate};
/// let april = Days::of(PartialDate::parse("2023-04")?);
/// let third = Days::of(PartialDate::parse("2023-04-03")?);
/// assert!(april.meets(third) && april.last - april.first == 29);
/// assert_eq!(Days::of(PartialDate::parse("1970-01-02")?), Days { first: 1, last: 1 });
/// # Ok::<(), model::BadDate>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Days {
    /// The first day.
    pub first: i32,
    /// The last day.
    pub last: i32,
}

impl Days {
    /// No day: it meets nothing. For what has no date.
    pub const NONE: Self = Self { first: i32::MAX, last: i32::MIN };

    /// The days of a date: one, or those of its month or year.
    pub fn of(date: PartialDate) -> Self {
        let year = i32::from(date.year());
        let (first, last) = match (date.month(), date.day()) {
            (Some(month), Some(day)) => ((month, day), (month, day)),
            (Some(month), None) => ((month, 1), (month, date.last_day_of_month())),
            (None, _) => ((1, 1), (12, 31)),
        };
        Self { first: day_number(year, first.0, first.1), last: day_number(year, last.0, last.1) }
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.first > self.last
    }

    /// Whether a day is in both.
    pub fn meets(self, other: Self) -> bool {
        self.first.max(other.first) <= self.last.min(other.last)
    }

    /// From the earlier of the first days to the later of the last.
    pub fn joined(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }
}

/// Days from 1 January 1970 in the Gregorian calendar. Years are counted from March, so that a leap day ends one.
fn day_number(year: i32, month: u8, day: u8) -> i32 {
    let (month, day) = (i32::from(month), i32::from(day));
    let year = if month <= 2 { year - 1 } else { year };
    let (century, of_century) = (year.div_euclid(100), year.rem_euclid(100));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    century * 146_097 / 4 + of_century * 1_461 / 4 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> Days {
        Days::of(PartialDate::parse(text).unwrap())
    }

    #[test]
    fn a_date_spans_its_days() {
        assert_eq!(days("1970-01-01"), Days { first: 0, last: 0 });
        assert_eq!(days("1970"), Days { first: 0, last: 364 });
        assert_eq!(days("2000-02"), Days { first: 10_988, last: 11_016 });
        assert_eq!(days("2024-02-29"), Days { first: 19_782, last: 19_782 });
    }

    #[test]
    fn days_follow_one_another_without_a_gap() {
        let mut next = days("1000").first;
        for year in 1000..=2999 {
            let whole = days(&format!("{year}"));
            assert_eq!(whole.first, next, "{year}");
            for month in 1..=12 {
                let month = days(&format!("{year}-{month:02}"));
                assert_eq!(month.first, next, "{year}");
                next = month.last + 1;
            }
            assert_eq!(whole.last + 1, next, "{year}");
        }
    }

    #[test]
    fn days_meet_when_they_share_one() {
        assert!(days("2023").meets(days("2023-12-31")) && !days("2023").meets(days("2024-01-01")));
        assert!(!Days::NONE.meets(Days { first: i32::MIN, last: i32::MAX }));
        assert_eq!(Days::NONE.joined(days("2023")), days("2023"));
    }
}
