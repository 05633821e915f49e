//! How unequal figures are: of spend per head between wards, for one. Both measures are 0 when all are the same and do not
//! change when all are multiplied by one number.

/// Why a figure of inequality can't be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("figures below nothing have no inequality: {0} is one")]
pub struct BelowNothing(pub i64);

/// The Gini coefficient, from 0 (all the same) to nearly 1 (one has all); `None` of no figures or of nothing.
///
/// `G = (n + 1 - 2 Σᵢ Cᵢ / C) / n`, with the figures in their order and `Cᵢ` the sum of the first *i*. The sums are whole
/// numbers; only the last step is not.
///
/// ```
/// assert_eq!(measures::gini(&[1, 2, 3, 4])?, Some(0.25));
/// assert_eq!(measures::gini(&[0, 0])?, None);
/// # Ok::<(), measures::BelowNothing>(())
/// ```
///
/// # Errors
/// When a figure is below nothing.
pub fn gini(figures: &[i64]) -> Result<Option<f64>, BelowNothing> {
    let mut sorted = checked(figures)?;
    sorted.sort_unstable();
    let (mut sum, mut sums) = (0_u128, 0_u128);
    for figure in &sorted {
        sum += u128::from(*figure);
        sums += sum;
    }
    if sum == 0 {
        return Ok(None);
    }
    let count = sorted.len() as u128;
    let above = (count + 1) * sum - 2 * sums;
    Ok(Some(above as f64 / (count * sum) as f64))
}

/// Theil's T, from 0 (all the same) to ln n (one has all); `None` of no figures or of nothing.
///
/// `T = Σᵢ sᵢ ln(n sᵢ)`, with `sᵢ` the share of one in the sum; who has nothing adds nothing.
///
/// # Errors
/// When a figure is below nothing.
pub fn theil(figures: &[i64]) -> Result<Option<f64>, BelowNothing> {
    let mut sorted = checked(figures)?;
    // In one order, so that the same figures give the same bits.
    sorted.sort_unstable();
    let sum: u128 = sorted.iter().map(|figure| u128::from(*figure)).sum();
    if sum == 0 {
        return Ok(None);
    }
    let count = sorted.len() as f64;
    let shares = sorted.iter().filter(|figure| **figure > 0).map(|figure| *figure as f64 / sum as f64);
    Ok(Some(shares.map(|share| share * (count * share).ln()).sum::<f64>().max(0.0)))
}

fn checked(figures: &[i64]) -> Result<Vec<u64>, BelowNothing> {
    figures.iter().map(|&figure| u64::try_from(figure).map_err(|_| BelowNothing(figure))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Figures with `Gini(y).g` and `Theil(y).T` of PySAL's inequality 1.1.2.
    #[rustfmt::skip]
    const VECTORS: &[(&[i64], f64, f64)] = &[
        (&[1, 2, 3, 4], 0.25, 0.106_440_135_286_223_18),
        (&[1, 1, 1, 1], 0.0, 0.0),
        (&[12_501, 9_870, 15_333, 20_110, 8_000, 30_125], 0.250_466_442_218_493, 0.100_789_387_309_454_64),
        (&[0, 0, 5, 10], 0.583_333_333_333_333_4, 0.749_780_192_825_077_8),
        (&[0, 1_000_000], 0.5, std::f64::consts::LN_2),
        (&[3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9], 0.303_030_303_030_303_04, 0.156_416_701_383_484),
    ];

    #[test]
    fn as_pysal_reckons() {
        for (figures, g, t) in VECTORS {
            let near = |ours: Option<f64>, theirs: f64| (ours.unwrap() - theirs).abs() < 1e-9;
            assert!(near(gini(figures).unwrap(), *g), "{figures:?}: {:?}", gini(figures));
            assert!(near(theil(figures).unwrap(), *t), "{figures:?}: {:?}", theil(figures));
        }
    }

    #[test]
    fn nothing_has_no_inequality_and_below_nothing_is_refused() {
        assert_eq!((gini(&[]), theil(&[])), (Ok(None), Ok(None)));
        assert_eq!((gini(&[0, 0, 0]), theil(&[0, 0, 0])), (Ok(None), Ok(None)));
        assert_eq!((gini(&[5, -1]), theil(&[5, -1])), (Err(BelowNothing(-1)), Err(BelowNothing(-1))));
        assert_eq!((gini(&[7]), theil(&[7])), (Ok(Some(0.0)), Ok(Some(0.0))));
        assert!(gini(&[i64::MAX; 40]).unwrap().unwrap() == 0.0);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn order_and_scale_change_nothing(figures in prop::collection::vec(0..1_000_000_i64, 1..40), by in 2..1_000_i64) {
            let mut turned: Vec<i64> = figures.iter().map(|figure| figure * by).collect();
            turned.reverse();
            let near = |a: Option<f64>, b: Option<f64>| match (a, b) {
                (Some(a), Some(b)) => (a - b).abs() < 1e-9,
                (a, b) => a == b,
            };
            let (g, t) = (gini(&figures).unwrap(), theil(&figures).unwrap());
            prop_assert!(near(g, gini(&turned).unwrap()) && near(t, theil(&turned).unwrap()));
            prop_assert!(g.is_none_or(|g| (0.0..1.0).contains(&g)));
            prop_assert!(t.is_none_or(|t| (0.0..=(figures.len() as f64).ln() + 1e-9).contains(&t)));
        }

        #[test]
        fn giving_from_the_richer_to_the_poorer_makes_it_less(figures in prop::collection::vec(0..10_000_i64, 2..20), given in 1..100_i64) {
            let mut sorted = figures.clone();
            sorted.sort_unstable();
            let last = sorted.len() - 1;
            prop_assume!(sorted[last] - sorted[0] > 2 * given);
            let mut after = sorted.clone();
            after[0] += given;
            after[last] -= given;
            prop_assert!(gini(&after).unwrap() < gini(&sorted).unwrap());
            prop_assert!(theil(&after).unwrap() < theil(&sorted).unwrap());
        }
    }
}
