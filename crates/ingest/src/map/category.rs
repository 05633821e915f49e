use super::empties::Empties;
use crate::columns::Columns;
use crate::profile::CategoryRule;
use crate::raw_row::RawRow;
use model::{Category, CategorySet};
use std::collections::HashMap;

/// A longer text is prose: it speaks of more than the sort of thing.
const MAX_TYPE: usize = 80;

/// How rows of this file get their categories.
pub(super) struct Categories {
    has: Vec<(usize, Vec<String>, Category)>,
    also: CategorySet,
    fixed: Option<Category>,
    ids: Option<usize>,
    named_in: Vec<usize>,
    values: Vec<(usize, HashMap<String, Category>)>,
    otherwise: Option<Category>,
    /// The columns that say what sort of thing a row is, for the rule about places that must be hidden.
    types: Vec<usize>,
}

impl Categories {
    pub fn new(rule: &CategoryRule, columns: &Columns) -> Self {
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
            named_in: rule.named_in.iter().filter_map(|name| columns.find(name)).collect(),
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
                .or_else(|| self.named_in.iter().find_map(|i| named_in(empties.value(row.cell(*i))?)))
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

/// The category that a text names; the name of a street names none ("Chapel Road").
fn named_in(text: &str) -> Option<Category> {
    let last = text.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
    if STREETS.contains(&last.as_str()) { None } else { Category::named_in(text) }
}

const STREETS: &[&str] = &[
    "road", "street", "lane", "avenue", "drive", "close", "way", "grove", "crescent", "terrace", "rd", "st",
    "ave",
];

fn ids_in(cell: &str) -> CategorySet {
    cell.split([',', ';', '|']).filter_map(|id| Category::parse(id.trim())).collect()
}
