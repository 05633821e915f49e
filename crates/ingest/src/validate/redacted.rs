//! Payees whose names the publisher took out: whatever stands in their place, it names nobody.

use super::person::{is_organisations, words};

/// Beginnings of words that say so wherever they stand.
const STEMS: &[&str] = &["redact", "withheld"];

/// Phrases that say so unless an organisation is called by them.
const PHRASES: &[&[&str]] = &[
    &["personal", "data"],
    &["personal", "information"],
    &["personal", "details"],
    &["data", "protection"],
    &["dp", "act"],
    &["dpa"],
    &["gdpr"],
    &["not", "for", "publication"],
    &["not", "disclosed"],
    &["name", "removed"],
    &["name", "supplied"],
];

/// What stands in the place of a name, when that is all.
const ALONE: &[&str] = &[
    "anonymised",
    "anonymous",
    "carer",
    "client",
    "confidential",
    "confidential payee",
    "foster carer",
    "foster carers",
    "foster parent",
    "foster parents",
    "individual",
    "individuals",
    "individual payee",
    "named individual",
    "personal",
    "personal payment",
    "private",
    "private individual",
    "private individuals",
    "private person",
    "resident",
    "service user",
    "service users",
    "sole trader",
    "tenant",
];

/// So many hexadecimal digits are a hash and no name.
const HASH: usize = 16;

/// Whether a text stands in the place of a name that was taken out.
pub(crate) fn is_redacted(text: &str) -> bool {
    let words = words(text);
    if words.is_empty() {
        // signs alone: #####, *****
        return text.chars().any(|c| matches!(c, '#' | '*' | '█' | '■'));
    }
    if words.iter().any(|word| STEMS.iter().any(|stem| word.starts_with(stem))) {
        return true;
    }
    if let [word] = &words[..]
        && is_filled_over(word)
    {
        return true;
    }
    if ALONE.contains(&words.join(" ").as_str()) {
        return true;
    }
    let at = |phrase: &[&str]| words.windows(phrase.len()).position(|part| part.iter().eq(phrase.iter()));
    let is_all = |from: usize, many: usize| {
        let others = words.iter().enumerate().filter(|(i, _)| !(from..from + many).contains(i));
        !others.map(|(_, word)| word).any(|word| is_organisations(word))
    };
    PHRASES.iter().any(|phrase| at(phrase).is_some_and(|from| is_all(from, phrase.len())))
}

/// A word of crosses, or a hash of a name.
fn is_filled_over(word: &str) -> bool {
    let is_crosses = word.len() >= 3 && word.bytes().all(|b| b == b'x');
    let is_hex = word.len() >= HASH && word.bytes().all(|b| b.is_ascii_hexdigit());
    is_crosses || (is_hex && word.bytes().any(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::is_redacted;

    #[test]
    fn what_stands_in_the_place_of_a_name_is_known() {
        for text in [
            "Redacted",
            "REDACTED PERSONAL DATA",
            "REDACTED-PERSONAL DATA",
            "Redacted Personal Information",
            "Redacted data",
            "DETAILS REDACTED",
            "REDACTED UNDER DP ACT",
            "** REDACTED **",
            "[redacted]",
            "Redaction applied",
            "Name withheld",
            "WITHHELD - DPA",
            "Personal data",
            "Personal Information",
            "Data Protection Act",
            "Data Protection",
            "Private individual",
            "Individual",
            "Foster Carer",
            "#####",
            "***",
            "XXXXX",
            "0807da00bcbc494386a3b987c",
            "Confidential",
        ] {
            assert!(is_redacted(text), "{text}");
        }
        for text in [
            "Confidential Shredding Services Ltd",
            "Data Protection People Ltd",
            "Personal Data Solutions Limited",
            "Private Car Hire",
            "Carers Trust",
            "Individual Care Solutions Ltd",
            "XX Ltd",
            "Tenant Services Authority",
            "Deadbeef Cafe",
            "23537542",
            "C# Training Ltd",
            "Oak Hall",
            "",
        ] {
            assert!(!is_redacted(text), "{text}");
        }
    }
}
