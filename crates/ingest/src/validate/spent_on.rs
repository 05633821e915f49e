use crate::notes::Notes;
use model::{FinancialYear, Finding, PartialDate};

/// Days from 1 January 1970 to the day before a spreadsheet's first, as its counting has a day too many.
const SPREADSHEET_START: i32 = -25_569;

/// Numbers in a column of dates that are a spreadsheet's days: from 1982 to 2064.
const SPREADSHEET_DAYS: std::ops::RangeInclusive<i32> = 30_000..=60_000;

/// The date of a line of money: as people write it, or as a spreadsheet counts it.
///
/// # Errors
/// When there is none: money of no year can't be counted.
pub(crate) fn check(text: Option<&str>, notes: &Notes<'_>) -> Result<PartialDate, Finding> {
    let remedy = "Write it as 30/04/2026 or 2026-04-30.";
    let Some(text) = text else { return Err(notes.reject("no-date", "the row has no date", remedy)) };
    read(text).ok_or_else(|| {
        let bad = PartialDate::parse(text).map_or_else(|bad| bad.to_string(), |date| date.to_string());
        notes.reject("bad-date", bad, remedy)
    })
}

/// When the financial year of a line without a date begins.
///
/// # Errors
/// When it is no financial year: a bare 2026 may be either of two.
pub(crate) fn year(text: &str, notes: &Notes<'_>) -> Result<PartialDate, Finding> {
    let begins =
        FinancialYear::parse(text).map(|year| PartialDate::parse(&format!("{}-04", year.begins_in())));
    let why = match begins {
        Ok(Ok(date)) => return Ok(date),
        Ok(Err(bad)) => bad.to_string(),
        Err(bad) => bad.to_string(),
    };
    Err(notes.reject("bad-year", why, "Write the financial year as 2026-27."))
}

/// A date in any of the forms that we read.
pub(crate) fn read(text: &str) -> Option<PartialDate> {
    PartialDate::parse(text).ok().or_else(|| of_spreadsheet(text))
}

fn of_spreadsheet(text: &str) -> Option<PartialDate> {
    let days = text.trim().split('.').next()?.parse::<i32>().ok()?;
    let is_number = text.trim().bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if !is_number || !SPREADSHEET_DAYS.contains(&days) {
        return None;
    }
    let (year, month, day) = civil(days + SPREADSHEET_START);
    PartialDate::parse(&format!("{year:04}-{month:02}-{day:02}")).ok()
}

/// Year, month and day of a day counted from 1 January 1970. Years are counted from March, so that a leap day ends one.
fn civil(days: i32) -> (i32, i32, i32) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year_of_era + era * 400 + i32::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_and_spreadsheets_write_them() {
        for (text, expected) in [
            ("14-Jan-2011", "2011-01-14"),
            ("24/06/2020", "2020-06-24"),
            ("2018-02-21", "2018-02-21"),
            ("2026-05-29 00:00:00", "2026-05-29"),
            ("05/06/2014", "2014-06-05"),
            ("45444", "2024-06-01"),
            ("45351", "2024-02-29"),
            ("30000", "1982-02-18"),
            ("45444.5", "2024-06-01"),
            ("29999", "-"),
            ("60001", "-"),
            ("1.5e4", "-"),
            ("tbc", "-"),
        ] {
            assert_eq!(read(text).map_or_else(|| "-".into(), |date| date.to_string()), expected, "{text}");
        }
    }

    #[test]
    fn a_year_is_a_financial_year() {
        let (mut warnings, mut notices) = (Vec::new(), Vec::new());
        let notes = Notes { line: 1, warnings: &mut warnings, notices: &mut notices };
        assert_eq!(year("2010-11", &notes).map(|date| date.to_string()), Ok("2010-04".into()));
        assert_eq!(year("2026/27", &notes).map(|date| date.to_string()), Ok("2026-04".into()));
        assert_eq!(year("2026", &notes).map_err(|f| f.rule.to_string()), Err("bad-year".into()));
    }
}
