use super::MAX_RECORD;
use crate::Refusal;
use std::io::BufRead;
use std::ops::Range;

/// Cuts bytes into records, in bounded memory, and knows the line of each.
pub(super) struct RecordReader<R> {
    input: R,
    core: csv_core::Reader,
    /// The line that the next byte stands in, from 1.
    line: u64,
    last: u8,
    output: Vec<u8>,
    ends: Vec<usize>,
    last_len: usize,
}

/// One record: its line, its unquoted bytes and where its cells end in them.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub line: u64,
    pub bytes: Vec<u8>,
    pub ends: Vec<usize>,
    /// The empty lines before it.
    pub blank_lines: Range<u64>,
    /// Whether the input ended before a line end did.
    pub cut_short: bool,
}

/// What is known of the record that is being read.
#[derive(Default)]
struct Progress {
    consumed: usize,
    quotes: usize,
    out: usize,
    ends: usize,
}

impl<R: BufRead> RecordReader<R> {
    /// Reads from the start of a file, or of what was peeked of it.
    pub fn new(input: R, delimiter: u8) -> Self {
        let core = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        Self { input, core, line: 1, last: b'\n', output: Vec::new(), ends: Vec::new(), last_len: 0 }
    }

    /// The next record. Empty lines at the end of the file are none.
    ///
    /// # Errors
    /// When the input fails, or a record has no end.
    pub fn next(&mut self) -> Result<Option<Record>, Refusal> {
        let blank_lines = self.skip_empty_lines()?;
        let line = self.line;
        let mut progress = Progress::default();
        loop {
            let input = self.input.fill_buf()?;
            let at_end = input.is_empty();
            self.output.resize((progress.out + 4096).max(self.last_len + 256), 0);
            self.ends.resize(progress.ends + 256, 0);
            let (result, read, written, ended) = self.core.read_record(
                input,
                &mut self.output[progress.out..],
                &mut self.ends[progress.ends..],
            );
            progress.quotes += input[..read].iter().filter(|b| **b == b'"').count();
            self.line += line_ends(&input[..read], &mut self.last);
            self.input.consume(read);
            progress.consumed += read;
            progress.out += written;
            progress.ends += ended;
            if progress.consumed > MAX_RECORD {
                return Err(endless(line));
            }
            match result {
                csv_core::ReadRecordResult::Record => {
                    return self.finish(line, blank_lines, &progress, at_end).map(Some);
                }
                csv_core::ReadRecordResult::End => return Ok(None),
                _ => {}
            }
        }
    }

    fn finish(
        &mut self,
        line: u64,
        blank_lines: Range<u64>,
        progress: &Progress,
        cut_short: bool,
    ) -> Result<Record, Refusal> {
        if cut_short && progress.quotes % 2 == 1 && self.line > line {
            return Err(endless(line));
        }
        self.last_len = progress.out;
        let bytes = self.output[..progress.out].to_vec();
        let ends = self.ends[..progress.ends].to_vec();
        Ok(Record { line, bytes, ends, blank_lines, cut_short })
    }

    /// Lines without anything in them, which the CSV grammar would skip silently.
    fn skip_empty_lines(&mut self) -> Result<Range<u64>, Refusal> {
        let mut first = None;
        loop {
            let input = self.input.fill_buf()?;
            let Some(byte) = input.first().copied().filter(|b| matches!(b, b'\n' | b'\r')) else {
                return Ok(first.unwrap_or(self.line)..self.line);
            };
            let rest_of_line_end = byte == b'\n' && self.last == b'\r';
            if !rest_of_line_end {
                first.get_or_insert(self.line);
            }
            self.line += line_ends(&[byte], &mut self.last);
            self.input.consume(1);
        }
    }
}

/// How many lines end in some bytes: at a line feed, at a carriage return, at both together once.
fn line_ends(bytes: &[u8], last: &mut u8) -> u64 {
    let mut lines = 0;
    for byte in bytes {
        lines += u64::from(*byte == b'\r' || (*byte == b'\n' && *last != b'\r'));
        *last = *byte;
    }
    lines
}

fn endless(line: u64) -> Refusal {
    Refusal::at(
        line,
        "quote-never-closed",
        format!(
            "the row that starts in line {line} has no end within {} MiB: a quote is opened and never closed, or \
             the file is not a table",
            MAX_RECORD / 1024 / 1024
        ),
        "Close the quote in that line, or double it where it is part of the text.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        let mut reader = RecordReader::new(std::io::BufReader::with_capacity(3, text.as_bytes()), b',');
        let mut out = Vec::new();
        loop {
            match reader.next() {
                Ok(None) => return out.join(" | "),
                Err(refusal) => return format!("{} in {:?}", refusal.finding.rule, refusal.finding.line),
                Ok(Some(r)) => {
                    let blank = r.blank_lines.end - r.blank_lines.start;
                    let text = String::from_utf8_lossy(&r.bytes).into_owned();
                    out.push(format!("{}:{text}:{}{}", r.line, r.ends.len(), "-".repeat(blank as usize)));
                }
            }
        }
    }

    #[test]
    fn a_row_knows_the_line_where_it_starts() {
        assert_eq!(check("a,b\n1,2\n"), "1:ab:2 | 2:12:2");
        assert_eq!(check("a,b\r\n1,2\r\n3,4"), "1:ab:2 | 2:12:2 | 3:34:2");
        assert_eq!(check("a\rb\rc"), "1:a:1 | 2:b:1 | 3:c:1");
        assert_eq!(check("a,\"x\ny\"\nc,d\n"), "1:ax\ny:2 | 3:cd:2");
        assert_eq!(check("a\r\n\r\n\r\nb\r\n\r\n"), "1:a:1 | 4:b:1--");
        assert_eq!(check("\n\na\n"), "3:a:1--");
    }

    #[test]
    fn a_quote_that_is_never_closed_is_found() {
        assert_eq!(check("a,b\n1,\"2\n3,4\n5,6\n"), "quote-never-closed in Some(2)");
        assert_eq!(check("a,b\n1,5\" pipe"), "1:ab:2 | 2:15\" pipe:2");
    }
}
