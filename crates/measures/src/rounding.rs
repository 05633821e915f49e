/// A whole number divided by one above nothing, to the nearest; halves go away from nothing. `None` when it does not fit.
pub(crate) fn divided(number: i128, by: i128) -> Option<i64> {
    let (whole, rest) = (number / by, number % by);
    let more = if rest.abs() * 2 >= by { rest.signum() } else { 0 };
    i64::try_from(whole + more).ok()
}
