use super::geometry::{self, Geometry};
use super::json::{Members, short, sort};
use super::{Flaw, bbox};

/// A feature whose structure is right: its properties and its geometry, if it has one.
pub(super) struct Feature<'a> {
    /// The text of the properties, `{}` when there are none.
    pub properties: &'a str,
    pub geometry: Option<Geometry>,
    pub geometry_text: &'a str,
    pub warnings: Vec<Flaw>,
}

/// Reads one feature.
///
/// # Errors
/// The first thing that is wrong with it.
pub(super) fn parse(text: &str) -> Result<Feature<'_>, Flaw> {
    let members = object(text)?;
    check_type(&members)?;
    check_id(&members)?;
    bbox::check(&members, "feature")?;
    let properties = properties(&members)?;
    let geometry_text = members.get("geometry").map_or("null", |raw| raw.get());
    let mut warnings = Vec::new();
    let geometry = match geometry_text {
        "null" => None,
        text if text.starts_with('{') => Some(geometry::parse(text, &mut warnings)?),
        _ => {
            let what = members.get("geometry").map_or("null", sort);
            let message = format!("the feature's \"geometry\" is {what}");
            return Err(Flaw::new(
                "not-a-geometry",
                message,
                "It must be an object with \"type\" and \"coordinates\".",
            ));
        }
    };
    Ok(Feature { properties, geometry, geometry_text, warnings })
}

/// The properties' text alone, for finding the columns; `None` where there are none.
pub(super) fn properties_of(text: &str) -> Option<&str> {
    Members::of(text).ok()?.get("properties").map(|raw| raw.get()).filter(|raw| raw.starts_with('{'))
}

fn object(text: &str) -> Result<Members<'_>, Flaw> {
    if !text.starts_with('{') {
        return Err(Flaw::new(
            "not-a-feature",
            format!("{} stands where a feature belongs", short(text)),
            "Take it out.",
        ));
    }
    Members::of(text)
}

fn check_type(members: &Members<'_>) -> Result<(), Flaw> {
    let kind = members.kind("feature")?;
    if kind == "Feature" {
        return Ok(());
    }
    let remedy = "Features have the type \"Feature\".";
    if kind.eq_ignore_ascii_case("feature") {
        let message = format!("the feature's type is \"{}\": it must be written \"Feature\"", short(&kind));
        return Err(Flaw::new("type-case", message, "Correct the capitals."));
    }
    if geometry::type_in_any_case(&kind).is_some() {
        let message = format!(
            "a bare {} stands where a feature belongs: it has no properties, so no name",
            short(&kind)
        );
        return Err(Flaw::new("bare-geometry", message, remedy));
    }
    Err(Flaw::new("unknown-type", format!("the feature's type is \"{}\"", short(&kind)), remedy))
}

fn check_id(members: &Members<'_>) -> Result<(), Flaw> {
    match members.get("id").map(|id| (id, id.get().as_bytes().first().copied().unwrap_or(b'n'))) {
        Some((id, b'{' | b'[' | b't' | b'f' | b'n')) if id.get() != "null" => Err(Flaw::new(
            "bad-id",
            format!("the feature's \"id\" is {}, neither a text nor a number", sort(id)),
            "Correct it or leave it out.",
        )),
        _ => Ok(()),
    }
}

fn properties<'a>(members: &Members<'a>) -> Result<&'a str, Flaw> {
    match members.get("properties") {
        None => Ok("{}"),
        Some(raw) if raw.get() == "null" => Ok("{}"),
        Some(raw) if raw.get().starts_with('{') => Ok(raw.get()),
        Some(raw) => Err(Flaw::new(
            "properties-not-an-object",
            format!("the feature's \"properties\" is {}, not an object", sort(raw)),
            "Properties are an object of names and values, or null.",
        )),
    }
}
