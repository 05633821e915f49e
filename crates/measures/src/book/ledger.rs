use super::lot::{Goes, Lot, Room};
use super::{Book, Question, View};
use crate::{Certainty, Method, Why};
use model::Pence;

/// A line of an area's ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AreaLine {
    /// Its number in the book.
    pub line: u32,
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
    /// The lines of which some goes to an area, after a line number, at most so many. The last line's number asks for
    /// the next page.
    pub fn area_lines(
        &self,
        question: &Question,
        view: &View,
        area: u32,
        after: Option<u32>,
        limit: usize,
    ) -> Vec<AreaLine> {
        let from = after.map_or(0, |after| after as usize + 1);
        let lines = from..self.len();
        let mut room = Room::default();
        let shares = lines.filter_map(|at| {
            let share = self.share(question, view, area, at, &mut room)?;
            Some(AreaLine { line: at as u32, share, method: self.methods[at] })
        });
        shares.take(limit).collect()
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
