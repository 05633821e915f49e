use super::{NEEDED_OF_MONEY, Profile};
use model::{Category, RecordKind};

/// Why a text is not a profile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// It is not TOML, or a value is not what its name calls for.
    #[error("not a profile: {0}")]
    Form(String),
    /// A name that profiles do not have.
    #[error("profiles have no `{0}`; profiles/README.md lists what they have")]
    UnknownName(String),
    /// A name under `[fields]` that is none.
    #[error("`{0}` is no field{hint}; the fields are {fields}", hint = hint(.0), fields = .1.join(", "))]
    UnknownField(String, &'static [&'static str]),
    /// Something that every profile of its kind needs.
    #[error("profile `{0}` says nothing of {1}")]
    Missing(String, &'static str),
    /// A category id that is not in the taxonomy.
    #[error("profile `{0}` names a category that there is not: `{1}`")]
    UnknownCategory(String, String),
    /// An id that can't be typed safely.
    #[error("`{0}` is not an id: use small letters, digits and hyphens")]
    BadId(String),
}

/// Where a name belongs that is no field.
fn hint(name: &str) -> String {
    if NAMES.contains(&name) || GIVEN.contains(&name) {
        return format!(" (`{name}` stands above `[fields]`, with `id` and `key`)");
    }
    let position = ["longitude", "latitude", "easting", "northing", "x", "y", "crs", "point"];
    if position.contains(&name) { " (it stands under `[position]`)".into() } else { String::new() }
}

/// The names of the top level: those of `Profile` and, flattened into it, of `Given`.
const NAMES: &[&str] = &[
    "id",
    "title",
    "record",
    "match",
    "unless",
    "general",
    "file_name",
    "when",
    "key",
    "tidy_keys",
    "fields",
    "category",
    "facilities",
    "identifiers",
    "position",
    "area",
    "closed",
    "consent",
    "correspondence",
    "empties",
    "called",
    "headless",
    "only",
    "group",
    "unnamed",
    "usual_facilities",
    "kind",
    "places",
];
const GIVEN: &[&str] = &[
    "publisher",
    "licence",
    "attribution",
    "source",
    "source_title",
    "serves",
    "covers",
    "as_of",
    "level",
    "vintage",
];
const FIELDS: &[&str] =
    &["name", "summary", "address", "postcode", "uprn", "website", "email", "phone", "opening_hours", "kind"];
const SPEND_FIELDS: &[&str] = &[
    "payer",
    "payee",
    "individual",
    "amount",
    "currency",
    "date",
    "year",
    "unit",
    "category",
    "purpose",
    "capital",
    "reference",
    "payee_postcode",
];
const POPULATION_FIELDS: &[&str] = &["area", "year", "sex", "total"];
const POSTCODE_FIELDS: &[&str] = &["postcode", "terminated", "ward", "district", "lsoa", "msoa", "quality"];

pub(super) fn parse(toml_text: &str) -> Result<Profile, ProfileError> {
    let form = |error: toml::de::Error| ProfileError::Form(error.to_string());
    let table: toml::Table = toml::from_str(toml_text).map_err(form)?;
    check_names(&table)?;
    let profile: Profile = toml::from_str(toml_text).map_err(form)?;
    check(&profile)?;
    Ok(profile)
}

fn check_names(table: &toml::Table) -> Result<(), ProfileError> {
    let unknown = |name: &String| ProfileError::UnknownName(name.clone());
    if let Some(name) = table.keys().find(|k| !NAMES.contains(&k.as_str()) && !GIVEN.contains(&k.as_str())) {
        return Err(unknown(name));
    }
    let record = table.get("record").and_then(|record| record.as_str()).and_then(RecordKind::parse);
    let fields = match record {
        Some(RecordKind::Postcode) => POSTCODE_FIELDS,
        Some(RecordKind::Spend) => SPEND_FIELDS,
        Some(RecordKind::Population) => POPULATION_FIELDS,
        _ => FIELDS,
    };
    let mut given =
        table.get("fields").and_then(|fields| fields.as_table()).into_iter().flat_map(|table| table.keys());
    if let Some(name) = given.find(|name| !fields.contains(&name.as_str())) {
        return Err(ProfileError::UnknownField(name.clone(), fields));
    }
    let conditions = table.get("when").and_then(|when| when.as_array()).into_iter().flatten();
    for name in conditions.filter_map(|condition| condition.as_table()).flat_map(|condition| condition.keys())
    {
        if name != "file_name_contains" && !GIVEN.contains(&name.as_str()) {
            return Err(unknown(name));
        }
    }
    Ok(())
}

fn check(profile: &Profile) -> Result<(), ProfileError> {
    let id = &profile.id;
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.is_empty() || !id.chars().all(plain) {
        return Err(ProfileError::BadId(id.clone()));
    }
    let unknown = |category: &&String| Category::parse(category).is_none();
    if let Some(category) = profile.category.ids_used().find(unknown) {
        return Err(ProfileError::UnknownCategory(id.clone(), category.clone()));
    }
    let missing = |what| Err(ProfileError::Missing(id.clone(), what));
    match profile.record {
        RecordKind::Area => Ok(()),
        RecordKind::Postcode if !profile.fields.contains_key("postcode") => {
            missing("the column of the postcode")
        }
        RecordKind::Postcode => Ok(()),
        RecordKind::Population if !profile.fields.contains_key("area") => missing("the column of the area"),
        RecordKind::Population if !profile.fields.contains_key("total") => missing("the column of the total"),
        RecordKind::Population => Ok(()),
        RecordKind::Spend => {
            let lacks = |fields: &[&str]| !fields.iter().any(|field| profile.fields.contains_key(*field));
            let what = ["the column of the payee", "the column of the amount", "the column of the date"];
            let lacking = NEEDED_OF_MONEY.iter().zip(what).find(|(fields, _)| lacks(fields));
            lacking.map_or(Ok(()), |(_, what)| missing(what))
        }
        _ if !profile.fields.contains_key("name") => missing("the column of the name"),
        _ if profile.key.lists().iter().all(|list| list.is_empty()) => missing("the key"),
        RecordKind::Asset if !profile.fields.contains_key("kind") => missing("the column of the kind"),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(fields: &str) -> String {
        let text = format!(
            "id = \"x\"\ntitle = \"X\"\nrecord = \"building\"\nkey = [\"a\"]\n[fields]\nname = \"a\"\n{fields}"
        );
        parse(&text).map_or_else(|error| error.to_string(), |_| "a profile".into())
    }

    #[test]
    fn what_is_no_field_is_told_where_it_belongs() {
        let fields = "name, summary, address, postcode, uprn, website, email, phone, opening_hours, kind";
        assert_eq!(says("phone = \"b\""), "a profile");
        assert_eq!(says("telephone = \"b\""), format!("`telephone` is no field; the fields are {fields}"));
        assert_eq!(
            says("facilities = [[\"Capacity\", \"b\"]]"),
            format!(
                "`facilities` is no field (`facilities` stands above `[fields]`, with `id` and `key`); the fields are {fields}"
            )
        );
        assert!(says("easting = \"b\"").contains("under `[position]`"));
    }
}
