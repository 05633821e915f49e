//! Categories by the words that people have for them.

use super::likely::likely;
use super::query::{Query, Token};
use super::words::{Gathered, Words};
use model::{Category, CategorySet};

/// Words that people look for and names seldom have; names and types are recognised by the taxonomy's own.
const ALSO: &[(&str, &str)] = &[
    ("adult_learning", "classes courses evening"),
    ("advice", "benefits cab rights debts money legal"),
    ("allotment", "growing vegetables plots"),
    ("arts_group", "choirs bands singing musical"),
    ("care_support", "elderly older pensioners carers"),
    ("clinic", "doctor doctors chemist dentist gp health"),
    ("community_centre", "meeting room hire venue"),
    ("faith", "religion"),
    ("food_bank", "foodbank hungry parcels"),
    ("hall", "hire venue rooms party"),
    ("housing_help", "hostel rough sleepers homelessness"),
    ("leisure_centre", "swimming swim baths gym sports"),
    ("library", "books archives reading"),
    ("lunch_club", "meals lunches dinner"),
    ("mental_health", "counsellor depression anxiety"),
    ("nursery", "babies baby toddlers mums parents"),
    ("park", "walk walks"),
    ("place_of_worship", "worship prayer churches"),
    ("playground", "swings kids"),
    ("post_office", "stamps parcels"),
    ("sports_club", "clubs football cricket rugby tennis bowls golf"),
    ("volunteering", "volunteers"),
    ("youth_group", "kids teenagers scouts guides beavers"),
];

/// The categories' words.
pub struct Categories(Words);

impl Categories {
    /// Of the taxonomy.
    pub fn new() -> Self {
        let mut gathered = Gathered::default();
        for category in Category::all() {
            let words: Vec<String> = category.words().iter().map(|word| word.replace('*', "")).collect();
            let also = ALSO.iter().filter(|(id, _)| *id == category.id()).map(|(_, words)| *words);
            gathered.add(category.title(), words.iter().map(String::as_str).chain(also));
        }
        Self(Words::of(gathered))
    }

    /// Their words.
    pub fn words(&self) -> &Words {
        &self.0
    }

    /// The categories that a token probably stands for, with a quality from 0 to 100.
    pub fn of(&self, token: &Token) -> Option<(CategorySet, u8)> {
        let token = Token { last: token.last && token.text.len() >= 4, ..token.clone() };
        let likely = likely(&self.0, &token, !token.known);
        let quality = likely.iter().map(|(_, quality)| *quality).max()?;
        let best = likely.iter().filter(|(_, q)| *q == quality);
        let all: Vec<Category> = Category::all().collect();
        let set = best.flat_map(|(word, _)| self.0.holding(*word)).map(|(number, _)| all[number as usize]);
        Some((set.collect(), quality))
    }

    /// Whether every word of a query is a category's.
    pub fn say(&self, query: &Query) -> bool {
        query.tokens.iter().all(|token| self.0.exactly(&token.text).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(token: &str) -> String {
        let text = super::super::fold::words(token).remove(0);
        let found = Categories::new().of(&Token { text, last: true, known: false, joined: None });
        found.map_or("-".into(), |(set, _)| set.iter().map(Category::id).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn people_have_other_words_than_lists() {
        assert_eq!(check("libraries"), "library");
        assert_eq!(check("chemist"), "clinic");
        assert_eq!(check("pantry"), "food_bank");
        assert_eq!(check("gurdwarra"), "place_of_worship");
        assert_eq!(check("xyzzy"), "-");
    }
}
