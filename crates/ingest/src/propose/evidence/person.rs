use super::super::{Claim, Column, Field};

/// Columns that may name a private person are never taken without being asked for.
pub(super) fn claim(column: &Column<'_>) -> Option<Claim> {
    let folded = column.folded();
    let roles = [
        "secretary",
        "treasurer",
        "trustee",
        "trustees",
        "surname",
        "forename",
        "caretaker",
        "chairman",
        "chairperson",
        "keyholder",
    ];
    let named = [
        "contactname",
        "contactperson",
        "namedcontact",
        "maincontact",
        "contact",
        "firstname",
        "lastname",
        "first",
        "last",
        "fullname",
    ];
    let person = column.says(&roles) || named.contains(&folded.as_str());
    let text = column.percent(|value| value.chars().any(char::is_alphabetic) && !value.contains('@')) >= 50;
    (person && text).then(|| {
        Claim::new(
            Field::Person,
            99,
            "it may name a private person; if it is an office, add it as facilities = [[\"Who to ask\", …]]",
        )
    })?
}
