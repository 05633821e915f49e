//! Figures of some areas, carried over to others that overlap them. Geometry is somebody else's: this takes the square
//! metres that each pair shares, measured on a plane such as British National Grid, never in degrees.

/// What a source area and a target area share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overlap {
    /// The source, by its place among the sources.
    pub source: usize,
    /// The target.
    pub target: usize,
    /// The square metres of both.
    pub m2: f64,
}

/// A source area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SourceArea {
    /// Its square metres.
    pub m2: f64,
    /// Its figure.
    pub value: f64,
}

/// What figures come to in the targets.
#[derive(Debug, Clone, PartialEq)]
pub struct Carried {
    /// Of each target; `None` when no source touches it.
    pub values: Vec<Option<f64>>,
    /// Of each source, the part of its area that no target covers, 0 to 1. Of a count as much is left behind.
    pub uncovered: Vec<f64>,
    /// The sources of which targets cover some part more than once: what is there counts twice.
    pub overlapping: Vec<usize>,
}

/// Why figures can't be carried over.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum BadOverlap {
    /// There is no such source or target.
    #[error("source {source_area} and target {target} overlap, and there is no such source or target")]
    Unknown {
        /// The source.
        source_area: usize,
        /// The target.
        target: usize,
    },
    /// An area that is none.
    #[error("source {0} has no area above nothing, or a figure that is no number")]
    NoArea(usize),
    /// An overlap below nothing.
    #[error("source {source_area} and target {target} share {m2} m²")]
    BadShare {
        /// The source.
        source_area: usize,
        /// The target.
        target: usize,
        /// What they share.
        m2: f64,
    },
}

/// Polygons are drawn to a metre or so: a cover that is off by less than this part of an area is whole.
const SLACK: f64 = 1e-6;

/// Carries counts over: each target gets of each source as much as it covers of it. `T = Σ V × m²(both) / m²(source)`.
///
/// # Errors
/// When an overlap names what is not there, or a number is none.
pub fn carry_counts(
    sources: &[SourceArea],
    targets: usize,
    overlaps: &[Overlap],
) -> Result<Carried, BadOverlap> {
    carry(sources, targets, overlaps, |source, m2| (source.value * m2 / source.m2, 1.0), |sum, _| sum)
}

/// Carries rates over: each target gets the mean of its sources, by the area of them that it covers.
///
/// # Errors
/// When an overlap names what is not there, or a number is none.
pub fn carry_rates(
    sources: &[SourceArea],
    targets: usize,
    overlaps: &[Overlap],
) -> Result<Carried, BadOverlap> {
    carry(sources, targets, overlaps, |source, m2| (source.value * m2, m2), |sum, weight| sum / weight)
}

fn carry(
    sources: &[SourceArea],
    targets: usize,
    overlaps: &[Overlap],
    part: impl Fn(&SourceArea, f64) -> (f64, f64),
    close: impl Fn(f64, f64) -> f64,
) -> Result<Carried, BadOverlap> {
    let is_bad =
        |source: &SourceArea| !source.m2.is_finite() || source.m2 <= 0.0 || !source.value.is_finite();
    if let Some(place) = sources.iter().position(is_bad) {
        return Err(BadOverlap::NoArea(place));
    }
    let mut sums = vec![(0.0, 0.0); targets];
    let mut covered = vec![0.0; sources.len()];
    for &Overlap { source, target, m2 } in overlaps {
        let unknown = BadOverlap::Unknown { source_area: source, target };
        let from = sources.get(source).ok_or(unknown)?;
        let sum = sums.get_mut(target).ok_or(unknown)?;
        if !m2.is_finite() || m2 < 0.0 {
            return Err(BadOverlap::BadShare { source_area: source, target, m2 });
        }
        if m2 > 0.0 {
            let (value, weight) = part(from, m2);
            *sum = (sum.0 + value, sum.1 + weight);
            covered[source] += m2 / from.m2;
        }
    }
    let values = sums.into_iter().map(|(sum, weight)| (weight > 0.0).then(|| close(sum, weight))).collect();
    let uncovered = covered.iter().map(|part| if 1.0 - part < SLACK { 0.0 } else { 1.0 - part }).collect();
    let overlapping = (0..sources.len()).filter(|&source| covered[source] > 1.0 + SLACK).collect();
    Ok(Carried { values, uncovered, overlapping })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Three rectangles of 1 km², and what three others share with them.
    fn peers_case(values: [f64; 3]) -> (Vec<SourceArea>, Vec<Overlap>) {
        let sources = values.map(|value| SourceArea { m2: 1_000_000.0, value }).to_vec();
        let m2 = [
            (0, 0, 500_000.0),
            (0, 1, 500_000.0),
            (0, 2, 0.0),
            (1, 0, 250_000.0),
            (1, 1, 250_000.0),
            (1, 2, 500_000.0),
            (2, 1, 300_000.0),
            (2, 2, 250_000.0),
        ];
        (sources, m2.map(|(source, target, m2)| Overlap { source, target, m2 }).to_vec())
    }

    fn all_near(ours: &Carried, theirs: [f64; 3], within: f64) -> bool {
        ours.values
            .iter()
            .zip(theirs)
            .all(|(ours, theirs)| ours.is_some_and(|ours| (ours - theirs).abs() < within))
    }

    #[test]
    fn as_tobler_reckons() {
        // tobler 0.13.0: area_interpolate(..., allocate_total=False); its rates have the precision of single numbers
        let (sources, overlaps) = peers_case([100.0, 250.0, 40.0]);
        let counts = carry_counts(&sources, 3, &overlaps).unwrap();
        assert!(all_near(&counts, [112.5, 124.5, 135.0], 1e-9), "{counts:?}");
        let (sources, overlaps) = peers_case([0.2, 0.5, 0.8]);
        let rates = carry_rates(&sources, 3, &overlaps).unwrap();
        assert!(all_near(&rates, [0.300_000_008_9, 0.442_857_153_7, 0.600_000_017_9], 1e-7), "{rates:?}");
        // by hand: (0.2 × 500 + 0.5 × 250) / 750 and so on
        assert!(all_near(&rates, [0.3, 0.465 / 1.05, 0.6], 1e-12), "{rates:?}");
    }

    #[test]
    fn what_is_left_over_and_what_counts_twice_is_said() {
        let (sources, mut overlaps) = peers_case([100.0, 250.0, 40.0]);
        let carried = carry_counts(&sources, 4, &overlaps).unwrap();
        assert_eq!((carried.uncovered[0], carried.uncovered[1]), (0.0, 0.0));
        assert!((carried.uncovered[2] - 0.45).abs() < 1e-12);
        assert_eq!((carried.values[3], carried.overlapping.len()), (None, 0));
        overlaps.push(Overlap { source: 1, target: 3, m2: 10_000.0 });
        assert_eq!(carry_counts(&sources, 4, &overlaps).unwrap().overlapping, [1]);
    }

    #[test]
    fn what_can_not_be_is_refused() {
        let sources = [SourceArea { m2: 10.0, value: 1.0 }];
        let check =
            |source, target, m2| carry_counts(&sources, 1, &[Overlap { source, target, m2 }]).unwrap_err();
        assert!(matches!(check(1, 0, 1.0), BadOverlap::Unknown { .. }));
        assert!(matches!(check(0, 1, 1.0), BadOverlap::Unknown { .. }));
        assert!(matches!(check(0, 0, -1.0), BadOverlap::BadShare { .. }));
        assert!(matches!(check(0, 0, f64::NAN), BadOverlap::BadShare { .. }));
        for source in [(0.0, 1.0), (-1.0, 1.0), (f64::NAN, 1.0), (1.0, f64::INFINITY)] {
            let sources = [SourceArea { m2: source.0, value: source.1 }];
            assert_eq!(carry_rates(&sources, 1, &[]), Err(BadOverlap::NoArea(0)));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn counts_and_what_is_left_behind_are_all(parts in prop::collection::vec((1.0..1e6_f64, 0.0..1e4_f64, prop::collection::vec(0.0..1.0_f64, 4)), 1..10)) {
            // Each source is cut in pieces, of which the last falls outside.
            let sources: Vec<SourceArea> = parts.iter().map(|(m2, value, _)| SourceArea { m2: *m2, value: *value }).collect();
            let mut overlaps = Vec::new();
            for (source, (m2, _, pieces)) in parts.iter().enumerate() {
                let all: f64 = pieces.iter().sum::<f64>() + 1e-9;
                overlaps.extend(pieces[..3].iter().enumerate().map(|(target, piece)| Overlap { source, target, m2: m2 * piece / all }));
            }
            let carried = carry_counts(&sources, 3, &overlaps).unwrap();
            let behind: f64 = sources.iter().zip(&carried.uncovered).map(|(source, part)| source.value * part).sum();
            let all: f64 = sources.iter().map(|source| source.value).sum();
            prop_assert!((carried.values.iter().flatten().sum::<f64>() + behind - all).abs() <= 1e-5 * (1.0 + all));
            let rates = carry_rates(&sources, 3, &overlaps).unwrap();
            let (least, most) = sources.iter().fold((f64::MAX, 0.0_f64), |(a, b), s| (a.min(s.value), b.max(s.value)));
            prop_assert!(rates.values.iter().flatten().all(|rate| *rate >= least - 1e-9 * most && *rate <= most * (1.0 + 1e-9)));
        }
    }
}
