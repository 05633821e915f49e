//! How the pages say numbers.

use model::{Kind, Level};

/// `1,234`
pub(super) fn number(n: usize) -> String {
    model::grouped(n as u64)
}

/// `1 group`, `12 groups`
pub(super) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { many })
}

/// `3 groups and buildings`, or of one kind.
pub(super) fn count_of(n: usize, kind: Option<Kind>) -> String {
    count(n, one_of(kind), many_of(kind))
}

fn one_of(kind: Option<Kind>) -> &'static str {
    match kind {
        None => "group or building",
        Some(Kind::Group) => "group",
        Some(Kind::Building) => "building",
    }
}

/// `groups and buildings`, or of one kind.
pub(super) fn many_of(kind: Option<Kind>) -> &'static str {
    match kind {
        None => "groups and buildings",
        Some(Kind::Group) => "groups",
        Some(Kind::Building) => "buildings",
    }
}

/// One, at the start of a line: `Group`.
pub(super) fn kind_title(kind: Kind) -> &'static str {
    match kind {
        Kind::Group => "Group",
        Kind::Building => "Building",
    }
}

/// `640 metres`, `1.2 kilometres`: as exact as a walker needs.
pub(super) fn distance(metres: f64) -> String {
    let whole = metres.round();
    if whole < 1.0 {
        return "less than a metre".into();
    }
    if whole < 995.0 {
        let shown = if whole < 100.0 { whole } else { (whole / 10.0).round() * 10.0 };
        return if shown == 1.0 { "1 metre".into() } else { format!("{shown} metres") };
    }
    let kilometres = format!("{:.1}", metres / 1000.0);
    match kilometres.trim_end_matches(".0") {
        "1" => "1 kilometre".into(),
        shown => format!("{shown} kilometres"),
    }
}

/// `640 m`, `1.2 km`: for a label.
pub(super) fn short_distance(metres: f64) -> String {
    distance(metres)
        .replace(" kilometres", " km")
        .replace(" kilometre", " km")
        .replace(" metres", " m")
        .replace("a metre", "1 m")
        .replace(" metre", " m")
}

/// A distance that someone chose, exactly: `800 metres`, `1.25 kilometres`.
pub(super) fn chosen_distance(metres: u32) -> String {
    match metres {
        1 => "1 metre".into(),
        0..1000 => format!("{metres} metres"),
        1000 => "1 kilometre".into(),
        _ => format!("{} kilometres", f64::from(metres) / 1000.0),
    }
}

pub(super) use model::percent;

/// What kind of area it is, for people who do not work with census areas.
pub(super) fn level(level: Level) -> &'static str {
    match level {
        Level::OutputArea => "smallest census area, of about 300 people",
        Level::Lsoa => "small census area (LSOA), of about 1,500 people",
        Level::Msoa => "larger census area (MSOA), of about 8,000 people",
        other => other.one(),
    }
}

/// The same as a heading over many.
pub(super) fn levels(level: Level) -> String {
    match level {
        Level::OutputArea => "Smallest census areas (output areas)".into(),
        Level::Lsoa => "Small census areas (LSOAs)".into(),
        Level::Msoa => "Larger census areas (MSOAs)".into(),
        other => model::capital(other.many()),
    }
}

/// A licence by its name rather than its identifier.
pub(super) fn licence(id: &str) -> &str {
    match id {
        "OGL-UK-3.0" => "Open Government Licence v3.0",
        "OGL-UK-2.0" => "Open Government Licence v2.0",
        "ODbL-1.0" => "Open Database Licence",
        "CC0-1.0" => "No rights reserved (CC0)",
        "CC-BY-4.0" => "Creative Commons Attribution 4.0",
        other => other,
    }
}

/// With a small letter at its start.
pub(super) fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_as_people_say_them() {
        assert_eq!([0, 999, 1000, 1234567].map(number), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(count_of(1, None), "1 group or building");
        assert_eq!(count_of(2, Some(Kind::Group)), "2 groups");
        assert_eq!(
            [0.0, 1.2, 52.4, 638.0, 996.0, 1240.0, 2000.0].map(distance),
            [
                "less than a metre",
                "1 metre",
                "52 metres",
                "640 metres",
                "1 kilometre",
                "1.2 kilometres",
                "2 kilometres"
            ]
        );
        assert_eq!(
            [0.0, 1.2, 638.0, 996.0, 1240.0].map(short_distance),
            ["less than 1 m", "1 m", "640 m", "1 km", "1.2 km"]
        );
        assert_eq!(
            [400, 1000, 1250, 2000].map(chosen_distance),
            ["400 metres", "1 kilometre", "1.25 kilometres", "2 kilometres"]
        );
        assert_eq!(model::listed(&["a", "b", "c"]), "a, b and c");
    }
}
