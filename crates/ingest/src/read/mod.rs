//! Bytes to rows. One format per file; [`recognise`] tells them apart by content, never by a file's ending.

pub(crate) mod ahead;
pub(crate) mod both_sexes;
pub(crate) mod csv;
pub(crate) mod document;
mod dos;
mod encoding;
pub(crate) mod geojson;
pub(crate) mod grants;
pub(crate) mod grouped;
mod signature;

use crate::Refusal;
use encoding::Bom;
use std::io::Read;

/// As much of a file as is looked at to recognise it. A header must end within it.
pub(crate) const PEEK: usize = 256 * 1024;

/// What a file turned out to be, with its first bytes still to be read.
pub(crate) enum Format {
    Csv,
    Json,
}

/// A file's first bytes, without byte order mark, and what they are the first bytes of.
pub(crate) struct Recognised<'a> {
    pub format: Format,
    pub start: Vec<u8>,
    pub whole: bool,
    pub rest: Box<dyn Read + Send + 'a>,
    pub notice: Option<model::Finding>,
}

/// Says what a file is, or why it is nothing that we read.
///
/// # Errors
/// When it is one of the known kinds of file that hold no records, or can't be read.
pub(crate) fn recognise<'a>(mut input: Box<dyn Read + Send + 'a>) -> Result<Recognised<'a>, Refusal> {
    let mut start = Vec::new();
    input.by_ref().take(PEEK as u64).read_to_end(&mut start)?;
    let whole = start.len() < PEEK;
    signature::refuse_known(&start)?;
    let bom = encoding::strip_bom(&mut start);
    signature::refuse_empty(&start, whole)?;
    let notice = (bom == Bom::DoubleEncoded).then(encoding::double_encoded);
    let format = if is_json(&start) { Format::Json } else { Format::Csv };
    if matches!(format, Format::Csv) && bom == Bom::None && dos::is_dos(&start) {
        let notice = Some(dos::notice(&start));
        let rest = Box::new(dos::AsUtf8::new(input));
        return Ok(Recognised { format, start: dos::to_utf8(&start), whole, rest, notice });
    }
    Ok(Recognised { format, start, whole, rest: input, notice })
}

fn is_json(start: &[u8]) -> bool {
    let text = start.trim_ascii();
    matches!(text.first(), Some(b'{' | b'[')) || matches!(text, b"null" | b"true" | b"false")
}
