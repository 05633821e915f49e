use crate::{Batch, Options, Refusal};
use model::{Finding, Source};
use std::io::Read;

/// Reads one file, whatever it is, in batches.
pub struct FileReader<'a> {
    source: Source,
    profile: String,
    notices: Vec<Finding>,
    _input: Box<dyn Read + 'a>,
}

impl<'a> FileReader<'a> {
    /// Recognises a file by its content and gets ready to read its rows. The name is only looked at for words and
    /// years.
    ///
    /// # Errors
    /// When the file can't be used at all, or not be read.
    pub fn open(_name: &str, _input: Box<dyn Read + 'a>, _options: &Options) -> Result<Self, Refusal> {
        Err(Refusal::of_file("unknown-format", "no format is read yet", ""))
    }

    /// What the file is a file of. `covers` and `as_of` may come from its rows: they are complete after the last.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The id of the profile.
    pub fn profile(&self) -> &str {
        &self.profile
    }

    /// What was assumed about the file, so far.
    pub fn notices(&self) -> &[Finding] {
        &self.notices
    }

    /// The next rows, at most `max_rows` of the file; `None` after the last.
    ///
    /// # Errors
    /// When the rest of the file can't be read.
    pub fn next_batch(&mut self, _max_rows: usize) -> Result<Option<Batch>, Refusal> {
        Ok(None)
    }
}
