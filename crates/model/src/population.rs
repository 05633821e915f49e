use crate::AreaCode;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many people live in an area, by single year of age or by bands of ages.
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
    /// People aged 0, 1, 2 … ; the last number is of that age and older. Empty when single years are not known.
    pub by_age: Vec<u32>,
    /// Bands of ages, where single years are not known. They may overlap and leave ages out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_band: Vec<AgeBand>,
}

/// How many people are of some ages that follow on one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgeBand {
    /// The youngest.
    pub from: u8,
    /// The oldest, among them; [`OLDEST`] where the band has no upper end.
    pub to: u8,
    /// How many.
    pub people: u32,
}

/// Where an age without an upper end ends: `60 and over` is 60 to 120.
pub const OLDEST: u8 = 120;

impl PopulationRecord {
    /// People of an age from `from` to `to`, both among them; `None` when they are not known. Of bands only those count
    /// that make up these ages exactly: how many of the people aged 60 and over are 65 nobody has said.
    pub fn aged(&self, from: u8, to: u8) -> Option<u64> {
        if self.by_age.is_empty() {
            return self.in_bands(from, to.min(OLDEST));
        }
        let (from, to) = (usize::from(from), usize::from(to));
        let ages = self.by_age.get(from..).filter(|ages| !ages.is_empty())?;
        Some(ages.iter().take((to + 1).saturating_sub(from)).map(|people| u64::from(*people)).sum())
    }

    fn in_bands(&self, from: u8, to: u8) -> Option<u64> {
        let mut bands: Vec<&AgeBand> = self.by_band.iter().filter(|band| band.to <= to).collect();
        bands.sort_by_key(|band| (band.from, band.to));
        // How many are at least `from` and younger than an age, for each age at which a row of bands from there ends.
        let mut younger = BTreeMap::from([(from, 0)]);
        for band in bands {
            if let Some(so_far) = younger.get(&band.from).copied() {
                younger.entry(band.to + 1).or_insert(so_far + u64::from(band.people));
            }
        }
        younger.get(&(to + 1)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(by_age: Vec<u32>, bands: &[(u8, u8, u32)]) -> PopulationRecord {
        let by_band =
            bands.iter().map(|(from, to, people)| AgeBand { from: *from, to: *to, people: *people });
        PopulationRecord {
            source: "x".into(),
            area: AreaCode::parse("E01000001").unwrap(),
            year: 2024,
            total: 15,
            by_age,
            by_band: by_band.collect(),
        }
    }

    #[test]
    fn ages_are_summed_from_and_to_both_among_them() {
        let people = people(vec![1, 2, 3, 4, 5], &[(0, 15, 99)]);
        assert_eq!(people.aged(0, 2), Some(6));
        assert_eq!(people.aged(3, 120), Some(9), "the last is open");
        assert_eq!(people.aged(5, 9), None, "not known");
        assert_eq!(PopulationRecord { by_age: vec![], by_band: vec![], ..people }.aged(0, 4), None);
    }

    #[test]
    fn bands_answer_for_what_they_make_up_and_for_nothing_else() {
        let people = people(vec![], &[(60, OLDEST, 7), (18, 66, 50), (0, 15, 20), (16, 59, 43)]);
        let of = |from, to| people.aged(from, to);
        assert_eq!((of(60, 120), of(60, 200), of(0, 15), of(18, 66)), (Some(7), Some(7), Some(20), Some(50)));
        assert_eq!((of(0, 59), of(16, 120), of(0, 120)), (Some(63), Some(50), Some(70)), "joined");
        assert_eq!(
            (of(65, 120), of(60, 90), of(0, 4), of(0, 66), of(70, 60)),
            (None, None, None, None, None)
        );
    }
}
