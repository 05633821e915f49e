//! Five shades for a map of figures: about the same number of areas in each, the highest figure always the darkest.

use model::Pence;

/// A sequential ramp that is told apart without seeing colours: ColorBrewer's YlGnBu, which ends light and dark. The same
/// as in `web/src/styles/spend.css`.
pub(super) const RAMP: [&str; 5] = ["#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494"];

pub(super) struct Shades {
    /// The figures that occur, each once, from the least.
    figures: Vec<Pence>,
    /// How many areas have one.
    areas: usize,
}

/// What a shade stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub shade: usize,
    pub from: Pence,
    pub to: Pence,
}

impl Shades {
    pub fn of(figures: impl Iterator<Item = Pence>) -> Self {
        let mut figures: Vec<Pence> = figures.collect();
        let areas = figures.len();
        figures.sort_unstable();
        figures.dedup();
        Self { figures, areas }
    }

    /// Whether shades would tell nothing: what is shared out by how many people live there is the same for all of them,
    /// but for a penny that rounding adds.
    pub fn are_same(&self) -> bool {
        let ends = self.figures.first().zip(self.figures.last());
        self.areas > 1 && ends.is_some_and(|(least, most)| most.0 - least.0 <= 1)
    }

    /// The number of a figure's shade in [`RAMP`].
    pub fn shade(&self, figure: Pence) -> usize {
        let classes = self.figures.len().clamp(1, RAMP.len());
        let rank = self.figures.partition_point(|known| *known < figure);
        let class = (rank * classes / self.figures.len().max(1)).min(classes - 1);
        // With fewer figures than shades the light ones are left out.
        RAMP.len() - classes + class
    }

    /// The shades that occur, from the lightest.
    pub fn legend(&self) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        for &figure in &self.figures {
            let shade = self.shade(figure);
            match entries.last_mut() {
                Some(last) if last.shade == shade => last.to = figure,
                _ => entries.push(Entry { shade, from: figure, to: figure }),
            }
        }
        entries
    }
}

impl Entry {
    /// `£1.00 to £2.50`
    pub fn said(&self) -> String {
        if self.from == self.to { self.from.to_string() } else { format!("{} to {}", self.from, self.to) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shades(figures: &[i64]) -> Vec<usize> {
        let shades = Shades::of(figures.iter().copied().map(Pence));
        figures.iter().map(|figure| shades.shade(Pence(*figure))).collect()
    }

    #[test]
    fn each_shade_has_about_as_many_areas_and_the_highest_is_the_darkest() {
        assert_eq!(shades(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
        assert_eq!(shades(&[5, 1, 3]), [4, 2, 3]);
        assert_eq!(shades(&[7]), [4]);
        assert_eq!(shades(&[-5, 0, 0, 9]), [2, 3, 3, 4]);
    }

    #[test]
    fn figures_that_differ_by_no_more_than_a_penny_are_the_same() {
        for (figures, same) in [
            (&[1_142, 1_142, 1_142][..], true),
            (&[1_142, 1_143, 1_142], true),
            (&[-1, 0], true),
            (&[1_141, 1_142, 1_143], false),
            (&[1_142], false),
            (&[], false),
        ] {
            assert_eq!(Shades::of(figures.iter().copied().map(Pence)).are_same(), same, "{figures:?}");
        }
    }

    #[test]
    fn equal_figures_have_one_shade_and_the_legend_says_from_where_to_where() {
        let shades = Shades::of([100, 100, 250, 300, 400, 500, 700].map(Pence).into_iter());
        let legend: Vec<String> = shades.legend().iter().map(Entry::said).collect();
        assert_eq!(legend, ["£1.00 to £2.50", "£3.00", "£4.00", "£5.00", "£7.00"]);
        assert!(Shades::of(std::iter::empty()).legend().is_empty());
    }
}
