use super::delimiter::sniff;
use super::record::{Record, RecordReader};
use crate::Refusal;
use crate::columns::Columns;
use crate::profile::Known;
use crate::raw_row::{Item, RawRow, Rows};
use crate::read::Recognised;
use crate::read::encoding::{decode, windows_1252};
use model::Finding;
use std::collections::VecDeque;
use std::io::{BufReader, Chain, Cursor, Read};

type Input<'a> = BufReader<Chain<Cursor<Vec<u8>>, Box<dyn Read + Send + 'a>>>;

/// The rows of a table.
pub(crate) struct CsvRows<'a> {
    reader: RecordReader<Input<'a>>,
    columns: usize,
    delimiter: u8,
    /// `None` when the file has none.
    header_line: Option<u64>,
    /// Lines of blank rows of which it is not known yet whether a row follows; without one they are the end.
    blank_lines: VecDeque<u64>,
    waiting: Option<Item>,
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
            blank_lines: VecDeque::new(),
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

    /// What a record holds; `None` when that is nothing.
    fn item(&mut self, record: Record) -> Option<Item> {
        let line = record.line;
        if record.bytes.contains(&0) {
            let message = "the row holds NUL bytes";
            let finding = Finding::new(line, "nul-byte", message, "Remove them: the file may be damaged.");
            return Some(Item::Bad(finding, Vec::new()));
        }
        let mut row = self.text_of(record);
        row.drop_trailing_empty(self.columns);
        if row.is_blank() {
            return None;
        }
        if row.len() != self.columns {
            return Some(Item::Bad(wrong_length(line, row.len(), self.columns), row.cells()));
        }
        Some(Item::Row(row))
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
    /// Blank rows between others are bad ones; blank rows at the end are none.
    fn next(&mut self) -> Result<Option<Item>, Refusal> {
        loop {
            if self.waiting.is_some() {
                return Ok(match self.blank_lines.pop_front() {
                    Some(line) => Some(Item::Bad(blank(line), Vec::new())),
                    None => self.waiting.take(),
                });
            }
            let Some(record) = self.reader.next()? else { return Ok(None) };
            self.blank_lines.extend(record.blank_lines.clone());
            let line = record.line;
            match self.item(record) {
                None => self.blank_lines.push_back(line),
                item => self.waiting = item,
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::recognise;

    /// The rows of a table as line numbers, those that are bad with their rule.
    fn lines(text: &str) -> String {
        let file = recognise(Box::new(text.as_bytes())).expect("a table");
        let (mut rows, _) = CsvRows::open(file, &Known::of(None)).expect("a table");
        let mut out = Vec::new();
        while let Some(item) = rows.next().expect("it can be read") {
            out.push(match item {
                Item::Row(row) => row.line.to_string(),
                Item::Bad(finding, _) => format!("{} {}", finding.line.unwrap_or_default(), finding.rule),
                Item::Folded(line) => format!("{line} folded"),
            });
        }
        out.join(", ")
    }

    #[test]
    fn blank_rows_at_the_end_are_none_and_between_others_bad_ones() {
        assert_eq!(lines("name,postcode\nOak,QX1 1AA\n,\n,\n\n,,\n"), "2");
        assert_eq!(lines("name,postcode\nOak,QX1 1AA\n,\n\nElm,QX1 1AB\n"), "2, 3 blank-row, 4 blank-row, 5");
        assert_eq!(lines("name,postcode\n\n,\n"), "");
    }
}
