use super::empties::Empties;
use crate::columns::Columns;
use crate::profile::{CategoryRule, Text};
use crate::raw_row::RawRow;
use model::{Category, CategorySet, Listing};
use std::collections::HashMap;

/// A longer text is prose: it speaks of more than the sort of thing.
const MAX_TYPE: usize = 80;

/// How rows of this file get their categories.
pub(super) struct Categories {
    has: Vec<(usize, Vec<String>, Category)>,
    also: CategorySet,
    fixed: Option<Category>,
    ids: Option<usize>,
    /// Columns whose words name the sort of thing, and whether each is a name.
    named_in: Vec<(usize, bool)>,
    values: Vec<(usize, HashMap<String, Category>)>,
    otherwise: Option<Category>,
    /// The columns that say what sort of thing a row is, for the rule about places that must be hidden.
    types: Vec<usize>,
}

impl Categories {
    pub fn new(rule: &CategoryRule, name: Option<&Text>, columns: &Columns) -> Self {
        let names: Vec<usize> = name
            .map(Text::columns)
            .unwrap_or_default()
            .into_iter()
            .filter_map(|column| columns.find(column))
            .collect();
        let parse = |id: &Option<String>| id.as_deref().and_then(Category::parse);
        let values = rule.values.iter().filter_map(|values| {
            let map = values
                .map
                .iter()
                .filter_map(|(value, id)| Some((value.to_lowercase(), Category::parse(id)?)));
            Some((columns.find(&values.column)?, map.collect()))
        });
        let has = rule.has.iter().filter_map(|has| {
            let words = has.words.iter().map(|word| word.to_lowercase()).collect();
            Some((columns.find(&has.column)?, words, Category::parse(&has.is)?))
        });
        Self {
            has: has.collect(),
            also: rule.also.iter().filter_map(|id| Category::parse(id)).collect(),
            fixed: parse(&rule.fixed),
            ids: rule.ids.as_ref().and_then(|ids| columns.find_any(ids.names())),
            named_in: rule
                .named_in
                .iter()
                .filter_map(|column| columns.find(column))
                .map(|i| (i, names.contains(&i)))
                .collect(),
            values: values.collect(),
            otherwise: parse(&rule.otherwise),
            types: rule.columns().into_iter().filter_map(|name| columns.find(name)).collect(),
        }
    }

    /// A row's categories. Ids of our own are taken exactly; else the first rule that says something.
    pub fn of(&self, row: &RawRow, empties: &Empties) -> CategorySet {
        let by_id = self.ids.map(|i| ids_in(row.cell(i))).filter(|set| !set.is_empty());
        let found = by_id.unwrap_or_else(|| {
            self.by_words(row)
                .or(self.fixed)
                .or_else(|| {
                    self.named_in.iter().find_map(|(i, is_name)| {
                        let text = empties.value(row.cell(*i))?;
                        if *is_name { named(text) } else { named_in(text) }
                    })
                })
                .or_else(|| {
                    self.values
                        .iter()
                        .find_map(|(i, map)| map.get(&row.cell(*i).trim().to_lowercase()).copied())
                })
                .or(self.otherwise)
                .into_iter()
                .collect()
        });
        found.union(self.also)
    }

    fn by_words(&self, row: &RawRow) -> Option<Category> {
        self.has.iter().find_map(|(i, words, category)| {
            let text = row.cell(*i).to_lowercase();
            words.iter().any(|word| text.contains(word.as_str())).then_some(*category)
        })
    }

    /// What a row says of its sort, in a few words; prose is none.
    pub fn types<'r>(&self, row: &'r RawRow) -> Vec<&'r str> {
        self.types.iter().map(|i| row.cell(*i)).filter(|cell| cell.len() <= MAX_TYPE).collect()
    }
}

/// The category that a name names. Parks and land give their names to what stands in them and meets there: only what
/// the name ends or begins with is one ("Davyhulme Park", "Land at Elm Road", but not "Davyhulme Park Runners").
fn named(text: &str) -> Option<Category> {
    let category = named_in(text)?;
    if category.listing() == Listing::Usable {
        return Some(category);
    }
    if text.trim_start().to_lowercase().starts_with("friends of") {
        return None;
    }
    let parts = text
        .split([',', '(', ';', ':'])
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" – "));
    let heads = parts.flat_map(|part| {
        let words: Vec<&str> = part.split_whitespace().collect();
        let last = words.len().saturating_sub(3)..words.len();
        let ends = last.map(|from| words[from..].join(" ")).collect::<Vec<_>>();
        // what stands in front of "at", "of" and the like
        let at = words.iter().position(|word| LINKS.contains(&word.to_lowercase().as_str()));
        ends.into_iter().chain(at.map(|at| words[at.saturating_sub(2)..at].join(" "))).collect::<Vec<_>>()
    });
    let is_all = |head: &str| category.words().iter().any(|word| is_phrase(head, word));
    heads.into_iter().any(|head| is_all(&head)).then_some(category)
}

const LINKS: &[&str] = &[
    "at", "of", "off", "in", "on", "by", "to", "rear", "adjacent", "adj", "near", "opposite", "behind", "for",
];

/// Whether a text is a phrase of the taxonomy and nothing else.
fn is_phrase(text: &str, phrase: &str) -> bool {
    let text = text.to_lowercase().replace('\u{2019}', "'");
    match phrase.strip_suffix('*') {
        Some(stem) => text.strip_prefix(stem).is_some_and(|rest| rest.chars().all(char::is_alphanumeric)),
        None => text == phrase,
    }
}

/// The category that a text names; the name of a street names none ("Chapel Road").
fn named_in(text: &str) -> Option<Category> {
    let last = text.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
    if STREETS.contains(&last.as_str()) {
        return None;
    }
    // "Faith" alone is a family's name, and no word of it
    Category::named_in(text).or_else(|| Category::parse(&text.trim().to_lowercase()))
}

const STREETS: &[&str] = &[
    "road", "street", "lane", "avenue", "drive", "close", "way", "grove", "crescent", "terrace", "rd", "st",
    "ave",
];

fn ids_in(cell: &str) -> CategorySet {
    cell.split([',', ';', '|']).filter_map(|id| Category::parse(id.trim())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_park_gives_its_name_to_more_than_parks() {
        for (name, category) in [
            ("Davyhulme Park", "park"),
            ("Walkden Gardens, Sale", "park"),
            ("Longford Park (north)", "park"),
            ("Land at Stokoe Estate", "land"),
            ("Sale Water Park - Visitor Centre", "park"),
            ("Broad Road Allotments", "allotment"),
            ("Davyhulme Park Runners", "-"),
            ("Humphrey Park Hut", "-"),
            ("Friends of Longford Park", "-"),
            ("Davyhulme Park Library", "library"),
            ("Flixton Unit Trust", "-"),
            ("Norris Road", "-"),
            ("Oak Hall Singers", "arts_group"),
        ] {
            assert_eq!(super::named(name).map_or("-", Category::id), category, "{name}");
        }
        assert_eq!(named_in("Faith").map(Category::id), Some("faith"));
        assert_eq!(named_in("Park runs").map(Category::id), Some("park"), "a type is no name");
    }
}
