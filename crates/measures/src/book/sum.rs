use model::Pence;

/// An amount and how many lines it is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    /// The amount.
    pub pence: Pence,
    /// The lines of which some goes here.
    pub lines: u64,
}

impl Sum {
    #[inline]
    pub(super) fn add(&mut self, pence: i64, lines: u64) {
        self.pence.0 += pence;
        self.lines += lines;
    }
}

impl std::ops::AddAssign for Sum {
    fn add_assign(&mut self, other: Self) {
        self.add(other.pence.0, other.lines);
    }
}

impl std::iter::Sum for Sum {
    fn sum<I: Iterator<Item = Self>>(sums: I) -> Self {
        sums.fold(Self::default(), |mut all, sum| {
            all += sum;
            all
        })
    }
}
