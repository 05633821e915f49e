use super::{Keep, Reader, Writer, bad};
use crate::find::Words;
use std::io::Result;

impl Keep for Words {
    const NAME: &'static str = "words";

    fn write(&self, to: &mut Writer<'_>) -> Result<()> {
        to.bytes(self.text.as_bytes())?;
        to.column(&self.starts)?;
        to.column(&self.letters)?;
        to.column(&self.counts)?;
        to.bytes(&self.postings)?;
        to.column(&self.postings_at)?;
        to.bytes(&self.name_words)
    }

    fn read(from: &mut Reader<'_>) -> Result<Self> {
        let words = Self {
            text: String::from_utf8(from.bytes()?).map_err(|_| bad("its words are none"))?,
            starts: from.column()?,
            letters: from.column()?,
            counts: from.column()?,
            postings: from.bytes()?,
            postings_at: from.column()?,
            name_words: from.bytes()?,
        };
        let count = words.letters.len();
        let fits = words.counts.len() == count
            && words.starts.len() == count + 1
            && words.postings_at.len() == count + 1
            && words.postings_at.is_sorted()
            && words.postings_at.last() == Some(&(words.postings.len() as u64))
            && words.starts.is_sorted()
            && words.starts.iter().all(|start| words.text.is_char_boundary(*start as usize));
        if fits { Ok(words) } else { Err(bad("its words do not fit together")) }
    }
}
