use super::Flaw;
use super::json::{Members, sort};

/// Checks the `bbox` member of any GeoJSON object, if there is one: it must be 4 or 6 numbers.
pub(super) fn check(members: &Members<'_>, of: &str) -> Result<(), Flaw> {
    let Some(bbox) = members.get("bbox").filter(|bbox| bbox.get() != "null") else { return Ok(()) };
    let flaw = |what: String| {
        Err(Flaw::new(
            "bad-bbox",
            format!("the {of}'s \"bbox\" {what}"),
            "It must be 4 or 6 numbers; or leave it out.",
        ))
    };
    match serde_json::from_str::<Vec<serde_json::Value>>(bbox.get()) {
        Err(_) => flaw(format!("is {}, not a list", sort(bbox))),
        Ok(list) if !list.iter().all(serde_json::Value::is_number) => {
            flaw("has members that are not numbers".into())
        }
        Ok(list) if list.len() != 4 && list.len() != 6 => flaw(format!("has {} numbers", list.len())),
        Ok(_) => Ok(()),
    }
}
