//! Rows to CSV.

use csv::{QuoteStyle, Terminator, WriterBuilder};

/// A heading and rows, with the line ends of the program that would have made the file.
pub fn write<R, C>(
    heading: &[&str],
    rows: impl IntoIterator<Item = R>,
    line_end: Terminator,
    quote: QuoteStyle,
) -> Vec<u8>
where
    R: IntoIterator<Item = C>,
    C: AsRef<[u8]>,
{
    let mut writer = WriterBuilder::new().terminator(line_end).quote_style(quote).from_writer(Vec::new());
    let cannot = "memory takes any row of the heading's length";
    writer.write_record(heading).expect(cannot);
    for row in rows {
        writer.write_record(row).expect(cannot);
    }
    writer.into_inner().expect(cannot)
}

/// Line feeds, quotes where needed.
pub fn plain<R, C>(heading: &[&str], rows: impl IntoIterator<Item = R>) -> Vec<u8>
where
    R: IntoIterator<Item = C>,
    C: AsRef<[u8]>,
{
    write(heading, rows, Terminator::Any(b'\n'), QuoteStyle::Necessary)
}

/// As a spreadsheet on Windows saves it.
pub fn spreadsheet<R, C>(heading: &[&str], rows: impl IntoIterator<Item = R>) -> Vec<u8>
where
    R: IntoIterator<Item = C>,
    C: AsRef<[u8]>,
{
    write(heading, rows, Terminator::CRLF, QuoteStyle::Necessary)
}
