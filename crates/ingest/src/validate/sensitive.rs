//! Places whose address must not be known: no source that publishes them is reason enough to repeat it.

use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// A rule: its name, the phrases that call for it, and phrases that do not. Phrases are whole words, compared
/// without case and punctuation.
struct Rule {
    name: &'static str,
    /// In a name or a type.
    phrases: &'static [&'static str],
    /// In a longer text, where words are looser: narrower phrases.
    in_summary: &'static [&'static str],
    /// What takes a phrase's edge off.
    unless: &'static [&'static str],
}

const RULES: &[Rule] = &[
    // An abuser looks for exactly these addresses.
    Rule {
        name: "domestic-abuse-refuge",
        phrases: &[
            "refuge",
            "refuges",
            "safe house",
            "safehouse",
            "safe houses",
            "womens aid",
            "domestic abuse",
            "domestic violence",
            "dash accommodation",
        ],
        in_summary: &[
            "womens refuge",
            "womens refuges",
            "refuge accommodation",
            "safe house",
            "safe houses",
            "safe accommodation",
            "refuge for women",
            "refuges for women",
            "domestic abuse refuge",
            "domestic violence refuge",
            "emergency accommodation for women",
            "fleeing domestic",
            "escaping domestic",
        ],
        unless: &[
            "wildlife refuge",
            "wildlife refuges",
            "bird refuge",
            "refuge for birds",
            "animal refuge",
            "refuge for animals",
            "donkey refuge",
            "horse refuge",
            "cat refuge",
            "dog refuge",
            "hedgehog refuge",
            "nature refuge",
            "pony refuge",
            "reptile refuge",
            "butterfly refuge",
            "refuge island",
            "mountain refuge",
            "harbour of refuge",
            "refuge street",
            "refuge road",
            "refuge lane",
            "refuge assurance",
            "refuge building",
            "refuge hotel",
        ],
    },
    // Children in care may be looked for by those from whom they were taken.
    Rule {
        name: "childrens-home",
        phrases: &[
            "childrens home",
            "childrens homes",
            "childrens residential",
            "childrens unit",
            "residential childrens",
            "residential child care",
            "childrens residential unit",
            "children looked after",
            "looked after children",
            "care placement",
            "care placements",
            "foster home",
            "secure childrens",
            "secure unit",
            "home for children",
            "leaving care accommodation",
            "semi independent living for young people",
            "childrens care home",
        ],
        in_summary: &[
            "childrens home",
            "residential childrens home",
            "childrens residential home",
            "care placements for children",
        ],
        unless: &["former childrens home", "former childrens homes"],
    },
    // The same for people who were trafficked or are witnesses.
    Rule {
        name: "protected-accommodation",
        phrases: &[
            "witness protection",
            "modern slavery safe",
            "trafficking safe",
            "protected accommodation",
        ],
        in_summary: &["safe house for victims of", "accommodation for victims of trafficking"],
        unless: &[],
    },
];

/// All phrases that call for a rule, in one search.
static PHRASES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let phrases = RULES.iter().flat_map(|rule| rule.phrases.iter().chain(rule.in_summary));
    AhoCorasick::new(phrases.map(|phrase| format!(" {phrase} "))).expect("they are few and short")
});

/// The rule by which something must be hidden, by its name, its types and its summary.
pub(crate) fn rule(name: &str, types: &[&str], summary: Option<&str>) -> Option<&'static str> {
    let heads: Vec<String> = std::iter::once(name).chain(types.iter().copied()).map(plain).collect();
    let summary = summary.map(plain).unwrap_or_default();
    // Nearly every row is settled here: it has none of all the phrases.
    if !heads.iter().chain([&summary]).any(|text| PHRASES.is_match(text)) {
        return None;
    }
    RULES.iter().find(|rule| rule.holds(&heads, &summary)).map(|rule| rule.name)
}

impl Rule {
    fn holds(&self, heads: &[String], summary: &str) -> bool {
        let any = |text: &str, phrases: &[&str]| phrases.iter().any(|phrase| has(text, phrase));
        let named = heads.iter().any(|text| any(text, self.phrases) && !any(text, self.unless));
        let named_otherwise = heads.iter().any(|text| any(text, self.unless));
        named || (any(summary, self.in_summary) && !named_otherwise)
    }
}

/// Whether a phrase stands in a plain text as whole words.
fn has(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase)
        .any(|(at, _)| text[..at].ends_with(' ') && text[at + phrase.len()..].starts_with(' '))
}

/// Lower case, words between single blanks, apostrophes left out: ` womens aid `.
fn plain(text: &str) -> String {
    let letters: String = text
        .chars()
        .filter(|c| !matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '`'))
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .flat_map(char::to_lowercase)
        .collect();
    let words: Vec<&str> = letters.split_whitespace().collect();
    format!(" {} ", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuges_and_childrens_homes_are_hidden() {
        for name in [
            "Trafford Women's Aid",
            "WOMEN’S AID (Sale)",
            "Womens Aid",
            "Sale Refuge",
            "The Refuge",
            "Northern Women's Refuges Ltd",
            "Safe House, Elm Road",
            "Safehouse Project",
            "Asian Women's Refuge",
            "Stretford Domestic Abuse Services",
            "Domestic Violence Support Hostel",
            "Oak Lodge Children's Home",
            "The Limes (Childrens Home)",
            "CHILDREN’S HOMES TRUST",
            "Elm House Residential Children's Unit",
            "Children's Residential Unit, 4 High Street",
            "Secure Children's Centre Kyloe",
            "Care Placement Property",
            "Care placements - 12 Oak Road",
            "Looked After Children accommodation",
            "Home for Children, Timperley",
            "Moss Lane Foster Home",
            "Secure Unit",
            "Protected accommodation",
        ] {
            assert!(rule(name, &[], None).is_some(), "{name}");
        }
        assert_eq!(rule("14 Elm Road", &["Children's home"], None), Some("childrens-home"));
        assert_eq!(rule("14 Elm Road", &["Refuge"], None), Some("domestic-abuse-refuge"));
        let summary = "We run refuge accommodation for women and children.";
        assert_eq!(rule("Elm Road Project", &[], Some(summary)), Some("domestic-abuse-refuge"));
        assert!(
            rule("Haven", &[], Some("Support for women and children escaping domestic violence")).is_some()
        );
    }

    #[test]
    fn others_are_not() {
        for name in [
            "Sale Wildlife Refuge",
            "Donkey Refuge",
            "Cat Refuge Cheshire",
            "Refuse tip",
            "Household refuse site",
            "Refugee Action",
            "Refugees Welcome Trafford",
            "Stretford Children's Centre",
            "Children's Library",
            "Women's Institute",
            "Christian Aid",
            "Aid for Women Engineers",
            "Home-Start Trafford",
            "Children's Playground",
            "Carers Centre",
            "Care home for the elderly",
            "Safe Harbour Cafe",
            "House of Safety Training",
            "Nursing Home",
            "Homes for Cathy",
            "Domestic Appliance Repair Cafe",
            "Placement students' club",
            "Secure Parking",
            "Refuge Assurance Building",
            "Bird Refuge and Reserve",
            "Royal Manchester Children's Hospital",
            "Save the Children",
        ] {
            assert_eq!(rule(name, &[], None), None, "{name}");
        }
        assert_eq!(rule("Nature trust", &[], Some("A refuge for birds; advice on domestic heating")), None);
        assert_eq!(rule("Advice Centre", &[], Some("Advice on benefits, debt and domestic violence")), None);
        assert_eq!(rule("Church", &[], Some("We gave to a fund for refuges and for refugees")), None);
    }
}
