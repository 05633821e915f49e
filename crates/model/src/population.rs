use crate::AreaCode;
use serde::{Deserialize, Serialize};

/// How many people live in an area, by single year of age.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PopulationRecord {
    /// The id of its source.
    pub source: String,
    /// The area.
    pub area: AreaCode,
    /// The year of the estimate.
    pub year: u16,
    /// All ages together.
    pub total: u32,
    /// People aged 0, 1, 2 … ; the last number is of that age and older. Empty when only the total is known.
    pub by_age: Vec<u32>,
}

impl PopulationRecord {
    /// People of an age from `from` to `to`, both among them; `None` when ages are not known.
    pub fn aged(&self, from: usize, to: usize) -> Option<u32> {
        let ages = self.by_age.get(from..)?;
        (!ages.is_empty()).then(|| ages.iter().take((to + 1).saturating_sub(from)).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_summed_from_and_to_both_among_them() {
        let area = AreaCode::parse("E01000001").unwrap();
        let people =
            PopulationRecord { source: "x".into(), area, year: 2024, total: 15, by_age: vec![1, 2, 3, 4, 5] };
        assert_eq!(people.aged(0, 2), Some(6));
        assert_eq!(people.aged(3, 120), Some(9), "the last is open");
        assert_eq!(people.aged(5, 9), None, "not known");
        assert_eq!(PopulationRecord { by_age: vec![], ..people }.aged(0, 4), None);
    }
}
