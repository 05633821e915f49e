/// Whether a row of a list sums up the others, and is no place: it is called a total, and has a figure behind that or
/// hardly anything else in it. `Total Fitness` with an address is a place.
pub(crate) fn is_summary(name: &str, filled: usize, cells: usize) -> bool {
    let words = name.to_lowercase().replace("sub-total", "subtotal").replace("sub total", "subtotal");
    let words = words.trim_start();
    let rest = ["grand total", "subtotals", "subtotal", "totals", "total"]
        .iter()
        .find_map(|word| words.strip_prefix(word))
        .filter(|rest| !rest.starts_with(char::is_alphanumeric));
    let Some(rest) = rest else { return false };
    let is_plain = rest.trim().is_empty()
        || rest.trim_start().starts_with([':', '=', '-', '('])
        || rest.contains(|c: char| c.is_ascii_digit());
    // the name and at most a third of the others
    let is_bare = filled.saturating_sub(1) * 3 <= cells.saturating_sub(1);
    is_plain && is_bare
}

#[cfg(test)]
mod tests {
    use super::is_summary;

    #[test]
    fn a_total_is_no_place_and_a_place_may_be_called_total() {
        for name in ["TOTAL: 26 venues", "Total", "Sub-total (north)", "Grand total 12", "Totals"] {
            assert!(is_summary(name, 2, 12), "{name}");
        }
        for (name, filled) in [
            ("Total Fitness", 2),
            ("TOTAL: 26 venues", 9),
            ("Totally Local", 1),
            ("Oak Hall", 1),
            ("The Total Recall Cafe", 1),
        ] {
            assert!(!is_summary(name, filled, 12), "{name}");
        }
    }
}
