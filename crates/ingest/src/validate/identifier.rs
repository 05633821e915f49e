use crate::notes::Notes;
use model::OrgId;

/// A register number; what is none is dropped with a warning. Without a register the text has both.
pub(crate) fn check(register: Option<&str>, text: Option<&str>, notes: &mut Notes<'_>) -> Option<OrgId> {
    let text = text?;
    let id = match register {
        Some("GB-CHC") => OrgId::charity(text),
        Some("GB-COH") => OrgId::company(text),
        Some(register) => OrgId::parse(&format!("{register}-{text}")),
        None => OrgId::parse(text),
    };
    id.map_err(|bad| {
        notes.warn("bad-identifier", format!("{bad}; it was dropped"), "Correct the number.");
    })
    .ok()
}
