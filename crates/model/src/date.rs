use serde::{Deserialize, Serialize};

/// A date as exact as its publisher made it: a year, a month or a day.
///
/// ```
/// use model::PartialDate;
/// let listed = PartialDate::parse("2023-04")?;
/// assert_eq!((listed.to_string().as_str(), listed.in_words().as_str()), ("2023-04", "April 2023"));
/// # Ok::<(), model::BadDate>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a date: write it as 2023, 2023-04, 2023-04-30 or 30/04/2023")]
pub struct BadDate(String);

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl PartialDate {
    /// A date from `2023`, `2023-04`, `2023-04-30` (a time after it is ignored), as councils write it, `30/04/2023`
    /// or `04/2023`: day first, or as databases do, `2023/04/30`.
    ///
    /// # Errors
    /// When it has another form, or there is no such day.
    pub fn parse(text: &str) -> Result<Self, BadDate> {
        let bad = || BadDate(text.trim().chars().take(40).collect());
        let date = text.trim().split(['T', ' ']).next().unwrap_or_default();
        let numbers = |separator| -> Option<Vec<u16>> { date.split(separator).map(digits).collect() };
        let parts = if date.contains('/') {
            let mut parts = numbers('/').filter(|p| p.len() > 1).ok_or_else(bad)?;
            // the year may stand first, as databases write it; `2023/24` is two years
            let is_year_first = parts.len() == 3 && parts[0] > 31;
            if !is_year_first {
                parts.reverse();
            }
            parts
        } else {
            named_month(text.trim()).or_else(|| numbers('-')).ok_or_else(bad)?
        };
        match parts[..] {
            [year] => Self::new(year, None, None),
            [year, month] => Self::new(year, Some(month), None),
            [year, month, day] => Self::new(year, Some(month), Some(day)),
            _ => None,
        }
        .ok_or_else(bad)
    }

    fn new(year: u16, month: Option<u16>, day: Option<u16>) -> Option<Self> {
        let month = month.map(u8::try_from).transpose().ok()?;
        let day = day.map(u8::try_from).transpose().ok()?;
        let month_is_real = month.is_none_or(|m| (1..=12).contains(&m));
        let day_is_real = day.is_none_or(|d| (1..=days_in(year, month.unwrap_or(1))).contains(&d));
        ((1000..=2999).contains(&year) && month_is_real && day_is_real).then_some(Self { year, month, day })
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12, if it is known.
    pub fn month(self) -> Option<u8> {
        self.month
    }

    /// The day of the month, if it is known.
    pub fn day(self) -> Option<u8> {
        self.day
    }

    /// The last day of its month, or of its January.
    pub(crate) fn last_day_of_month(self) -> u8 {
        days_in(self.year, self.month.unwrap_or(1))
    }

    /// As people say it: `2023`, `April 2023`, `30 April 2023`.
    pub fn in_words(self) -> String {
        let month = self.month.map(|m| MONTHS[usize::from(m) - 1]);
        match (self.day, month) {
            (Some(day), Some(month)) => format!("{day} {month} {}", self.year),
            (None, Some(month)) => format!("{month} {}", self.year),
            _ => self.year.to_string(),
        }
    }
}

/// Year, month and day of `14-Jan-2011`, `14 January 2011` or `1st April 2022`.
fn named_month(text: &str) -> Option<Vec<u16>> {
    let [day, month, year] = text.split(['-', ' ']).collect::<Vec<_>>().try_into().ok()?;
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_it = |name: &&str| match month.len() {
        0..3 => false,
        3 => name[..3].eq_ignore_ascii_case(month),
        _ => name.eq_ignore_ascii_case(month),
    };
    let month = MONTHS.iter().position(is_it)? + 1;
    let year = digits(year).map(|number| if year.len() == 2 { 2000 + number } else { number });
    Some(vec![year?, u16::try_from(month).ok()?, digits(day)?])
}

fn digits(text: &str) -> Option<u16> {
    (!text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

impl std::fmt::Display for PartialDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

impl TryFrom<String> for PartialDate {
    type Error = BadDate;
    fn try_from(text: String) -> Result<Self, BadDate> {
        Self::parse(&text)
    }
}

impl From<PartialDate> for String {
    fn from(d: PartialDate) -> String {
        d.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        PartialDate::parse(text).map_or_else(|_| "no".into(), |d| d.to_string())
    }

    #[test]
    fn the_forms_that_councils_write() {
        assert_eq!(check("2023"), "2023");
        assert_eq!(check("2023-04"), "2023-04");
        assert_eq!(check("1986-11-17T00:00:00Z"), "1986-11-17");
        assert_eq!(check("03/10/2022"), "2022-10-03");
        assert_eq!(check("29/02/2024"), "2024-02-29");
        assert_eq!(check("10/2022"), "2022-10");
        assert_eq!(check("2023/05/11 00:00:00"), "2023-05-11");
        assert_eq!(check("14-Jan-2011"), "2011-01-14");
        assert_eq!(check("1st April 2022"), "2022-04-01");
        assert_eq!(check("30-SEP-19"), "2019-09-30");
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "NA",
            "29/02/2023",
            "2023-13",
            "31/04/2023",
            "13/2022",
            "2023/24",
            "-",
            "2023-",
            "45000",
            "31-Apr-2020",
            "14-Ja-2011",
            "1-1-Jan",
            "a Jan b",
        ] {
            assert_eq!(check(text), "no", "{text}");
        }
    }

    #[test]
    fn a_vague_date_sorts_before_the_days_in_it() {
        assert!(PartialDate::parse("2023").unwrap() < PartialDate::parse("2023-01-01").unwrap());
    }
}
