use std::collections::HashSet;

/// What a publisher writes to say that there is nothing.
pub(crate) struct Empties(HashSet<String>);

impl Empties {
    pub fn new(marks: &[String]) -> Self {
        Self(marks.iter().map(|mark| mark.trim().to_lowercase()).collect())
    }

    /// The cell without blanks around it, if it holds anything.
    pub fn value<'c>(&self, cell: &'c str) -> Option<&'c str> {
        let cell = cell.trim();
        // no mark is long: most cells need not be made lower case
        let is_mark = cell.is_empty() || (cell.len() <= 32 && self.0.contains(&cell.to_lowercase()));
        (!is_mark).then_some(cell)
    }
}
