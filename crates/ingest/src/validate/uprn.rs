use crate::notes::Notes;
use model::Uprn;

/// A property's reference number; what is none is dropped with a warning.
pub(crate) fn check(text: Option<&str>, notes: &mut Notes<'_>) -> Option<Uprn> {
    let text = text?;
    Uprn::parse(text)
        .map_err(|bad| {
            let remedy = if text.contains(['E', 'e', '.']) {
                "A spreadsheet has turned it into a number: format the column as text."
            } else {
                "Look it up at FindMyAddress."
            };
            notes.warn("bad-uprn", format!("{bad}; it was dropped"), remedy);
        })
        .ok()
}
