use crate::columns::{Columns, fold};
use crate::map::key::normal;
use crate::raw_row::RawRow;
use crate::validate::spent_on;
use model::{Fingerprint, Pence, SpendRecord};

/// What tells a line from others: all that it says, however its columns are ordered and its numbers and dates
/// written. What a profile makes of the line is no part of it, so that a better profile changes a line and does not
/// add it again.
pub(super) struct Identity(Vec<(String, usize)>);

impl Identity {
    pub fn new(columns: &Columns) -> Self {
        let mut order: Vec<(String, usize)> =
            columns.names().iter().map(|name| fold(name)).zip(0..).collect();
        order.sort();
        Self(order)
    }

    /// The hash of a line. It covers all names: see [`of_what_is_shown`].
    pub fn of(&self, row: &RawRow) -> String {
        let cells: Vec<(&str, String)> = self
            .0
            .iter()
            .map(|(name, i)| (name.as_str(), plain(row.cell(*i))))
            .filter(|cell| !cell.1.is_empty())
            .collect();
        let parts = cells.iter().flat_map(|(name, cell)| [name.as_bytes(), cell.as_bytes()]);
        hex(Fingerprint::of(parts))
    }
}

/// The hash of a line whose payee is not named: of what is shown of it alone, so that nobody can try names on it.
pub(super) fn of_what_is_shown(record: &SpendRecord) -> String {
    let SpendRecord { kind, payer, pence, date, unit, category, is_capital, places, .. } = record;
    let standing = record.payee.standing;
    let shown = serde_json::json!([kind, payer, pence, date, unit, category, is_capital, places, standing]);
    hex(Fingerprint::of([shown.to_string().as_bytes()]))
}

fn hex(fingerprint: Fingerprint) -> String {
    fingerprint.0[..10].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A cell's value, whatever its spelling: `£1,200.50` and `1200.5`, `05/04/2026` and `2026-04-05` are the same.
fn plain(cell: &str) -> String {
    let cell = cell.trim();
    let may_be_number = cell.starts_with(|c: char| c.is_ascii_digit() || "£(-+.\u{2212}".contains(c));
    if may_be_number && cell.len() <= 24 {
        if let Ok(pence) = Pence::parse(cell) {
            return pence.0.to_string();
        }
        if let Some(date) = spent_on::read(cell) {
            return date.to_string();
        }
    }
    if cell.is_ascii() { ascii(cell) } else { normal(cell) }
}

/// [`normal`] of plain letters, which nearly all cells are.
fn ascii(cell: &str) -> String {
    let letters: String = cell.chars().filter(|c| !c.is_control()).map(|c| c.to_ascii_lowercase()).collect();
    letters.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(columns: &[&str], cells: &[&str]) -> String {
        let columns = Columns::new(columns.iter().map(|name| (*name).to_owned()));
        let mut row = RawRow::starting(1);
        cells.iter().for_each(|cell| row.push(cell));
        Identity::new(&columns).of(&row)
    }

    #[test]
    fn a_line_is_the_same_however_it_is_written() {
        let line = of(&["Date", "Amount", "Payee"], &["05/04/2026", "1200.50", "Oak Ltd"]);
        assert_eq!(
            line,
            of(&["payee", "date", "amount", "VAT"], &["OAK  LTD", "2026-04-05", "£1,200.5", ""])
        );
        assert_ne!(line, of(&["Date", "Amount", "Payee"], &["05/04/2026", "-1200.50", "Oak Ltd"]));
        assert_ne!(line, of(&["Date", "Amount", "Payee"], &["04/05/2026", "1200.50", "Oak Ltd"]));
        assert_ne!(line, of(&["Date", "Amount", "Payer"], &["05/04/2026", "1200.50", "Oak Ltd"]));
    }

    #[test]
    fn plain_letters_have_a_short_way_to_the_same() {
        for cell in ["Oak  Ltd ", "A\tB", "x\u{7f}y", ""] {
            assert_eq!(ascii(cell), normal(cell), "{cell:?}");
        }
    }
}
