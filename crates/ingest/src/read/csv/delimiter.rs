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
    // a single known word may stand in any row: then the shape of the table says more
    if best.1.known <= 1
        && let Some(likely) = likely(start)
    {
        return likely;
    }
    best
}

/// The delimiter under which most rows have the same number of cells, and the first of them that can be a header.
fn likely(start: &[u8]) -> Option<(u8, Header)> {
    let found = DELIMITERS.iter().filter_map(|delimiter| {
        let records = first_records(start, *delimiter);
        let (width, rows) = header::usual_width(&records)?;
        (rows * 2 > records.len()).then_some((rows, width, *delimiter, records))
    });
    let (_, width, delimiter, records) = found.max_by_key(|(rows, width, ..)| (*rows * *width, *width))?;
    header::likely(&records, width).map(|header| (delimiter, header))
}

fn first_records(start: &[u8], delimiter: u8) -> Vec<Record> {
    let mut reader = RecordReader::new(start, delimiter);
    let mut records = Vec::new();
    while let (true, Ok(Some(record))) = (records.len() < HEADER_WITHIN, reader.next()) {
        records.push(record);
    }
    records
}
