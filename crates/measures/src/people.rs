use model::{OLDEST, PopulationRecord};

/// The age from which nobody is a child.
const ADULT: u8 = 18;

/// Whom a weight counts: everybody, or those of an age.
///
/// ```
/// use measures::People;
/// assert_eq!(People::parse("population"), Some(People::All));
/// assert_eq!(People::parse("population 65-120"), Some(People::Aged { from: 65, to: 120 }));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum People {
    /// Everybody.
    All,
    /// Those of an age from `from` to `to`, both among them.
    Aged {
        /// The youngest.
        from: u8,
        /// The oldest.
        to: u8,
    },
}

impl People {
    /// Reads `population` or `population 65-120`.
    pub fn parse(text: &str) -> Option<Self> {
        let Some(ages) = text.strip_prefix("population ") else {
            return (text == "population").then_some(Self::All);
        };
        let (from, to) = ages.split_once('-')?;
        let (from, to) = (from.parse().ok()?, to.parse().ok()?);
        (from <= to).then_some(Self::Aged { from, to })
    }

    /// In a sentence: `people aged 65 and over`.
    pub fn in_words(self) -> String {
        match self {
            Self::All => "people".into(),
            Self::Aged { from: 0, to } if to >= OLDEST => "people".into(),
            Self::Aged { from: 0, to } if to < ADULT => format!("children under {}", to + 1),
            Self::Aged { from: 0, to } => format!("people under {}", to + 1),
            Self::Aged { from, to } if to >= OLDEST => format!("people aged {from} and over"),
            Self::Aged { from, to } => format!("people aged {from} to {to}"),
        }
    }

    /// How many of them live in an area; `None` when ages are asked for and not known.
    pub fn counted(self, record: &PopulationRecord) -> Option<u64> {
        match self {
            Self::All => Some(u64::from(record.total)),
            Self::Aged { from, to } => record.aged(from, to),
        }
    }
}

impl std::fmt::Display for People {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::All => f.write_str("population"),
            Self::Aged { from, to } => write!(f, "population {from}-{to}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_counted_is_said_in_words() {
        for (text, said) in [
            ("population", "people"),
            ("population 65-120", "people aged 65 and over"),
            ("population 65-74", "people aged 65 to 74"),
            ("population 0-4", "children under 5"),
            ("population 0-64", "people under 65"),
            ("population 0-120", "people"),
        ] {
            assert_eq!(People::parse(text).map(People::in_words).as_deref(), Some(said));
        }
    }

    #[test]
    fn what_is_no_weight_is_refused() {
        for text in
            ["", "populations", "population ", "population 5", "population 9-5", "population a-b", "65-120"]
        {
            assert_eq!(People::parse(text), None, "{text}");
        }
        assert_eq!(People::parse("population 0-4").map(|p| p.to_string()), Some("population 0-4".into()));
    }
}
