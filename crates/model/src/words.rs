//! How texts are put together for people.

/// With a capital at its start.
///
/// ```
/// assert_eq!(model::capital("ward"), "Ward");
/// ```
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// One after the other, as they are said.
///
/// ```
/// assert_eq!(model::listed(&["Ash", "Elm", "Oak"]), "Ash, Elm and Oak");
/// ```
pub fn listed(parts: &[impl AsRef<str>]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}
