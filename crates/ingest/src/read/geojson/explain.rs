use super::Flaw;

/// What a JSON error means to the person who keeps the file.
pub(super) fn explain(error: &serde_json::Error, text: &str) -> Flaw {
    let said = error.to_string();
    let place = || text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
    let token_at = |token: &str| {
        let column = error.column().saturating_sub(1);
        let around = place().get(column.saturating_sub(10)..).unwrap_or(place());
        around.chars().take(24).collect::<String>().contains(token)
    };
    match () {
        () if said.contains("recursion limit") => Flaw::new(
            "too-deep",
            "lists or objects are nested more than 127 deep",
            "No map data is that deep.",
        ),
        () if said.contains("number out of range") => Flaw::new(
            "number-out-of-range",
            "a number is too large to be one (such as 1e999)",
            "Correct the number.",
        ),
        () if ["surrogate", "hex escape", "code point"].iter().any(|word| said.contains(word)) => Flaw::new(
            "lone-surrogate",
            "a text holds half of a character (a lone surrogate such as \\ud800)",
            "Write the file again as UTF-8.",
        ),
        () if ["NaN", "nan", "Infinity", "Inf"].iter().any(|token| token_at(token)) => Flaw::new(
            "not-a-number",
            format!("NaN or Infinity stands where JSON allows only numbers, in line {} of it", error.line()),
            "Leave the value out, or write null.",
        ),
        () => Flaw::new("bad-json", format!("not well-formed JSON: {said}"), "Export the file again."),
    }
}
