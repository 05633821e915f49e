use super::delimiter::sniff;
use super::record::{Record, RecordReader};
use crate::Refusal;
use crate::columns::Columns;
use crate::profile::Known;
use crate::raw_row::{Item, RawRow, Rows};
use crate::read::Recognised;
use crate::read::encoding::{decode, windows_1252};
use model::Finding;
use std::io::{BufReader, Chain, Cursor, Read};
use std::ops::Range;

type Input<'a> = BufReader<Chain<Cursor<Vec<u8>>, Box<dyn Read + 'a>>>;

/// The rows of a table.
pub(crate) struct CsvRows<'a> {
    reader: RecordReader<Input<'a>>,
    columns: usize,
    delimiter: u8,
    /// `None` when the file has none.
    header_line: Option<u64>,
    /// Empty lines that are still to be reported.
    blank_lines: Range<u64>,
    waiting: Option<Record>,
    notices: Vec<Finding>,
    is_utf8_so_far: bool,
}

impl<'a> CsvRows<'a> {
    /// Finds delimiter and header, and stands before the first row.
    ///
    /// # Errors
    /// When no table can be read.
    pub fn open(file: Recognised<'a>, known: &Known<'_>) -> Result<(Self, Columns), Refusal> {
        let (delimiter, header) = sniff(&file.start, known);
        let columns = header.columns(file.whole)?;
        let line = (!header.is_missing).then_some(header.line);
        let input = BufReader::with_capacity(64 * 1024, Cursor::new(file.start).chain(file.rest));
        let mut reader = RecordReader::new(input, delimiter);
        let before = if header.is_missing { 0 } else { header.index + 1 };
        for _ in 0..before {
            reader.next()?;
        }
        let notices = file.notice.into_iter().chain(header.notice()).collect();
        let rows = Self {
            reader,
            columns: columns.len(),
            delimiter,
            header_line: line,
            blank_lines: 0..0,
            waiting: None,
            notices,
            is_utf8_so_far: true,
        };
        Ok((rows, columns))
    }

    /// What stands between cells, in a word.
    pub fn delimiter(&self) -> &'static str {
        match self.delimiter {
            b';' => "semicolon",
            b'\t' => "tab",
            b'|' => "bar",
            _ => "comma",
        }
    }

    /// The line of the column names, if the file has any.
    pub fn header_line(&self) -> Option<u64> {
        self.header_line
    }

    fn item(&mut self, record: Record) -> Item {
        let line = record.line;
        if record.bytes.contains(&0) {
            let message = "the row holds NUL bytes";
            return Item::Bad(Finding::new(
                line,
                "nul-byte",
                message,
                "Remove them: the file may be damaged.",
            ));
        }
        let mut row = self.text_of(record);
        row.drop_trailing_empty(self.columns);
        if row.is_blank() {
            return Item::Bad(blank(line));
        }
        if row.len() != self.columns {
            return Item::Bad(wrong_length(line, row.len(), self.columns));
        }
        Item::Row(row)
    }

    /// The record as text. What is not UTF-8 is Windows-1252, cell by cell.
    fn text_of(&mut self, record: Record) -> RawRow {
        let Record { line, bytes, ends, .. } = record;
        if let Ok(text) = std::str::from_utf8(&bytes)
            && ends.iter().all(|end| text.is_char_boundary(*end))
        {
            let text = String::from_utf8(bytes).unwrap_or_default();
            return RawRow::from_parts(line, text, ends);
        }
        if std::mem::take(&mut self.is_utf8_so_far) {
            self.notices.push(windows_1252(Some(line)));
        }
        let mut row = RawRow::starting(line);
        let mut start = 0;
        for end in ends {
            row.push(&decode(bytes[start..end].to_vec()).0);
            start = end;
        }
        row
    }
}

impl Rows for CsvRows<'_> {
    fn next(&mut self) -> Result<Option<Item>, Refusal> {
        if let Some(line) = self.blank_lines.next() {
            return Ok(Some(Item::Bad(blank(line))));
        }
        if let Some(record) = self.waiting.take() {
            return Ok(Some(self.item(record)));
        }
        let Some(record) = self.reader.next()? else { return Ok(None) };
        if record.blank_lines.is_empty() {
            return Ok(Some(self.item(record)));
        }
        self.blank_lines = record.blank_lines.clone();
        self.waiting = Some(record);
        self.next()
    }

    fn take_notices(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.notices)
    }
}

fn blank(line: u64) -> Finding {
    Finding::new(line, "blank-row", "the row is blank", "Delete it; nothing is lost.")
}

fn wrong_length(line: u64, cells: usize, columns: usize) -> Finding {
    Finding::new(
        line,
        "row-length",
        format!("the row has {cells} cells, the header {columns}"),
        "A comma inside a text needs quotes around the text; a quote needs another one to close it.",
    )
}
