use crate::notes::Notes;
use model::{BadPostcode, Postcode};
use regex_lite::Regex;
use std::sync::LazyLock;

static POSTCODE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b([A-Za-z]{1,2}[0-9][0-9A-Za-z]?)[ \t\u{a0}]{0,2}([0-9][A-Za-z]{2})\b").expect("a pattern")
});

/// A text of more words is an address or a remark, and no attempt at a postcode.
const MOST_WORDS: usize = 3;

/// What a source's postcode cell turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Given {
    Nothing,
    Full(Postcode),
    /// The outward part alone, or a text that is no postcode.
    Text(String),
}

/// Reads a postcode that may be shown. One that is not well formed is kept as text, with a warning.
pub(crate) fn check(text: Option<&str>, notes: &mut Notes<'_>) -> Given {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Given::Nothing };
    match Postcode::parse(text) {
        Ok(postcode) => Given::Full(postcode),
        Err(_) if is_outward(text) => Given::Text(text.to_ascii_uppercase()),
        Err(bad) => match find(text) {
            Found::One { postcode, .. } => Given::Full(postcode),
            Found::Several(all) => {
                several(&all, notes);
                Given::Nothing
            }
            Found::None if text.split_whitespace().count() > MOST_WORDS => {
                let shown: String = text.chars().take(60).collect();
                notes.warn("no-postcode", format!("{shown:?} has no full postcode in it"), NO_POSTCODE);
                Given::Nothing
            }
            Found::None => {
                notes.warn("bad-postcode", format!("{bad}; it was kept as text"), remedy(&bad));
                Given::Text(text.chars().take(40).collect())
            }
        },
    }
}

const NO_POSTCODE: &str = "Write it in full, such as M33 7ZF, if there is one.";

/// Warns of several postcodes in one cell, of which none is more likely than the other.
pub(crate) fn several(all: &[Postcode], notes: &mut Notes<'_>) {
    let all: Vec<&str> = all.iter().map(Postcode::as_str).collect();
    notes.warn(
        "several-postcodes",
        format!("the cell has several postcodes in it ({}); none was used", all.join(", ")),
        "Leave the one of the place itself.",
    );
}

/// Reads a postcode for letters, which is nobody's business: a bad one is dropped, and not repeated in the warning.
pub(crate) fn check_correspondence(text: Option<&str>, notes: &mut Notes<'_>) -> Option<Postcode> {
    let text = text.map(str::trim).filter(|text| !text.is_empty())?;
    match find(text) {
        Found::One { postcode, .. } => return Some(postcode),
        Found::None if text.contains(char::is_whitespace) && !text.contains(|c: char| c.is_ascii_digit()) => {
            notes.warn("no-postcode", "the address for letters has no full postcode in it", NO_POSTCODE);
            return None;
        }
        _ => {}
    }
    Postcode::parse(text)
        .map_err(|bad| {
            let look_alike = bad.suggestion().is_some();
            let remedy =
                if look_alike { "A letter O or I probably stands for a digit." } else { "Correct it." };
            notes.warn(
                "bad-postcode",
                "the postcode for letters is not a full postcode; it was dropped",
                remedy,
            );
        })
        .ok()
}

fn remedy(bad: &BadPostcode) -> String {
    bad.suggestion().map_or_else(
        || "Write it in full, such as M33 7ZF.".into(),
        |meant| format!("Did you mean {meant}? Correct it where it is kept."),
    )
}

/// Whether it is the first part of a postcode alone: `M33`, `SW1A`.
fn is_outward(text: &str) -> bool {
    text.len() <= 4
        && Postcode::parse(&format!("{text}1AA"))
            .is_ok_and(|whole| whole.outward().eq_ignore_ascii_case(text))
}

/// The full postcodes in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    None,
    /// One, be it repeated, and the text without it.
    One {
        postcode: Postcode,
        rest: String,
    },
    /// Different ones.
    Several(Vec<Postcode>),
}

/// Finds the postcodes in a text, wherever they stand and however they are spaced: `Sale, m337ha, Trafford`. The
/// first floor of unit B2 is none (`B2 1st floor`).
pub(crate) fn find(text: &str) -> Found {
    let mut all: Vec<Postcode> = Vec::new();
    let mut rest = String::new();
    let mut end = 0;
    for parts in POSTCODE.captures_iter(text) {
        let whole = parts.get(0).expect("a match is whole");
        let is_ordinal = matches!(parts[2].to_ascii_lowercase().as_str(), "1st" | "2nd" | "3rd");
        let goes_on = text[whole.end()..].trim_start().starts_with(char::is_alphabetic);
        let Ok(postcode) = Postcode::parse(whole.as_str()) else { continue };
        if is_ordinal && goes_on {
            continue;
        }
        rest.push_str(&text[end..whole.start()]);
        end = whole.end();
        if !all.contains(&postcode) {
            all.push(postcode);
        }
    }
    rest.push_str(&text[end..]);
    match all.len() {
        0 => Found::None,
        1 => Found::One { postcode: all.remove(0), rest: tidied(&rest) },
        _ => Found::Several(all),
    }
}

/// An address out of which something was taken: no part is empty, and blanks are single.
fn tidied(text: &str) -> String {
    let part = |part: &str| part.split_whitespace().collect::<Vec<_>>().join(" ");
    let parts: Vec<String> = text.split(',').map(part).filter(|part| !part.is_empty()).collect();
    parts.join(", ").replace("()", "").trim_end_matches([' ', '.', ',', ';', '-']).to_owned()
}

/// Takes a full postcode off the end of a name.
pub(crate) fn split_off(address: &str) -> (String, Option<Postcode>) {
    let words: Vec<&str> = address.split_whitespace().collect();
    for take in [2, 1] {
        let Some(at) = words.len().checked_sub(take).filter(|at| *at > 0) else { continue };
        if let Ok(postcode) = Postcode::parse(&words[at..].concat()) {
            let rest = words[..at].join(" ");
            return (rest.trim_end_matches([',', ' ', '.']).to_owned(), Some(postcode));
        }
    }
    (address.to_owned(), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(text: &str) -> String {
        let (mut warnings, mut notices) = (Vec::new(), Vec::new());
        let given = check(Some(text), &mut Notes { line: 1, warnings: &mut warnings, notices: &mut notices });
        let remedy = warnings.first().map_or("", |w| w.remedy.as_str());
        format!("{given:?} {remedy}").trim().to_owned()
    }

    #[test]
    fn a_bad_postcode_is_kept_as_text() {
        assert_eq!(checked(" m337zf"), "Full(Postcode(\"M33 7ZF\"))");
        assert_eq!(checked("wa14"), "Text(\"WA14\")");
        assert_eq!(checked("M1"), "Text(\"M1\")");
        assert_eq!(
            checked("WA15 OHF"),
            "Text(\"WA15 OHF\") Did you mean WA15 0HF? Correct it where it is kept."
        );
        assert_eq!(checked("Sale"), "Text(\"Sale\") Write it in full, such as M33 7ZF.");
        assert_eq!(checked("  "), "Nothing");
    }

    #[test]
    fn a_postcode_is_taken_off_an_address() {
        for (address, rest, postcode) in [
            ("33 Portland Square Cheltenham GL52 2HS", "33 Portland Square Cheltenham", "GL52 2HS"),
            ("2 High Street, Sale, M337ZF", "2 High Street, Sale", "M33 7ZF"),
            ("Car Park Commercial Street", "Car Park Commercial Street", "-"),
            ("GL52 2HS", "GL52 2HS", "-"),
        ] {
            let (found, code) = split_off(address);
            assert_eq!(
                (found.as_str(), code.map_or("-".into(), |c| c.to_string()).as_str()),
                (rest, postcode)
            );
        }
    }

    #[test]
    fn a_postcode_is_found_wherever_it_stands() {
        for (text, rest, postcode) in [
            (
                "52 Cross Street, Sale M33 7HA, Greater Manchester",
                "52 Cross Street, Sale, Greater Manchester",
                "M33 7HA",
            ),
            ("27 Washway Road, M313FN Partington", "27 Washway Road, Partington", "M31 3FN"),
            ("c/o The Hall, Sale, m33 5ld, Trafford", "c/o The Hall, Sale, Trafford", "M33 5LD"),
            ("M33 7HA, Sale", "Sale", "M33 7HA"),
            ("1 Elm Road, Sale M33 7HA (M33 7HA)", "1 Elm Road, Sale", "M33 7HA"),
            ("Unit B2 1st floor, Elm Mill, Sale, M33 7HA", "Unit B2 1st floor, Elm Mill, Sale", "M33 7HA"),
        ] {
            let expected = Found::One { postcode: Postcode::parse(postcode).unwrap(), rest: rest.into() };
            assert_eq!(find(text), expected, "{text}");
        }
        for text in ["Unit B2 1st floor", "Village Green, Carrington (no postcode)", "M33", "XM33 7HAX"] {
            assert_eq!(find(text), Found::None, "{text}");
        }
        assert!(matches!(find("M33 7HA or M41 8NX"), Found::Several(all) if all.len() == 2));
    }

    #[test]
    fn a_cell_for_postcodes_may_hold_an_address() {
        assert_eq!(checked("1 Cross St, M337HA Sale"), "Full(Postcode(\"M33 7HA\"))");
        assert_eq!(checked("M33 7HA / M41 8NX"), "Nothing Leave the one of the place itself.");
        assert_eq!(checked("Village Green, Carrington (no postcode)"), format!("Nothing {NO_POSTCODE}"));
    }
}
