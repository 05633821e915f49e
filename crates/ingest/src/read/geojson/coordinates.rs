use super::Flaw;
use geo_types::Coord;
use serde_json::Value;

const ORDER: &str = "A position is a list of two numbers: longitude, latitude.";

/// A position: two numbers, or three with a height, which is dropped. More are dropped with a word.
pub(super) fn position(value: &Value, path: &str, warnings: &mut Vec<Flaw>) -> Result<Coord<f64>, Flaw> {
    let list = list(value, path, "a position")?;
    let mut numbers = Vec::with_capacity(3);
    for (i, number) in list.iter().enumerate() {
        numbers.push(scalar(number, &format!("{path}[{i}]"))?);
    }
    if numbers.len() < 2 {
        let count = match numbers.len() {
            0 => "no numbers".to_owned(),
            _ => "only one number".to_owned(),
        };
        return Err(Flaw::new(
            "position-too-short",
            format!("{path} has {count}: a position needs two"),
            ORDER,
        ));
    }
    if numbers.len() > 3 && !warnings.iter().any(|w| w.rule == "position-too-long") {
        let message = format!("{path} has {} numbers; those after the third were dropped", numbers.len());
        warnings.push(Flaw::new("position-too-long", message, ORDER));
    }
    Ok(Coord { x: numbers[0], y: numbers[1] })
}

fn scalar(value: &Value, path: &str) -> Result<f64, Flaw> {
    let flaw = |rule, what: &str| Err(Flaw::new(rule, format!("{path} is {what}, not a number"), ORDER));
    match value {
        Value::Number(number) => number
            .as_f64()
            .filter(|n| n.is_finite())
            .map_or_else(|| flaw("coordinate-not-a-number", "not finite"), Ok),
        Value::String(_) => flaw("coordinate-is-text", "a text"),
        Value::Array(_) => Err(Flaw::new(
            "wrong-nesting",
            format!("{path} is a list where a number belongs: nested too deep"),
            ORDER,
        )),
        Value::Null => flaw("coordinate-not-a-number", "null"),
        _ => flaw("coordinate-not-a-number", "an object, true or false"),
    }
}

/// The items of a list.
pub(super) fn list<'v>(value: &'v Value, path: &str, what: &str) -> Result<&'v [Value], Flaw> {
    let flaw =
        |rule, found: &str| Err(Flaw::new(rule, format!("{path} should be {what} but is {found}"), ORDER));
    match value {
        Value::Array(items) => Ok(items),
        Value::Number(_) => flaw("wrong-nesting", "a number: not nested deep enough for the type"),
        Value::String(_) => flaw("coordinate-is-text", "a text"),
        Value::Null => flaw("no-coordinates", "null"),
        _ => flaw("coordinate-not-a-number", "an object, true or false"),
    }
}

/// A closed ring of at least four positions.
pub(super) fn ring(value: &Value, path: &str, warnings: &mut Vec<Flaw>) -> Result<Vec<Coord<f64>>, Flaw> {
    let items = list(value, path, "a ring, a list of positions")?;
    let mut ring = Vec::with_capacity(items.len());
    for (i, item) in items.iter().enumerate() {
        ring.push(position(item, &format!("{path}[{i}]"), warnings)?);
    }
    if ring.len() < 4 {
        return Err(Flaw::new(
            "ring-too-short",
            format!(
                "the ring {path} has {} positions: four are the least, the last equal to the first",
                ring.len()
            ),
            "Draw the area again.",
        ));
    }
    if ring.first() != ring.last() {
        return Err(Flaw::new(
            "ring-not-closed",
            format!("the ring {path} is not closed: its first and last positions differ"),
            "Repeat the first position at the end.",
        ));
    }
    Ok(ring)
}
