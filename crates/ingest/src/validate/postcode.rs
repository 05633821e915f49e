use crate::notes::Notes;
use model::{BadPostcode, Postcode};

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
        Err(bad) => {
            notes.warn("bad-postcode", format!("{bad}; it was kept as text"), remedy(&bad));
            Given::Text(text.chars().take(40).collect())
        }
    }
}

/// Reads a postcode for letters, which is nobody's business: a bad one is dropped, and not repeated in the warning.
pub(crate) fn check_correspondence(text: Option<&str>, notes: &mut Notes<'_>) -> Option<Postcode> {
    let text = text.map(str::trim).filter(|text| !text.is_empty())?;
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

/// Takes a full postcode off the end of an address.
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
}
