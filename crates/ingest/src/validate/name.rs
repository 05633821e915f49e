use super::text::limited;
use crate::notes::Notes;
use model::Finding;

/// A name may have so many characters.
const MAX_NAME: usize = 500;

/// A name in one line. A row without one is rejected: nobody could find it.
///
/// # Errors
/// When there is none.
pub(crate) fn check(text: Option<&str>, notes: &mut Notes<'_>) -> Result<String, Finding> {
    let line: Vec<&str> = text.unwrap_or_default().split_whitespace().collect();
    limited(&line.join(" "), MAX_NAME, "name", notes)
        .ok_or_else(|| notes.reject("no-name", "the row has no name", "Give it a name."))
}
