use model::{FinancialYear, PartialDate, Pence};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

const SHIPPED: &str = include_str!("../rules/deflators.toml");

/// How many decimals of an index are kept.
const DECIMALS: usize = 6;

/// The price level of financial years, of one release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deflators {
    /// What it is.
    pub title: String,
    /// Who publishes it.
    pub source: String,
    /// Which release.
    pub release: String,
    /// When that was released.
    pub released: PartialDate,
    /// The index of each year, in millionths.
    index: BTreeMap<FinancialYear, u64>,
    forecasts: BTreeSet<FinancialYear>,
}

/// Why money can't be said in the prices of another year.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoDeflator {
    /// The year is not in the table.
    #[error("{year}: no deflator{yet}; {edition} has {first} to {last}", yet = if year > last { " published yet" } else { "" })]
    Year {
        /// The year.
        year: FinancialYear,
        /// What the table is.
        edition: String,
        /// The first year that it has.
        first: FinancialYear,
        /// The last.
        last: FinancialYear,
    },
    /// It is not known of which year the money is.
    #[error("no line says of which year it is, so none can be said in the prices of another")]
    Undated,
    /// The amount does not fit.
    #[error("the amount is too large to be said in the prices of another year")]
    TooMuch,
}

/// Why a text is no table of deflators.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeflatorsError {
    /// It is not TOML, or something is missing.
    #[error("not a table of deflators: {0}")]
    Form(String),
    /// An index that is no number above nothing with at most six decimals.
    #[error("{year} has the index {index:?}: write it as \"96.1117\"")]
    BadIndex {
        /// The year.
        year: FinancialYear,
        /// What it has.
        index: String,
    },
    /// A rise that is no number, or that follows no year.
    #[error(
        "{year} has the forecast {rise:?}: write by how many per cent prices rise from the year before, as \"2.005742\", which must be there too"
    )]
    BadForecast {
        /// The year.
        year: FinancialYear,
        /// What it has.
        rise: String,
    },
    /// No year at all.
    #[error("the table has no year")]
    Empty,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: String,
    source: String,
    release: String,
    released: PartialDate,
    index: BTreeMap<FinancialYear, String>,
    /// By how many per cent prices will rise from the year before.
    #[serde(default)]
    forecast: BTreeMap<FinancialYear, String>,
}

impl Deflators {
    /// A table from TOML.
    ///
    /// # Errors
    /// When it is not TOML, has no year, or an index is no number.
    pub fn parse(text: &str) -> Result<Self, DeflatorsError> {
        let file: File = toml::from_str(text).map_err(|e| DeflatorsError::Form(e.to_string()))?;
        let File { title, source, release, released, index, forecast } = file;
        let read = |(year, index): (FinancialYear, String)| {
            millionths(&index).map(|number| (year, number)).ok_or(DeflatorsError::BadIndex { year, index })
        };
        let mut index = index.into_iter().map(read).collect::<Result<BTreeMap<_, _>, _>>()?;
        if index.is_empty() {
            return Err(DeflatorsError::Empty);
        }
        let forecasts = forecast.keys().copied().collect();
        for (year, rise) in forecast {
            let before = index.get(&FinancialYear::beginning_in(year.begins_in().saturating_sub(1))).copied();
            match before.filter(|_| !index.contains_key(&year)).and_then(|before| risen(before, &rise)) {
                Some(number) => index.insert(year, number),
                None => return Err(DeflatorsError::BadForecast { year, rise }),
            };
        }
        Ok(Self { title, source, release, released, index, forecasts })
    }

    /// The table that comes with the program.
    pub fn shipped() -> Self {
        Self::parse(SHIPPED).expect("the shipped table is read by a test")
    }

    /// The years that it has, in their order.
    pub fn years(&self) -> impl Iterator<Item = FinancialYear> {
        self.index.keys().copied()
    }

    /// Whether a year's deflator is a forecast.
    pub fn is_forecast(&self, year: FinancialYear) -> bool {
        self.forecasts.contains(&year)
    }

    /// What the table is: its title and release.
    pub fn edition(&self) -> String {
        format!("{}, {}", self.title, self.release)
    }

    /// Money of one year in the prices of another: `amount × index(to) / index(from)`, to the nearest penny.
    ///
    /// # Errors
    /// When a year is not in the table.
    pub fn real_terms(
        &self,
        amount: Pence,
        from: FinancialYear,
        to: FinancialYear,
    ) -> Result<Pence, NoDeflator> {
        let (from, to) = (self.of(from)?, self.of(to)?);
        let pence = crate::rounding::divided(i128::from(amount.0) * i128::from(to), i128::from(from));
        pence.map(Pence).ok_or(NoDeflator::TooMuch)
    }

    /// By how much prices rose from one year to another, in hundredths of a per cent.
    ///
    /// # Errors
    /// When a year is not in the table.
    pub fn rise(&self, from: FinancialYear, to: FinancialYear) -> Result<i64, NoDeflator> {
        let (from, to) = (i128::from(self.of(from)?), i128::from(self.of(to)?));
        crate::rounding::divided((to - from) * 10_000, from).ok_or(NoDeflator::TooMuch)
    }

    fn of(&self, year: FinancialYear) -> Result<u64, NoDeflator> {
        let ends = self.index.keys().next().zip(self.index.keys().next_back());
        let (first, last) = ends.map_or((year, year), |(first, last)| (*first, *last));
        let missing = || NoDeflator::Year { year, edition: self.edition(), first, last };
        self.index.get(&year).copied().ok_or_else(missing)
    }
}

/// `96.1117` as 96,111,700. Below a thousand million, so that products with any amount fit.
fn millionths(text: &str) -> Option<u64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let are_digits = (whole.to_owned() + part).bytes().all(|b| b.is_ascii_digit());
    if !are_digits || whole.is_empty() || whole.len() > 9 || part.len() > DECIMALS {
        return None;
    }
    format!("{whole}{part:0<DECIMALS$}").parse().ok().filter(|number| *number > 0)
}

/// An index after a rise in per cent, which may be below zero.
fn risen(before: u64, rise: &str) -> Option<u64> {
    let (sign, size) = rise.strip_prefix('-').map_or((1, rise), |size| (-1, size));
    let rise = sign * i128::from(millionths(size)?);
    // A hundred per cent, in millionths.
    let whole = 100_000_000;
    let after = crate::rounding::divided(i128::from(before) * (whole + rise), whole)?;
    u64::try_from(after).ok().filter(|number| *number > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(text: &str) -> FinancialYear {
        FinancialYear::parse(text).unwrap()
    }

    /// The table of "Annex A: How to use the GDP deflator series" of HM Treasury's user's guide, which is for illustration.
    const ANNEX_A: &str = r#"
        title = "Annex A"
        source = "HM Treasury"
        release = "user's guide"
        released = "2010"
        [index]
        1992-93 = "77.756"
        1997-98 = "88.48"
        1998-99 = "91.031"
        1999-00 = "93.046"
        2002-03 = "100"
        2003-04 = "102.789"
    "#;

    #[test]
    fn the_treasurys_own_examples() {
        let table = Deflators::parse(ANNEX_A).unwrap();
        assert_eq!(table.rise(year("1998-99"), year("1999-00")), Ok(221), "2.21 %");
        assert_eq!(table.rise(year("1997-98"), year("2002-03")), Ok(1_302), "13.02 %");
        let inflated = table.real_terms(Pence(740_000_000), year("1998-99"), year("2003-04"));
        assert_eq!(inflated, Ok(Pence(835_581_945)), "£7.4m is £8.36m");
        let deflated = table.real_terms(Pence(8_532_000_000), year("2002-03"), year("1992-93"));
        assert_eq!(deflated, Ok(Pence(6_634_141_920)), "£85.32m is £66.34m");
    }

    #[test]
    fn a_year_that_is_missing_is_refused() {
        let table = Deflators::shipped();
        let refused =
            |missing| table.real_terms(Pence(100), year(missing), year("2024-25")).unwrap_err().to_string();
        let has = "GDP deflators at market prices, and money GDP, June 2026 (Quarterly National Accounts) has 2010-11 to 2030-31";
        assert_eq!(refused("2031-32"), format!("2031-32: no deflator published yet; {has}"));
        assert_eq!(refused("2009-10"), format!("2009-10: no deflator; {has}"));
        assert_eq!(table.years().count(), 21);
        assert_eq!(table.released.to_string(), "2026-06-30");
    }

    #[test]
    fn years_to_come_rise_from_the_year_before_as_forecast() {
        let table = Deflators::shipped();
        let forecasts: Vec<String> =
            table.years().filter(|year| table.is_forecast(*year)).map(|year| year.to_string()).collect();
        assert_eq!(forecasts, ["2026-27", "2027-28", "2028-29", "2029-30", "2030-31"]);
        let of_a_million = |to| table.real_terms(Pence(100_000_000), year("2025-26"), year(to));
        assert_eq!(of_a_million("2026-27"), Ok(Pence(102_005_742)));
        assert_eq!(of_a_million("2027-28"), Ok(Pence(103_986_673)), "1.94198 % more than that");
        let falling = format!("{ANNEX_A}\n[forecast]\n2004-05 = \"-50\"");
        let half = Deflators::parse(&falling).unwrap();
        assert_eq!(half.rise(year("2003-04"), year("2004-05")), Ok(-5_000));
        for (name, rise) in [("2004-05", "soon"), ("2004-05", "-100"), ("2005-06", "2"), ("2003-04", "2")] {
            let wrong = format!("{ANNEX_A}\n[forecast]\n{name} = {rise:?}");
            let said = Deflators::parse(&wrong).unwrap_err().to_string();
            assert!(said.starts_with(&format!("{name} has the forecast {rise:?}: ")), "{said}");
        }
    }

    #[test]
    fn the_same_year_changes_nothing() {
        let table = Deflators::shipped();
        for year in table.years() {
            assert_eq!(table.real_terms(Pence(-123_456_789), year, year), Ok(Pence(-123_456_789)));
            assert_eq!(table.rise(year, year), Ok(0));
        }
        let most = table.real_terms(Pence(i64::MAX), year("2010-11"), year("2024-25"));
        assert_eq!(most, Err(NoDeflator::TooMuch));
    }

    #[test]
    fn a_wrong_table_says_what_is_wrong() {
        let check =
            |from: &str, to: &str| Deflators::parse(&ANNEX_A.replace(from, to)).unwrap_err().to_string();
        for index in ["", "-1", "0", "abc", "1.2.3", "1.2345678", "1e5", "."] {
            assert_eq!(
                check("\"88.48\"", &format!("{index:?}")),
                format!("1997-98 has the index {index:?}: write it as \"96.1117\"")
            );
        }
        assert!(check("1997-98", "1997-99").contains("not a financial year"));
        assert!(check("release = \"user's guide\"", "").contains("release"));
        let head = ANNEX_A.split("1992").next().unwrap();
        assert_eq!(Deflators::parse(head), Err(DeflatorsError::Empty));
    }
}
