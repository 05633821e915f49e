//! Text to words that can be compared: what people type and what is published go through the same mill.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that say nothing of what is looked for. "and" is `&` too.
const SMALL: &[&str] = &[
    "a", "an", "and", "at", "around", "by", "for", "from", "in", "me", "my", "near", "nearest", "next", "of",
    "on", "or", "the", "to", "where", "with",
];

const LONGEST_SMALL: usize = 7;

/// Different spellings of one word, as they stand after folding.
const SAME: &[(&str, &str)] = &[
    ("assoc", "association"),
    ("ave", "avenue"),
    ("center", "centre"),
    ("centr", "centre"),
    ("ctr", "centre"),
    ("comm", "community"),
    ("foodbank", "food bank"),
    ("masjid", "mosque"),
    ("playgroup", "play group"),
    ("preschool", "pre school"),
    ("rd", "road"),
    ("saint", "st"),
    ("soc", "society"),
    ("utd", "united"),
];

const LONGEST_SAME: usize = 9;

/// The longest word that is kept, in bytes; what is longer is cut.
const LONGEST: usize = 32;

/// Takes texts apart; keeps its buffers from text to text.
#[derive(Default)]
pub struct Folder {
    word: String,
    text: String,
}

impl Folder {
    /// Calls `take` with each word of a text, small words left out; if it has no others, with those.
    pub fn words(&mut self, text: &str, mut take: impl FnMut(&str)) {
        let mut some = false;
        self.all_words(text, |word| {
            if word.len() > LONGEST_SMALL || !SMALL.contains(&word) {
                some = true;
                take(word);
            }
        });
        if !some {
            self.all_words(text, take);
        }
    }

    fn all_words(&mut self, text: &str, mut take: impl FnMut(&str)) {
        if text.is_ascii() {
            return self.ascii_words(text, take);
        }
        let mut plain = std::mem::take(&mut self.text);
        plain.clear();
        let marks_off = text.nfkd().filter(|c| !is_combining_mark(*c));
        plain.extend(marks_off.flat_map(char::to_lowercase).map(|c| match c {
            '\u{2019}' | '\u{2018}' | '\u{2bc}' => '\'',
            c => c,
        }));
        for c in plain.chars() {
            self.letter(c, &mut take);
        }
        self.end(&mut take);
        self.text = plain;
    }

    fn ascii_words(&mut self, text: &str, mut take: impl FnMut(&str)) {
        for byte in text.bytes() {
            self.letter(char::from(byte.to_ascii_lowercase()), &mut take);
        }
        self.end(&mut take);
    }

    /// Apostrophes and dots fall away, `&` is a small word of its own; anything else that is no letter or digit ends
    /// a word.
    fn letter(&mut self, c: char, take: &mut impl FnMut(&str)) {
        match c {
            'a'..='z' | '0'..='9' => self.word.push(c),
            '\'' | '.' | '`' => {}
            c if !c.is_ascii() && c.is_alphanumeric() => self.word.push(c),
            _ => self.end(take),
        }
    }

    fn end(&mut self, take: &mut impl FnMut(&str)) {
        if !self.word.is_empty() {
            cut(&mut self.word);
            singular(&mut self.word);
            let may_be_other = self.word.len() <= LONGEST_SAME;
            let same = SAME.iter().find(|(other, _)| may_be_other && *other == self.word);
            match same {
                Some((_, usual)) => usual.split(' ').for_each(&mut *take),
                None => take(&self.word),
            }
            self.word.clear();
        }
    }
}

/// The words of a text, in its order.
pub fn words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    Folder::default().words(text, |word| found.push(word.to_owned()));
    found
}

/// Takes a plural ending off.
fn singular(word: &mut String) {
    if word.len() < 4 || !word.ends_with('s') || !word.is_ascii() {
        return;
    }
    let off = match word.as_str() {
        w if w.len() > 4 && w.ends_with("ies") => 3,
        w if ["ches", "shes", "xes", "sses"].iter().any(|ending| w.ends_with(ending)) => 2,
        w if w.ends_with("ss") || w.ends_with("us") || w.ends_with("is") => 0,
        _ => 1,
    };
    word.truncate(word.len() - off);
    if off == 3 {
        word.push('y');
    }
}

fn cut(word: &mut String) {
    let mut end = word.len().min(LONGEST);
    while !word.is_char_boundary(end) {
        end -= 1;
    }
    word.truncate(end);
}

#[cfg(test)]
mod tests {
    use super::words;

    fn check(text: &str) -> String {
        words(text).join(" ")
    }

    #[test]
    fn spellings_of_one_name_become_the_same_words() {
        for (one, other) in [
            ("St. Mary's Church Halls", "saint marys CHURCH hall"),
            ("Bucklow–St Martin’s", "bucklow st. martins"),
            ("Mill & Marsh", "The Mill and the Marsh"),
            ("Café Zoë", "cafe zoe"),
            ("Sports Ctr", "sport center"),
            ("Foodbanks", "food bank"),
            ("Churches and libraries", "church library"),
            ("U.3.A.", "u3a"),
        ] {
            assert_eq!(check(one), check(other));
        }
    }

    #[test]
    fn the_lists_are_no_longer_than_they_say() {
        assert!(super::SMALL.iter().all(|word| word.len() <= super::LONGEST_SMALL));
        assert!(super::SAME.iter().all(|(other, _)| other.len() <= super::LONGEST_SAME));
    }

    #[test]
    fn small_words_count_only_when_there_is_nothing_else() {
        assert_eq!(check("food bank in Easton"), "food bank easton");
        assert_eq!(check("The And"), "the and");
        assert_eq!(check("–!?"), "");
    }
}
