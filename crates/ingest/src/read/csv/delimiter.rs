use super::HEADER_WITHIN;
use super::header::{self, Header};
use super::record::{Record, RecordReader};
use crate::profile::Known;

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// What separates cells, and which of the first rows is the header: the delimiter under which some row has most
/// cells that are known header names; failing that, most cells.
pub(super) fn sniff(start: &[u8], known: &Known<'_>) -> (u8, Header) {
    for delimiter in DELIMITERS {
        if let Some(header) = header::missing(&first_records(start, delimiter), &known.headless) {
            return (delimiter, header);
        }
    }
    let mut best = (DELIMITERS[0], Header::default());
    for delimiter in DELIMITERS {
        let header = header::find(&first_records(start, delimiter), &known.names);
        if (header.known, header.cells.len()) > (best.1.known, best.1.cells.len()) {
            best = (delimiter, header);
        }
    }
    best
}

fn first_records(start: &[u8], delimiter: u8) -> Vec<Record> {
    let mut reader = RecordReader::new(start, delimiter);
    let mut records = Vec::new();
    while let (true, Ok(Some(record))) = (records.len() < HEADER_WITHIN, reader.next()) {
        records.push(record);
    }
    records
}
