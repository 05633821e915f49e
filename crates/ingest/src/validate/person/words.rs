use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters that are no others with a mark, in plain ones.
const LETTERS: &[(char, &str)] = &[('ł', "l"), ('ø', "o"), ('đ', "d"), ('ß', "ss"), ('æ', "ae"), ('ı', "i")];

/// Words of a name in small plain letters: accents and apostrophes left out, hyphens kept within.
pub(in crate::validate) fn words(text: &str) -> Vec<String> {
    let is_apart = |c: char| !(c.is_alphanumeric() || matches!(c, '-' | '.' | '/' | '\''));
    let word = |word: &str| word.trim_matches(['-', '.', '/', '\'']).replace('\'', "");
    let text = plain(text);
    let split = text.split(is_apart).flat_map(parts);
    split.map(|part| word(&part)).filter(|word| !word.is_empty()).collect()
}

/// In small letters without marks. Most names are in plain letters already.
fn plain(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase().replace('`', "'");
    }
    let text = text.replace(['\u{2019}', '\u{2018}', '`', '\u{b4}', '\u{fffd}'], "'");
    let letters = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let mut plain = String::with_capacity(text.len());
    for letter in letters {
        match LETTERS.iter().find(|(from, _)| *from == letter) {
            Some((_, to)) => plain.push_str(to),
            None => plain.push(letter),
        }
    }
    plain
}

/// `j.r.smith` and `mr.smith` are several words, `amazon.co.uk` is one.
fn parts(word: &str) -> Vec<String> {
    let parts: Vec<&str> = word.split('.').filter(|part| !part.is_empty()).collect();
    let is_titled = parts.len() > 1 && super::TITLES.contains(&parts[0]);
    let by_letters = parts.first().is_some_and(|part| part.chars().count() == 1);
    if parts.len() > 1 && (by_letters || is_titled) {
        parts.into_iter().map(String::from).collect()
    } else {
        vec![word.to_owned()]
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_name_is_taken_apart() {
        for (text, expected) in [
            ("J.R.Smith", "j r smith"),
            ("MR.QUILL", "mr quill"),
            ("Amazon.Co.Uk", "amazon.co.uk"),
            ("José Núñez-Łaski", "jose nunez-laski"),
            ("Siobhan O\u{2019}Malley", "siobhan omalley"),
            ("BARNARDO\u{fffd}S", "barnardos"),
        ] {
            assert_eq!(words(text).join(" "), expected, "{text}");
        }
    }
}
