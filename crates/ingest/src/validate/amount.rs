use crate::notes::Notes;
use model::{BadPence, Finding, Pence};

/// An amount of money. One finer than a penny, as sums in spreadsheets are, is rounded half away from zero.
///
/// # Errors
/// When it is none: a line without its money would make every sum wrong.
pub(crate) fn check(text: Option<&str>, notes: &mut Notes<'_>) -> Result<Pence, Finding> {
    let remedy = "Write it in pounds, as 1234.50 or -1234.50.";
    let Some(text) = text else { return Err(notes.reject("no-amount", "the row has no amount", remedy)) };
    match Pence::parse(text) {
        Ok(pence) => Ok(pence),
        Err(finer @ BadPence::Finer(_)) => {
            let pence = rounded(text).ok_or_else(|| notes.reject("bad-amount", finer.to_string(), remedy))?;
            notes.warn("finer-than-a-penny", format!("{finer}; it was read as {pence}"), remedy);
            Ok(pence)
        }
        Err(bad) => Err(notes.reject("bad-amount", bad.to_string(), remedy)),
    }
}

/// An amount with more than two decimals, rounded half away from zero.
fn rounded(text: &str) -> Option<Pence> {
    let (pounds, rest) = text.rsplit_once('.')?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (decimals, after) = rest.split_at(end);
    let whole = Pence::parse(&format!("{pounds}.{}{after}", decimals.get(..2)?)).ok()?;
    let is_up = decimals.as_bytes().get(2).is_some_and(|digit| *digit >= b'5');
    // "-0.004" has no pence that could show its sign
    let is_credit = Pence::parse(&format!("{pounds}.99{after}")).ok()? < Pence(0);
    let more = i64::from(is_up) * if is_credit { -1 } else { 1 };
    whole.0.checked_add(more).map(Pence)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(text: &str) -> String {
        let (mut warnings, mut notices) = (Vec::new(), Vec::new());
        let mut notes = Notes { line: 7, warnings: &mut warnings, notices: &mut notices };
        let found = check((!text.is_empty()).then_some(text), &mut notes);
        let warned = if warnings.is_empty() { "" } else { " warned" };
        found.map_or_else(|finding| finding.rule.to_string(), |pence| format!("{}{warned}", pence.0))
    }

    #[test]
    fn pence_are_exact_and_what_is_finer_is_rounded_away_from_zero() {
        for (text, expected) in [
            ("742.50", "74250"),
            ("(1,000.00)", "-100000"),
            ("12.00-", "-1200"),
            ("0.125", "13 warned"),
            ("-0.125", "-13 warned"),
            ("(0.125)", "-13 warned"),
            ("£1,234.5649", "123456 warned"),
            ("-0.005", "-1 warned"),
            ("-0.004", "0 warned"),
            ("9.999-", "-1000 warned"),
            ("1.994999", "199 warned"),
            (".125", "13 warned"),
            ("", "no-amount"),
            ("NIL", "bad-amount"),
            ("99999999999999999999", "bad-amount"),
        ] {
            assert_eq!(says(text), expected, "{text}");
        }
    }
}
