use crate::notes::Notes;
use model::PartialDate;

/// The date that a row speaks of; what is none is dropped with a warning.
pub(crate) fn check(text: Option<&str>, notes: &mut Notes<'_>) -> Option<PartialDate> {
    PartialDate::parse(text?)
        .map_err(|bad| notes.warn("bad-date", format!("{bad}; it was dropped"), "Write it as 2023-04-30."))
        .ok()
}
