use crate::notes::Notes;
use regex_lite::Regex;
use std::sync::LazyLock;

/// A website, with or without `https://`. Addresses of another sort, such as `javascript:`, are dropped.
pub(crate) fn website(text: Option<&str>, notes: &mut Notes<'_>) -> Option<String> {
    let text = text?.trim();
    let lower = text.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")).unwrap_or(&lower);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (name, port) = host.split_once(':').unwrap_or((host, "0"));
    let well_formed = name.contains('.')
        && !text.contains(char::is_whitespace)
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))
        && port.bytes().all(|b| b.is_ascii_digit())
        && text.len() <= 2_000;
    keep(text, well_formed, "bad-website", "website", notes)
}

/// A mailbox.
pub(crate) fn email(text: Option<&str>, notes: &mut Notes<'_>) -> Option<String> {
    let text = text?.trim();
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let parts: Vec<&str> = text.split('@').collect();
    let well_formed = matches!(parts[..], [name, host] if !name.is_empty() && host.contains('.'))
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"'(),;".contains(c))
        && text.len() <= 254;
    keep(text, well_formed, "bad-email", "mailbox", notes)
}

/// A number that a spreadsheet shortened: `7.70E+09`. Its digits are gone.
static SHORTENED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[+-]?\d([.,]\d+)?[eE]\+?\d+$").expect("a pattern"));

/// A telephone number, as published; one that lost its first nought in a spreadsheet gets it back.
pub(crate) fn phone(text: Option<&str>, notes: &mut Notes<'_>) -> Option<String> {
    let text = text?.trim();
    if has_lost_nought(text) {
        let message = format!("{text} had lost its first nought, and was read as 0{text}");
        notes.warn(LOST_NOUGHT, message, "Format the column as text in the spreadsheet.");
        return Some(format!("0{text}"));
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let well_formed = digits >= 5 && text.chars().count() <= 100 && !SHORTENED.is_match(text);
    keep(text, well_formed, "bad-phone", "telephone number", notes)
}

/// The rule by which first noughts are given back.
pub(crate) const LOST_NOUGHT: &str = "lost-nought";

/// Whether it is a number of the United Kingdom without its first nought: ten digits that begin as those of places
/// (1, 2), of services (3) or of mobiles (7) do.
pub(crate) fn has_lost_nought(text: &str) -> bool {
    let is_number = text.chars().all(|c| c.is_ascii_digit() || c == ' ');
    is_number
        && text.chars().filter(char::is_ascii_digit).count() == 10
        && text.starts_with(['1', '2', '3', '7'])
}

/// Whether a text is a telephone number of the United Kingdom and nothing else: digits from a nought or from the country's
/// code on, or ten that lost the nought. A nought in front of six digits is an easting's.
pub(crate) fn is_telephone(text: &str) -> bool {
    let text = text.trim();
    let is_plain = text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "()+-/".contains(c));
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let abroad = (text.starts_with("+44") || digits.starts_with("0044")) && (11..=15).contains(&digits.len());
    is_plain
        && !text.starts_with('-')
        && (abroad || (digits.starts_with('0') && (10..=11).contains(&digits.len())) || has_lost_nought(text))
}

/// Whether it is the number of a mobile, which is somebody's own.
pub(crate) fn is_mobile(text: &str) -> bool {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    ["07", "447", "4407", "00447", "7"].iter().any(|start| digits.starts_with(start)) && digits.len() >= 10
}

fn keep(
    text: &str,
    well_formed: bool,
    rule: &'static str,
    what: &str,
    notes: &mut Notes<'_>,
) -> Option<String> {
    if well_formed {
        return Some(text.chars().filter(|c| !c.is_control()).collect());
    }
    let shown: String = text.chars().take(60).collect();
    notes.warn(rule, format!("{shown:?} is no {what}; it was dropped"), "Correct it where it is kept.");
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(check: fn(Option<&str>, &mut Notes<'_>) -> Option<String>, text: &str) -> bool {
        let (mut warnings, mut notices) = (Vec::new(), Vec::new());
        check(Some(text), &mut Notes { line: 1, warnings: &mut warnings, notices: &mut notices }).is_some()
    }

    #[test]
    fn only_what_can_be_used_is_kept() {
        for text in
            ["www.hall.org.uk", "https://a.org/x?y=1#z", "http://localhost.test:8080/", "HTTP://A.ORG"]
        {
            assert!(kept(website, text), "{text}");
        }
        for text in ["javascript:alert(1)", "data:text/html,x.y", "see our page", "facebook", "ftp://a.org"] {
            assert!(!kept(website, text), "{text}");
        }
        assert!(kept(email, "hall@example.org"));
        assert!(
            !kept(email, "hall at example.org")
                && !kept(email, "a@b@c.org")
                && !kept(email, "a@b.org,c@d.org")
        );
        assert!(kept(phone, "0161 496 0000 (mornings)"));
        assert!(!kept(phone, "none"));
    }

    #[test]
    fn telephone_numbers_are_known_and_coordinates_are_none() {
        for text in [
            "07700 900112",
            "07700900112",
            "7700 900112",
            "(0161) 496 0101",
            "0161-496-0205",
            "+44 161 496 0206",
            "0044 7700 900112",
        ] {
            assert!(is_telephone(text), "{text}");
        }
        for text in
            ["380230 385291", "380230, 385291", "091000 010500", "53.4 -2.3", "0.1234 51.4567", "-2 53", "12"]
        {
            assert!(!is_telephone(text), "{text}");
        }
        assert!(is_mobile("07700 900112") && is_mobile("+44 7700 900112") && is_mobile("7700900112"));
        assert!(!is_mobile("0161 496 0101") && !is_mobile("7"));
    }

    #[test]
    fn a_lost_nought_is_given_back_and_lost_digits_are_not() {
        let read = |text: &str| {
            let (mut warnings, mut notices) = (Vec::new(), Vec::new());
            let mut notes = Notes { line: 1, warnings: &mut warnings, notices: &mut notices };
            phone(Some(text), &mut notes).unwrap_or_else(|| "-".into())
        };
        for (text, expected) in [
            ("7984756095", "07984756095"),
            ("161 973 1234", "0161 973 1234"),
            ("0161 973 1234", "0161 973 1234"),
            ("+44 161 973 0001", "+44 161 973 0001"),
            ("01619621234 / 07700 900123", "01619621234 / 07700 900123"),
            ("4161973123", "4161973123"),
            ("1619731234 (mornings)", "1619731234 (mornings)"),
            ("7.70E+09", "-"),
            ("1,62e9", "-"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
