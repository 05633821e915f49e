use super::empties::Empties;
use crate::Refusal;
use crate::columns::Columns;
use crate::notes::Notes;
use crate::profile::Profile;
use crate::raw_row::RawRow;
use crate::read::geojson::GEOMETRY;
use model::{Finding, Fingerprint, Postcode};
use unicode_normalization::UnicodeNormalization;

/// A longer key keeps its start and the hash of the whole.
const MAX_KEY: usize = 300;

/// The columns whose values name a row for good.
pub(super) struct KeyColumns {
    columns: Vec<usize>,
    names: String,
    /// Whether postcodes in it are compared however they are spaced.
    is_tidy: bool,
    /// The column that stands for the geometry: where a thing is tells it from others without a name.
    geometry: Option<usize>,
}

impl KeyColumns {
    /// The first of the profile's lists whose columns the file has.
    ///
    /// # Errors
    /// When it has none of them.
    pub fn new(profile: &Profile, all: &Columns) -> Result<Self, Refusal> {
        for list in profile.key.lists() {
            let found: Option<Vec<usize>> = list.iter().map(|name| all.find(name)).collect();
            if let Some(columns) = found.filter(|found| !found.is_empty()) {
                return Ok(Self {
                    columns,
                    names: list.join(", "),
                    is_tidy: profile.tidy_keys,
                    geometry: all.find(GEOMETRY),
                });
            }
        }
        let lists: Vec<String> = profile.key.lists().iter().map(|list| list.join(" and ")).collect();
        Err(Refusal::of_file(
            "no-key-columns",
            format!(
                "the profile `{}` tells rows apart by {}, which the file has not",
                profile.id(),
                lists.join(", or by ")
            ),
            "Name other columns as `key` in a profile of your own.",
        ))
    }

    /// A row's key: its values in lower case, single blanks between words, joined by bars.
    ///
    /// # Errors
    /// When all of them are empty.
    pub fn of(&self, row: &RawRow, empties: &Empties, notes: &Notes<'_>) -> Result<String, Finding> {
        let part = |i: &usize| match empties.value(row.cell(*i)) {
            None if self.geometry == Some(*i) && !row.geometry.is_empty() => {
                hash(&row.geometry)[..16].to_owned()
            }
            value if self.is_tidy => tidy(value.unwrap_or_default()),
            value => normal(value.unwrap_or_default()),
        };
        let parts: Vec<String> = self.columns.iter().map(part).collect();
        if parts.iter().all(String::is_empty) {
            return Err(notes.reject(
                "no-key",
                format!("the row has nothing in {}, by which rows are told apart", self.names),
                "Give it an identifier of its own.",
            ));
        }
        Ok(limited(parts.join("|")))
    }
}

pub(crate) fn normal(text: &str) -> String {
    let folded: String = text.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_control()).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same, and a postcode as it is usually spaced.
pub(crate) fn tidy(text: &str) -> String {
    Postcode::parse(text).map_or_else(|_| normal(text), |postcode| normal(postcode.as_str()))
}

fn limited(key: String) -> String {
    match key.char_indices().nth(MAX_KEY) {
        None => key,
        Some((end, _)) => {
            format!("{}…{}", &key[..end], hash(&key))
        }
    }
}

fn hash(text: &str) -> String {
    Fingerprint::of([text.as_bytes()]).0.iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{normal, tidy};

    #[test]
    fn a_tidy_key_has_its_postcodes_spaced_as_usual() {
        for (text, plain, tidied) in [
            ("M419GS", "m419gs", "m41 9gs"),
            ("m41  9gs ", "m41 9gs", "m41 9gs"),
            (" Oak  Hall ", "oak hall", "oak hall"),
            ("RM001", "rm001", "rm001"),
        ] {
            assert_eq!((normal(text), tidy(text)), (plain.to_owned(), tidied.to_owned()));
        }
    }
}
