use crate::notes::Notes;
use unicode_normalization::UnicodeNormalization;

/// A text may have so many characters; the rest is cut off.
const MAX_TEXT: usize = 20_000;

/// What letters look like that were read as Windows-1252 and written as UTF-8.
const MOJIBAKE: &[&str] = &["Â£", "Â\u{a0}", "Â©", "â€", "Ã©", "Ã¨", "Ã¡", "Ã¶", "Ã¼", "ï¿½", "\u{fffd}"];

/// A text as published, composed, without control characters and blanks around it. Markup stays: whoever shows the
/// text makes it safe.
pub(crate) fn clean(text: &str, what: &str, notes: &mut Notes<'_>) -> Option<String> {
    limited(text, MAX_TEXT, what, notes)
}

/// The same with another limit.
pub(super) fn limited(text: &str, most: usize, what: &str, notes: &mut Notes<'_>) -> Option<String> {
    let keep = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let composed: String = match text.is_ascii() {
        true => text.chars().filter(keep).collect(),
        false => text.nfc().filter(keep).collect(),
    };
    let trimmed = composed.trim();
    if trimmed.is_empty() {
        return None;
    }
    if let Some(found) = MOJIBAKE.iter().find(|found| trimmed.contains(**found)) {
        notes.warn(
            "mojibake",
            format!("the {what} has \"{found}\" in it: letters that were encoded twice; kept as it is"),
            "Correct the text where it is kept, and export it as UTF-8.",
        );
    }
    match trimmed.char_indices().nth(most) {
        None => Some(trimmed.to_owned()),
        Some((end, _)) => {
            notes.warn(
                "too-long",
                format!("the {what} is longer than {most} characters and was cut"),
                "Shorten it.",
            );
            Some(trimmed[..end].trim_end().to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        let (mut warnings, mut notices) = (Vec::new(), Vec::new());
        let mut notes = Notes { line: 1, warnings: &mut warnings, notices: &mut notices };
        let clean = limited(text, 12, "text", &mut notes);
        let rules: Vec<_> = warnings.iter().map(|w| w.rule.to_string()).collect();
        format!("{clean:?} {}", rules.join(" "))
    }

    #[test]
    fn text_is_trimmed_cut_and_kept() {
        assert_eq!(check("  Hall\u{0}\u{7} "), "Some(\"Hall\") ");
        assert_eq!(check(" \u{a0} "), "None ");
        assert_eq!(check("Cafe\u{301}"), "Some(\"Café\") ");
        assert_eq!(check("Â£5"), "Some(\"Â£5\") mojibake");
        assert_eq!(check("ééééééééééééé"), "Some(\"éééééééééééé\") too-long");
        assert_eq!(check("<b>Hall</b>"), "Some(\"<b>Hall</b>\") ");
    }
}
