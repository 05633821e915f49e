use super::empties::Empties;
use super::text::{Recipe, Template};
use crate::columns::Columns;
use crate::profile::{Profile, Text};
use crate::raw_row::RawRow;
use std::borrow::Cow;

/// What publishers write in the place of a name.
const NO_NAME: &[&str] =
    &["unknown", "unnamed", "no name", "not named", "name unknown", "not known", "tbc", "to be confirmed"];

/// How rows of this file get their names.
pub(super) struct Names {
    own: Option<Recipe>,
    /// The same without what is put behind a place's name.
    bare: Option<Recipe>,
    /// For rows whose name is missing.
    unnamed: Vec<Template>,
}

/// A row's name, and what to say of how it came about.
#[derive(Debug, PartialEq)]
pub(super) struct Name<'r> {
    pub text: Cow<'r, str>,
    pub note: Option<String>,
}

impl Names {
    pub fn new(profile: &Profile, columns: &Columns) -> Self {
        let text = profile.fields.get("name");
        let bare = match text {
            Some(Text::Called { called, .. }) => Some(Text::First { first: called.names().to_vec() }),
            _ => None,
        };
        Self {
            own: text.map(|text| Recipe::new(text, columns)),
            bare: bare.map(|text| Recipe::new(&text, columns)),
            unnamed: profile.unnamed.iter().filter_map(|t| Template::new(t, columns)).collect(),
        }
    }

    /// The row's own name, else one made of what it says of itself.
    pub fn of<'r>(&'r self, row: &'r RawRow, empties: &Empties) -> Option<Name<'r>> {
        let own = self.own.as_ref().and_then(|recipe| recipe.of(row, empties)).filter(|name| is_name(name));
        if let Some(text) = own {
            let bare = self.bare.as_ref().and_then(|recipe| recipe.of(row, empties));
            let note = bare.filter(|bare| *bare != text).map(|bare| {
                format!("The source calls it \u{201c}{bare}\u{201d}; its type was added to the name.")
            });
            return Some(Name { text, note });
        }
        let made = self.unnamed.iter().find_map(|template| template.of(row, empties))?;
        let note = "The source does not name it; this name was made from its type.".to_owned();
        Some(Name { text: Cow::Owned(made), note: Some(note) })
    }
}

fn is_name(text: &str) -> bool {
    !NO_NAME.contains(&text.trim().to_lowercase().as_str())
}

/// A summary with a note behind it.
pub(super) fn with_note(summary: Option<String>, note: Option<String>) -> Option<String> {
    match (summary, note) {
        (Some(summary), Some(note)) => {
            let stop = if summary.ends_with(['.', '!', '?']) { "" } else { "." };
            Some(format!("{summary}{stop} {note}"))
        }
        (summary, note) => summary.or(note),
    }
}
