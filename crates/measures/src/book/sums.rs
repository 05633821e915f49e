//! Summing up a book: one walk over its lines, on two threads where they are many. Whole numbers add up to the same
//! whatever the order, so the answer does not depend on how the lines were divided.

use super::lot::{Goes, Lot, Room};
use super::{Book, NO_SERVICE, Question, Totals, View};
use crate::Certainty;
use std::ops::Range;

/// From how many lines on a second thread is worth its start.
const MANY: usize = 100_000;

impl Book {
    /// What the lines of a question come to on the areas of a view.
    pub fn totals(&self, question: &Question, view: &View) -> Totals {
        self.totals_on(question, view, if self.len() < MANY { 1 } else { 2 })
    }

    /// The same on a number of threads.
    pub fn totals_on(&self, question: &Question, view: &View, threads: usize) -> Totals {
        let used = self.services.iter().filter(|service| **service != NO_SERVICE).max();
        let services = used.map_or(0, |service| usize::from(*service) + 1);
        let each = self.len().div_ceil(threads.max(1)).max(1);
        let ranges = (0..self.len()).step_by(each).map(|from| from..(from + each).min(self.len()));
        let mut totals = Totals::new(view, services);
        std::thread::scope(|scope| {
            let run = |range| scope.spawn(move || self.sum_up(question, view, services, range));
            let running: Vec<_> = ranges.map(run).collect();
            for thread in running {
                let part = thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                totals.merge(&part);
            }
        });
        totals.months = self.months_held(question);
        totals
    }

    fn sum_up(&self, question: &Question, view: &View, services: usize, lines: Range<usize>) -> Totals {
        let mut totals = Totals::new(view, services);
        let mut room = Room::default();
        for at in lines {
            if !question.is_about(self, at) {
                continue;
            }
            let pence = self.pence[at];
            if !question.takes(self, at) {
                if self.months[at] == 0 {
                    totals.undated.add(pence, 1);
                }
                continue;
            }
            let service = usize::from(self.services[at]).min(services);
            totals.count(self.classes[at], service, pence);
            let lot = view.lot_of(self.targets[at]);
            let is_whole = matches!(lot, Lot::One(_));
            let mut first = None;
            view.give(lot, self.methods[at], pence, &mut room, &mut |goes, share| {
                totals.add(goes, service, share, is_whole);
                first = Some(first.map_or(goes, |first| earlier(first, goes)));
            });
            if let Some(goes) = first {
                totals.tally(goes);
            }
        }
        totals
    }
}

/// The one of two in which a line is counted.
#[inline]
fn earlier(one: Goes, other: Goes) -> Goes {
    let rank = |goes| match goes {
        Goes::To(_, Certainty::Located) => 0,
        Goes::To(..) => 1,
        Goes::Elsewhere => 2,
        Goes::Nowhere(_) => 3,
    };
    if rank(other) < rank(one) { other } else { one }
}
