//! What someone typed, as tokens.

use super::Index;
use super::fold;
use super::postcodes::postcode_in;
use super::typo;
use super::words::Words;
use model::{Level, Postcode};

/// More tokens than this say no more.
const MOST: usize = 12;
/// Words in so few documents may be typing errors.
const FEW: u32 = 3;

/// A word of a query, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The word.
    pub text: String,
    /// Whether it is the last, and so perhaps unfinished.
    pub last: bool,
    /// Whether something has this word, so that it is not a typing error.
    pub known: bool,
    /// One word made of this and a neighbour: "foodbank" of "food bank".
    pub joined: Option<String>,
}

/// What someone looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The words; with a postcode alone, its two parts.
    pub tokens: Vec<Token>,
    /// A full postcode.
    pub postcode: Option<Postcode>,
    /// Whether the postcode is all there is.
    pub only_postcode: bool,
}

impl Query {
    /// Of a text, knowing what words there are.
    pub fn new(text: &str, index: &Index, later: &Words) -> Self {
        let index = Known { index, later };
        let (postcode, rest) = postcode_in(text).map_or((None, text.to_owned()), |(p, rest)| (Some(p), rest));
        let only_postcode = postcode.is_some() && fold::words(&rest).is_empty();
        let mut words = match &postcode {
            Some(postcode) if only_postcode => fold::words(postcode.as_str()),
            _ => fold::words(&rest),
        };
        words.truncate(MOST);
        let mut different: Vec<String> = Vec::new();
        for word in words {
            different.extend(index.taken_apart(&word).into_iter().filter(|word| !word.is_empty()));
        }
        let mut words: Vec<String> = Vec::new();
        for word in different {
            if !words.contains(&word) && words.len() < MOST {
                words.push(word);
            }
        }
        let joined = |i: usize| words.get(i..i + 2).map(|pair| pair.concat()).filter(|word| index.has(word));
        let token = |i: usize| {
            let last = i + 1 == words.len();
            Token {
                known: index.knows(&words[i], last),
                joined: joined(i).or_else(|| joined(i.checked_sub(1)?)),
                last,
                text: words[i].clone(),
            }
        };
        Self { tokens: (0..words.len()).map(token).collect(), postcode, only_postcode }
    }

    /// All tokens, as bits.
    pub fn all(&self) -> u16 {
        ((1u32 << self.tokens.len()) - 1) as u16
    }

    /// How well the order of the words agrees with a name: the name itself, its beginning, a part of it.
    pub fn order(&self, name: &[String]) -> f32 {
        let same = |(token, word): (&Token, &String)| {
            token.text == *word || (token.last && word.starts_with(token.text.as_str()))
        };
        let asked = self.tokens.len();
        let fits = |part: &[String]| self.tokens.iter().zip(part).all(same);
        if asked == 0 || asked > name.len() {
            0.0
        } else if fits(name) {
            if asked == name.len() && self.tokens.last().is_some_and(|t| t.text == name[asked - 1]) {
                20.0
            } else {
                12.0
            }
        } else if name.windows(asked).any(fits) {
            6.0
        } else {
            0.0
        }
    }
}

/// The level that a word is for: "Easton ward".
pub fn level(word: &str) -> Option<Level> {
    match word {
        "ward" => Some(Level::Ward),
        "parish" | "village" => Some(Level::Parish),
        "borough" | "council" | "district" => Some(Level::District),
        "lsoa" => Some(Level::Lsoa),
        "msoa" => Some(Level::Msoa),
        "locality" | "neighbourhood" => Some(Level::Neighbourhood),
        "constituency" => Some(Level::Constituency),
        _ => None,
    }
}

/// What words there are: the index's, and those of assets that changed since.
#[derive(Clone, Copy)]
struct Known<'a> {
    index: &'a Index,
    later: &'a Words,
}

impl Known<'_> {
    fn each(&self) -> [&Words; 4] {
        [self.index.areas.words(), &self.index.assets, self.index.categories.words(), self.later]
    }

    fn has(&self, word: &str) -> bool {
        self.each().iter().any(|words| words.exactly(word).is_some())
    }

    fn knows(&self, word: &str, last: bool) -> bool {
        let [areas, assets, categories, later] = self.each();
        let many = |words: std::ops::Range<u32>| words.map(|w| assets.count(w)).sum::<u32>() >= FEW;
        areas.exactly(word).is_some()
            || categories.exactly(word).is_some()
            || later.exactly(word).is_some()
            || assets.exactly(word).is_some_and(|word| assets.count(word) >= FEW)
            || (last && (!areas.starting(word).is_empty() || many(assets.starting(word))))
    }

    /// A word that nothing has as two words that something has: "halebarns".
    fn taken_apart(&self, word: &str) -> Vec<String> {
        let whole = || vec![word.to_owned()];
        if word.len() < 6 || !word.is_ascii() || self.has(word) || self.knows(word, true) {
            return whole();
        }
        let halves = |at: usize| (&word[..at], &word[at..]);
        let good = |words: &Words| {
            let mut cuts = 3..word.len() - 2;
            cuts.find(|at| {
                let (a, b) = halves(*at);
                words.exactly(a).is_some() && words.exactly(b).is_some()
            })
        };
        // Of assets' words there are so many that a typing error may fall into two of them by chance.
        let is_error = || !typo::like(&self.index.assets, word, false).is_empty();
        let of_assets = || if is_error() { None } else { good(&self.index.assets) };
        match good(self.index.areas.words()).or_else(of_assets) {
            Some(at) => vec![halves(at).0.to_owned(), halves(at).1.to_owned()],
            None => whole(),
        }
    }
}
