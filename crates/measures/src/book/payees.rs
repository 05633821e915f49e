use super::lot::Room;
use super::{Book, NO_PAYEE, Question, Sum, View};
use std::collections::HashMap;

/// What a payee gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PayeeSum {
    /// Who.
    pub payee: u32,
    /// How much, and in how many lines.
    pub sum: Sum,
}

/// How much of an area's money reaches voluntary organisations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Voluntary {
    /// What voluntary organisations get.
    pub voluntary: Sum,
    /// What everybody gets who may be named.
    pub named: Sum,
    /// What is paid to payees that may not be named: nobody can say what they are.
    pub unnamed: Sum,
}

impl Book {
    /// The payees that get most, the largest first. With an area, what of it goes there.
    pub fn top_payees(
        &self,
        question: &Question,
        view: &View,
        area: Option<u32>,
        count: usize,
    ) -> Vec<PayeeSum> {
        let mut sums: HashMap<u32, Sum> = HashMap::new();
        self.each_share(question, view, area, |payee, pence| {
            if payee != NO_PAYEE {
                sums.entry(payee).or_default().add(pence, 1);
            }
        });
        let mut sums: Vec<_> = sums.into_iter().map(|(payee, sum)| PayeeSum { payee, sum }).collect();
        sums.sort_unstable_by_key(|payee| (std::cmp::Reverse(payee.sum.pence), payee.payee));
        sums.truncate(count);
        sums
    }

    /// How much reaches voluntary organisations. With an area, of what goes there.
    pub fn voluntary(
        &self,
        question: &Question,
        view: &View,
        area: Option<u32>,
        is_voluntary: impl Fn(u32) -> bool,
    ) -> Voluntary {
        let mut found = Voluntary::default();
        self.each_share(question, view, area, |payee, pence| {
            if payee == NO_PAYEE {
                return found.unnamed.add(pence, 1);
            }
            found.named.add(pence, 1);
            if is_voluntary(payee) {
                found.voluntary.add(pence, 1);
            }
        });
        found
    }

    /// Gives the payee and what of each line counts.
    fn each_share(
        &self,
        question: &Question,
        view: &View,
        area: Option<u32>,
        mut give: impl FnMut(u32, i64),
    ) {
        let mut room = Room::default();
        for at in 0..self.len() {
            match area {
                Some(area) => {
                    if let Some(share) = self.share(question, view, area, at, &mut room) {
                        give(self.payees[at], share.0);
                    }
                }
                None if question.takes(self, at) => give(self.payees[at], self.pence[at]),
                None => {}
            }
        }
    }
}
