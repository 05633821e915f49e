//! Columns of a file of population that are called by ages or by a year.

use crate::columns::{Columns, fold};
use model::OLDEST;

/// A column of people of some ages: `aged_16_to_64`, `Older population aged 60 and over: mid 2022`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BandColumn {
    /// Its place.
    pub column: usize,
    /// The youngest.
    pub from: u8,
    /// The oldest; [`OLDEST`] where there is no upper end.
    pub to: u8,
    /// The year that its name says.
    pub year: Option<u16>,
}

/// The columns that are called by ages, from 0 on.
pub(super) fn single_years(columns: &Columns) -> Vec<usize> {
    let of = |age: u8| {
        let names = [
            age.to_string(),
            format!("age{age}"),
            format!("{age}andover"),
            format!("{age}plus"),
            format!("age{age}andover"),
        ];
        columns.names().iter().position(|name| names.contains(&fold(name)))
    };
    (0..=OLDEST).map_while(of).collect()
}

/// The columns of bands of ages.
pub(super) fn bands(columns: &Columns) -> Vec<BandColumn> {
    let of = |(column, name): (usize, &String)| {
        let (from, to, year) = band(name)?;
        Some(BandColumn { column, from, to, year })
    };
    columns.names().iter().enumerate().filter_map(of).collect()
}

/// The year that a column's name says: `mid 2022`.
pub(super) fn year_in(name: &str) -> Option<u16> {
    let words = words(name);
    let mid = words.iter().position(|word| word == "mid")?;
    words.get(mid + 1).filter(|year| year.len() == 4)?.parse().ok()
}

/// Words beside which ages mean that all people of these ages are counted. Any other could make them fewer, or a share:
/// `children aged 0-15 in poverty`.
const OF_ALL: &[&str] = &[
    "age",
    "aged",
    "ages",
    "all",
    "and",
    "children",
    "dependent",
    "mid",
    "of",
    "older",
    "people",
    "persons",
    "population",
    "to",
    "total",
    "working",
    "years",
    "over",
    "plus",
    "above",
    // what the Indices of Deprivation say of whom they count
    "excluding",
    "prisoners",
    "for",
    "use",
    "with",
    "employment",
    "deprivation",
    "domain",
];

const AND_OVER: &[&str] = &["over", "older", "plus", "above"];

fn words(name: &str) -> Vec<String> {
    let name = name.to_lowercase().replace('+', " plus ").replace('%', " percent ");
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn band(name: &str) -> Option<(u8, u8, Option<u16>)> {
    let year = year_in(name);
    let mut words = words(name);
    if year.is_some() {
        let mid = words.iter().position(|word| word == "mid")?;
        words.drain(mid..mid + 2);
    }
    let is_number = |word: &String| word.bytes().all(|b| b.is_ascii_digit());
    let speaks_of_all = words.iter().all(|word| is_number(word) || OF_ALL.contains(&word.as_str()));
    let speaks_of_ages = words.iter().any(|word| ["age", "aged", "ages"].contains(&word.as_str()));
    let first = words.iter().position(is_number).filter(|_| speaks_of_all && speaks_of_ages)?;
    let numbers: Vec<u8> =
        words.iter().filter(|word| is_number(word)).map(|word| word.parse().ok()).collect::<Option<_>>()?;
    let next = words[first + 1..].iter().find(|word| *word != "and").map_or("", String::as_str);
    match numbers[..] {
        [from, to] if from <= to && to <= OLDEST => Some((from, to, year)),
        [from] if from <= OLDEST && AND_OVER.contains(&next) => Some((from, OLDEST, year)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_columns_from_nought_on() {
        let of = |names: &[&str]| single_years(&Columns::new(names.iter().map(|name| (*name).to_owned())));
        assert_eq!(of(&["code", "0", "1", "2+"]), [1, 2, 3]);
        assert_eq!(of(&["Age 1", "Age 0", "2 and over"]), [1, 0, 2]);
        assert_eq!(of(&["1", "2"]), Vec::<usize>::new());
    }

    #[test]
    fn bands_are_read_from_names_that_speak_of_all_people_of_an_age() {
        for (name, from, to, year) in [
            ("aged_0_to_15", 0, 15, None),
            ("Aged 65+", 65, OLDEST, None),
            ("aged_65_and_over", 65, OLDEST, None),
            ("Dependent Children aged 0-15: mid 2015 (excluding prisoners)", 0, 15, Some(2015)),
            ("Population aged 16-59: mid 2015 (excluding prisoners)", 16, 59, Some(2015)),
            ("Older population aged 60 and over: mid 2022", 60, OLDEST, Some(2022)),
            (
                "Working age population 18-66 (for use with Employment Deprivation Domain): mid 2022",
                18,
                66,
                Some(2022),
            ),
        ] {
            assert_eq!(band(name), Some((from, to, year)), "{name}");
        }
        for name in [
            "",
            "65",
            "0-15",
            "2015",
            "aged 16",
            "aged 16 and under",
            "aged 59-16",
            "aged 0-15 (%)",
            "aged 1000 and over",
            "children aged 0-15 in poverty",
            "Total population: mid 2022",
            // of women to 59, of men to 64
            "Working age population 18-59/64: for use with Employment Deprivation Domain (excluding prisoners)",
            "Income Deprivation Affecting Older People (IDAOPI) Score (rate)",
        ] {
            assert_eq!(band(name), None, "{name}");
        }
    }

    #[test]
    fn a_name_says_a_year() {
        assert_eq!(year_in("Total population: mid 2015 (excluding prisoners)"), Some(2015));
        assert_eq!(["mid", "all_ages", "2015", "mid 15"].map(year_in), [None; 4]);
    }
}
