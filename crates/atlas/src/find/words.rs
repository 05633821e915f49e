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
    text: String,
    /// Where each word starts in `text`; one more at the end.
    starts: Vec<u32>,
    /// Which letters each word has, as bits: see [`typo`](super::typo).
    letters: Vec<u32>,
    /// In how many documents each word is.
    counts: Vec<u32>,
    postings: Vec<u8>,
    /// Where each word's postings start; one more at the end.
    postings_at: Vec<u64>,
    /// How many different words each document's name has.
    name_words: Vec<u8>,
}

/// Documents on their way into the index; parts of a whole may be gathered side by side.
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

    /// Its vocabulary in order; apart from [`Words::new`], so that parts can do it side by side.
    pub fn sorted(self) -> Sorted {
        let mut vocabulary: Vec<(u64, Box<str>, u32)> =
            self.numbers.into_iter().map(|(word, local)| (first_letters(&word), word, local)).collect();
        vocabulary.sort_unstable();
        Sorted { vocabulary, entries: self.entries, ends: self.ends, name_words: self.name_words }
    }
}

/// A part of the documents, ready to be joined with others.
pub struct Sorted {
    /// Each word after its first eight bytes as a number, which settles most comparisons, and with its number here.
    vocabulary: Vec<(u64, Box<str>, u32)>,
    entries: Vec<u32>,
    ends: Vec<u64>,
    name_words: Vec<u8>,
}

fn first_letters(word: &str) -> u64 {
    let mut eight = [0; 8];
    let length = word.len().min(8);
    eight[..length].copy_from_slice(&word.as_bytes()[..length]);
    u64::from_be_bytes(eight)
}

impl Words {
    /// Of parts, one after another: the first document of a part follows the last of the part before.
    pub fn new(mut parts: Vec<Sorted>) -> Self {
        let mut words = Self::default();
        let global = words.take_vocabulary(&mut parts);
        words.write_postings(&parts, &global);
        words.name_words = parts.iter().flat_map(|part| &part.name_words).copied().collect();
        words
    }

    /// Of one part.
    pub fn of(gathered: Gathered) -> Self {
        Self::new(vec![gathered.sorted()])
    }

    /// Merges the parts' vocabularies; gives of each part's numbers the ones in the whole.
    fn take_vocabulary(&mut self, parts: &mut [Sorted]) -> Vec<Vec<Word>> {
        let vocabularies: Vec<_> =
            parts.iter_mut().map(|part| std::mem::take(&mut part.vocabulary)).collect();
        let mut global: Vec<Vec<Word>> = vocabularies.iter().map(|words| vec![0; words.len()]).collect();
        let mut next = vec![0; vocabularies.len()];
        self.starts.push(0);
        loop {
            let waiting = vocabularies.iter().zip(&next).filter_map(|(words, at)| words.get(*at));
            let Some((key, word, _)) = waiting.min_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1))) else { break };
            let number = self.letters.len() as Word;
            for ((words, at), of_local) in vocabularies.iter().zip(&mut next).zip(&mut global) {
                if let Some((_, _, local)) = words.get(*at).filter(|(k, w, _)| k == key && w == word) {
                    of_local[*local as usize] = number;
                    *at += 1;
                }
            }
            self.text.push_str(word);
            self.starts.push(self.text.len() as u32);
            self.letters.push(super::typo::letters(word));
        }
        global
    }

    /// Twice over all entries: how long each word's postings are, then what they are.
    fn write_postings(&mut self, parts: &[Sorted], global: &[Vec<u32>]) {
        let count = self.letters.len();
        let mut last = vec![0; count];
        let mut lengths = vec![0u64; count];
        self.counts = vec![0; count];
        for_each_entry(parts, global, |word, posting| {
            let word = word as usize;
            lengths[word] += encoded_length(posting - last[word]);
            last[word] = posting;
            self.counts[word] += 1;
        });
        let mut at = 0;
        let mut next: Vec<u64> = Vec::with_capacity(count);
        for length in lengths {
            next.push(at);
            at += length;
        }
        self.postings_at = next.clone();
        self.postings_at.push(at);
        self.postings = vec![0; at as usize];
        last.fill(0);
        for_each_entry(parts, global, |word, posting| {
            let word = word as usize;
            let mut rest = posting - last[word];
            last[word] = posting;
            while rest >= 0x80 {
                self.postings[next[word] as usize] = rest as u8 | 0x80;
                next[word] += 1;
                rest >>= 7;
            }
            self.postings[next[word] as usize] = rest as u8;
            next[word] += 1;
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

/// Each entry as its word and its posting: the document, twice, plus one where not in the name.
fn for_each_entry(parts: &[Sorted], global: &[Vec<u32>], mut take: impl FnMut(Word, u32)) {
    let mut document = 0u32;
    for (part, of_local) in parts.iter().zip(global) {
        let mut from = 0;
        for end in &part.ends {
            for entry in &part.entries[from..*end as usize] {
                take(of_local[(entry >> 1) as usize], document << 1 | entry & 1);
            }
            from = *end as usize;
            document += 1;
        }
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
        let mut parts = vec![Gathered::default(), Gathered::default()];
        for (i, (name, other)) in documents.iter().enumerate() {
            parts[i * 2 / documents.len()].add(name, [*other]);
        }
        Words::new(parts.into_iter().map(Gathered::sorted).collect())
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
