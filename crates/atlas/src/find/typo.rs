//! Which words of a vocabulary were probably meant. One edit changes which letters a word has by two at most, so most
//! of the vocabulary is ruled out by comparing bits; the rest is measured.

use super::words::{Word, Words};
use strsim::osa_distance;

/// A bit for each letter that a word has; digits and other letters share the rest.
pub fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |bits, byte| {
        bits | match byte {
            b'a'..=b'z' => 1 << (byte - b'a'),
            _ => 1 << (26 + byte % 6),
        }
    })
}

/// How many typing errors a word of so many letters may have. Numbers are never guessed.
pub fn allowed(word: &str) -> usize {
    if word.bytes().any(|b| b.is_ascii_digit()) {
        return 0;
    }
    match word.chars().count() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// The words that a text with typing errors may stand for, each with their number (letters added, left out, wrong, or
/// two swapped); with `unfinished`, also words that start so.
pub fn like(words: &Words, text: &str, unfinished: bool) -> Vec<(Word, usize)> {
    let most = allowed(text);
    if most == 0 {
        return Vec::new();
    }
    let wanted = letters(text);
    let length = text.len();
    let mut found = Vec::new();
    for (number, has) in words.letters().iter().enumerate() {
        // Of an unfinished word only the letters typed count.
        let odd = if unfinished { wanted & !has } else { wanted ^ has };
        if odd.count_ones() as usize > if unfinished { most } else { 2 * most } {
            continue;
        }
        let word = words.word(number as Word);
        if word.bytes().any(|b| b.is_ascii_digit()) {
            continue;
        }
        if let Some(errors) = errors(word, text, length, most, unfinished) {
            found.push((number as Word, errors));
        }
    }
    found
}

fn errors(word: &str, text: &str, length: usize, most: usize, unfinished: bool) -> Option<usize> {
    let whole =
        (word.len().abs_diff(length) <= 2 * most).then(|| osa_distance(word, text)).filter(|e| *e <= most);
    // The beginning of a word has its first letter right, and no more than one error.
    let started = || {
        let beginning =
            word.get(..length).filter(|_| word.len() > length && word.as_bytes()[0] == text.as_bytes()[0]);
        beginning.map(|beginning| osa_distance(beginning, text)).filter(|errors| *errors <= 1)
    };
    whole.or_else(|| if unfinished { started() } else { None })
}

#[cfg(test)]
mod tests {
    use super::super::words::Gathered;
    use super::*;

    fn check(vocabulary: &str, text: &str) -> String {
        let mut part = Gathered::default();
        part.add(vocabulary, []);
        let words = Words::of(part);
        let found = like(&words, text, false);
        found
            .into_iter()
            .map(|(word, errors)| format!("{} {errors}", words.word(word)))
            .collect::<Vec<_>>()
            .join(", ")
    }

    #[test]
    fn one_error_up_to_seven_letters_two_in_longer_words() {
        assert_eq!(check("altrincham stretford", "altringham"), "altrincham 1");
        assert_eq!(check("library libretto", "libary"), "library 1");
        assert_eq!(check("urmston", "urmtson"), "urmston 1");
        assert_eq!(check("community", "comunnity"), "community 2");
        assert_eq!(check("hall hale", "hals"), "hale 1, hall 1");
        assert_eq!(check("hall", "hxlx"), "");
        assert_eq!(check("m33 m34", "m35"), "");
    }

    proptest::proptest! {
        /// The letters' bits rule nothing out that the distance lets through.
        #[test]
        fn nothing_is_missed(word in "[a-e]{4,9}", text in "[a-e]{4,9}") {
            let errors = osa_distance(&word, &text);
            let bits = (letters(&word) ^ letters(&text)).count_ones() as usize;
            proptest::prop_assert!(bits <= 2 * errors);
        }
    }
}
