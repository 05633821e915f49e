//! Postcodes in what people type: whole in any spacing, the outward part alone (`M33`), a sector (`M33 7`).

use super::Found;
use crate::postcodes::Postcodes;
use crate::{Atlas, LocalityIx};
use geo_types::Point;
use model::{Level, Postcode};

/// So many of an outward part's postcodes are looked at, spread evenly.
const SAMPLE: usize = 400;

/// A full postcode anywhere in a text, and what is left of the text.
pub fn postcode_in(text: &str) -> Option<(Postcode, String)> {
    if let Ok(postcode) = Postcode::parse(text) {
        return Some((postcode, String::new()));
    }
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    for length in [1, 2] {
        for (i, some) in words.windows(length).enumerate() {
            if let Ok(postcode) = Postcode::parse(&some.concat()) {
                let rest = [&words[..i], &words[i + length..]].concat();
                return Some((postcode, rest.join(" ")));
            }
        }
    }
    None
}

/// The beginning of a postcode, if a text is nothing else: an outward part, perhaps with the first digit of the rest.
fn beginning(text: &str) -> Option<String> {
    let words: Vec<String> = text.split_whitespace().map(str::to_ascii_uppercase).collect();
    // Any full postcode with this beginning says whether it is one.
    let is_outward = |word: &str| Postcode::parse(&format!("{word} 1AA")).is_ok();
    match &words[..] {
        [outward] if is_outward(outward) => Some(outward.clone()),
        [outward, digit]
            if is_outward(outward) && digit.len() == 1 && digit.as_bytes()[0].is_ascii_digit() =>
        {
            Some(format!("{outward} {digit}"))
        }
        _ => None,
    }
}

impl Atlas {
    /// The ward of a postcode, of today where its position is known.
    pub(super) fn ward_of(&self, postcode: &Postcode) -> Option<Option<LocalityIx>> {
        let place = self.postcode(postcode)?;
        let by_position = place.position.and_then(|p| self.locality_at(p, Level::Ward));
        let by_code = || self.localities.find(self.localities.codes.code(place.ward?));
        Some(by_position.or_else(by_code))
    }

    /// The outward part or sector that a text is, with the wards in which its postcodes lie.
    pub(super) fn postcodes_beginning(&self, text: &str) -> Option<Found> {
        let name = beginning(text)?;
        let points = self.postcodes.starting(&name);
        let every = points.len().div_ceil(SAMPLE).max(1);
        let (mut some, points) = (false, points.step_by(every));
        let located = points.filter_map(|at| {
            some = true;
            self.postcodes.position(at).map(|p| Point::new(p.lon(), p.lat()))
        });
        let became = self.wards_at(located);
        some.then_some(Found::Place { name, level: None, code: None, became })
    }
}

impl Postcodes {
    /// Where the postcodes that start so stand.
    fn starting(&self, beginning: &str) -> std::ops::Range<usize> {
        let (outward, rest) = beginning.split_once(' ').unwrap_or((beginning, ""));
        let packed = |text: &str| text.bytes().fold(0u64, |packed, b| packed << 8 | u64::from(b));
        let free = 8 * (3 - rest.len());
        let first = (packed(outward) << (8 * rest.len()) | packed(rest)) << free;
        self.between(first, first + (1 << free))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postcode_is_found_in_any_spacing_and_among_words() {
        for (text, postcode, rest) in [
            ("m337zf", "M33 7ZF", ""),
            ("m3 37zf", "M33 7ZF", ""),
            ("library near M33 7ZF", "M33 7ZF", "library near"),
            ("food bank, m337zf!", "M33 7ZF", "food bank"),
        ] {
            let found = postcode_in(text).map(|(postcode, rest)| (postcode.to_string(), rest));
            assert_eq!(found, Some((postcode.to_owned(), rest.to_owned())), "{text}");
        }
        assert_eq!(postcode_in("food bank"), None);
    }

    #[test]
    fn the_beginning_of_a_postcode_stands_alone() {
        assert_eq!(beginning("m33").as_deref(), Some("M33"));
        assert_eq!(beginning(" wa14 2").as_deref(), Some("WA14 2"));
        assert_eq!(beginning("sale"), None);
        assert_eq!(beginning("m33 sale"), None);
    }
}
