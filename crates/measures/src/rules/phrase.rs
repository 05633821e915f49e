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
/// `waste disposal` stands anywhere, as whole words. `superann*` is how a word begins. `^yp` is how the text begins, and
/// `=na` is the whole text.
pub(super) fn needle(phrase: &str, entry: &str) -> Result<String, RulesError> {
    let is_whole = phrase.starts_with('=');
    let is_first = is_whole || phrase.starts_with('^');
    let words = if is_first { &phrase[1..] } else { phrase };
    let is_begun = words.ends_with('*');
    let words = words.strip_suffix('*').unwrap_or(words);
    let framed = framed(words);
    if framed == "| |" || words.contains(['*', '=', '^']) || (is_whole && is_begun) {
        return Err(RulesError::BadPhrase { entry: entry.to_owned(), phrase: phrase.to_owned() });
    }
    let start = if is_first { 0 } else { 1 };
    let end = framed.len() - if is_begun { 2 } else { usize::from(!is_whole) };
    Ok(framed[start..end].to_owned())
}

/// The words of a text that a needle finds in it, as they are written there; to their end where the needle is how a
/// word begins.
pub(super) fn words_found<'t>(text: &'t str, needle: &str) -> Option<&'t str> {
    let framed = framed(text);
    // Framing changes only what stands between letters: counting these leads back to the text.
    let letters = |part: &str| part.chars().filter(|c| !matches!(c, ' ' | '|')).count();
    let before = letters(&framed[..framed.find(needle)?]);
    let last = before + letters(needle);
    let (mut passed, mut start, mut end) = (0, None, 0);
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        if passed >= last && at != end {
            break;
        }
        if passed >= before {
            start.get_or_insert(at);
            end = at + c.len_utf8();
        }
        passed += c.to_lowercase().count();
    }
    text.get(start?..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_as_they_are_written() {
        for (text, phrase, found) in [
            ("PHYS SUPP 65-74 LT", "supp 65 74", Some("SUPP 65-74")),
            ("Superannuation fund", "superann*", Some("Superannuation")),
            ("The Children’s Homes", "childrens homes", Some("Children’s Homes")),
            ("YP:Manor High", "^yp", Some("YP")),
            ("NA", "=na", Some("NA")),
            ("LIFT REPAIRS & MTCE", "repairs mtce", Some("REPAIRS & MTCE")),
            ("Ärzte übers Land", "übers*", Some("übers")),
            ("Wasteland", "waste", None),
        ] {
            assert_eq!(words_found(text, &needle(phrase, "x").unwrap()), found, "{text}");
        }
    }

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
        assert!(finds("^yp", "YP:Manor High") && !finds("^yp", "the YP") && !finds("^yp", "Ypres"));
        assert!(finds("^mag*", "Magistrates") && !finds("^mag*", "Sale Mags"));
    }

    #[test]
    fn a_phrase_without_words_is_refused() {
        for phrase in ["", "*", "=", "^", "&", "a*b", "a=b", "=a*"] {
            assert!(needle(phrase, "x").is_err(), "{phrase}");
        }
    }
}
