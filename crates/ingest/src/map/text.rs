use super::empties::Empties;
use crate::columns::Columns;
use crate::profile::Text;
use crate::raw_row::RawRow;
use std::borrow::Cow;

/// A text's recipe, with the columns of this file.
pub(super) enum Recipe {
    Joined { columns: Vec<usize>, with: String },
    First(Vec<usize>),
    Labelled { columns: Vec<(String, usize)>, skip: Vec<String> },
    Fixed(String),
}

impl Recipe {
    /// The recipe of a profile; columns that the file has not are left out.
    pub fn new(text: &Text, columns: &Columns) -> Self {
        let found = |names: &[String]| names.iter().filter_map(|name| columns.find(name)).collect();
        match text {
            Text::Column(name) => Self::First(columns.find(name).into_iter().collect()),
            Text::First { first } => Self::First(found(first)),
            Text::Joined(join) => Self::Joined { columns: found(join), with: ", ".into() },
            Text::JoinedWith { join, with } => Self::Joined { columns: found(join), with: with.clone() },
            Text::Fixed { fixed } => Self::Fixed(fixed.clone()),
            Text::Labelled { labelled, skip } => {
                let pair = |(label, name): &(String, String)| columns.find(name).map(|i| (label.clone(), i));
                Self::Labelled { columns: labelled.iter().filter_map(pair).collect(), skip: skip.clone() }
            }
        }
    }

    /// The text of a row.
    pub fn of<'r>(&'r self, row: &'r RawRow, empties: &Empties) -> Option<Cow<'r, str>> {
        match self {
            Self::First(columns) => {
                columns.iter().find_map(|i| empties.value(row.cell(*i))).map(Cow::Borrowed)
            }
            Self::Fixed(text) => Some(Cow::Borrowed(text)),
            Self::Joined { columns, with } => {
                let parts: Vec<&str> = columns.iter().filter_map(|i| empties.value(row.cell(*i))).collect();
                (!parts.is_empty()).then(|| Cow::Owned(join(&parts, with)))
            }
            Self::Labelled { columns, skip } => {
                let parts: Vec<String> = columns
                    .iter()
                    .filter_map(|(label, i)| Some((label, empties.value(row.cell(*i))?)))
                    .filter(|(_, value)| !skip.iter().any(|s| s == value))
                    .map(|(label, value)| format!("{label} {value}"))
                    .collect();
                (!parts.is_empty()).then(|| Cow::Owned(parts.join("; ")))
            }
        }
    }
}

/// Joins the parts of an address: a part that repeats the one before is left out, and a house number is joined to
/// its street by a blank.
fn join(parts: &[&str], with: &str) -> String {
    let mut joined = String::new();
    let mut before = "";
    for part in parts {
        let part = part.trim_end_matches([',', ' ']);
        if part.is_empty() || part.eq_ignore_ascii_case(before) {
            continue;
        }
        if !before.is_empty() {
            joined.push_str(if with == ", " && is_house_number(before) { " " } else { with });
        }
        joined.push_str(part);
        before = part;
    }
    joined
}

fn is_house_number(part: &str) -> bool {
    part.len() <= 8
        && part.starts_with(|c: char| c.is_ascii_digit())
        && part.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | ' ' | 'a'..='e' | 'A'..='E'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_joined_as_addresses_are_written() {
        assert_eq!(join(&["9", "Poplar Road", "Stretford"], ", "), "9 Poplar Road, Stretford");
        assert_eq!(join(&["2-4a", "High Street", "Sale", "SALE"], ", "), "2-4a High Street, Sale");
        assert_eq!(join(&["The Hub,", "Pownall Road"], ", "), "The Hub, Pownall Road");
        assert_eq!(join(&["a", "b"], " / "), "a / b");
    }
}
