//! Areas by their names, codes and initials.

use super::fold;
use super::likely::likely;
use super::query::{self, Query};
use super::tally::Tally;
use super::words::{Gathered, Words};
use crate::localities::Localities;
use crate::{Atlas, LocalityIx};
use model::{AreaCode, Level};

/// What has an area's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// A loaded area, in its newest vintage.
    Area(LocalityIx),
    /// A number of a code whose name is known, and not the boundary.
    Code(u32),
}

/// The names of areas.
pub struct Areas {
    words: Words,
    named: Vec<Named>,
}

/// An area that a query names, or names with other things.
#[derive(Debug, Clone, Copy)]
pub struct AreaHit {
    /// Which.
    pub named: Named,
    /// How well.
    pub score: f32,
    /// Which tokens name it, as bits.
    pub tokens: u16,
    /// Whether its whole name is among them.
    pub is_whole: bool,
    /// Whether the first word of its name is.
    pub is_begun: bool,
}

/// The whole query names an area: better than an asset that has the same words.
const NAMES_AN_AREA: f32 = 25.0;
/// A query of which an area is only a part comes after what the rest finds.
const MOST_OF_A_PART: f32 = 40.0;

impl Areas {
    /// Of all areas.
    pub fn new(localities: &Localities) -> Self {
        let places = &localities.places;
        let newest = |i: &usize| {
            places
                .get(i + 1)
                .is_none_or(|next| (next.level(), next.code()) != (places[*i].level(), places[*i].code()))
        };
        let mut named: Vec<Named> =
            (0..places.len()).filter(newest).map(|i| Named::Area(i as LocalityIx)).collect();
        named.extend(localities.names_without_area().into_iter().map(Named::Code));
        let mut gathered = Gathered::default();
        for one in &named {
            let (name, code) = name_and_code(localities, *one);
            let code = AreaCode::parse(code).map(|code| code.as_str().to_owned()).unwrap_or_default();
            gathered.add(name, [code.as_str(), &initials(name)]);
        }
        Self { words: Words::of(gathered), named }
    }

    /// The words of the names.
    pub fn words(&self) -> &Words {
        &self.words
    }
}

fn name_and_code(localities: &Localities, named: Named) -> (&str, &str) {
    match named {
        Named::Area(ix) => (&localities.get(ix).name, localities.get(ix).code()),
        Named::Code(number) => (localities.codes.name(number), localities.codes.code(number)),
    }
}

/// `BSM` of "Bucklow-St Martins"; nothing of a single word.
fn initials(name: &str) -> String {
    let words = fold::words(name);
    match words.len() {
        0 | 1 => String::new(),
        _ => words.iter().filter_map(|word| word.chars().next()).collect(),
    }
}

impl Atlas {
    /// The areas that a query names or names among other things, in no order.
    pub(super) fn areas_named(&self, query: &Query) -> Vec<AreaHit> {
        let areas = &self.find.areas;
        let mut tally = Tally::new(areas.words.documents());
        for (i, token) in query.tokens.iter().enumerate() {
            tally.token(i, 1);
            for (word, quality) in likely(&areas.words, token, !token.known) {
                for (document, in_name) in areas.words.holding(word) {
                    // Codes and initials stand for the name, but only as they are.
                    let counts = in_name || quality == 100 || is_number(&token.text);
                    if counts {
                        tally.offer(document, quality, in_name);
                    }
                }
            }
        }
        let has_number = query.tokens.iter().any(|token| is_number(&token.text));
        let say_category = self.find.categories.say(query);
        tally
            .found()
            .filter_map(|(document, slot, quality)| {
                let named = areas.named[document as usize];
                let (name, _) = name_and_code(&self.localities, named);
                let all_words = areas.words.name_words(document);
                let is_whole = slot.named.count_ones() >= u32::from(all_words);
                // "Trafford 001A" and its hundred neighbours are meant by their numbers only.
                if !is_whole && !has_number && name.bytes().any(|b| b.is_ascii_digit()) {
                    return None;
                }
                let words = fold::words(name);
                let tokens = slot.tokens | self.told_otherwise(query, named, slot.tokens);
                // What only tells it from others takes nothing from how well the name fits.
                let quality = quality * tokens.count_ones() as f32 / slot.tokens.count_ones() as f32;
                let order = query.order(&words);
                let of_name = f32::from(slot.named.count_ones() as u8) / f32::from(all_words.max(1));
                let mut score = quality + 20.0 * of_name.min(1.0) + order + self.standing(named);
                if tokens != query.all() {
                    score = score.min(MOST_OF_A_PART);
                } else if !say_category || is_whole || order >= 12.0 {
                    score += NAMES_AN_AREA;
                } else {
                    score -= NAMES_AN_AREA;
                }
                let first = words.first();
                let is_begun = query.tokens.iter().enumerate().any(|(i, token)| {
                    slot.named & (1 << i) != 0 && first.is_some_and(|word| *word == token.text)
                });
                Some(AreaHit { named, score, tokens: slot.tokens, is_whole, is_begun })
            })
            .collect()
    }

    /// Tokens that say which of several areas of a name is meant: the level ("Easton ward"), or the name of an area that
    /// holds it ("Easton Wexmarsh").
    fn told_otherwise(&self, query: &Query, named: Named, found: u16) -> u16 {
        let Named::Area(ix) = named else { return 0 };
        let place = self.place(ix);
        let missing = query.tokens.iter().enumerate().filter(|(i, _)| found & (1 << i) == 0);
        let mut told = 0;
        for (i, token) in missing {
            let is_level = query::level(&token.text) == Some(place.level());
            let holds = |(_, name): (&str, &str)| fold::words(name).contains(&token.text);
            if is_level || self.part_of(ix).into_iter().any(holds) {
                told |= 1 << i;
            }
        }
        told
    }

    /// Of areas with one name the wards of today come first, and what people call by name before the census.
    fn standing(&self, named: Named) -> f32 {
        let Named::Area(ix) = named else { return 0.0 };
        match self.place(ix).level() {
            Level::Ward if self.is_ward_today(ix) => 6.0,
            Level::Parish | Level::Neighbourhood => 5.0,
            Level::District => 4.0,
            Level::Ward => 3.0,
            Level::Msoa => 2.0,
            Level::Lsoa | Level::OutputArea => 0.0,
            _ => 1.0,
        }
    }
}

fn is_number(word: &str) -> bool {
    word.bytes().any(|b| b.is_ascii_digit())
}
