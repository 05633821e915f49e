use measures::{Sum, Totals};
use model::{Level, Pence, percent};

/// How much of what runs services the figures of areas stand for: figures per head are of that alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Running {
    /// All of it that was asked for, wherever it goes.
    pub asked: Sum,
    /// Of it, what is located in the areas.
    pub located: Sum,
    /// Of it, what is estimated to go to the areas.
    pub modelled: Sum,
}

impl Running {
    pub(super) fn of(totals: &Totals) -> Self {
        Self { asked: totals.asked, located: totals.located, modelled: totals.modelled }
    }

    /// `Of £10.00 for running services £4.00 (40%) goes to wards: …`
    pub fn sentence(&self, level: Level) -> String {
        if self.asked.lines == 0 {
            return "None of this is for running services, so figures per head are of nothing.".into();
        }
        let (all, located, modelled) = (self.asked.pence, self.located.pence, self.modelled.pence);
        let placed: Pence = [located, modelled].into_iter().sum();
        let parts = format!("{located} is located, {modelled} is estimated.");
        let (one, many) = (level.one(), level.many());
        if placed == all {
            return format!("All of {all} for running services goes to {many}: {parts}");
        }
        let share = share(placed, all).map(|share| format!(" ({share})")).unwrap_or_default();
        format!(
            "Of {all} for running services {placed}{share} goes to {many}: {parts} The rest is in no {one}’s figure."
        )
    }
}

/// `25%`; `None` where credits make the part more than the whole, or less than nothing.
pub fn share(part: Pence, whole: Pence) -> Option<String> {
    let is_share = whole.0 > 0 && (0..=whole.0).contains(&part.0);
    is_share.then(|| percent(part.0 as f64 / whole.0 as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(asked: i64, located: i64, modelled: i64) -> String {
        let sum = |pence: i64| Sum { pence: Pence(pence), lines: u64::from(pence != 0) };
        let running = Running { asked: sum(asked), located: sum(located), modelled: sum(modelled) };
        running.sentence(Level::Ward)
    }

    #[test]
    fn how_much_the_figures_stand_for_is_told_in_a_sentence() {
        let rest = "The rest is in no ward’s figure.";
        for (asked, located, modelled, sentence) in [
            (
                1_000,
                100,
                300,
                format!(
                    "Of £10.00 for running services £4.00 (40%) goes to wards: £1.00 is located, £3.00 is estimated. {rest}"
                ),
            ),
            (
                300,
                500,
                0,
                format!(
                    "Of £3.00 for running services £5.00 goes to wards: £5.00 is located, £0.00 is estimated. {rest}"
                ),
            ),
            (
                300,
                100,
                200,
                "All of £3.00 for running services goes to wards: £1.00 is located, £2.00 is estimated."
                    .into(),
            ),
            (0, 0, 0, "None of this is for running services, so figures per head are of nothing.".into()),
        ] {
            assert_eq!(said(asked, located, modelled), sentence);
        }
    }

    #[test]
    fn a_share_is_told_only_where_it_is_one() {
        for (part, whole, said) in [
            (1, 4, Some("25%")),
            (0, 4, Some("0%")),
            (4, 4, Some("100%")),
            (5, 4, None),
            (-1, 4, None),
            (0, 0, None),
        ] {
            assert_eq!(share(Pence(part), Pence(whole)).as_deref(), said, "{part} of {whole}");
        }
    }
}
