//! Texts that look like where somebody lives. Councils name supported homes by their address: what they published is
//! theirs to say, but our pages would make it easy to find.

use super::told::is_protected;
use model::{Postcode, Standing};
use store::SpendLine;

/// What is said in place of such a text.
pub(super) const KEPT_BACK: &str = "An address, kept back";

/// Services of which an address is that of works or of a place for everybody. Of any other, and where no service is known,
/// it may be somebody's home: bills of supported homes are sorted under central services too.
const OF_NO_HOME: [&str; 9] =
    ["culture", "education", "highways", "parks", "planning", "protection", "safety", "voluntary", "waste"];

/// Services of which a street alone names a home, as a unit. Of central services it is as often an office or a school.
const OF_HOMES: [&str; 4] = ["adult-social-care", "childrens-social-care", "housing", "welfare"];

/// What follows a house number and a name. A text may end amid one.
const STREETS: [&str; 24] = [
    "road", "street", "avenue", "close", "drive", "lane", "court", "crescent", "grove", "gardens", "mews",
    "walk", "way", "place", "terrace", "square", "green", "parade", "croft", "fold", "hill", "villas",
    "house", "lodge",
];

/// The same cut short, by whoever wrote it.
const SHORT: [&str; 19] = [
    "rd", "st", "ave", "av", "cl", "clo", "dr", "ln", "ct", "crt", "cres", "cresc", "gr", "gdns", "pl",
    "ter", "terr", "sq", "wk",
];

/// What ends the name of a street that stands alone.
const STREETS_ALONE: [&str; 15] = [
    "road", "rd", "street", "avenue", "ave", "close", "drive", "lane", "crescent", "cres", "grove",
    "gardens", "gdns", "mews", "terrace",
];

/// What ends the name of a house.
const HOUSES: [&str; 9] =
    ["house", "lodge", "cottage", "villa", "villas", "manor", "hall", "court", "property"];

const FLATS: [&str; 4] = ["flat", "apt", "apartment", "bedsit"];

/// So long a text may have been cut off: many councils do so at 20 letters.
const CUT_OFF: usize = 18;

/// Of what a line is, as far as it matters here.
#[derive(Debug, Clone, Copy)]
pub(super) struct About<'a> {
    /// The id of its service.
    pub service: Option<&'a str>,
    /// Whether the people whom it is for must not be found.
    pub is_protected: bool,
}

impl<'a> About<'a> {
    /// Of what a line is. Names are taken out most where people must not be found, so of such lines as little is said.
    pub fn of(line: &'a SpendLine) -> Self {
        let service = line.placed.as_ref().and_then(|placed| placed.service.as_deref());
        let may_be_care = service.is_none_or(|id| OF_HOMES.contains(&id));
        let is_unnamed = line.record.payee.standing != Standing::Named;
        Self { service, is_protected: is_protected(line) || is_unnamed && may_be_care }
    }

    /// Whether an address in the line may be somebody's home.
    pub fn may_be_home(self) -> bool {
        self.is_protected || self.service.is_none_or(|id| !OF_NO_HOME.contains(&id))
    }

    /// A text of a line, or that it is kept back.
    pub fn text(self, text: &str) -> &str {
        if self.may_be_home() && has_address(text) { KEPT_BACK } else { text }
    }

    /// The name of a unit, or that it is kept back.
    pub fn unit(self, unit: &str) -> &str {
        let is_of_homes = self.is_protected || self.service.is_none_or(|id| OF_HOMES.contains(&id));
        let is_home =
            is_of_homes && ends_in(unit, &STREETS_ALONE) || self.is_protected && ends_in(unit, &HOUSES);
        if is_home { KEPT_BACK } else { self.text(unit) }
    }
}

/// Whether a text has the address of a home: a flat, a house number with a street, or a whole postcode.
fn has_address(text: &str) -> bool {
    let parts = parts(text);
    let is_cut_off = text.trim().chars().count() >= CUT_OFF;
    parts.iter().enumerate().any(|(at, words)| {
        let is_end = is_cut_off && at + 1 == parts.len();
        has_flat(words) || has_postcode(words) || has_house_number(words, is_end)
    })
}

/// The parts of a text, in small letters, word by word: `REPAIRS - 12 Elm St.` has `repairs` and `12 elm st`.
fn parts(text: &str) -> Vec<Vec<String>> {
    let text = text.to_lowercase().replace(" -", ",").replace("- ", ",");
    let parts = text.split([',', ';', ':', '(', ')', '/']).map(|part| {
        let words = part.split_whitespace().map(|word| word.trim_matches(['.', '\'', '"', '#']).to_owned());
        words.filter(|word| !word.is_empty()).collect::<Vec<_>>()
    });
    parts.filter(|words| !words.is_empty()).collect()
}

fn has_flat(words: &[String]) -> bool {
    words.windows(2).any(|pair| FLATS.contains(&pair[0].as_str()) && is_house_number(&pair[1]))
}

/// A postcode in its two parts: without the blank it may be the number of a product.
fn has_postcode(words: &[String]) -> bool {
    words.windows(2).any(|pair| pair[1].len() == 3 && Postcode::parse(&pair.concat()).is_ok())
}

/// `12 Elm Street`: at most three words between the number and what it is of. `is_end`: these are the last words of a text
/// that may be cut off.
fn has_house_number(words: &[String], is_end: bool) -> bool {
    let last = words.len() - 1;
    let is_street = |from: usize, at: usize| {
        let word = words[at].as_str();
        let is_cut = || is_end && from == 0 && STREETS.iter().any(|street| street.starts_with(word));
        STREETS.contains(&word)
            || matches!(word, "rd" | "ave")
            || at == last && (SHORT.contains(&word) || is_cut())
    };
    (0..words.len()).filter(|&from| is_house_number(&words[from])).any(|from| {
        let names =
            words[from + 1..].iter().take(4).take_while(|word| !word.contains(|c: char| c.is_ascii_digit()));
        (from + 1..).take(names.count()).skip(1).any(|at| is_street(from, at))
    })
}

/// `12`, `12a`, `152-156`; a year is none.
fn is_house_number(word: &str) -> bool {
    let (first, second) = word.split_once('-').unwrap_or((word, "1"));
    let is_number = |text: &str| {
        let digits = text.strip_suffix(|c: char| c.is_ascii_lowercase()).unwrap_or(text);
        let number = digits.parse::<u16>().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()));
        number.is_some_and(|number| matches!(number, 1..1900 | 2100..=9999))
    };
    is_number(first) && is_number(second)
}

/// Whether a part of a text is a name, of one to three words, and then one of these: `Old Mill Lane`.
fn ends_in(text: &str, ends: &[&str]) -> bool {
    parts(text).iter().any(|words| {
        let has_digit = || words.iter().any(|word| word.contains(|c: char| c.is_ascii_digit()));
        (2..=4).contains(&words.len()) && ends.contains(&words[words.len() - 1].as_str()) && !has_digit()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_known_by_number_and_street() {
        for text in [
            "12 Elm Road",
            "12a ELM ROAD",
            "152-156 Elm Rd",
            "3 THE GREEN",
            "Flat 2 12 Elm Tree Road",
            "Flat 2, 12 Elm",
            "Apt 4 Hawthornden C",
            "bedsit 7",
            "14 Hawthornden Cresce",
            "7 Old Hawthornden R",
            "7 St Anne's Court",
            "REPAIRS - 24 Thistle Walk - boiler",
            "REPAIRS- 24 Thistle Wk, boiler",
            "Lift at 6 Hawthorn House",
            "HOME: 9 Elm Cl",
            "meals for M33 7ZF",
        ] {
            assert!(has_address(text), "{text}");
        }
    }

    #[test]
    fn other_numbers_and_streets_are_no_address() {
        for text in [
            "",
            "LEARN DIS 18-64 LT",
            "PHYS SUPP 85+ LT",
            "3 & 4 Yr Old Funding",
            "1 Year Old Funding",
            "CLIENT PERSONAL C4 A",
            "event on 13th Feb 2026 Elm House",
            "HIRE - LE 26 St Olafs Hall",
            "FLAT RATE 10 per cent",
            "Street lighting",
            "Elm Road",
            "2 Elm",
            "Room hire 26/27",
            "0 Elm Road",
            "S17 FF NORTH",
            "UNIFORMS - M404XL tunic",
        ] {
            assert!(!has_address(text), "{text}");
        }
    }

    #[test]
    fn what_is_kept_back_depends_on_the_service() {
        let kept = |service, is_protected, unit: &str| {
            let about = About { service, is_protected };
            (about.unit(unit) == KEPT_BACK, about.text(unit) == KEPT_BACK)
        };
        let (care, central, roads) = (Some("adult-social-care"), Some("corporate"), Some("highways"));
        for (service, number, street, house) in [
            (care, true, true, false),
            (None, true, true, false),
            (central, true, false, false),
            (roads, false, false, false),
        ] {
            assert_eq!(kept(service, false, "12 Elm Road"), (number, number), "{service:?}");
            assert_eq!(kept(service, false, "Old Elm Road"), (street, false), "{service:?}");
            assert_eq!(kept(service, false, "Elm House"), (house, false), "{service:?}");
            assert_eq!(kept(service, true, "12 Elm Road"), (true, true), "protected");
            assert_eq!(kept(service, true, "Elm House"), (true, false), "protected");
        }
        assert_eq!(kept(care, true, "CHILDREN'S HOMES"), (false, false));
        assert_eq!(kept(Some("a council's own"), false, "12 Elm Road"), (true, true));
    }
}
