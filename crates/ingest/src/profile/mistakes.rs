use super::Profile;
use crate::Refusal;
use crate::columns::Columns;
use model::{Finding, RecordKind};

/// Columns that a profile of one's own names and the file has not. A shipped profile names the columns of many files;
/// one's own is for this file, and a name that is not there is a mistake: refused where it is the only one of its
/// field and a column is called nearly so, or where it is the name of things; else said.
///
/// # Errors
/// The mistakes, each with the column that may be meant.
pub(crate) fn mistakes(profile: &Profile, columns: &Columns) -> Result<Option<Finding>, Refusal> {
    let is_of_rows = profile.record.is_of_assets() || profile.record == RecordKind::Spend;
    let is_shipped = Profile::shipped().iter().any(|shipped| shipped.toml() == profile.toml());
    if is_shipped || !is_of_rows {
        return Ok(None);
    }
    let (mut wrong, mut missing) = (Vec::new(), Vec::new());
    for (field, text) in &profile.fields {
        let named = text.columns();
        if named.is_empty() || named.iter().any(|name| columns.find(name).is_some()) {
            continue;
        }
        let name = named[0];
        match columns.nearest(name) {
            Some(near) => wrong.push(format!("{field} = {name:?}: no such column; did you mean {near:?}?")),
            None if field == "name" => wrong.push(format!("{field} = {name:?}: no such column")),
            None => missing.push(format!("{field} = {name:?}")),
        }
    }
    if !wrong.is_empty() {
        return Err(Refusal::of_file(
            "no-such-column",
            format!("in the profile `{}`: {}", profile.id(), wrong.join("; ")),
            format!("Correct it in the profile. The file has: {}.", columns.names().join(", ")),
        ));
    }
    Ok((!missing.is_empty()).then(|| {
        Finding::of_file(
            "no-such-column",
            format!(
                "the profile `{}` names columns that the file has not: {}",
                profile.id(),
                missing.join(", ")
            ),
            "Correct their names in the profile, or take them out.",
        )
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(fields: &str) -> String {
        let text =
            format!("id = \"x\"\ntitle = \"X\"\nrecord = \"building\"\nkey = [\"Ref\"]\n[fields]\n{fields}");
        let profile = Profile::parse(&text).expect("a profile");
        let columns = Columns::new(["Ref", "Venue", "Pcode"].map(String::from));
        match mistakes(&profile, &columns) {
            Err(refusal) => format!("refused: {}", refusal.finding.message),
            Ok(notice) => notice.map_or_else(|| "-".into(), |notice| notice.message),
        }
    }

    #[test]
    fn a_column_that_is_not_there_is_named_with_the_one_that_is_meant() {
        for (fields, expected) in [
            ("name = \"venue\"", "-"),
            (
                "name = \"Venu\"",
                "refused: in the profile `x`: name = \"Venu\": no such column; did you mean \"Venue\"?",
            ),
            (
                "name = \"Venue\"\npostcode = \"Pcod\"",
                "refused: in the profile `x`: postcode = \"Pcod\": no such column; did you mean \"Pcode\"?",
            ),
            ("name = \"Title\"", "refused: in the profile `x`: name = \"Title\": no such column"),
            (
                "name = \"Venue\"\nphone = \"Tel\"",
                "the profile `x` names columns that the file has not: phone = \"Tel\"",
            ),
            ("name = { first = [\"Venue\", \"Venu\"] }\nwebsite = { fixed = \"https://a.org\" }", "-"),
        ] {
            assert_eq!(says(fields), expected, "{fields}");
        }
    }
}
