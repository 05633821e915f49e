use crate::columns::fold;
use model::PartialDate;
use regex_lite::Regex;
use std::sync::LazyLock;

static YEAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^0-9A-Za-z]|[a-z])((?:19|20)[0-9]{2})(?:[^0-9]|$)").expect("a pattern")
});

/// What a file's name tells of it: words and a year, nothing else.
#[derive(Debug, Clone, Default)]
pub(crate) struct FileName {
    stem: String,
}

impl FileName {
    /// The last part of a path, without its endings.
    pub fn new(path: &str) -> Self {
        let last = path.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = last.split_once('.').map_or(last, |(stem, _)| stem);
        Self { stem: stem.to_owned() }
    }

    /// Whether a word stands in it, whatever its case and punctuation.
    pub fn holds(&self, word: &str) -> bool {
        let word = fold(word);
        !word.is_empty() && fold(&self.stem).contains(&word)
    }

    /// Whether a word stands in it between others: `steward_homes` has no `ward`.
    pub fn has_word(&self, word: &str) -> bool {
        self.stem.split(|c: char| !c.is_alphabetic()).any(|have| have.eq_ignore_ascii_case(word))
    }

    /// The last year in it.
    pub fn year(&self) -> Option<u16> {
        YEAR.captures_iter(&self.stem).last().and_then(|found| found[1].parse().ok())
    }

    /// The year as a date.
    pub fn date(&self) -> Option<PartialDate> {
        PartialDate::parse(&self.year()?.to_string()).ok()
    }

    /// As a person would write it: "Trafford sports clubs".
    pub fn words(&self) -> String {
        let words = self.stem.replace(['_', '-'], " ");
        model::capital(words.trim())
    }

    /// In kebab case, without numbers and the words of `without`: the same for each year's file of a series.
    pub fn slug(&self, without: &[&str]) -> String {
        let lower = self.stem.to_lowercase();
        let words: Vec<&str> = lower
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty() && !w.bytes().all(|b| b.is_ascii_digit()) && !without.contains(w))
            .collect();
        if words.is_empty() { "file".into() } else { words.join("-") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str) -> String {
        let name = FileName::new(path);
        format!("{} {:?}", name.slug(&[]), name.year())
    }

    #[test]
    fn a_word_is_whole() {
        assert!(FileName::new("gm_Ward2023.geojson").has_word("ward"));
        assert!(!FileName::new("steward_homes.geojson").has_word("ward"));
    }

    #[test]
    fn a_name_tells_of_its_series_and_its_year() {
        assert_eq!(check("/data/ward_2023_full_resolution.geojson"), "ward-full-resolution Some(2023)");
        assert_eq!(check("ward_E08000009.geojson"), "ward-e08000009 None");
        assert_eq!(check("Charities (April 2024).csv"), "charities-april Some(2024)");
        assert_eq!(check("M.csv.gz"), "m None");
        assert_eq!(check("20231104.csv"), "file None");
    }
}
