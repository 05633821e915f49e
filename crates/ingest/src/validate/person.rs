//! Payees that look like private persons. A name that is withheld without need costs an officer a moment; one that is
//! shown without need can't be called back: in doubt it is withheld.

use std::collections::HashSet;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

static ORGANISATIONS: LazyLock<HashSet<&str>> = LazyLock::new(|| set(include_str!("words/organisation.txt")));
static GIVEN_NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| set(include_str!("words/given_names.txt")));
static SURNAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| set(include_str!("words/surnames.txt")));

/// Shops and firms that are called like people, one a line.
static SHOPS: LazyLock<Vec<Vec<&str>>> =
    LazyLock::new(|| include_str!("words/shops.txt").lines().map(|shop| shop.split(' ').collect()).collect());

fn set(text: &'static str) -> HashSet<&'static str> {
    text.split_whitespace().collect()
}

/// Titles that stand before a name or behind it.
const TITLES: &[&str] =
    &["mr", "mrs", "ms", "miss", "mx", "messrs", "dr", "prof", "professor", "cllr", "councillor"];

/// Titles that stand before a name, and elsewhere are words.
const FIRST_TITLES: &[&str] = &[
    "master",
    "rev",
    "revd",
    "reverend",
    "sir",
    "dame",
    "lord",
    "lady",
    "canon",
    "capt",
    "captain",
    "exors",
    "executors",
];

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

/// Words that stand between those of a firm's name.
const BETWEEN: &[&str] = &["on", "for", "in", "with", "at", "by", "to", "from", "our", "your", "my", "n"];

/// Given names that halls, parks and houses have.
const OF_PLACES: &[&str] = &[
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

/// Who takes cards for others: the name is behind it.
const TAKES_CARDS: &[&str] =
    &["paypal", "sumup", "zettle", "izettle", "sq", "stripe", "square", "gocardless", "ztl", "iz"];

/// Words of a name in small letters: letters and digits, apostrophes left out, hyphens kept within.
pub(super) fn words(text: &str) -> Vec<String> {
    let is_apart = |c: char| !(c.is_alphanumeric() || matches!(c, '-' | '.' | '/' | '\''));
    let text: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let text = text.replace(['\u{2019}', '\u{2018}', '`', '\u{b4}', '\u{fffd}'], "'");
    let word = |word: &str| word.trim_matches(['-', '.', '/', '\'']).replace('\'', "");
    let split = text.split(is_apart).flat_map(initials);
    split.map(|part| word(&part)).filter(|word| !word.is_empty()).collect()
}

/// `j.r.smith` is three words, `amazon.co.uk` one.
fn initials(word: &str) -> Vec<String> {
    let parts: Vec<&str> = word.split('.').collect();
    let first_are_letters = parts.len() > 1 && parts[0].chars().count() == 1;
    if first_are_letters { parts.into_iter().map(String::from).collect() } else { vec![word.to_owned()] }
}

/// Whether a word is one of organisations' names.
pub(super) fn is_organisations(word: &str) -> bool {
    ORGANISATIONS.contains(word)
}

/// Some systems cut names off: `Morris Quality Bakers Lim`.
fn is_cut_off(words: &[&str]) -> bool {
    let Some(last) = words.last() else { return false };
    let is_limited = last.len() >= 2 && "limited".starts_with(last) && words.len() >= 3;
    let length: usize = words.iter().map(|word| word.len() + 1).sum();
    let is_start = |word: &&str| word.len() > last.len() && word.starts_with(last);
    is_limited || (length > 18 && last.len() >= 4 && ORGANISATIONS.iter().any(is_start))
}

/// Whether a payee looks like a private person, also one who trades under a name.
pub(crate) fn is_person_like(name: &str) -> bool {
    let lower = name.to_lowercase();
    let trader =
        [" t/a ", " t/as ", " trading as ", " t/a:", " ta "].iter().find_map(|mark| lower.split_once(mark));
    if let Some((before, _)) = trader {
        return is_person(&words(before), before);
    }
    let behind = lower.split_once('*').map(|(_, behind)| behind.trim()).filter(|behind| !behind.is_empty());
    let all = words(behind.unwrap_or(&lower));
    match all.split_first() {
        Some((first, rest)) if TAKES_CARDS.contains(&first.as_str()) => is_person(rest, &lower),
        _ => is_person(&all, &lower),
    }
}

fn is_person(all: &[String], text: &str) -> bool {
    let dead = text.contains("estate of") || text.contains("the late ");
    let is_filler =
        |word: &&str| matches!(*word, "and" | "the" | "of" | "late") || (dead && *word == "estate");
    let all: Vec<&str> = all.iter().map(String::as_str).filter(|word| !is_filler(word)).collect();
    let is_title =
        |(i, word): (usize, &&str)| TITLES.contains(word) || (i == 0 && FIRST_TITLES.contains(word));
    let titled = dead || all.iter().enumerate().any(is_title);
    let name: Vec<&str> =
        all.iter().enumerate().filter(|word| !is_title(*word)).map(|(_, word)| *word).collect();
    let is_sign = |word: &&str| word.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | '/'));
    if name.is_empty() || SHOPS.iter().any(|shop| all.starts_with(shop)) || name.iter().any(is_sign) {
        return false;
    }
    if names_organisation(&name, titled) || (!titled && is_cut_off(&all)) {
        return false;
    }
    titled || looks_private(&name, text.contains('&') || text.contains(" and "))
}

fn is_given(word: &str) -> bool {
    // "Mary-Ann"
    GIVEN_NAMES.contains(word.split('-').next().unwrap_or(word))
}

fn is_initial(word: &str) -> bool {
    word.chars().count() == 1
}

/// Whether a word is one of organisations, and no surname in its place. Letters that stand apart are read as one word
/// too: `M.B.C.`, `T V`.
fn names_organisation(name: &[&str], titled: bool) -> bool {
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

/// Endings of surnames that few other words have.
const ENDINGS: &[&str] = &[
    "ova", "ovic", "evic", "ewicz", "owicz", "czyk", "owski", "ewski", "owska", "ewska", "escu", "auskas",
    "aite", "iene", "enko", "shvili", "nejad", "zadeh", "pour",
];

fn is_surname(word: &str) -> bool {
    SURNAMES.contains(word) || (word.len() > 6 && ENDINGS.iter().any(|ending| word.ends_with(ending)))
}

/// Whether words are a private name: initials and a surname in either order, or a given name with another.
fn looks_private(name: &[&str], is_pair: bool) -> bool {
    let last = name.len() - 1;
    let initials = name.iter().filter(|word| is_initial(word)).count();
    let long = name.len() - initials;
    let is_first = |word: &&&str| is_initial(word) || is_given(word);
    // "Smith & Jones" is a firm, "John and Mary Smith" are not
    let is_firm = is_pair && long > 1 && !name[..last].iter().all(|word| is_first(&word));
    if is_firm || name.iter().any(|word| BETWEEN.contains(word) && !is_initial(word)) {
        return false;
    }
    let ends_given = is_given(name[0]) || is_given(name[last]);
    match (long, initials) {
        // "J R Smith", "Smith J"
        (1, 1..=4) => name.iter().any(|word| word.chars().count() >= 3),
        // "J Barker Simpson", "Emma R Simpson"
        (2, 1..=3) => is_initial(name[0]) || ends_given,
        (2, 0) => ends_given || is_surname(name[1]),
        (3 | 4, 0) => is_given(name[0]) || is_surname(name[last]),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_person_like;

    #[test]
    fn private_persons_are_withheld() {
        for name in [
            "Mr J Smith",
            "MRS OKONKWO",
            "Dr Amara Nwosu",
            "Miss P. Quill",
            "Mr & Mrs Thornbury",
            "QUILLFEATHER MR P",
            "SMITH J",
            "Smith, J R",
            "J Smith",
            "J.R. Smith",
            "J. Thistlewood",
            "T J NODDINGS",
            "John Smith",
            "SMITH JOHN",
            "Smith, John",
            "Siobhan O'Malley",
            "Mary-Ann Featherstonehaugh",
            "John Paul Oakapple",
            "Hardeep Singh",
            "Fatima Begum",
            "David West",
            "Susan Hall",
            "J Smith t/a Sparkle",
            "John Oakapple trading as Oakapple Cleaning Services",
            "MR P QUILL T/A QUILL PLUMBING",
            "The Estate of the late Edna Quill",
            "Paypal *janequill",
            "SumUp *Jane Quill",
            "John & Mary Oakapple",
            "Rev Timothy Oakapple",
            "Cllr B Oakapple",
            "Ztl*marcus Quill",
            "G Lodge",
            "G B Quill",
            "Quill G B",
            "Olena Quillescu",
            "Ama Kofi Mohammed",
            "Emma R Quill",
            "OAKAPPLE P AND V",
        ] {
            // a name in one word behind a card reader can't be told from a shop's
            assert_eq!(is_person_like(name), name != "Paypal *janequill", "{name}");
        }
    }

    #[test]
    fn organisations_and_shops_are_not() {
        for name in [
            "Amazon.Co.Uk",
            "Amznmktplace",
            "Wm Morrisons Store",
            "McDonalds",
            "Asda Store",
            "W H Smith",
            "WH Smith 0123",
            "John Lewis",
            "John Lewis Partnership",
            "Marks & Spencer",
            "B & Q",
            "P H S Group Plc",
            "A ANDREWS & SONS (MARBLES & TILES)",
            "George Cox & Sons Ltd",
            "G Jones Builders",
            "A P Broome Landscapes Ltd",
            "Ralph Livesey Limited",
            "Morris Quality Bakers Lim",
            "Alliance Disposables Limi",
            "Reed Specialist Recrui",
            "Forbes Solicitors",
            "Jacobs UK Ltd",
            "Smith & Jones",
            "CLICK TRAVEL LTD",
            "St James Church",
            "Victoria Park",
            "Albert Hall",
            "Holly Lodge",
            "Dr Oakapple & Partners Surgery",
            "Mr Clutch Autos",
            "The Harry Oakapple Trust",
            "Trafford Council",
            "Barnsley M.B.C.",
            "STOCKPORT M B C",
            "PrescQIPP C.I.C.",
            "T V LICENSING",
            "Sainsburys S/Mkts",
            "Kirklees Mc T/t",
            "BARNARDO\u{fffd}S",
            "Amelia House",
            "Our Lady of Lourdes Catholic Prim S",
            "Simon on the Streets",
            "TOTS N TYKES",
            "Baker Ross",
            "HM Revenue & Customs",
            "BT",
            "3M",
            "1st Base",
            "E.ON",
            "comensura",
            "Tesco",
            "",
        ] {
            assert!(!is_person_like(name), "{name}");
        }
    }
}
