//! How words are compared: in small letters, without punctuation, whole words only.

use super::RulesError;

/// A text as it is compared: ` lift repairs mtce `, with a bar at either end so that a phrase can ask for all of it.
pub(super) fn framed(text: &str) -> String {
    let mut framed = String::with_capacity(text.len() + 4);
    framed.push('|');
    framed.push(' ');
    for c in text.chars() {
        if c.is_alphanumeric() {
            framed.extend(c.to_lowercase());
        } else if !matches!(c, '\'' | '’' | '`') && !framed.ends_with(' ') {
            // An apostrophe is left out, so that "children's" is "childrens", however it was typed.
            framed.push(' ');
        }
    }
    if !framed.ends_with(' ') {
        framed.push(' ');
    }
    framed.push('|');
    framed
}

/// A phrase of the rules, as it is looked for in a framed text.
///
/// `waste disposal` stands anywhere, as whole words. `superann*` is how a word begins. `=na` is the whole text.
pub(super) fn needle(phrase: &str, entry: &str) -> Result<String, RulesError> {
    let bad = || RulesError::BadPhrase { entry: entry.to_owned(), phrase: phrase.to_owned() };
    let (phrase, is_whole) = match phrase.strip_prefix('=') {
        Some(rest) => (rest, true),
        None => (phrase, false),
    };
    let (words, is_prefix) = match phrase.strip_suffix('*') {
        Some(rest) => (rest, true),
        None => (phrase, false),
    };
    let framed = framed(words);
    if framed == "| |" || words.contains('*') || words.contains('=') {
        return Err(bad());
    }
    let start = if is_whole { 0 } else { 1 };
    let end = match (is_prefix, is_whole) {
        (true, _) => framed.len() - 2,
        (false, true) => framed.len(),
        (false, false) => framed.len() - 1,
    };
    Ok(framed[start..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_and_case_do_not_count() {
        assert_eq!(framed("LIFT REPAIRS & MTCE"), "| lift repairs mtce |");
        assert_eq!(framed("FI:PASSENGER TRANSPO"), "| fi passenger transpo |");
        assert_eq!(framed("Children’s, (0-5)"), "| childrens 0 5 |");
        assert_eq!(framed("  "), "| |");
    }

    #[test]
    fn a_phrase_is_whole_words_a_beginning_or_the_whole_text() {
        let finds = |phrase: &str, text: &str| framed(text).contains(&needle(phrase, "x").unwrap());
        assert!(finds("waste disposal", "EN:WASTE DISPOSAL LE"));
        assert!(!finds("waste", "Wasteland"));
        assert!(finds("superann*", "SUPERANNUATION FUND") && finds("superann*", "GM Superann Fund"));
        assert!(!finds("ann*", "superann"));
        assert!(finds("=na", "NA") && !finds("=na", "NA unit"));
        assert!(finds("=yp*", "YP:Manor High") && !finds("=yp*", "the YP"));
    }

    #[test]
    fn a_phrase_without_words_is_refused() {
        for phrase in ["", "*", "=", "&", "a*b", "a=b"] {
            assert!(needle(phrase, "x").is_err(), "{phrase}");
        }
    }
}
