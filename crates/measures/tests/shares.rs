//! Sharing out whole pence: exact, fair, and the same whichever way it is reckoned.

use measures::{Apportion, NoWeight, WeightSet, shares};
use model::AreaCode;
use proptest::prelude::*;

fn weights() -> impl Strategy<Value = Vec<u64>> {
    let weight = prop_oneof![Just(0_u64), 1..20_u64, 1..1_000_000_u64, 1..1_u64 << 40];
    prop::collection::vec(weight, 1..40).prop_filter("some weight", |weights| weights.iter().any(|w| *w > 0))
}

fn pence() -> impl Strategy<Value = i64> {
    prop_oneof![
        -100..100_i64,
        -1_000_000_000..1_000_000_000_i64,
        Just(i64::MIN),
        Just(i64::MAX),
        any::<i64>()
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn they_add_up_and_are_within_a_penny_of_the_exact_share(pence in pence(), weights in weights()) {
        let shares = shares(pence, &weights).unwrap();
        prop_assert_eq!(shares.iter().map(|share| i128::from(*share)).sum::<i128>(), i128::from(pence));
        let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        for (share, weight) in shares.iter().zip(&weights) {
            let off = i128::from(*share) * total - i128::from(pence) * i128::from(*weight);
            prop_assert!(off.abs() < total, "{share} of {pence}");
            prop_assert!(*weight > 0 || *share == 0);
        }
    }

    #[test]
    fn a_credit_takes_back_what_the_payment_gave(pence in 0..i64::MAX, weights in weights()) {
        let given = shares(pence, &weights).unwrap();
        let back: Vec<i64> = given.iter().map(|share| -share).collect();
        prop_assert_eq!(shares(-pence, &weights).unwrap(), back);
    }

    #[test]
    fn more_weight_never_gets_less(pence in 0..i64::MAX, weights in weights()) {
        let shares = shares(pence, &weights).unwrap();
        for (a, b) in (0..weights.len()).zip(1..weights.len()) {
            prop_assert!(weights[a] <= weights[b] || shares[a] >= shares[b]);
        }
    }

    #[test]
    fn only_the_ratio_of_weights_counts(pence in pence(), weights in prop::collection::vec(0..5_000_u64, 1..30), times in 1..1_u64 << 40) {
        prop_assume!(weights.iter().any(|weight| *weight > 0));
        // Large totals are reckoned by another way, in wide numbers.
        let scaled: Vec<u64> = weights.iter().map(|weight| weight * times).collect();
        prop_assert_eq!(shares(pence, &weights).unwrap(), shares(pence, &scaled).unwrap());
    }

    #[test]
    fn the_order_in_which_atoms_are_given_does_not_matter(counts in prop::collection::vec(0..900_u64, 1..20), turn in 0..20_usize) {
        prop_assume!(counts.iter().any(|count| *count > 0));
        let code = |number: usize| AreaCode::parse(&format!("E01{number:06}")).unwrap();
        let atoms: Vec<_> = counts.iter().enumerate().map(|(number, count)| (code(number), *count)).collect();
        let set = |atoms: Vec<_>| WeightSet::new("population".into(), vec![code(1), code(0)], 2024, atoms).unwrap();
        let mut turned = atoms.clone();
        turned.rotate_left(turn.min(counts.len()));
        turned.reverse();
        prop_assert_eq!(set(turned.clone()), set(atoms.clone()));
        prop_assert_eq!(set(turned).id(), set(atoms.clone()).id());
        let mut other = atoms;
        other[0].1 += 1;
        let others = set(other);
        prop_assert_ne!(others.id(), WeightSet::new("population".into(), vec![], 2024, others.atoms().to_vec()).unwrap().id());
    }
}

#[test]
fn equal_remainders_go_to_the_first() {
    assert_eq!(shares(2, &[1, 1, 1]), Ok(vec![1, 1, 0]));
    assert_eq!(shares(-2, &[1, 1, 1]), Ok(vec![-1, -1, 0]));
    // 1/6, 2/6, 3/6 of 4: 0.67, 1.33, 2.00
    assert_eq!(shares(4, &[1, 2, 3]), Ok(vec![1, 1, 2]));
    assert_eq!(shares(0, &[1, 2]), Ok(vec![0, 0]));
}

#[test]
fn nothing_can_be_shared_out_without_weight() {
    assert_eq!(shares(100, &[]), Err(NoWeight::Zero));
    assert_eq!(shares(100, &[0, 0]), Err(NoWeight::Zero));
    assert_eq!(shares(100, &[u64::MAX, 1]), Err(NoWeight::TooMuch));
    assert_eq!(shares(100, &[1 << 63]), Err(NoWeight::TooMuch));
    assert_eq!(Apportion::new(vec![0, 3]).map(|apportion| apportion.len()), Ok(2));
}
