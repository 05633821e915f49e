use super::empties::Empties;
use crate::columns::Columns;
use crate::profile::{Piece, Text, pieces};
use crate::raw_row::RawRow;
use std::borrow::Cow;

/// A text's recipe, with the columns of this file.
pub(super) enum Recipe {
    Joined { columns: Vec<usize>, with: String },
    First(Vec<usize>),
    Labelled { columns: Vec<(String, usize)>, skip: Vec<String> },
    Fixed(String),
    Templates(Vec<Template>),
    Called { columns: Vec<usize>, a: String },
}

/// A template with the columns of this file; one that wants others is left out.
pub(crate) struct Template(Vec<Part>);

enum Part {
    Fixed(String),
    Cell { column: usize, sentence: bool },
}

impl Template {
    /// None when the file has not all of its columns.
    pub fn new(template: &str, columns: &Columns) -> Option<Self> {
        let part = |piece| match piece {
            Piece::Fixed(text) => Some(Part::Fixed(text.to_owned())),
            Piece::Blank { column, sentence } => {
                columns.find(column).map(|column| Part::Cell { column, sentence })
            }
        };
        pieces(template).into_iter().map(part).collect::<Option<Vec<_>>>().map(Self)
    }

    /// Filled from a row, unless a blank can't be.
    pub fn of(&self, row: &RawRow, empties: &Empties) -> Option<String> {
        let mut text = String::new();
        for part in &self.0 {
            match part {
                Part::Fixed(fixed) => text.push_str(fixed),
                Part::Cell { column, sentence } => {
                    let value = empties.value(row.cell(*column))?;
                    if *sentence { text.push_str(&sentence_case(value)) } else { text.push_str(value) }
                }
            }
        }
        Some(text)
    }
}

/// "Place Of Worship" and "PLACE OF WORSHIP" as "Place of worship".
fn sentence_case(text: &str) -> String {
    model::capital(&text.to_lowercase())
}

/// A name with what it is behind it, unless it says so itself.
fn called(name: &str, a: &str) -> Option<String> {
    let noun = a.rsplit(' ').next().unwrap_or(a);
    let stem = noun.strip_suffix("ies").or_else(|| noun.strip_suffix('s')).unwrap_or(noun);
    let stem = stem.strip_suffix('y').unwrap_or(stem).to_lowercase();
    let says_so =
        name.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(&stem));
    (!says_so).then(|| format!("{name} {a}"))
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
            Text::Template { template } => Self::Templates(
                template.names().iter().filter_map(|template| Template::new(template, columns)).collect(),
            ),
            Text::Called { called, a } => Self::Called { columns: found(called.names()), a: a.clone() },
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
            Self::Templates(templates) => {
                templates.iter().find_map(|template| template.of(row, empties)).map(Cow::Owned)
            }
            Self::Called { columns, a } => {
                let name = columns.iter().find_map(|i| empties.value(row.cell(*i)))?;
                Some(called(name, a).map_or(Cow::Borrowed(name), Cow::Owned))
            }
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
    fn a_place_is_called_what_there_is() {
        for (name, a, made) in [
            ("Stretford", "community hub", "Stretford community hub"),
            ("The Hub", "community hub", "-"),
            ("Coppice Library", "library", "-"),
            ("Chadwick Park", "allotments", "Chadwick Park allotments"),
            ("Moor Allotment Gardens", "allotments", "-"),
        ] {
            assert_eq!(called(name, a).as_deref().unwrap_or("-"), made);
        }
    }

    #[test]
    fn a_template_is_filled_or_not_at_all() {
        let columns = Columns::new(["type", "street"].map(String::from));
        let empties = Empties::new(&["NA".to_owned()]);
        let fill = |template: &str, cells: [&str; 2]| {
            let mut row = RawRow::starting(1);
            cells.iter().for_each(|cell| row.push(cell));
            Template::new(template, &columns).and_then(|t| t.of(&row, &empties)).unwrap_or_else(|| "-".into())
        };
        assert_eq!(
            fill("{type|sentence} in {street}", ["Post Office", "Elm Road"]),
            "Post office in Elm Road"
        );
        assert_eq!(fill("{type} in {street}", ["Post Office", "NA"]), "-");
        assert_eq!(fill("{type} in {town}", ["Post Office", "Elm Road"]), "-");
        assert_eq!(fill("{type", ["Post Office", ""]), "{type");
    }

    #[test]
    fn parts_are_joined_as_addresses_are_written() {
        assert_eq!(join(&["9", "Poplar Road", "Stretford"], ", "), "9 Poplar Road, Stretford");
        assert_eq!(join(&["2-4a", "High Street", "Sale", "SALE"], ", "), "2-4a High Street, Sale");
        assert_eq!(join(&["The Hub,", "Pownall Road"], ", "), "The Hub, Pownall Road");
        assert_eq!(join(&["a", "b"], " / "), "a / b");
    }
}
