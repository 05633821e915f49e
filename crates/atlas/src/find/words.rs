//! Which documents hold which words: a sorted vocabulary, and for each word the documents in rising order, as
//! differences of seven bits a byte.

use super::fold::Folder;
use super::hash::Tables;
use std::collections::HashMap;
use std::ops::Range;

/// The number of a word: its place in the sorted vocabulary.
pub type Word = u32;

/// An inverted index of documents that are numbered from 0. A document has a name, and text that is not its name.
#[derive(Default)]
pub struct Words {
    pub(crate) text: String,
    /// Where each word starts in `text`; one more at the end.
    pub(crate) starts: Vec<u32>,
    /// Which letters each word has, as bits: see [`typo`](super::typo).
    pub(crate) letters: Vec<u32>,
    /// In how many documents each word is.
    pub(crate) counts: Vec<u32>,
    pub(crate) postings: Vec<u8>,
    /// Where each word's postings start; one more at the end.
    pub(crate) postings_at: Vec<u64>,
    /// How many different words each document's name has.
    pub(crate) name_words: Vec<u8>,
}

/// Documents on their way into the index.
#[derive(Default)]
pub struct Gathered {
    numbers: HashMap<Box<str>, u32, Tables>,
    /// Of all documents one after another: the words' numbers, twice, plus one where not in the name.
    entries: Vec<u32>,
    ends: Vec<u64>,
    name_words: Vec<u8>,
    folder: Folder,
}

impl Gathered {
    /// The next document.
    pub fn add<'t>(&mut self, name: &str, others: impl IntoIterator<Item = &'t str>) {
        let Self { numbers, entries, folder, .. } = self;
        let from = entries.len();
        let mut number = |word: &str| match numbers.get(word) {
            Some(number) => *number,
            None => {
                let number = numbers.len() as u32;
                numbers.insert(word.into(), number);
                number
            }
        };
        folder.words(name, |word| {
            let entry = number(word) << 1;
            if !entries[from..].contains(&entry) {
                entries.push(entry);
            }
        });
        let named = entries.len() - from;
        for text in others {
            folder.words(text, |word| {
                let entry = number(word) << 1;
                let known = |e: &u32| *e & !1 == entry;
                if !entries[from..].iter().any(known) {
                    entries.push(entry | 1);
                }
            });
        }
        self.name_words.push(named.min(255) as u8);
        self.ends.push(self.entries.len() as u64);
    }

    /// With its vocabulary in order; apart from [`Words::in_order`], so that it can be done while other things are.
    pub fn sorted(self) -> Sorted {
        let mut vocabulary: Vec<(u64, Box<str>, u32)> =
            self.numbers.into_iter().map(|(word, local)| (first_letters(&word), word, local)).collect();
        vocabulary.sort_unstable();
        Sorted { vocabulary, entries: self.entries, ends: self.ends, name_words: self.name_words }
    }
}

/// Documents, ready to be indexed in any order.
pub struct Sorted {
    /// Each word after its first eight bytes as a number, which settles most comparisons, and with its number here.
    vocabulary: Vec<(u64, Box<str>, u32)>,
    entries: Vec<u32>,
    ends: Vec<u64>,
    name_words: Vec<u8>,
}

/// Marks the last entry of a document.
const LAST: u32 = 1 << 31;
/// Stands for a document without a word.
const NO_WORD: u32 = u32::MAX;

impl Sorted {
    /// The entries of all documents in another order and with other numbers, the last of each marked.
    fn in_order(self, order: &[u32], global: &[Word]) -> Vec<u32> {
        let mut entries = Vec::with_capacity(self.entries.len() + order.len());
        for came in order {
            let document = *came as usize;
            let from = document.checked_sub(1).map_or(0, |before| self.ends[before]);
            let own = &self.entries[from as usize..self.ends[document] as usize];
            entries.extend(own.iter().map(|entry| global[(entry >> 1) as usize] << 1 | entry & 1));
            match entries.last_mut().filter(|_| !own.is_empty()) {
                Some(last) => *last |= LAST,
                None => entries.push(NO_WORD),
            }
        }
        entries
    }
}

/// What is known of a word's postings while they are written.
#[derive(Clone, Default)]
struct Written {
    /// Where the next one goes.
    at: u64,
    /// The one before.
    last: u32,
    count: u32,
}

/// Each entry as its word and its posting: the document, twice, plus one where not in the name.
fn for_each_entry(entries: &[u32], mut take: impl FnMut(usize, u32)) {
    let mut document = 0;
    for entry in entries {
        if *entry != NO_WORD {
            take(((entry & !LAST) >> 1) as usize, document << 1 | entry & 1);
        }
        document += u32::from(entry & LAST != 0);
    }
}

fn first_letters(word: &str) -> u64 {
    let mut eight = [0; 8];
    let length = word.len().min(8);
    eight[..length].copy_from_slice(&word.as_bytes()[..length]);
    u64::from_be_bytes(eight)
}

impl Words {
    /// Of documents in the order in which they came.
    pub fn of(gathered: Gathered) -> Self {
        let sorted = gathered.sorted();
        let order: Vec<u32> = (0..sorted.ends.len() as u32).collect();
        Self::in_order(sorted, &order)
    }

    /// Of documents in another order: `order` says for each place in it which document, by when it came, stands there.
    pub fn in_order(mut documents: Sorted, order: &[u32]) -> Self {
        let mut words = Self::default();
        let global = words.take_vocabulary(std::mem::take(&mut documents.vocabulary));
        words.name_words = order.iter().map(|came| documents.name_words[*came as usize]).collect();
        words.write_postings(documents, order, &global);
        words
    }

    /// Takes the words; gives of each number that a word had the one that it has here.
    fn take_vocabulary(&mut self, vocabulary: Vec<(u64, Box<str>, u32)>) -> Vec<Word> {
        let mut global = vec![0; vocabulary.len()];
        self.starts.push(0);
        for (number, (_, word, local)) in (0..).zip(vocabulary) {
            global[local as usize] = number;
            self.text.push_str(&word);
            self.starts.push(self.text.len() as u32);
            self.letters.push(super::typo::letters(&word));
        }
        global
    }

    /// Twice over all entries: how long each word's postings are, then what they are.
    fn write_postings(&mut self, documents: Sorted, order: &[u32], global: &[Word]) {
        let entries = documents.in_order(order, global);
        let mut words = vec![Written::default(); global.len()];
        for_each_entry(&entries, |word, posting| {
            let word = &mut words[word];
            word.at += encoded_length(posting - word.last);
            word.last = posting;
            word.count += 1;
        });
        let mut at = 0;
        for word in &mut words {
            self.postings_at.push(at);
            self.counts.push(word.count);
            let start = at;
            at += word.at;
            *word = Written { at: start, ..Written::default() };
        }
        self.postings_at.push(at);
        self.postings = vec![0; at as usize];
        for_each_entry(&entries, |word, posting| {
            let word = &mut words[word];
            let mut rest = posting - word.last;
            word.last = posting;
            while rest >= 0x80 {
                self.postings[word.at as usize] = rest as u8 | 0x80;
                word.at += 1;
                rest >>= 7;
            }
            self.postings[word.at as usize] = rest as u8;
            word.at += 1;
        });
    }

    /// How many different words there are.
    pub fn len(&self) -> u32 {
        self.letters.len() as u32
    }

    /// How many documents there are.
    pub fn documents(&self) -> usize {
        self.name_words.len()
    }

    /// A word's text.
    pub fn word(&self, word: Word) -> &str {
        &self.text[self.starts[word as usize] as usize..self.starts[word as usize + 1] as usize]
    }

    /// The letters of every word.
    pub fn letters(&self) -> &[u32] {
        &self.letters
    }

    /// The number of exactly this word.
    pub fn exactly(&self, text: &str) -> Option<Word> {
        let at = self.first_from(text);
        (at < self.len() && self.word(at) == text).then_some(at)
    }

    /// The words that start so.
    pub fn starting(&self, text: &str) -> Range<Word> {
        let from = self.first_from(text);
        let (mut low, mut high) = (from, self.len());
        while low < high {
            let middle = (low + high) / 2;
            if self.word(middle).starts_with(text) { low = middle + 1 } else { high = middle }
        }
        from..low
    }

    fn first_from(&self, text: &str) -> Word {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = (low + high) / 2;
            if self.word(middle) < text { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// In how many documents a word is.
    pub fn count(&self, word: Word) -> u32 {
        self.counts[word as usize]
    }

    /// How many different words a document's name has.
    pub fn name_words(&self, document: u32) -> u8 {
        self.name_words[document as usize]
    }

    /// The documents that hold a word, and whether it stands in their names.
    pub fn holding(&self, word: Word) -> impl Iterator<Item = (u32, bool)> {
        let range = self.postings_at[word as usize] as usize..self.postings_at[word as usize + 1] as usize;
        let mut bytes = self.postings[range].iter();
        let mut posting = 0;
        std::iter::from_fn(move || {
            let (mut difference, mut shift) = (0, 0);
            loop {
                let byte = *bytes.next()?;
                difference |= u32::from(byte & 0x7f) << shift;
                if byte < 0x80 {
                    posting += difference;
                    return Some((posting >> 1, posting & 1 == 0));
                }
                shift += 7;
            }
        })
    }

    /// Bytes in memory.
    pub fn bytes(&self) -> usize {
        self.text.len()
            + self.postings.len()
            + 4 * (self.starts.len() + self.letters.len() + self.counts.len())
            + 8 * self.postings_at.len()
            + self.name_words.len()
    }
}

fn encoded_length(mut n: u32) -> u64 {
    let mut bytes = 1;
    while n >= 0x80 {
        n >>= 7;
        bytes += 1;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(documents: &[(&str, &str)]) -> Words {
        // They come from the last to the first.
        let mut gathered = Gathered::default();
        documents.iter().rev().for_each(|(name, other)| gathered.add(name, [*other]));
        let order: Vec<u32> = (0..documents.len() as u32).rev().collect();
        Words::in_order(gathered.sorted(), &order)
    }

    #[test]
    fn each_word_knows_its_documents_and_whether_it_is_in_the_name() {
        let words =
            words(&[("Ash Hall", "a hall in Ash"), ("Elm Hall", "by the ash"), ("Ash", ""), ("", "hall")]);
        let holding = |word| words.holding(words.exactly(word).unwrap()).collect::<Vec<_>>();
        assert_eq!(holding("hall"), [(0, true), (1, true), (3, false)]);
        assert_eq!(holding("ash"), [(0, true), (1, false), (2, true)]);
        assert_eq!(words.exactly("oak"), None);
        assert_eq!(words.starting("").len(), words.len() as usize);
        assert_eq!(words.starting("ha").map(|w| words.word(w)).collect::<Vec<_>>(), ["hall"]);
        assert_eq!((0..4).map(|d| words.name_words(d)).collect::<Vec<_>>(), [2, 2, 1, 0]);
    }

    #[test]
    fn long_gaps_between_documents_survive() {
        let mut part = Gathered::default();
        (0..40_000).for_each(|i| part.add(if i % 20_000 == 7 { "rare" } else { "common" }, []));
        let words = Words::of(part);
        assert_eq!(
            words.holding(words.exactly("rare").unwrap()).map(|h| h.0).collect::<Vec<_>>(),
            [7, 20_007]
        );
        assert_eq!(words.count(words.exactly("common").unwrap()), 39_998);
    }
}
