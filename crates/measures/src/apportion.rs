//! Sharing out whole pence by the method of the largest remainder: everybody gets the whole pence of their exact share,
//! and the pence that are left go one each to the largest remainders. Where remainders are equal the first comes first,
//! so whoever calls gives the weights in a lasting order. A credit takes back exactly what the same payment gave.

/// Shares of an amount by weights; they add up to it.
///
/// ```
/// assert_eq!(measures::shares(1_000, &[3, 3, 3])?, [334, 333, 333]);
/// assert_eq!(measures::shares(-1_000, &[3, 3, 3])?, [-334, -333, -333]);
/// # Ok::<(), measures::NoWeight>(())
/// ```
///
/// # Errors
/// When the weights add up to nothing, or to more than can be reckoned with.
pub fn shares(pence: i64, weights: &[u64]) -> Result<Vec<i64>, NoWeight> {
    let apportion = Apportion::new(weights.to_vec())?;
    let mut shares = vec![0; weights.len()];
    apportion.each(pence, &mut Vec::new(), |place, share| shares[place] += share);
    Ok(shares)
}

/// Why nothing can be shared out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoWeight {
    /// Nobody has any weight.
    #[error("the weights add up to nothing, so nobody can be given a share")]
    Zero,
    /// The sum does not fit.
    #[error("the weights add up to more than {}", i64::MAX)]
    TooMuch,
}

/// Weights that are made ready to share out many amounts.
#[derive(Debug, Clone)]
pub struct Apportion {
    weights: Vec<u64>,
    total: u64,
    /// 2⁶⁴ / total, rounded down: dividing by it is a multiplication.
    inverse: u64,
}

impl Apportion {
    /// Makes weights ready.
    ///
    /// # Errors
    /// When they add up to nothing, or to more than `i64::MAX`.
    pub fn new(weights: Vec<u64>) -> Result<Self, NoWeight> {
        let total = weights.iter().try_fold(0_u64, |sum, &weight| sum.checked_add(weight));
        let total = total.filter(|&total| i64::try_from(total).is_ok()).ok_or(NoWeight::TooMuch)?;
        let inverse = u64::MAX.checked_div(total).ok_or(NoWeight::Zero)?;
        Ok(Self { weights, total, inverse })
    }

    /// How many weights there are.
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// Whether there are none; never so.
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// Gives every place its share of an amount. A place may be given to twice: its whole pence, then a penny of those
    /// that are left. `keys` is room to work in, kept by the caller so that nothing is allocated.
    #[inline]
    pub fn each(&self, pence: i64, keys: &mut Vec<u64>, mut give: impl FnMut(usize, i64)) {
        if self.total > u64::from(u32::MAX) || self.weights.len() > u32::MAX as usize {
            return self.each_at_length(pence, give);
        }
        let sign = pence.signum();
        let amount = pence.unsigned_abs();
        // Everybody gets their weight in pence as often as the total goes into the amount; the rest is below the total,
        // so that all products fit.
        let (times, rest) = (amount / self.total, amount % self.total);
        let mut left = rest;
        keys.clear();
        for (place, &weight) in self.weights.iter().enumerate() {
            let (whole, remainder) = self.divide(rest * weight);
            left -= whole;
            // The larger remainder first, of equal ones the earlier place.
            keys.push(remainder << 32 | u64::from(!(place as u32)));
            give(place, signed(times * weight + whole, sign));
        }
        if left > 0 {
            let at = keys.len() - left as usize;
            keys.select_nth_unstable(at);
            for key in &keys[at..] {
                give(!(*key as u32) as usize, sign);
            }
        }
    }

    /// A number divided by the total, and what remains.
    #[inline]
    fn divide(&self, number: u64) -> (u64, u64) {
        let estimate = ((u128::from(number) * u128::from(self.inverse)) >> 64) as u64;
        let remainder = number - estimate * self.total;
        // The inverse was rounded down, so the estimate may be one short, never more.
        if remainder >= self.total { (estimate + 1, remainder - self.total) } else { (estimate, remainder) }
    }

    /// The same in wide numbers, for weights that add up to more than 2³².
    fn each_at_length(&self, pence: i64, mut give: impl FnMut(usize, i64)) {
        let (sign, amount) = (pence.signum(), u128::from(pence.unsigned_abs()));
        let total = u128::from(self.total);
        let mut left = amount;
        let mut remainders = Vec::with_capacity(self.weights.len());
        for (place, &weight) in self.weights.iter().enumerate() {
            let product = amount * u128::from(weight);
            left -= product / total;
            remainders.push((std::cmp::Reverse(product % total), place));
            give(place, signed((product / total) as u64, sign));
        }
        remainders.sort_unstable();
        for (_, place) in remainders.into_iter().take(left as usize) {
            give(place, sign);
        }
    }
}

/// A share with the sign of its amount. A share is no larger than the amount, so that only `i64::MIN` wraps, to itself.
#[inline]
fn signed(share: u64, sign: i64) -> i64 {
    (share as i64).wrapping_mul(sign)
}
