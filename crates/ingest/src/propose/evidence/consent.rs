use super::super::{Claim, Column, Field};

/// What a column of consent is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Asked {
    /// Being published at all, and not only being written to or rung up.
    pub publication: bool,
    /// A yes means that they do not want it.
    pub is_refusal: bool,
}

/// Columns that say who agreed to something: a header that speaks of consent, over cells of yes and no.
pub(super) fn claim(column: &Column<'_>) -> Option<Claim> {
    let asked = asked(column)?;
    let reason = match asked.publication {
        true => "it says who may be published: the others are loaded for staff only",
        false => "it says who agreed: of the others telephone and mailbox are left out",
    };
    Claim::new(Field::Consent, 98, reason)
}

/// What a column asks; `None` when it is none of consent.
pub(in super::super) fn asked(column: &Column<'_>) -> Option<Asked> {
    let folded = column.folded();
    let about =
        ["consent", "gdpr", "optin", "optedin", "optout", "optedout", "permission", "agreed", "agrees"];
    let of_consent = about.iter().any(|word| folded.contains(word)) || (column.says(&["opt", "opted"]));
    let of_publication =
        column.says(&[
            "publish",
            "published",
            "public",
            "publicise",
            "publication",
            "confidential",
            "private",
            "listed",
        ]) && !column.says(&["transport", "toilet", "toilets", "access", "open", "parking", "house", "hall"]);
    let is_answered = column.percent(is_answer) >= 60;
    let asked = Asked {
        publication: of_publication,
        is_refusal: [
            "donot",
            "dont",
            "notto",
            "optout",
            "optedout",
            "withheld",
            "confidential",
            "private",
            "refus",
        ]
        .iter()
        .any(|word| folded.contains(word)),
    };
    ((of_consent || of_publication) && is_answered).then_some(asked)
}

/// The answers that mean yes.
pub(in super::super) const YES: &[&str] =
    &["y", "yes", "true", "1", "✓", "✔", "x", "opted in", "opt in", "in", "agreed", "given", "granted"];

fn is_answer(value: &str) -> bool {
    let lower = value.to_lowercase();
    let no = [
        "n",
        "no",
        "false",
        "0",
        "✗",
        "✘",
        "opted out",
        "opt out",
        "out",
        "refused",
        "withdrawn",
        "pending",
        "?",
    ];
    YES.contains(&lower.as_str()) || no.contains(&lower.as_str())
}
