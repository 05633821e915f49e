//! Which entries of the rules a line's words meet.

use super::phrase::{framed, needle, words_found};
use super::{RulesError, ServiceIx, Universal};
use crate::{Class, Words};
use aho_corasick::AhoCorasick;
use model::SpendKind;

/// What the rules say of lines with certain words. Each list that is not empty must be met, by any one of its phrases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id, by which a line's explanation names it.
    pub id: String,
    /// The service that the money is for.
    pub service: Option<ServiceIx>,
    /// Whether it settles the service: where it does not, the next entry that the line meets says it.
    pub settles_service: bool,
    /// What sort of money it is.
    pub class: Class,
    /// Whether it is for people whom a payment must not help to find.
    pub is_protected: bool,
    /// Who uses this part of the service, where that differs from the service.
    pub universal: Option<Universal>,
    /// Why its words mean what it says, where that is not plain.
    pub note: Option<String>,
    pub(super) payer: Vec<String>,
    pub(super) unit: Vec<String>,
    pub(super) category: Vec<String>,
    pub(super) purpose: Vec<String>,
    pub(super) payee: Vec<String>,
    /// In any of unit, category, purpose and payee.
    pub(super) words: Vec<String>,
    pub(super) kinds: Vec<SpendKind>,
    pub(super) is_capital: Option<bool>,
}

/// What a line says by which it met an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said<'a> {
    /// Words in one of its fields, as they are written there.
    Words(SaidIn, &'a str),
    /// Words that one of its fields begins with.
    Begins(SaidIn, &'a str),
    /// What sort of line it is.
    Kind(SpendKind),
    /// Whether it is capital.
    Capital(bool),
}

/// A field of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaidIn {
    /// The body that pays.
    Payer,
    /// Who in the body spends it.
    Unit,
    /// The sort of expense or goods.
    Category,
    /// What for.
    Purpose,
    /// Who is paid.
    Payee,
}

/// Entries that are tried in their order.
#[derive(Debug)]
pub(crate) struct Lookup {
    entries: Vec<Entry>,
    /// Payer, unit, category, purpose, payee and any of the last four, in this order.
    fields: [Field; 6],
}

/// The phrases that entries look for in one field of a line.
#[derive(Debug)]
struct Field {
    phrases: AhoCorasick,
    /// The entry of each phrase.
    entries: Vec<u32>,
    /// The entries that do not look at this field.
    indifferent: Set,
}

/// A set of entries, by their places.
#[derive(Debug, Clone)]
struct Set(Vec<u64>);

impl Set {
    fn none(entries: usize) -> Self {
        Self(vec![0; entries.div_ceil(64)])
    }

    fn add(&mut self, entry: usize) {
        self.0[entry / 64] |= 1 << (entry % 64);
    }

    fn keep(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine &= theirs;
        }
    }

    fn places(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(block, &bits)| {
            (0..64).filter(move |bit| bits & (1 << bit) != 0).map(move |bit| block * 64 + bit)
        })
    }
}

impl Lookup {
    pub(super) fn new(entries: Vec<Entry>) -> Result<Self, RulesError> {
        let field = |of: fn(&Entry) -> &[String]| Field::new(&entries, of);
        let fields = [
            field(|e| &e.payer)?,
            field(|e| &e.unit)?,
            field(|e| &e.category)?,
            field(|e| &e.purpose)?,
            field(|e| &e.payee)?,
            field(|e| &e.words)?,
        ];
        Ok(Self { entries, fields })
    }

    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub(crate) fn called(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// The entries that a line meets, in their order.
    pub(crate) fn met(&self, words: &Words<'_>) -> impl Iterator<Item = &Entry> {
        let texts = [words.payer, words.unit, words.category, words.purpose, words.payee.unwrap_or_default()];
        let texts = texts.map(framed);
        let [payer, unit, category, purpose, payee, any] = &self.fields;
        let mut left = payer.met(&texts[..1]);
        left.keep(&unit.met(&texts[1..2]));
        left.keep(&category.met(&texts[2..3]));
        left.keep(&purpose.met(&texts[3..4]));
        left.keep(&payee.met(&texts[4..]));
        left.keep(&any.met(&texts[1..]));
        let suits = |entry: &&Entry| entry.suits(words);
        left.places().map(|place| &self.entries[place]).filter(suits).collect::<Vec<_>>().into_iter()
    }
}

impl Entry {
    /// Whether the line is of the right sort; its words have been compared.
    fn suits(&self, words: &Words<'_>) -> bool {
        let kind = self.kinds.is_empty() || self.kinds.contains(&words.kind);
        kind && (self.is_capital.is_none() || self.is_capital == words.is_capital)
    }

    /// What a line that meets this entry says by which it does, field by field.
    pub fn said<'a>(&self, words: &Words<'a>) -> Vec<Said<'a>> {
        let payee = (SaidIn::Payee, words.payee.unwrap_or_default());
        let payer = (SaidIn::Payer, words.payer);
        let [unit, category, purpose] = [
            (SaidIn::Unit, words.unit),
            (SaidIn::Category, words.category),
            (SaidIn::Purpose, words.purpose),
        ];
        let mut said = Vec::new();
        for (phrases, fields) in [
            (&self.payer, vec![payer]),
            (&self.unit, vec![unit]),
            (&self.category, vec![category]),
            (&self.purpose, vec![purpose]),
            (&self.payee, vec![payee]),
            (&self.words, vec![unit, category, purpose, payee]),
        ] {
            let met = |(field, text)| phrases.iter().find_map(|phrase| self.met_by(phrase, field, text));
            said.extend(fields.into_iter().find_map(met));
        }
        said.extend((!self.kinds.is_empty()).then_some(Said::Kind(words.kind)));
        said.extend(self.is_capital.map(Said::Capital));
        said
    }

    /// The words of a field that a phrase finds.
    fn met_by<'a>(&self, phrase: &str, field: SaidIn, text: &'a str) -> Option<Said<'a>> {
        let found = words_found(text, &needle(phrase, &self.id).ok()?)?;
        Some(match phrase.starts_with('^') {
            true => Said::Begins(field, found),
            false => Said::Words(field, found),
        })
    }

    pub(super) fn looks_at_something(&self) -> bool {
        let lists = [&self.payer, &self.unit, &self.category, &self.purpose, &self.payee, &self.words];
        lists.iter().any(|list| !list.is_empty()) || !self.kinds.is_empty() || self.is_capital.is_some()
    }
}

impl Field {
    fn new(entries: &[Entry], of: fn(&Entry) -> &[String]) -> Result<Self, RulesError> {
        let mut needles = Vec::new();
        let mut places = Vec::new();
        let mut indifferent = Set::none(entries.len());
        for (place, entry) in entries.iter().enumerate() {
            if of(entry).is_empty() {
                indifferent.add(place);
            }
            for phrase in of(entry) {
                needles.push(needle(phrase, &entry.id)?);
                places.push(place as u32);
            }
        }
        let phrases = AhoCorasick::new(needles).map_err(|e| RulesError::Form(e.to_string()))?;
        Ok(Self { phrases, entries: places, indifferent })
    }

    /// The entries that the texts of this field meet.
    fn met(&self, texts: &[String]) -> Set {
        let mut met = self.indifferent.clone();
        for text in texts {
            for found in self.phrases.find_overlapping_iter(text) {
                met.add(self.entries[found.pattern().as_usize()] as usize);
            }
        }
        met
    }
}
