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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::EMPTIES;

    #[test]
    fn marks_say_nothing_in_any_case() {
        let empties = Empties::new(&EMPTIES.iter().map(|mark| (*mark).to_owned()).collect::<Vec<_>>());
        for mark in ["", "  ", "n/a", "<Null>", "(null)", "NONE", "–"] {
            assert_eq!(empties.value(mark), None, "{mark}");
        }
        assert_eq!(empties.value(" Null Hypothesis Club "), Some("Null Hypothesis Club"));
    }
}
