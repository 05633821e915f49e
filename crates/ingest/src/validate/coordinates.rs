use crate::grid;
use crate::notes::Notes;
use model::{Finding, Position};

/// What the numbers of two cells are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Degrees,
    /// Metres of the National Grid.
    Metres,
    /// Their size tells.
    Either,
}

impl Unit {
    fn remedy(self) -> &'static str {
        if self == Self::Metres { GRID_REMEDY } else { REMEDY }
    }
}

const GRID_REMEDY: &str = "Write the easting in one cell and the northing in the other, in metres and with all their digits, such as 380230 and 385291, or leave both empty.";
const REMEDY: &str = "Write plain numbers with a decimal point, longitude in one cell and latitude in the other, or leave both empty.";

/// Two cells as two numbers; `None` when the source gives no position.
///
/// # Errors
/// When a cell holds something else than a finite number.
pub(crate) fn numbers(
    x: &str,
    y: &str,
    unit: Unit,
    notes: &mut Notes<'_>,
) -> Result<Option<(f64, f64)>, Finding> {
    let (x, y) = (x.trim(), y.trim());
    if x.is_empty() && y.is_empty() {
        return Ok(None);
    }
    if x.is_empty() || y.is_empty() {
        notes.warn(
            "half-a-position",
            "only one of the two coordinates is given; neither was used",
            unit.remedy(),
        );
        return Ok(None);
    }
    let read = |text: &str| {
        number(text, unit).ok_or_else(|| {
            let shown: String = text.chars().take(40).collect();
            notes.reject("coordinates-not-numbers", format!("{shown:?} is not a coordinate"), unit.remedy())
        })
    };
    let pair = (read(x)?, read(y)?);
    if is_mark_for_none(pair.0, pair.1) {
        notes.warn(
            "no-position-mark",
            format!("{}, {} stands for \"no position\" and was read so", pair.0, pair.1),
            "Leave both cells empty where there is no position.",
        );
        return Ok(None);
    }
    Ok(Some(pair))
}

/// A finite number. Metres may have commas between their thousands, as a spreadsheet shows them.
pub(crate) fn number(text: &str, unit: Unit) -> Option<f64> {
    let groups: Vec<&str> = text.split('.').next().unwrap_or_default().split(',').collect();
    let most = |group: &&str| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit());
    let has_thousands = match unit {
        Unit::Degrees => false,
        // with six digits it can't be degrees with a decimal comma
        Unit::Either => groups.len() == 2 && groups.iter().all(most),
        Unit::Metres => {
            groups.len() > 1 && (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(most)
        }
    };
    let number = if has_thousands { text.replace(',', "").parse::<f64>() } else { text.parse() };
    number.ok().filter(|n| n.is_finite())
}

/// The middle of several points, whose numbers are lists of the same length; `None` when the cells are no lists.
pub(crate) fn several(x: &str, y: &str, notes: &mut Notes<'_>) -> Option<(f64, f64)> {
    let list = |text: &str| -> Option<Vec<f64>> {
        let parts = text.split([',', ';', '|']).map(str::trim).filter(|part| !part.is_empty());
        parts.map(|part| part.parse::<f64>().ok().filter(|n| n.is_finite() && part.contains('.'))).collect()
    };
    let (x, y) = (list(x)?, list(y)?);
    if x.len() < 2 || x.len() != y.len() {
        return None;
    }
    let middle = |list: &[f64]| list.iter().sum::<f64>() / list.len() as f64;
    let message = format!("the row gives {} points; their middle is the position", x.len());
    notes.warn("several-points", message, "Give one position a row.");
    Some((middle(&x), middle(&y)))
}

/// Both numbers of a cell that holds two and nothing else, in its order.
pub(crate) fn numbers_in(text: &str) -> Option<(f64, f64)> {
    let inner =
        text.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '-').trim_end_matches([')', ']', ' ']);
    let parts: Vec<f64> = inner
        .split(|c: char| c == ',' || c == ';' || c.is_whitespace())
        .filter(|part| !part.is_empty())
        .map(|part| part.parse::<f64>().ok().filter(|n| n.is_finite()))
        .collect::<Option<_>>()?;
    if let [a, b] = parts[..] { Some((a, b)) } else { None }
}

/// Zeros, and the 99.999999 of postcode directories, say that there is no position.
pub(crate) fn is_mark_for_none(x: f64, y: f64) -> bool {
    let zero = |n: f64| n.abs() < 1e-6;
    let nineties = |n: f64| (n - 99.999_999).abs() < 1e-4;
    (zero(x) && (zero(y) || nineties(y))) || (nineties(x) && zero(y))
}

/// A position from longitude and latitude near the UK.
///
/// # Errors
/// When it is elsewhere. When it is near the UK the other way round the message says so; nothing is swapped
/// silently.
pub(crate) fn degrees(lon: f64, lat: f64, notes: &Notes<'_>) -> Result<Position, Finding> {
    let swapped = Position::new(lat, lon).is_ok_and(Position::is_near_uk);
    match Position::new(lon, lat) {
        Ok(position) if position.is_near_uk() => Ok(position),
        _ if swapped => Err(notes.reject(
            "swapped-coordinates",
            format!("longitude {lon}, latitude {lat} is far from the UK; the other way round it lies in it"),
            "Swap the two columns (or their names) where the file is kept.",
        )),
        _ if grid::is_grid_range(lon, lat) => Err(notes.reject(
            "grid-coordinates-claim-degrees",
            format!("{lon}, {lat} are British National Grid metres in columns for degrees"),
            "Import the file with `--crs 27700`.",
        )),
        Ok(_) => Err(notes.reject(
            "far-from-uk",
            format!("longitude {lon}, latitude {lat} is far from the UK"),
            REMEDY,
        )),
        Err(bad) => Err(notes.reject("off-the-globe", bad.to_string(), REMEDY)),
    }
}

/// A position from an easting and a northing.
///
/// # Errors
/// When it is not on the National Grid.
pub(crate) fn metres(easting: f64, northing: f64, notes: &Notes<'_>) -> Result<Position, Finding> {
    grid::to_position(easting, northing).map_err(|error| notes.reject("off-the-grid", error, GRID_REMEDY))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(x: &str, y: &str) -> String {
        let (mut warnings, mut notices) = (Vec::new(), Vec::new());
        let mut notes = Notes { line: 1, warnings: &mut warnings, notices: &mut notices };
        let found = numbers(x, y, Unit::Degrees, &mut notes)
            .and_then(|pair| pair.map(|(lon, lat)| degrees(lon, lat, &notes)).transpose());
        match (found, warnings.first()) {
            (Err(finding), _) => finding.rule.to_string(),
            (Ok(None), Some(warning)) => format!("none, {}", warning.rule),
            (Ok(None), None) => "none".into(),
            (Ok(Some(position)), _) => position.to_string(),
        }
    }

    #[test]
    fn only_places_near_the_uk_are_positions() {
        for (x, y, found) in [
            ("-2.35", "53.38", "53.38000, -2.35000"),
            ("", "", "none"),
            ("-2.35", "", "none, half-a-position"),
            ("0", "0", "none, no-position-mark"),
            ("-0", "0.0", "none, no-position-mark"),
            ("0.000000", "99.999999", "none, no-position-mark"),
            ("53.38", "-2.35", "swapped-coordinates"),
            ("NaN", "53", "coordinates-not-numbers"),
            ("inf", "53", "coordinates-not-numbers"),
            ("1e999", "53", "coordinates-not-numbers"),
            ("west", "53", "coordinates-not-numbers"),
            ("[]", "53", "coordinates-not-numbers"),
            ("1e308", "53", "off-the-globe"),
            ("181", "53", "off-the-globe"),
            ("-180", "53", "far-from-uk"),
            ("100", "0.5", "far-from-uk"),
            ("380230", "385291", "grid-coordinates-claim-degrees"),
        ] {
            assert_eq!(check(x, y), found, "{x}, {y}");
        }
    }

    #[test]
    fn thousands_have_commas_in_metres_only() {
        for (text, unit, expected) in [
            ("378,703", Unit::Metres, Some(378_703.0)),
            ("1,234,567.5", Unit::Metres, Some(1_234_567.5)),
            ("378,703", Unit::Either, Some(378_703.0)),
            ("53,428", Unit::Either, None),
            ("53,428", Unit::Degrees, None),
            ("37,87,03", Unit::Metres, None),
            ("378703", Unit::Metres, Some(378_703.0)),
            ("-2.35", Unit::Degrees, Some(-2.35)),
        ] {
            assert_eq!(number(text, unit), expected, "{text} {unit:?}");
        }
    }

    #[test]
    fn remedies_speak_of_what_the_columns_hold() {
        let (mut warnings, mut notices) = (Vec::new(), Vec::new());
        let mut notes = Notes { line: 1, warnings: &mut warnings, notices: &mut notices };
        let remedy = |unit, notes: &mut Notes<'_>| numbers("x", "1", unit, notes).unwrap_err().remedy;
        assert!(remedy(Unit::Metres, &mut notes).contains("easting"));
        assert!(remedy(Unit::Degrees, &mut notes).contains("longitude"));
        let far = metres(37_605.0, 395_286.0, &notes).unwrap_err();
        assert_eq!(
            far.message,
            "easting 37605, northing 395286 is not in Great Britain: it may lack a digit, or have one too many"
        );
    }
}
