//! Which words of a vocabulary a token may stand for, and how well: the word itself, a word that starts so, a word that
//! is spelt nearly so.

use super::query::Token;
use super::typo;
use super::words::{Word, Words};

const EXACT: u8 = 100;
const JOINED: u8 = 95;
const BEGINNING: u8 = 82;
/// Of one or two letters.
const SHORT_BEGINNING: u8 = 70;
/// Of a word with a typing error.
const NEARLY: u8 = 80;
/// Taken off for each error, and for a word that goes on.
const ERROR: u8 = 12;

/// The words that a token may stand for, each with a quality from 0 to 100; words spelt otherwise only if `forgiving`.
pub fn likely(words: &Words, token: &Token, forgiving: bool) -> Vec<(Word, u8)> {
    let text = token.text.as_str();
    let mut found: Vec<(Word, u8)> = words.exactly(text).map(|word| (word, EXACT)).into_iter().collect();
    let joined = token.joined.iter().filter_map(|text| words.exactly(text));
    found.extend(joined.map(|word| (word, JOINED)));
    if token.last || (found.is_empty() && text.len() >= 3) {
        let quality = if text.len() < 3 { SHORT_BEGINNING } else { BEGINNING };
        let exact = usize::from(words.exactly(text).is_some());
        found.extend(words.starting(text).skip(exact).map(|word| (word, quality)));
    }
    if forgiving {
        for (word, errors) in typo::like(words, text, token.last) {
            let longer = words.word(word).len() > text.len() + typo::allowed(text);
            found.push((word, NEARLY - ERROR * (errors as u8 + u8::from(longer))));
        }
    }
    found
}
