use super::private::{is_given, is_initial};
use std::collections::HashSet;
use std::sync::LazyLock;

static ORGANISATIONS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("../words/organisation.txt").split_whitespace().collect());

/// Shops and firms that are called like people, one a line.
static SHOPS: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
    include_str!("../words/shops.txt").lines().map(|shop| shop.split(' ').collect()).collect()
});

/// Organisations' words that are surnames too: behind a given name, initials or a title they are one.
const ALSO_SURNAMES: &[&str] = &[
    "hall", "park", "west", "north", "east", "law", "mill", "mills", "church", "bank", "stone", "steel",
    "glass", "england", "english", "mason", "masons", "london", "royal", "general", "art", "waters", "water",
    "cash", "tree", "fields",
];

/// The same behind initials and titles; behind a given name they are a house's: `Amelia House`.
const SURNAMES_OR_HOUSES: &[&str] = &["lodge", "house", "press", "cottage"];

/// What is spelt with letters apart and is no initials.
const SPELT: &[&str] = &[
    "bbc", "bv", "cic", "diy", "hwrc", "hwss", "mbc", "mdc", "nh", "nhs", "plc", "rh", "srl", "tv", "uk",
    "ymca",
];

/// Given names that halls, parks and houses have.
pub(super) const OF_PLACES: &[&str] = &[
    "victoria",
    "albert",
    "alexandra",
    "grace",
    "hope",
    "faith",
    "george",
    "elizabeth",
    "holly",
    "rose",
    "ivy",
    "heather",
    "lily",
    "jubilee",
    "hazel",
    "ash",
];

/// Whether a word is one of organisations' names.
pub(in crate::validate) fn is_organisations(word: &str) -> bool {
    ORGANISATIONS.contains(word)
}

/// Whether a name is that of a shop. `M S` is one, and `M S Quill` need be none.
pub(super) fn is_shop(all: &[&str]) -> bool {
    SHOPS.iter().any(|shop| {
        let is_letters = shop.iter().all(|word| is_initial(word));
        if is_letters { all == shop.as_slice() } else { all.starts_with(shop) }
    })
}

/// Some systems cut names off: `Morris Quality Bakers Lim`.
pub(super) fn is_cut_off(words: &[&str]) -> bool {
    let Some(last) = words.last() else { return false };
    let is_limited = last.len() >= 2 && "limited".starts_with(last) && words.len() >= 3;
    let length: usize = words.iter().map(|word| word.len() + 1).sum();
    let is_start = |word: &&str| word.len() > last.len() && word.starts_with(last);
    is_limited || (length > 18 && last.len() >= 4 && ORGANISATIONS.iter().any(is_start))
}

/// Whether a word is one of organisations, and no surname in its place. Letters that stand apart are read as one word
/// too: `M.B.C.`, `T V`.
pub(super) fn names_organisation(name: &[&str], titled: bool) -> bool {
    let last = name.len() - 1;
    let by_initials = titled || is_initial(name[0]);
    let by_name = is_given(name[0]) && !OF_PLACES.contains(&name[0]);
    let may_be_surname = |word: &&str| {
        last > 0
            && name.len() <= 4
            && ((by_initials || (by_name && last == 1)) && ALSO_SURNAMES.contains(word)
                || by_initials && SURNAMES_OR_HOUSES.contains(word))
    };
    let of_organisations =
        |(i, word): (usize, &&str)| is_organisations(word) && !(i == last && may_be_surname(word));
    let mut runs = name.split(|word| !is_initial(word)).map(|run| run.concat());
    name.iter().enumerate().any(of_organisations) || runs.any(|run| SPELT.contains(&run.as_str()))
}
