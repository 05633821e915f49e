//! Delimited text: commas, semicolons, tabs or pipes, quoted as RFC 4180 says.

mod delimiter;
pub(crate) mod header;
mod record;
mod rows;

pub(crate) use rows::CsvRows;

/// A record may have so many bytes; a longer one is a quote that was never closed.
const MAX_RECORD: usize = 4 * 1024 * 1024;

/// A table may have so many columns.
const MAX_COLUMNS: usize = 2_000;

/// A header stands within the first so many rows: titles, a date or even a query may precede it.
const HEADER_WITHIN: usize = 20;
