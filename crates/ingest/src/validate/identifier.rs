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

/// Registers whose numbers others know too, as org-id.guide calls them.
const REGISTERS: &[&str] = &[
    "GB-CHC",
    "GB-COH",
    "GB-EDU",
    "GB-IRN",
    "GB-LAE",
    "GB-LANI",
    "GB-LAS",
    "GB-MPR",
    "GB-NHS",
    "GB-NIC",
    "GB-PLA",
    "GB-REV",
    "GB-SC",
    "GB-SHPE",
    "GB-UKPRN",
    "GB-WALEDU",
];

/// An identifier with its register, when that is one of the known: a publisher's own ids are nobody else's.
pub(crate) fn of_a_register(text: &str) -> Option<OrgId> {
    let id = OrgId::parse(text).ok()?;
    let (register, number) = id.as_str().rsplit_once('-')?;
    let id = match register {
        "GB-CHC" => OrgId::charity(number).ok()?,
        "GB-COH" => OrgId::company(number).ok()?,
        _ => id,
    };
    REGISTERS.iter().any(|known| id.as_str().starts_with(&format!("{known}-"))).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::of_a_register;

    #[test]
    fn only_ids_of_registers_are_kept() {
        for (text, expected) in [
            ("GB-CHC-1156077", Some("GB-CHC-1156077")),
            ("gb-coh-738693", Some("GB-COH-00738693")),
            ("GB-LAE-TRF", Some("GB-LAE-TRF")),
            ("360G-trafford-be_active", None),
            ("360G-wolfson:org-13177", None),
            ("GB-CHC-none", None),
            ("1156077", None),
        ] {
            assert_eq!(of_a_register(text).as_ref().map(|id| id.as_str()), expected, "{text}");
        }
    }
}
