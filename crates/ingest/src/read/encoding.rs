use encoding_rs::WINDOWS_1252;
use model::Finding;

/// A byte order mark at the start of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bom {
    None,
    Utf8,
    /// The three bytes of a UTF-8 mark, read as Windows-1252 and written as UTF-8 again: `ï»¿`.
    DoubleEncoded,
}

const UTF8: &[u8] = b"\xef\xbb\xbf";
const DOUBLE: &[u8] = "ï»¿".as_bytes();

/// Takes a mark off, or one after the other when there are both.
pub(super) fn strip_bom(start: &mut Vec<u8>) -> Bom {
    let mut found = Bom::None;
    loop {
        let (len, bom) = match () {
            () if start.starts_with(DOUBLE) => (DOUBLE.len(), Bom::DoubleEncoded),
            () if start.starts_with(UTF8) => (UTF8.len(), Bom::Utf8),
            () => return found,
        };
        start.drain(..len);
        if found != Bom::DoubleEncoded {
            found = bom;
        }
    }
}

/// Text from bytes: UTF-8, or else Windows-1252, which any bytes are. Says whether it was the latter.
pub(super) fn decode(bytes: Vec<u8>) -> (String, bool) {
    match String::from_utf8(bytes) {
        Ok(text) => (text, false),
        Err(error) => (WINDOWS_1252.decode_without_bom_handling(error.as_bytes()).0.into_owned(), true),
    }
}

/// The notice for a file whose byte order mark was encoded twice.
pub(super) fn double_encoded() -> Finding {
    Finding::of_file(
        "double-encoded-bom",
        "the file starts with a byte order mark that was encoded twice (\u{ef}\u{bb}\u{bf}); it was taken off",
        "Other letters may have been encoded twice too: look for \u{c3} and \u{c2}.",
    )
}

/// The notice for text in Windows-1252.
pub(super) fn windows_1252(line: Option<u64>) -> Finding {
    let place = line.map_or_else(String::new, |line| format!(", first in line {line}"));
    Finding::of_file(
        "windows-1252",
        format!("the file is not UTF-8{place}; what isn't was read as Windows-1252"),
        "If letters look wrong, save the file as UTF-8.",
    )
}
