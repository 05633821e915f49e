//! Code page 850, which programs of DOS wrote and some finance systems still do. Its pound sign is the byte of `œ` in
//! Windows-1252, and nothing in a file says which of them it is in: it is taken for code page 850 only where `œ` makes no
//! sense and all else does.

use model::Finding;
use std::io::Read;

/// The letters of the bytes from 0x80 on.
#[rustfmt::skip]
const UPPER: [char; 128] = [
    'Ç', 'ü', 'é', 'â', 'ä', 'à', 'å', 'ç', 'ê', 'ë', 'è', 'ï', 'î', 'ì', 'Ä', 'Å',
    'É', 'æ', 'Æ', 'ô', 'ö', 'ò', 'û', 'ù', 'ÿ', 'Ö', 'Ü', 'ø', '£', 'Ø', '×', 'ƒ',
    'á', 'í', 'ó', 'ú', 'ñ', 'Ñ', 'ª', 'º', '¿', '®', '¬', '½', '¼', '¡', '«', '»',
    '░', '▒', '▓', '│', '┤', 'Á', 'Â', 'À', '©', '╣', '║', '╗', '╝', '¢', '¥', '┐',
    '└', '┴', '┬', '├', '─', '┼', 'ã', 'Ã', '╚', '╔', '╩', '╦', '╠', '═', '╬', '¤',
    'ð', 'Ð', 'Ê', 'Ë', 'È', 'ı', 'Í', 'Î', 'Ï', '┘', '┌', '█', '▄', '¦', 'Ì', '▀',
    'Ó', 'ß', 'Ô', 'Ò', 'õ', 'Õ', 'µ', 'þ', 'Þ', 'Ú', 'Û', 'Ù', 'ý', 'Ý', '¯', '´',
    '\u{ad}', '±', '‗', '¾', '¶', '§', '÷', '¸', '°', '¨', '·', '¹', '³', '²', '■', '\u{a0}',
];

/// The pound sign; in Windows-1252 `œ`.
const POUND: u8 = 0x9c;

/// The pound sign of Windows-1252; here `ú`.
const POUND_OF_1252: u8 = 0xa3;

/// Letters that British lists hardly have, and that are quotes or other letters in Windows-1252.
const RARE: &[char] = &['Æ', 'æ', 'ƒ', 'ı', 'ð', 'Ð', 'þ', 'Þ', 'µ'];

/// Signs that may stand anywhere: others, such as the lines of a box, make no sense in a list.
const SIGNS: &[char] =
    &['\u{a0}', '´', '°', '½', '¼', '¾', '²', '³', '·', '±', '§', '«', '»', 'ª', 'º', '©', '®', '¿', '¡'];

/// Whether the start of a file is in code page 850: no letter is UTF-8, some byte can only be a pound sign, and what the
/// others are reads well.
pub(super) fn is_dos(start: &[u8]) -> bool {
    if start.is_ascii() || start.utf8_chunks().any(|chunk| !chunk.valid().is_ascii()) {
        return false;
    }
    let mut has_pounds = false;
    for (at, byte) in start.iter().enumerate().filter(|(_, byte)| !byte.is_ascii()) {
        let before = at.checked_sub(1).and_then(|at| start.get(at)).copied().map_or(' ', letter);
        let mut behind = start[at + 1..].iter().copied().map(letter);
        let after = behind.next().unwrap_or(' ');
        let is_before_number = |after: char| after.is_ascii_digit();
        let is_plausible = match (*byte, letter(*byte)) {
            (POUND, _) => {
                has_pounds = true;
                let is_amounts =
                    is_before_number(after) || (after == ' ' && behind.next().is_some_and(is_before_number));
                is_amounts || !(before.is_alphabetic() || after.is_alphabetic())
            }
            (POUND_OF_1252, _) if is_before_number(after) => false,
            (_, sign) if SIGNS.contains(&sign) => true,
            (_, letter) => is_in_word(before, letter, after),
        };
        if !is_plausible {
            return false;
        }
    }
    has_pounds
}

/// Whether a letter reads well between its neighbours: in a word, and no capital behind a small letter.
fn is_in_word(before: char, letter: char, after: char) -> bool {
    let is_turn = |first: char, second: char| first.is_lowercase() && second.is_uppercase();
    letter.is_alphabetic()
        && !RARE.contains(&letter)
        && (before.is_alphabetic() || after.is_alphabetic())
        && !is_turn(before, letter)
        && !is_turn(letter, after)
}

fn letter(byte: u8) -> char {
    match byte.checked_sub(0x80) {
        None => char::from(byte),
        Some(upper) => UPPER[usize::from(upper)],
    }
}

/// The same text in UTF-8.
pub(super) fn to_utf8(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().copied().map(letter).collect::<String>().into_bytes()
}

/// What a reader gives, in UTF-8.
pub(super) struct AsUtf8<R> {
    inner: R,
    ready: std::io::Cursor<Vec<u8>>,
}

impl<R: Read> AsUtf8<R> {
    pub fn new(inner: R) -> Self {
        Self { inner, ready: std::io::Cursor::default() }
    }
}

impl<R: Read> Read for AsUtf8<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.ready.read(buffer)?;
        if n > 0 || buffer.is_empty() {
            return Ok(n);
        }
        let mut raw = [0; 8 * 1024];
        let n = self.inner.read(&mut raw)?;
        self.ready = std::io::Cursor::new(to_utf8(&raw[..n]));
        self.ready.read(buffer)
    }
}

/// The notice for text in code page 850.
pub(super) fn notice(start: &[u8]) -> Finding {
    let before = start.iter().take_while(|byte| byte.is_ascii());
    let line = before.filter(|byte| **byte == b'\n').count() + 1;
    Finding::of_file(
        "code-page-850",
        format!(
            "the file is not UTF-8, first in line {line}; by its pound signs it was read as code page 850 (DOS)"
        ),
        "If letters look wrong, save the file as UTF-8.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pounds_and_accents_are_read() {
        for (bytes, text) in [
            (&b"Sale greater than \x9c5k"[..], "Sale greater than £5k"),
            (b"Amount (\x9c),Paid", "Amount (£),Paid"),
            (b"\x9c 12.50,HER MAJESTY\xefS COURTS", "£ 12.50,HER MAJESTY´S COURTS"),
            (b"\x9c7,Caf\x82 Ren\x82e,\x90TOILE,M\x81ller,Lee\xa4o", "£7,Café Renée,ÉTOILE,Müller,Leeño"),
            (b"fee\x9c20,21\xf8C", "fee£20,21°C"),
        ] {
            assert!(is_dos(bytes), "{text}");
            assert_eq!(String::from_utf8(to_utf8(bytes)).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_may_be_something_else_is_not_taken_for_it() {
        for (bytes, why) in [
            (&b"Oak Ltd,5.00"[..], "ASCII"),
            ("Café £5".as_bytes(), "UTF-8"),
            (b"Caf\x82 Ren\x82e", "no pound sign"),
            (b"Fleuriste \x9cillet,S\x9cur", "French names"),
            (b"B\x9cuf 5", "a French word"),
            (b"\xa35.00,B\x9cuf", "a pound sign of Windows-1252"),
            (b"\x9c5,\xa35", "two sorts of pound signs"),
            (b"\x9c5,Caf\xe9", "an accent of Windows-1252"),
            (b"\x9c5,Oak\x92s", "a quote of Windows-1252"),
            (b"\x9c5,Oak \x96 Elm", "a dash of Windows-1252"),
            (b"\x9c5,OAK\xa0LTD", "a blank of Windows-1252"),
            (b"\x9c5,\x93Hall\x94", "quotes of Windows-1252"),
            (b"\x9c5,\xc3\xa9", "UTF-8 too"),
            (b"\x9c5,\xcd\xcd", "a box"),
        ] {
            assert!(!is_dos(bytes), "{why}");
        }
    }

    #[test]
    fn a_long_text_is_read_piece_by_piece() {
        let bytes: Vec<u8> = (0..=255).cycle().take(20_000).collect();
        let mut text = Vec::new();
        AsUtf8::new(&bytes[..]).read_to_end(&mut text).expect("bytes");
        assert_eq!(text, to_utf8(&bytes));
        assert_eq!(String::from_utf8(text).expect("UTF-8").chars().count(), bytes.len());
    }
}
