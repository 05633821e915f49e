use crate::columns::Columns;
use crate::raw_row::RawRow;
use model::Fingerprint;

/// The order in which a file's cells are looked at, so that the order of its columns does not matter.
pub(crate) struct CellOrder(Vec<(String, usize)>);

impl CellOrder {
    pub fn new(columns: &Columns) -> Self {
        let mut order: Vec<(String, usize)> = columns.names().iter().cloned().zip(0..).collect();
        order.sort();
        Self(order)
    }

    /// Of all cells by their columns' names, the geometry, and what was read in them.
    pub fn fingerprint(&self, row: &RawRow, content: &[u8]) -> Fingerprint {
        let cells = self.0.iter().flat_map(|(name, i)| [name.as_bytes(), row.cell(*i).as_bytes()]);
        let besides = (!row.besides.is_empty()).then_some(row.besides.as_bytes());
        Fingerprint::of(cells.chain([row.geometry.as_bytes(), content]).chain(besides))
    }
}

/// The row as published: a JSON object of its cells.
pub(crate) fn json_of(row: &RawRow, columns: &Columns) -> String {
    let mut json = String::from("{");
    for (i, name) in columns.names().iter().enumerate() {
        let text = |text: &str| serde_json::to_string(text).unwrap_or_default();
        let comma = if i == 0 { "" } else { "," };
        json.push_str(&format!("{comma}{}:{}", text(name), text(row.cell(i))));
    }
    json.push('}');
    json
}
