use model::Vintage;
use unicode_normalization::UnicodeNormalization;

/// The header of a table: names as published, and as we compare them.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    names: Vec<String>,
    folded: Vec<String>,
}

impl Columns {
    /// Of names as published. A name that is empty or stands there twice is told apart by its number.
    pub fn new(published: impl IntoIterator<Item = String>) -> Self {
        let mut columns = Self::default();
        for (i, name) in published.into_iter().enumerate() {
            let taken = columns.names.contains(&name);
            let name = match name.trim() {
                "" => format!("column {}", i + 1),
                name if taken => format!("{name} ({})", i + 1),
                name => name.to_owned(),
            };
            columns.folded.push(fold(&name));
            columns.names.push(name);
        }
        columns
    }

    /// The names as published.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// The place of a column, whatever its case and punctuation. `#` stands for a digit of a year: of `wd24cd`
    /// and `wd25cd`, `wd##cd` finds the newer.
    pub fn find(&self, name: &str) -> Option<usize> {
        let wanted = fold_pattern(name);
        if !wanted.contains('#') {
            return self.folded.iter().position(|have| *have == wanted);
        }
        let fits = |have: &&(usize, Vintage)| have.1.year() > 0;
        let years: Vec<(usize, Vintage)> = self
            .folded
            .iter()
            .enumerate()
            .filter_map(|(i, have)| digits_at_marks(&wanted, have).map(|year| (i, year)))
            .collect();
        years.iter().filter(fits).max_by_key(|(_, year)| *year).map(|(i, _)| *i)
    }

    /// The places of all columns of a name in which a `*` stands for nothing or a number, each with that number.
    pub fn find_numbered(&self, name: &str) -> Vec<(u32, usize)> {
        let Some((before, after)) = name.split_once('*') else {
            return self.find(name).map(|i| (0, i)).into_iter().collect();
        };
        let (before, after) = (fold(before), fold(after));
        let number = |have: &String| {
            let within = have.strip_prefix(&before)?.strip_suffix(&after)?;
            if within.is_empty() { Some(0) } else { within.parse().ok() }
        };
        self.folded.iter().enumerate().filter_map(|(i, have)| Some((number(have)?, i))).collect()
    }

    /// The places of all columns that a name in a profile stands for.
    pub fn find_all(&self, name: &str) -> Vec<usize> {
        self.find_numbered(name).into_iter().map(|(_, i)| i).collect()
    }

    /// The column whose name is nearest to a mistyped one: one letter in four may be another.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        let wanted = fold(name);
        let most = (wanted.chars().count() / 4).max(1);
        let far = self.folded.iter().map(|have| typing_errors(&wanted, have));
        let (errors, i) = far.zip(0..).min()?;
        (errors <= most).then(|| self.names[i].as_str())
    }

    /// The place of the first of several names that there is.
    pub fn find_any<S: AsRef<str>>(&self, names: &[S]) -> Option<usize> {
        names.iter().find_map(|name| self.find(name.as_ref()))
    }
}

/// How many letters must be put in, left out or changed to make one text of the other.
fn typing_errors(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let changed = before + usize::from(from != *to);
            before = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(before + 1);
        }
    }
    row[b.len()]
}

/// The vintage that stands where the pattern has its two `#`, when all else is the same.
fn digits_at_marks(pattern: &str, text: &str) -> Option<Vintage> {
    if pattern.len() != text.len() {
        return None;
    }
    let mut digits = String::new();
    for (p, t) in pattern.chars().zip(text.chars()) {
        match p {
            '#' => digits.push(t),
            p if p != t => return None,
            _ => {}
        }
    }
    Vintage::from_two_digits(&digits)
}

/// Letters and digits only, in lower case, look-alike forms made one.
pub(crate) fn fold(name: &str) -> String {
    name.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

fn fold_pattern(name: &str) -> String {
    name.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric() || *c == '#').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_punctuation_do_not_matter() {
        let columns = Columns::new(["Post Code", "GeoX", "wd24cd", "WD25CD", "Wd91Cd"].map(String::from));
        assert_eq!(columns.find("post_code"), Some(0));
        assert_eq!(columns.find("geo-x"), Some(1));
        assert_eq!(columns.find("wd##cd"), Some(3));
        assert_eq!(columns.find("lad##cd"), None);
    }

    #[test]
    fn names_that_are_empty_or_double_are_told_apart() {
        let columns = Columns::new(["a", "", "a"].map(String::from));
        assert_eq!(columns.names(), ["a", "column 2", "a (3)"]);
    }

    #[test]
    fn a_star_stands_for_a_number_or_nothing() {
        let columns = Columns::new(["Place:Code", "Place:1:Code", "Place:x:Code", "Code"].map(String::from));
        assert_eq!(columns.find_numbered("Place:*:Code"), [(0, 0), (1, 1)]);
        assert_eq!(columns.find_numbered("code"), [(0, 3)]);
        assert!(columns.find_all("Town:*:Code").is_empty());
    }

    #[test]
    fn a_mistyped_name_has_a_nearest_column() {
        let columns = Columns::new(["Venue", "Post code", "Wheelchair OK?"].map(String::from));
        for (name, nearest) in [
            ("Venu", Some("Venue")),
            ("Veune", None),
            ("Postcod", Some("Post code")),
            ("wheelchair ok", Some("Wheelchair OK?")),
            ("seats", None),
            ("Colour", None),
        ] {
            assert_eq!(columns.nearest(name), nearest, "{name}");
        }
    }
}
