use crate::grid;
use crate::notes::Notes;
use model::{Finding, Position};

const REMEDY: &str = "Write plain numbers with a decimal point, longitude in one cell and latitude in the other, or leave both empty.";

/// Two cells as two numbers; `None` when the source gives no position.
///
/// # Errors
/// When a cell holds something else than a finite number.
pub(crate) fn numbers(x: &str, y: &str, notes: &mut Notes<'_>) -> Result<Option<(f64, f64)>, Finding> {
    let (x, y) = (x.trim(), y.trim());
    if x.is_empty() && y.is_empty() {
        return Ok(None);
    }
    if x.is_empty() || y.is_empty() {
        notes.warn("half-a-position", "only one of the two coordinates is given; neither was used", REMEDY);
        return Ok(None);
    }
    let number = |text: &str| {
        text.parse::<f64>().ok().filter(|n| n.is_finite()).ok_or_else(|| {
            let shown: String = text.chars().take(40).collect();
            notes.reject("coordinates-not-numbers", format!("{shown:?} is not a coordinate"), REMEDY)
        })
    };
    let pair = (number(x)?, number(y)?);
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

/// Both numbers of a cell that holds two, x first.
pub(crate) fn both(text: &str) -> Option<(f64, f64)> {
    let inner =
        text.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '-').trim_end_matches([')', ']', ' ']);
    let parts: Vec<f64> = inner
        .split(|c: char| c == ',' || c == ';' || c.is_whitespace())
        .filter(|part| !part.is_empty())
        .map(|part| part.parse::<f64>().ok().filter(|n| n.is_finite()))
        .collect::<Option<_>>()?;
    let [a, b] = parts[..] else { return None };
    let near = |lon: f64, lat: f64| Position::new(lon, lat).is_ok_and(Position::is_near_uk);
    Some(if near(b, a) && !near(a, b) { (b, a) } else { (a, b) })
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
    grid::to_position(easting, northing).map_err(|error| notes.reject("off-the-grid", error, REMEDY))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(x: &str, y: &str) -> String {
        let (mut warnings, mut notices) = (Vec::new(), Vec::new());
        let mut notes = Notes { line: 1, warnings: &mut warnings, notices: &mut notices };
        let found = numbers(x, y, &mut notes)
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
}
