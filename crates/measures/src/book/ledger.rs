use super::lot::{Goes, Lot, Room};
use super::order::first;
use super::{Book, Order, Question, Start, View};
use crate::{Certainty, Method, Why};
use model::Pence;

/// A line of an area's ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AreaLine {
    /// Its number in the book.
    pub line: u32,
    /// By this lines are ordered, the highest first.
    pub key: u64,
    /// What of it goes to the area.
    pub share: Pence,
    /// How it was placed.
    pub method: Method,
}

/// A part of a line, and where it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineShare {
    /// To an area, by its number in the view.
    Area(u32, Certainty, Pence),
    /// Outside the areas that are loaded.
    Elsewhere(Pence),
    /// To no place that can be told.
    Nowhere(Why, Pence),
}

impl Book {
    /// The lines of which some goes to an area, in an order, from a start, at most so many. The key of the last of them, and
    /// the number after its own, start the next page.
    pub fn area_lines(
        &self,
        question: &Question,
        view: &View,
        area: u32,
        order: Order,
        start: Option<Start>,
        limit: usize,
    ) -> Vec<AreaLine> {
        // What is in the order of the book need not be looked for.
        let from = start.filter(|_| order == Order::Imported).map_or(0, |start| start.line as usize);
        let mut room = Room::default();
        let lines = (from..self.len()).filter_map(|at| {
            let share = self.share(question, view, area, at, &mut room)?;
            let key = self.key(order, at, share);
            let line = AreaLine { line: at as u32, key, share, method: self.methods[at] };
            start.is_none_or(|start| start.reaches(&line)).then_some(line)
        });
        match order {
            Order::Imported => lines.take(limit).collect(),
            Order::Amount | Order::Date => first(lines, limit),
        }
    }

    /// By what a line is ordered, the highest first.
    fn key(&self, order: Order, at: usize, share: Pence) -> u64 {
        match order {
            Order::Amount => share.0.unsigned_abs(),
            Order::Date => u64::from(self.months[at]) * 100 + u64::from(self.days[at]),
            Order::Imported => 0,
        }
    }

    /// What of a line goes to an area; `None` when the line is not asked for or nothing of it goes there.
    pub(super) fn share(
        &self,
        question: &Question,
        view: &View,
        area: u32,
        at: usize,
        room: &mut Room,
    ) -> Option<Pence> {
        let lot = view.lot_of(self.targets[at]);
        if !view.reaches(lot, area) || !question.takes(self, at) {
            return None;
        }
        let mut share = 0;
        view.give(lot, self.methods[at], self.pence[at], room, &mut |goes, part| {
            if matches!(goes, Goes::To(to, _) if to == area) {
                share += part;
            }
        });
        // What goes there whole is listed even when it is nothing.
        (share != 0 || matches!(lot, Lot::One(_))).then_some(Pence(share))
    }

    /// Where every part of a line goes; the parts add up to it. Parts of nothing are left out.
    pub fn line_shares(&self, view: &View, line: u32) -> Vec<LineShare> {
        let at = line as usize;
        let Some(&target) = self.targets.get(at) else { return vec![] };
        let mut shares = Vec::new();
        let mut add = |goes, pence| {
            if pence != 0 {
                shares.push(match goes {
                    Goes::To(area, certainty) => LineShare::Area(area, certainty, Pence(pence)),
                    Goes::Elsewhere => LineShare::Elsewhere(Pence(pence)),
                    Goes::Nowhere(why) => LineShare::Nowhere(why, Pence(pence)),
                });
            }
        };
        view.give(view.lot_of(target), self.methods[at], self.pence[at], &mut Room::default(), &mut add);
        shares
    }
}
