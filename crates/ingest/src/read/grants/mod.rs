//! Grants in the JSON of the 360Giving standard, as rows with the column titles of its CSV: one profile reads both.

mod flatten;

use super::document::{Document, places};
use crate::Refusal;
use crate::columns::Columns;
use crate::raw_row::{Item, RawRow, Rows};
use flatten::flatten;
use model::Finding;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::ops::Range;

/// The grants of a package, as rows.
pub(crate) struct GrantRows {
    text: String,
    grants: std::vec::IntoIter<(Range<usize>, u64)>,
    columns: HashMap<String, usize>,
    notices: Vec<Finding>,
    /// How many were handed out.
    count: usize,
}

#[derive(Deserialize)]
struct Package<'a> {
    #[serde(borrow)]
    grants: Vec<&'a RawValue>,
}

impl GrantRows {
    /// The grants in a document, and their columns; the document again when it is no package of grants.
    pub fn of(document: Document) -> Result<(Self, Columns), Document> {
        let Document { text, notices } = document;
        let grants = match text.contains("\"grants\"").then(|| serde_json::from_str::<Package<'_>>(&text)) {
            Some(Ok(package)) => places(&text, &package.grants),
            _ => return Err(Document { text, notices }),
        };
        let mut names: Vec<String> = Vec::new();
        let mut columns: HashMap<String, usize> = HashMap::new();
        for (place, _) in &grants {
            let cells =
                serde_json::from_str(&text[place.clone()]).map(|grant| flatten(&grant)).unwrap_or_default();
            for (name, _) in cells {
                if !columns.contains_key(&name) {
                    columns.insert(name.clone(), names.len());
                    names.push(name);
                }
            }
        }
        Ok((Self { text, grants: grants.into_iter(), columns, notices, count: 0 }, Columns::new(names)))
    }
}

impl Rows for GrantRows {
    fn next(&mut self) -> Result<Option<Item>, Refusal> {
        let Some((place, line)) = self.grants.next() else { return Ok(None) };
        self.count += 1;
        let text = &self.text[place];
        let Ok(grant @ serde_json::Value::Object(_)) = serde_json::from_str(text) else {
            let message = format!("grant {} is no object with members", self.count);
            let finding =
                Finding::new(line, "bad-grant", message, "Check it with the 360Giving data quality tool.");
            return Ok(Some(Item::Bad(finding, Vec::new())));
        };
        let mut cells = vec![String::new(); self.columns.len()];
        for (name, value) in flatten(&grant) {
            if let Some(i) = self.columns.get(&name) {
                cells[*i] = value;
            }
        }
        let mut row = RawRow::starting(line);
        cells.iter().for_each(|cell| row.push(cell));
        row.json = Some(text.to_owned());
        Ok(Some(Item::Row(row)))
    }

    fn take_notices(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.notices)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let document = Document { text: text.to_owned(), notices: Vec::new() };
        let (mut rows, columns) = GrantRows::of(document).ok()?;
        let mut out = columns.names().join(",");
        while let Some(item) = rows.next().expect("it can be read") {
            out.push_str(&match item {
                Item::Row(row) => format!("\n{}: {}", row.line, row.cells().join(",")),
                Item::Bad(finding, _) => format!("\n{}", finding.message),
                Item::Folded(line) => format!("\n{line}"),
            });
        }
        Some(out)
    }

    #[test]
    fn grants_are_rows_with_the_titles_of_the_csv() {
        let text = "{\"grants\":[\n{\"id\":\"360G-a-1\",\"amountAwarded\":12.50,\"fundingOrganization\":[{\"name\":\"Oak\"}]},\n7,\n\
            {\"id\":\"360G-a-2\",\"title\":\"Elm\"}]}";
        let rows = "Amount Awarded,Funding Org:Name,Identifier,Title\n2: 12.5,Oak,360G-a-1,\ngrant 2 is no object with members\n4: ,,360G-a-2,Elm";
        assert_eq!(read(text).as_deref(), Some(rows));
    }

    #[test]
    fn other_documents_are_none() {
        for text in ["{}", "{\"grants\":7}", "[\"grants\"]", "{\"grants\":[", "\"grants\""] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
