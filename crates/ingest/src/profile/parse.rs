use super::Profile;
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
    "fields",
    "category",
    "facilities",
    "identifiers",
    "position",
    "area",
    "closed",
    "correspondence",
    "empties",
    "called",
    "headless",
    "only",
    "group",
    "unnamed",
    "usual_facilities",
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
    let fields = if profile.record == RecordKind::Postcode { POSTCODE_FIELDS } else { FIELDS };
    if let Some(name) = profile.fields.keys().find(|name| !fields.contains(&name.as_str())) {
        return Err(ProfileError::UnknownName(format!("fields.{name}")));
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
        _ if !profile.fields.contains_key("name") => missing("the column of the name"),
        _ if profile.key.lists().iter().all(|list| list.is_empty()) => missing("the key"),
        RecordKind::Asset if !profile.fields.contains_key("kind") => missing("the column of the kind"),
        _ => Ok(()),
    }
}
