use std::fmt;
use std::str::FromStr;

use crate::error::Error;
use crate::point::EastingNorthing;

/// Side of a lettered square.
const SQUARE_MM: u64 = 100_000_000;
/// Lettered squares there are, west to east and south to north: SV is the first, JM the last.
const SQUARES_E: u64 = 7;
const SQUARES_N: u64 = 13;
/// Sixteen digits, eight for each axis, are millimetres.
const MAX_DIGITS: u8 = 16;

/// A National Grid reference: a square of the grid, named by its south-west corner.
///
/// The more digits, the smaller the square: `SJ` is 100 km wide, `SJ 80 85` 1 km, `SJ 80230 85291` 1 m, and the
/// sixteen digits that are the limit 1 mm. Upper and lower case, with spaces or without, are all read; a
/// place on the grid is cut down to its square, never rounded up into the next.
///
/// ```
/// use osgb::{EastingNorthing, GridRef};
///
/// let reference: GridRef = "SJ 80230 85291".parse()?;
/// assert_eq!(reference.south_west(), EastingNorthing::new(380_230.0, 385_291.0));
/// assert_eq!(reference.size_m(), 1.0);
/// assert_eq!(reference.to_string(), "SJ 80230 85291");
/// assert_eq!(reference.compact(), "SJ8023085291");
///
/// let kilometre = GridRef::containing(EastingNorthing::new(380_999.9, 385_999.9), 4)?;
/// assert_eq!(kilometre.to_string(), "SJ 80 85");
/// # Ok::<(), osgb::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GridRef {
    /// South-west corner, a multiple of the size.
    e_mm: u64,
    n_mm: u64,
    /// Digits for each axis, 0 to 8.
    digits: u8,
}

impl GridRef {
    /// Reads a reference such as `SJ 80230 85291`, `sj8023085291` or `SJ8085`.
    ///
    /// # Errors
    ///
    /// [`Error::BadReference`], with the reason, when the letters name no square of the National Grid, the digits are odd in
    /// number, more than sixteen or unevenly split, or there is anything else.
    ///
    /// ```
    /// use osgb::GridRef;
    ///
    /// assert_eq!(
    ///     GridRef::parse("SJ 8023 852").unwrap_err().to_string(),
    ///     "\"SJ 8023 852\" is not a National Grid reference: \
    ///      easting and northing need the same number of digits",
    /// );
    /// ```
    pub fn parse(text: &str) -> Result<Self, Error> {
        read(text).map_err(|reason| Error::BadReference { text: text.chars().take(40).collect(), reason })
    }

    /// The square of a reference with so many digits (0, 2, … 16) that holds a position.
    ///
    /// # Errors
    ///
    /// * [`Error::NotFinite`] for NaN and infinity,
    /// * [`Error::NoSquare`] for a position outside the lettered squares,
    /// * [`Error::BadDigits`] for an odd number of digits or more than sixteen.
    pub fn containing(point: EastingNorthing, digits: u8) -> Result<Self, Error> {
        if !digits.is_multiple_of(2) || digits > MAX_DIGITS {
            return Err(Error::BadDigits(digits));
        }
        let axis = |metres, name, squares: u64| match millimetres(metres) {
            None => Err(Error::NotFinite(name)),
            Some(mm) if (0..(squares * SQUARE_MM).cast_signed()).contains(&mm) => Ok(mm.cast_unsigned()),
            Some(_) => Err(Error::NoSquare(point)),
        };
        let (e, n) = (axis(point.e, "easting", SQUARES_E)?, axis(point.n, "northing", SQUARES_N)?);
        let size = size_mm(digits / 2);
        Ok(Self { e_mm: e / size * size, n_mm: n / size * size, digits: digits / 2 })
    }

    /// The south-west corner of the square.
    pub fn south_west(self) -> EastingNorthing {
        EastingNorthing::new(self.e_mm as f64 / 1000.0, self.n_mm as f64 / 1000.0)
    }

    /// The middle of the square: the best single point for a reference that names a place.
    pub fn centre(self) -> EastingNorthing {
        let half = self.size_m() / 2.0;
        EastingNorthing::new(self.south_west().e + half, self.south_west().n + half)
    }

    /// The side of the square in metres: 100,000 for letters alone, 1 for ten digits.
    pub fn size_m(self) -> f64 {
        size_mm(self.digits) as f64 / 1000.0
    }

    /// The reference without spaces: `SJ8023085291`.
    pub fn compact(self) -> String {
        self.to_string().replace(' ', "")
    }
}

/// With spaces: `SJ 80230 85291`.
impl fmt::Display for GridRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, second] = letters(self.e_mm / SQUARE_MM, self.n_mm / SQUARE_MM);
        write!(f, "{first}{second}")?;
        let (size, width) = (size_mm(self.digits), usize::from(self.digits));
        if width > 0 {
            let (e, n) = (self.e_mm % SQUARE_MM / size, self.n_mm % SQUARE_MM / size);
            write!(f, " {e:0width$} {n:0width$}")?;
        }
        Ok(())
    }
}

impl FromStr for GridRef {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

fn read(text: &str) -> Result<GridRef, &'static str> {
    let text = text.trim_ascii();
    let mut chars = text.chars();
    let (Some(first), Some(second)) =
        (chars.next().and_then(letter_index), chars.next().and_then(letter_index))
    else {
        return Err("it must start with two letters other than I, such as SJ");
    };
    let Some((square_e, square_n)) = square(first, second) else {
        return Err("its letters name no square of the National Grid");
    };
    let (e, n) = split_digits(chars.as_str())?;
    let digits = e.len() as u8;
    let size = size_mm(digits);
    let along = |square: u64, digits: &str| square * SQUARE_MM + digits.parse().unwrap_or(0) * size;
    Ok(GridRef { e_mm: along(square_e, e), n_mm: along(square_n, n), digits })
}

/// The digits of the easting and of the northing: as many of one as of the other, at most eight of each.
fn split_digits(text: &str) -> Result<(&str, &str), &'static str> {
    if !text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_whitespace()) {
        return Err("after the two letters only digits and spaces may follow");
    }
    let mut groups = text.split_ascii_whitespace();
    let pair = match (groups.next(), groups.next(), groups.next()) {
        (None, ..) => ("", ""),
        (Some(both), None, _) => both.split_at(both.len() / 2),
        (Some(e), Some(n), None) => (e, n),
        _ => return Err("its digits must stand together or in two groups"),
    };
    match (pair.0.len(), pair.1.len()) {
        (e, n) if e != n => Err("easting and northing need the same number of digits"),
        (e, _) if e > usize::from(MAX_DIGITS / 2) => {
            Err("it has more than sixteen digits, which are millimetres")
        }
        _ => Ok(pair),
    }
}

fn size_mm(digits: u8) -> u64 {
    SQUARE_MM / 10_u64.pow(digits.into())
}

/// Whole millimetres, cut down; a nanometre of rounding error must not cut off a whole one.
fn millimetres(metres: f64) -> Option<i64> {
    // saturates for what is too large to matter
    metres.is_finite().then(|| (metres * 1000.0 + 1e-6).floor() as i64)
}

/// Position in the grid's alphabet of 25 letters, which has no I.
fn letter_index(letter: char) -> Option<u64> {
    match letter.to_ascii_uppercase() {
        letter @ 'A'..='H' => Some(letter as u64 - 'A' as u64),
        letter @ 'J'..='Z' => Some(letter as u64 - 'A' as u64 - 1),
        _ => None,
    }
}

fn letter(index: u64) -> char {
    char::from(b"ABCDEFGHJKLMNOPQRSTUVWXYZ"[index as usize])
}

/// The column and row of the 100 km square with these letters.
///
/// The first letter is a 500 km square, the second a 100 km square in it; both run west to east, then north to south
/// in rows of five. Square SV is column 0, row 0: letter S is two 500 km columns east and one and a bit rows up.
fn square(first: u64, second: u64) -> Option<(u64, u64)> {
    let e = (first % 5 * 5 + second % 5).checked_sub(10)?;
    let n = 19_u64.checked_sub(first / 5 * 5 + second / 5)?;
    (e < SQUARES_E && n < SQUARES_N).then_some((e, n))
}

/// The inverse of [`square`].
fn letters(e: u64, n: u64) -> [char; 2] {
    let (east, south) = (e + 10, 19 - n);
    [letter(south / 5 * 5 + east / 5), letter(south % 5 * 5 + east % 5)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, e: f64, n: f64, size_m: f64, normal: &str) {
        let reference = GridRef::parse(text).unwrap();
        assert_eq!(reference.south_west(), EastingNorthing::new(e, n), "{text}");
        assert_eq!(reference.size_m(), size_m, "{text}");
        assert_eq!(reference.to_string(), normal, "{text}");
        assert_eq!(GridRef::parse(&reference.compact()), Ok(reference), "{text}");
        let digits = reference.compact().len() as u8 - 2;
        assert_eq!(GridRef::containing(reference.south_west(), digits), Ok(reference), "{text}");
        assert_eq!(GridRef::containing(reference.centre(), digits), Ok(reference), "{text}");
    }

    #[test]
    fn reads_what_people_write() {
        check("SJ 80230 85291", 380_230.0, 385_291.0, 1.0, "SJ 80230 85291");
        check("sj8023085291", 380_230.0, 385_291.0, 1.0, "SJ 80230 85291");
        check("  SJ80\t85 ", 380_000.0, 385_000.0, 1000.0, "SJ 80 85");
        check("SJ", 300_000.0, 300_000.0, 100_000.0, "SJ");
        check("TG 51409 13177", 651_409.0, 313_177.0, 1.0, "TG 51409 13177");
        check("NN 166712", 216_600.0, 771_200.0, 100.0, "NN 166 712");
        check("TQ 38 77", 538_000.0, 177_000.0, 1000.0, "TQ 38 77");
        check("HP 6 1", 460_000.0, 1_210_000.0, 10_000.0, "HP 6 1");
        check("SV0000000000", 0.0, 0.0, 1.0, "SV 00000 00000");
        check("TG 51409803 13177450", 651_409.803, 313_177.45, 0.001, "TG 51409803 13177450");
    }

    #[test]
    fn every_square_has_a_name_of_its_own() {
        let mut names = std::collections::BTreeSet::new();
        for e in 0..SQUARES_E {
            for n in 0..SQUARES_N {
                let [first, second] = letters(e, n);
                assert_eq!(square(letter_index(first).unwrap(), letter_index(second).unwrap()), Some((e, n)));
                names.insert([first, second]);
            }
        }
        assert_eq!(names.len(), 91);
    }

    #[test]
    fn refuses_what_is_no_reference_and_says_why() {
        for (text, reason) in [
            ("", "it must start with two letters"),
            ("S", "it must start with two letters"),
            ("IJ 80 85", "it must start with two letters"),
            ("é", "it must start with two letters"),
            ("380230 385291", "it must start with two letters"),
            ("AA 80 85", "name no square"),
            ("SJ 802 8529", "same number of digits"),
            ("SJ 80 230 852 91", "two groups"),
            ("SJ 80230,85291", "only digits and spaces"),
            ("SJ 80230 8529é", "only digits and spaces"),
            ("SJ 8023085291 8023085291", "more than sixteen"),
        ] {
            let error = GridRef::parse(text).unwrap_err().to_string();
            assert!(error.contains(reason), "{text}: {error}");
        }
    }

    #[test]
    fn positions_without_a_square_are_refused() {
        for (e, n) in [(-0.1, 5.0), (5.0, -0.1), (700_000.0, 5.0), (5.0, 1_300_000.0), (1e300, -1e300)] {
            let point = EastingNorthing::new(e, n);
            assert_eq!(GridRef::containing(point, 10), Err(Error::NoSquare(point)));
        }
        let nan = EastingNorthing::new(f64::NAN, 5.0);
        assert_eq!(GridRef::containing(nan, 10), Err(Error::NotFinite("easting")));
        let fine = EastingNorthing::new(5.0, 5.0);
        assert_eq!(GridRef::containing(fine, 3), Err(Error::BadDigits(3)));
        assert_eq!(GridRef::containing(fine, 18), Err(Error::BadDigits(18)));
    }
}
