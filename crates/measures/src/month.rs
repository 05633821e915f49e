use model::PartialDate;

/// A calendar month, by its number since the year 0: `year * 12 + month`, with January as 1.
///
/// ```
/// use measures::Month;
/// let april = Month::new(2026, 4).expect("there is one");
/// assert_eq!((april.to_string().as_str(), april.number()), ("2026-04", 24_316));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(u16);

impl Month {
    /// The month of a year, 1 to 12; `None` when there is no such month.
    pub fn new(year: u16, month: u8) -> Option<Self> {
        let is_real = (1..=12).contains(&month) && (1000..=2999).contains(&year);
        is_real.then(|| Self(year * 12 + u16::from(month)))
    }

    /// The month of a date; `None` when only its year is known.
    pub fn of(date: PartialDate) -> Option<Self> {
        Self::new(date.year(), date.month()?)
    }

    /// Its number.
    pub fn number(self) -> u16 {
        self.0
    }

    /// The reverse of [`number`](Self::number).
    pub fn numbered(number: u16) -> Option<Self> {
        (12_001..=36_000).contains(&number).then_some(Self(number))
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", (self.0 - 1) / 12, (self.0 - 1) % 12 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn december_belongs_to_its_own_year() {
        let december = Month::new(2026, 12).unwrap();
        assert_eq!(december.to_string(), "2026-12");
        assert_eq!(december.number() + 1, Month::new(2027, 1).unwrap().number());
        assert_eq!(Month::numbered(december.number()), Some(december));
        assert_eq!((Month::new(2026, 0), Month::new(2026, 13), Month::numbered(12_000)), (None, None, None));
    }

    #[test]
    fn a_date_without_a_month_has_none() {
        assert_eq!(Month::of(PartialDate::parse("2026").unwrap()), None);
        assert_eq!(Month::of(PartialDate::parse("2026-04-30").unwrap()), Month::new(2026, 4));
    }
}
