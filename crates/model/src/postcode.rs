use crate::{AreaCode, Position};
use serde::{Deserialize, Serialize};

/// A full UK postcode in capitals with one blank, `M33 7ZF`.
///
/// Parsing takes any spacing and case, but never guesses: a letter O where a digit belongs is an error whose
/// [remedy](BadPostcode::suggestion) names the likely postcode.
///
/// ```
/// use model::Postcode;
/// assert_eq!(Postcode::parse(" m337zf ")?.as_str(), "M33 7ZF");
/// assert_eq!(Postcode::parse("WA15 OHF").unwrap_err().suggestion().unwrap().as_str(), "WA15 0HF");
/// # Ok::<(), model::BadPostcode>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Postcode(String);

/// Why a text is not a full postcode.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a full postcode")]
pub struct BadPostcode(String);

impl Postcode {
    /// A postcode from text with any spacing and case.
    ///
    /// # Errors
    /// When the text has not the form of a full postcode; an outward part alone (`M33`) is an error too.
    pub fn parse(text: &str) -> Result<Self, BadPostcode> {
        let bad = || BadPostcode(text.trim().chars().take(40).collect());
        let mut packed = [0u8; 7];
        let mut len = 0;
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            if len == 7 || !c.is_ascii_alphanumeric() {
                return Err(bad());
            }
            packed[len] = c.to_ascii_uppercase() as u8;
            len += 1;
        }
        if len < 5 {
            return Err(bad());
        }
        let (outward, inward) = packed[..len].split_at(len - 3);
        if !is_outward(outward) || !is_inward(inward) {
            return Err(bad());
        }
        let ascii = |bytes: &[u8]| bytes.iter().map(|b| char::from(*b)).collect::<String>();
        Ok(Self(format!("{} {}", ascii(outward), ascii(inward))))
    }

    /// Capitals, one blank: `M33 7ZF`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the blank: `M33`.
    pub fn outward(&self) -> &str {
        &self.0[..self.0.len() - 4]
    }
}

/// Area letters, then a district: `M1`, `M33`, `SW1A`, `EC2V`, `GIR` is not issued any more and not taken.
fn is_outward(s: &[u8]) -> bool {
    let letters = s.iter().take_while(|b| b.is_ascii_uppercase()).count();
    let rest = &s[letters.min(s.len())..];
    (1..=2).contains(&letters)
        && match rest {
            [d] => d.is_ascii_digit(),
            [d, x] => d.is_ascii_digit() && x.is_ascii_alphanumeric(),
            _ => false,
        }
}

/// A digit and two letters that are none of C I K M O V.
fn is_inward(s: &[u8]) -> bool {
    let unit = |b: u8| b.is_ascii_uppercase() && !b"CIKMOV".contains(&b);
    s[0].is_ascii_digit() && unit(s[1]) && unit(s[2])
}

impl BadPostcode {
    /// The postcode that was probably meant, when reading letters as the digits they look like (O as 0, I as 1)
    /// makes one. A suggestion for a person to confirm, never applied by itself.
    pub fn suggestion(&self) -> Option<Postcode> {
        let compact: Vec<char> = self.0.chars().filter(|c| !c.is_whitespace()).collect();
        if !(5..=7).contains(&compact.len()) {
            return None;
        }
        let at = compact.len() - 3;
        (0..compact.len())
            .filter_map(|i| {
                let digit = match compact[i].to_ascii_uppercase() {
                    'O' => '0',
                    'I' | 'L' => '1',
                    _ => return None,
                };
                let mut read = compact.clone();
                read[i] = digit;
                (1..=at).contains(&i).then_some(read)
            })
            .find_map(|read| Postcode::parse(&read.into_iter().collect::<String>()).ok())
    }
}

impl std::fmt::Display for Postcode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Postcode {
    type Error = BadPostcode;
    fn try_from(text: String) -> Result<Self, BadPostcode> {
        Self::parse(&text)
    }
}

impl From<Postcode> for String {
    fn from(p: Postcode) -> String {
        p.0
    }
}

/// What a postcode directory says of one postcode.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PostcodeRecord {
    /// The postcode.
    pub postcode: Postcode,
    /// The middle of its addresses; `None` where the directory gives no grid reference.
    pub position: Option<Position>,
    /// Electoral ward, of the directory's own vintage.
    pub ward: Option<AreaCode>,
    /// Local authority district.
    pub district: Option<AreaCode>,
    /// Lower layer super output area.
    pub lsoa: Option<AreaCode>,
    /// Middle layer super output area.
    pub msoa: Option<AreaCode>,
    /// Whether Royal Mail has ended it.
    pub terminated: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        match Postcode::parse(text) {
            Ok(p) => p.to_string(),
            Err(e) => match e.suggestion() {
                Some(s) => format!("no, {s}?"),
                None => "no".into(),
            },
        }
    }

    #[test]
    fn any_spacing_and_case_is_taken() {
        for text in ["SW1A 1AA", "sw1a1aa", " SW1A  1AA ", "SW1A\u{a0}1AA"] {
            assert_eq!(check(text), "SW1A 1AA");
        }
        assert_eq!(check("M1 1AE"), "M1 1AE");
    }

    #[test]
    fn what_is_no_postcode_is_refused_and_look_alikes_are_suggested() {
        assert_eq!(check("WA15 OHF"), "no, WA15 0HF?");
        assert_eq!(check("CRO 5JH"), "no, CR0 5JH?");
        for text in ["", "M33", "NA", "No data", "—", "M33 7ZFX", "M33 7CZ", "12 3AB", "É1 1AA"] {
            assert_eq!(check(text), "no", "{text}");
        }
    }

    #[test]
    fn outward_is_the_first_part() {
        assert_eq!(Postcode::parse("WA14 1AH").unwrap().outward(), "WA14");
    }

    proptest::proptest! {
        #[test]
        fn parsing_never_panics_and_is_idempotent(text in ".{0,12}") {
            if let Ok(p) = Postcode::parse(&text) {
                proptest::prop_assert_eq!(Postcode::parse(p.as_str()).unwrap(), p);
            }
        }
    }
}
