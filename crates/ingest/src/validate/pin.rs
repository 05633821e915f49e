use super::contact::is_telephone;
use super::coordinates::numbers_in;
use crate::grid::is_grid_range;
use model::{Position, Postcode};
use osgb::GridRef;
use regex_lite::Regex;
use std::sync::LazyLock;

/// What a cell that should say where a place is turned out to hold.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Pin {
    /// Two numbers: x first, and whether the longitude or easting stood first in the cell.
    Pair { x: f64, y: f64, x_first: bool },
    /// A reference of the National Grid: a square, of some size.
    Square(GridRef),
    /// A postcode in place of a pin.
    Postcode(Postcode),
    /// A telephone number, which is no place.
    Telephone,
    /// Nothing that is understood.
    Nothing,
}

/// `53.45247° N, 2.39746° W` or `53°27'09"N 2°23'51"W`: degrees, minutes, seconds and a point of the compass.
static COMPASS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(\d+(?:\.\d+)?)\s*[°º]?\s*(?:(\d+(?:\.\d+)?)\s*['′’]\s*)?(?:(\d+(?:\.\d+)?)\s*(?:["″”]|'')\s*)?([NSEWnsew])(?:[^A-Za-z]|$)"#)
        .expect("a pattern")
});

/// The place that an address of Google Maps is about; what follows `@` is only what the map shows.
static GOOGLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"!3d(-?\d+\.\d+)!4d(-?\d+\.\d+)").expect("a pattern"));

/// Numbers with as many decimals as positions have.
static FINE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"-?\d{1,3}\.\d{3,}").expect("a pattern"));

/// Reads `53.4, -2.3`, `POINT (-2.3 53.4)`, `53.4° N, 2.3° W`, an address of a map, `SJ 790 910`, or a postcode.
pub(crate) fn read(text: &str) -> Pin {
    let text = text.trim();
    if let Ok(postcode) = Postcode::parse(text) {
        return Pin::Postcode(postcode);
    }
    if is_telephone(text) {
        return Pin::Telephone;
    }
    if let Some(square) = square(text) {
        return Pin::Square(square);
    }
    match compass(text) {
        Some((n, e)) if is_grid_range(e, n) => return Pin::Pair { x: e, y: n, x_first: is_e_first(text) },
        Some((lat, lon)) => return oriented(lat, lon),
        None => {}
    }
    let pair = numbers_in(text).filter(|(a, b)| text.contains('.') || are_plausible(*a, *b));
    pair.or_else(|| in_an_address(text)).map_or(Pin::Nothing, |(a, b)| oriented(a, b))
}

/// Whether two whole numbers may be a place: degrees, or metres where there is land. Other pairs are seats, hours or
/// halves of a number.
fn are_plausible(a: f64, b: f64) -> bool {
    let of_degrees = a.abs() <= 180.0 && b.abs() <= 180.0;
    of_degrees || ((50_000.0..=660_000.0).contains(&a) && (5_000.0..=1_220_000.0).contains(&b))
}

fn is_e_first(text: &str) -> bool {
    let upper = text.to_uppercase();
    upper.find('E') < upper.find('N')
}

/// A grid reference with digits; letters alone are a square of 100 km.
fn square(text: &str) -> Option<GridRef> {
    let has_digits = text.chars().any(|c| c.is_ascii_digit());
    GridRef::parse(text).ok().filter(|_| has_digits)
}

fn compass(text: &str) -> Option<(f64, f64)> {
    let mut found = (None, None);
    for parts in COMPASS.captures_iter(text) {
        let number = |i| parts.get(i).and_then(|part| part.as_str().parse::<f64>().ok());
        let degrees = number(1)? + number(2).unwrap_or(0.0) / 60.0 + number(3).unwrap_or(0.0) / 3600.0;
        let (axis, sign) = match parts[4].to_ascii_uppercase().as_str() {
            "N" => (&mut found.0, 1.0),
            "S" => (&mut found.0, -1.0),
            "E" => (&mut found.1, 1.0),
            _ => (&mut found.1, -1.0),
        };
        if axis.replace(sign * degrees).is_some() {
            return None;
        }
    }
    found.0.zip(found.1)
}

fn in_an_address(text: &str) -> Option<(f64, f64)> {
    if let Some(place) = GOOGLE.captures(text) {
        return place[1].parse().ok().zip(place[2].parse().ok());
    }
    let numbers: Vec<f64> = FINE.find_iter(text).filter_map(|found| found.as_str().parse().ok()).collect();
    if let [a, b] = numbers[..] { Some((a, b)) } else { None }
}

/// In degrees near the UK the order is plain: the latitude is the larger. Anything else is read x first.
fn oriented(a: f64, b: f64) -> Pin {
    let near = |lon: f64, lat: f64| Position::new(lon, lat).is_ok_and(Position::is_near_uk);
    if near(b, a) && !near(a, b) {
        Pin::Pair { x: b, y: a, x_first: false }
    } else {
        Pin::Pair { x: a, y: b, x_first: true }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        match read(text) {
            Pin::Pair { x, y, x_first } => format!("{x:.5} {y:.5}{}", if x_first { " x first" } else { "" }),
            Pin::Square(square) => format!("{square} of {} m", square.size_m()),
            Pin::Postcode(postcode) => postcode.to_string(),
            Pin::Telephone => "telephone".into(),
            Pin::Nothing => "-".into(),
        }
    }

    #[test]
    fn a_pin_is_written_in_many_ways() {
        for (text, expected) in [
            ("53.4, -2.3", "-2.30000 53.40000"),
            ("(53.4219, -2.4260)", "-2.42600 53.42190"),
            ("-2.41, 53.42", "-2.41000 53.42000 x first"),
            ("POINT (-2.3 53.4)", "-2.30000 53.40000 x first"),
            ("380230, 385291", "380230.00000 385291.00000 x first"),
            ("53.45247° N, 2.39746° W", "-2.39746 53.45247"),
            ("53°27'09\"N 2°23'51\"W", "-2.39750 53.45250"),
            ("53 N 2 E", "2.00000 53.00000"),
            ("https://maps.google.com/?q=53.45173,-2.35271", "-2.35271 53.45173"),
            ("https://www.google.com/maps/@53.45173,-2.35271,17z", "-2.35271 53.45173"),
            (
                "https://www.google.com/maps/place/Hall/@53.4,-2.3,17z/data=!3d53.45!4d-2.35",
                "-2.35000 53.45000",
            ),
            ("m41 8nx", "M41 8NX"),
            ("SJ 790 910", "SJ 790 910 of 100 m"),
            ("SJ7909091010", "SJ 79090 91010 of 1 m"),
            ("see website", "-"),
            ("///index.home.raft", "-"),
            ("53.4", "-"),
            ("SJ", "-"),
            ("53.4 N, 53.5 N", "-"),
            ("147000 30500", "147000.00000 30500.00000 x first"),
            ("380230E 385291N", "380230.00000 385291.00000 x first"),
            ("385291 N 380230 E", "380230.00000 385291.00000"),
            ("7700 90011", "-"),
            ("120 / 80000", "-"),
            ("07700 900112", "telephone"),
            ("0161 496 0101", "telephone"),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }
}
