//! Summing up a book: one walk over its lines, on two threads where they are many. Whole numbers add up to the same
//! whatever the order, so the answer does not depend on how the lines were divided.

use super::lot::{Goes, Lot, Room, certainty};
use super::{Book, NO_SERVICE, Question, Totals, View};
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
        let mut parts = Vec::new();
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
            if let Lot::One(area) = lot {
                let goes = Goes::To(area, certainty(self.methods[at]));
                totals.add(goes, service, pence, 1);
                totals.tally(goes);
                continue;
            }
            parts.clear();
            view.give(lot, self.methods[at], pence, &mut room, &mut |goes, share| parts.push((goes, share)));
            if matches!(lot, Lot::Several(_)) {
                join(&mut parts);
            }
            let mut before = None;
            for &(goes, share) in &parts {
                // An area that a line reaches in two ways has it as one line.
                let is_new = goes.area().is_none() || goes.area() != before;
                totals.add(goes, service, share, u64::from(share != 0 && is_new));
                before = goes.area();
            }
            if let Some((goes, _)) = parts.iter().min_by_key(|(goes, _)| goes.rank()) {
                totals.tally(*goes);
            }
        }
        totals
    }
}

/// Makes one part of those that go to the same place, as surely.
fn join(parts: &mut Vec<(Goes, i64)>) {
    parts.sort_by_key(|(goes, _)| (goes.area(), goes.rank()));
    parts.dedup_by(|later, first| {
        let is_same = later.0 == first.0;
        if is_same {
            first.1 += later.1;
        }
        is_same
    });
}
