use super::Profile;
use crate::Refusal;
use toml::Value;

/// What a proposal writes where somebody has to say what it is.
pub(crate) const BLANK: &str = "FILL IN";

/// A profile that still has blanks is not ready.
///
/// # Errors
/// When it has, and which.
pub(crate) fn no_blanks(profile: &Profile) -> Result<(), Refusal> {
    let Ok(table) = toml::from_str::<toml::Table>(profile.toml()) else { return Ok(()) };
    let mut blanks = Vec::new();
    find(&Value::Table(table), "", &mut blanks);
    if blanks.is_empty() {
        return Ok(());
    }
    Err(Refusal::of_file(
        "blank-in-profile",
        format!("the profile `{}` has blanks that nobody has filled in: {}", profile.id(), blanks.join(", ")),
        format!("Write the column's name in place of {BLANK}, or take the line out."),
    ))
}

/// The names of blanks, as TOML writes them: `fields.payee`.
fn find(value: &Value, name: &str, blanks: &mut Vec<String>) {
    match value {
        Value::String(text) if text == BLANK => blanks.push(name.to_owned()),
        Value::Array(values) => {
            values.iter().for_each(|value| find(value, name, blanks));
            blanks.dedup();
        }
        Value::Table(table) => {
            for (key, value) in table {
                let name = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                find(value, &name, blanks);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_named() {
        let says = |key: &str, name: &str| {
            let text = format!(
                "id = \"x\"\ntitle = \"X\"\nrecord = \"building\"\nkey = [{key}]\n[fields]\nname = {name}\n"
            );
            let profile = Profile::parse(&text).expect("a profile");
            no_blanks(&profile).err().map_or_else(|| "-".into(), |refusal| refusal.finding.message)
        };
        assert_eq!(says("\"Ref\"", "\"Hall\""), "-");
        assert_eq!(
            says("\"FILL IN\", \"FILL IN\"", "{ first = [\"Hall\", \"FILL IN\"] }"),
            "the profile `x` has blanks that nobody has filled in: fields.name.first, key"
        );
    }
}
