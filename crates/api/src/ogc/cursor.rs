use atlas::Key;

/// The place where a page starts, as text for a link: hexadecimal, so that no client trips over it.
pub(super) fn write_key(key: &Key) -> String {
    let bytes = [&[key.rank][..], &key.measure.to_be_bytes(), &key.id.to_be_bytes()].concat();
    hex(&bytes)
}

/// The reverse of [`write_key`].
pub(super) fn read_key(text: &str) -> Result<Key, String> {
    let bytes = unhex(text).filter(|bytes| bytes.len() == 25).ok_or_else(not_ours)?;
    Ok(Key {
        rank: bytes[0],
        measure: u64::from_be_bytes(bytes[1..9].try_into().expect("eight bytes")),
        id: u128::from_be_bytes(bytes[9..].try_into().expect("sixteen bytes")),
    })
}

/// A text, such as an area's id.
pub(super) fn write_text(text: &str) -> String {
    hex(text.as_bytes())
}

/// The reverse of [`write_text`].
pub(super) fn read_text(text: &str) -> Result<String, String> {
    unhex(text).and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(not_ours)
}

fn not_ours() -> String {
    "this is not a cursor of ours; take it from a next link as it is".into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    let is_hex = digits.len().is_multiple_of(2) && digits.iter().all(u8::is_ascii_hexdigit);
    let pair = |i: usize| u8::from_str_radix(&text[i..i + 2], 16).ok();
    is_hex.then(|| (0..text.len()).step_by(2).map(pair).collect()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_the_link() {
        let key = Key { rank: 3, measure: 12.5f64.to_bits(), id: u128::MAX - 7 };
        assert_eq!(read_key(&write_key(&key)), Ok(key));
        assert_eq!(read_text(&write_text("E05000001-2023")), Ok("E05000001-2023".into()));
        for text in ["", "0", "zz", "00", "€€"] {
            assert!(read_key(text).is_err(), "{text}");
        }
    }
}
