use super::Recognised;
use super::encoding::{decode, windows_1252};
use crate::Refusal;
use model::Finding;
use serde_json::value::RawValue;
use std::io::Read;
use std::ops::Range;

/// A document may have so many bytes: it is held in memory.
const MAX_DOCUMENT: u64 = 1 << 30;

/// A document that is held once, as text.
pub(crate) struct Document {
    pub text: String,
    pub notices: Vec<Finding>,
}

impl Document {
    /// The whole of a file.
    ///
    /// # Errors
    /// When it can't be read, or is too large.
    pub fn read(mut file: Recognised<'_>) -> Result<Self, Refusal> {
        let mut bytes = std::mem::take(&mut file.start);
        file.rest.by_ref().take(MAX_DOCUMENT).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MAX_DOCUMENT {
            let message = format!("the document is larger than {} MiB", MAX_DOCUMENT / 1024 / 1024);
            return Err(Refusal::of_file("file-too-large", message, "Cut it into several files."));
        }
        let (text, is_1252) = decode(bytes);
        let notices = file.notice.into_iter().chain(is_1252.then(|| windows_1252(None))).collect();
        Ok(Self { text, notices })
    }
}

/// Where the items of a list stand in its document: their bytes and their lines.
pub(super) fn places(text: &str, items: &[&RawValue]) -> Vec<(Range<usize>, u64)> {
    let base = text.as_ptr() as usize;
    let (mut line, mut counted) = (1, 0);
    let mut places = Vec::with_capacity(items.len());
    for item in items {
        let start = item.get().as_ptr() as usize - base;
        line += text.as_bytes()[counted..start].iter().filter(|b| **b == b'\n').count() as u64;
        counted = start;
        places.push((start..start + item.get().len(), line));
    }
    places
}
