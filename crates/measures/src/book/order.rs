use super::AreaLine;
use std::cmp::Reverse;

/// In which order the lines of a ledger are listed. Lines that are equal in it stand as they do in the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Order {
    /// By how much of them goes to the area, whether it is paid or taken back; the largest first.
    #[default]
    Amount,
    /// The newest first; those of which no month is known last.
    Date,
    /// As they stand in the book, which is how they were imported.
    Imported,
}

/// Where a page of a ledger starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    /// The key of the last line before it: those with a lower one come after it.
    pub key: u64,
    /// Of lines with that very key those from this number on.
    pub line: u32,
}

impl Order {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Amount, Self::Date, Self::Imported];

    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Amount => "amount",
            Self::Date => "date",
            Self::Imported => "imported",
        }
    }

    /// The order of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.as_str() == word)
    }
}

impl Start {
    /// Whether a line is on this page or a later one.
    pub(super) fn reaches(self, line: &AreaLine) -> bool {
        line.key < self.key || line.key == self.key && line.line >= self.line
    }
}

/// The first lines of many, in their order. Holds no more than about twice as many as are wanted.
pub(super) fn first(lines: impl Iterator<Item = AreaLine>, limit: usize) -> Vec<AreaLine> {
    let place = |line: &AreaLine| (Reverse(line.key), line.line);
    let room = limit.saturating_mul(2).max(1_000);
    let mut first: Vec<AreaLine> = Vec::new();
    for line in lines {
        first.push(line);
        if first.len() > room {
            first.select_nth_unstable_by_key(limit, place);
            first.truncate(limit);
        }
    }
    first.sort_unstable_by_key(place);
    first.truncate(limit);
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Method;
    use model::Pence;

    #[test]
    fn the_first_of_very_many_are_those_that_sorting_all_gives() {
        // Keys that come again and again, in no order.
        let lines = (0..5_000_u32).map(|line| AreaLine {
            line,
            key: u64::from(line.wrapping_mul(2_654_435_761) >> 22),
            share: Pence(0),
            method: Method::Stated,
        });
        let mut sorted: Vec<AreaLine> = lines.clone().collect();
        sorted.sort_by_key(|line| (Reverse(line.key), line.line));
        for limit in [0, 1, 50, 499, 500, 501, 4_999, 5_000, usize::MAX] {
            assert_eq!(first(lines.clone(), limit), sorted[..limit.min(5_000)], "{limit}");
        }
    }
}
