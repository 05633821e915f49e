use std::collections::HashSet;
use std::sync::LazyLock;

static GIVEN_NAMES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("../words/given_names.txt").split_whitespace().collect());
static SURNAMES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("../words/surnames.txt").split_whitespace().collect());

/// Beginnings and endings of given names that few other words have: there are more names than any list.
const BEGINNINGS: &[&str] =
    &["abdul", "abdel", "abdur", "abdirah", "muham", "moham", "oluwa", "chukwu", "jaya", "siva", "subra"];
const ENDINGS: &[&str] = &["preet", "deep", "jeet", "jinder", "winder", "ullah", "uddin", "eddine"];

/// Endings of surnames that few other words have.
const ENDINGS_OF_SURNAMES: &[&str] = &[
    "ova", "ovic", "evic", "ovich", "evich", "ewicz", "owicz", "czyk", "czak", "owski", "ewski", "inski",
    "ynski", "owska", "ewska", "inska", "ynska", "wicki", "wicka", "escu", "auskas", "aite", "iene", "enko",
    "chuk", "idze", "shvili", "nejad", "zadeh", "pour", "ullah", "uddin", "zai", "oglu", "opoulos",
    "opoulou", "akis", "idou", "sdottir", "singhe", "sekara", "wardena", "lingam", "swamy", "murthy",
    "nathan", "ratnam",
];

/// Words that stand between those of a firm's name.
const BETWEEN: &[&str] = &["on", "for", "in", "with", "at", "by", "to", "from", "our", "your", "my", "n"];

/// What stands before a surname and belongs to it. `de` and `la` stand in the names of too many places.
const PARTICLES: &[&str] = &["van", "von", "bin", "ibn", "bint", "binti", "ul", "ur", "el", "al", "ap"];

/// Two letters that are no initials: words, and what is always written so.
const NO_INITIALS: &[&str] = &[
    "ad", "ag", "ai", "am", "an", "as", "at", "av", "aw", "ba", "be", "bp", "bt", "by", "cd", "co", "da",
    "de", "di", "do", "du", "dx", "ee", "el", "eu", "fc", "ft", "gb", "go", "gp", "he", "hi", "hm", "hp",
    "hr", "if", "in", "is", "it", "jd", "la", "le", "lg", "me", "mk", "my", "ne", "no", "nw", "of", "on",
    "or", "pc", "pr", "rc", "re", "rs", "se", "so", "st", "sw", "the", "tk", "to", "tv", "uk", "un", "up",
    "us", "vw", "we", "wh", "wm",
];

/// Whether a word is a given name, also the first of two: "Mary-Ann".
pub(super) fn is_given(word: &str) -> bool {
    let first = word.split('-').next().unwrap_or(word);
    let is_made_of = || {
        first.len() > 6
            && (BEGINNINGS.iter().any(|part| first.starts_with(part))
                || ENDINGS.iter().any(|part| first.ends_with(part)))
    };
    GIVEN_NAMES.contains(first) || is_made_of()
}

pub(super) fn is_initial(word: &str) -> bool {
    word.chars().count() == 1
}

/// Whether a word is a surname, also one of two: "Oakapple-Khan".
fn is_surname(word: &str) -> bool {
    word.split('-').any(|part| {
        let is_made_of = || ENDINGS_OF_SURNAMES.iter().any(|ending| part.ends_with(ending));
        let is_irish = part.len() > 4 && part.starts_with("mc");
        SURNAMES.contains(part) || is_irish || (part.len() > 6 && is_made_of())
    })
}

/// Two letters written as one word: "JR Smith".
fn is_two_initials(word: &str) -> bool {
    word.chars().count() == 2 && word.chars().all(char::is_alphabetic) && !NO_INITIALS.contains(&word)
}

/// Whether words are a private name: initials and a surname in either order, or a given name with another.
pub(super) fn looks_private(name: &[&str], text: &str) -> bool {
    let is_pair = text.contains('&') || text.contains(" and ");
    let last = name.len() - 1;
    let initials = name.iter().filter(|word| is_initial(word)).count();
    let long = name.len() - initials;
    let is_first = |word: &&&str| is_initial(word) || is_given(word);
    // "Smith & Jones" is a firm, "John and Mary Smith" are not
    let is_firm = is_pair && long > 1 && !name[..last].iter().all(|word| is_first(&word));
    if is_firm || name.iter().any(|word| BETWEEN.contains(word) && !is_initial(word)) {
        return false;
    }
    // "Quill, John Paul"
    let is_turned =
        || text.split_once(',').is_some_and(|(first, _)| !first.trim().contains(' ')) && is_given(name[1]);
    let has_particle = || name[1..last].iter().any(|word| PARTICLES.contains(word));
    let ends_given = is_given(name[0]) || is_given(name[last]);
    match (long, initials) {
        // "J R Smith", "Smith J"
        (1, 1..=4) => name.iter().any(|word| word.chars().count() >= 3),
        // "J Barker Simpson", "Emma R Simpson"
        (2, 1..=3) => is_initial(name[0]) || ends_given,
        (2, 0) => {
            let by_letters = is_two_initials(name[0]) && name[1].chars().count() >= 3;
            ends_given
                || is_surname(name[1])
                || by_letters
                || (is_two_initials(name[1]) && is_surname(name[0]))
        }
        (3 | 4, 0) => is_given(name[0]) || is_surname(name[last]) || is_turned() || has_particle(),
        _ => false,
    }
}
