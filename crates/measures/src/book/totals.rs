use super::lot::Goes;
use super::{Sum, View};
use crate::{Certainty, Class, Month, ServiceIx, Why};

/// What lines come to. All that goes to areas, elsewhere and nowhere together is what was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// All the lines asked for.
    pub asked: Sum,
    /// What is located in the areas. Each line is counted once, in the first of located, modelled, elsewhere and nowhere to
    /// which any of it goes; its pence are counted where they go.
    pub located: Sum,
    /// What is reckoned to go to the areas.
    pub modelled: Sum,
    /// What goes to places outside the areas that are loaded.
    pub elsewhere: Sum,
    /// Lines that a question for a period leaves out because their month is not known.
    pub undated: Sum,
    /// The months of which the payer has lines.
    pub months: Vec<Month>,
    nowhere: [Sum; Why::ALL.len()],
    by_class: [Sum; Class::ALL.len()],
    /// Of each service, and last of none.
    by_service: Vec<Sum>,
    /// Of each area, of each service, and last of none.
    cells: Vec<AreaSum>,
}

/// What goes to an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AreaSum {
    /// What is located there.
    pub located: Sum,
    /// What is reckoned to go there.
    pub modelled: Sum,
}

impl AreaSum {
    /// Both.
    pub fn all(&self) -> Sum {
        [self.located, self.modelled].into_iter().sum()
    }
}

impl std::ops::AddAssign for AreaSum {
    fn add_assign(&mut self, other: Self) {
        self.located += other.located;
        self.modelled += other.modelled;
    }
}

impl Totals {
    pub(super) fn new(view: &View, services: usize) -> Self {
        Self {
            asked: Sum::default(),
            located: Sum::default(),
            modelled: Sum::default(),
            elsewhere: Sum::default(),
            undated: Sum::default(),
            months: vec![],
            nowhere: Default::default(),
            by_class: Default::default(),
            by_service: vec![Sum::default(); services + 1],
            cells: vec![AreaSum::default(); view.areas().len() * (services + 1)],
        }
    }

    /// Counts a line, and where it is counted.
    #[inline]
    pub(super) fn count(&mut self, class: Class, service: usize, pence: i64) {
        self.asked.add(pence, 1);
        self.by_class[class as usize].add(pence, 1);
        self.by_service[service].add(pence, 1);
    }

    /// Adds a part of a line, and how many lines more the area has by it.
    #[inline]
    pub(super) fn add(&mut self, goes: Goes, service: usize, pence: i64, lines: u64) {
        match goes {
            Goes::To(area, certainty) => {
                let services = self.by_service.len();
                let cell = &mut self.cells[area as usize * services + service];
                let (mine, all) = match certainty {
                    Certainty::Located => (&mut cell.located, &mut self.located),
                    Certainty::Modelled | Certainty::Unplaced => (&mut cell.modelled, &mut self.modelled),
                };
                mine.add(pence, lines);
                all.add(pence, 0);
            }
            Goes::Elsewhere => self.elsewhere.add(pence, 0),
            Goes::Nowhere(why) => self.nowhere[why as usize].add(pence, 0),
        }
    }

    /// Counts a line in the sum that it is counted in.
    #[inline]
    pub(super) fn tally(&mut self, goes: Goes) {
        let sum = match goes {
            Goes::To(_, Certainty::Located) => &mut self.located,
            Goes::To(..) => &mut self.modelled,
            Goes::Elsewhere => &mut self.elsewhere,
            Goes::Nowhere(why) => &mut self.nowhere[why as usize],
        };
        sum.lines += 1;
    }

    pub(super) fn merge(&mut self, other: &Self) {
        let sums = [
            (&mut self.asked, other.asked),
            (&mut self.located, other.located),
            (&mut self.modelled, other.modelled),
            (&mut self.elsewhere, other.elsewhere),
            (&mut self.undated, other.undated),
        ];
        sums.into_iter().for_each(|(mine, theirs)| *mine += theirs);
        self.nowhere.iter_mut().zip(&other.nowhere).for_each(|(mine, theirs)| *mine += *theirs);
        self.by_class.iter_mut().zip(&other.by_class).for_each(|(mine, theirs)| *mine += *theirs);
        self.by_service.iter_mut().zip(&other.by_service).for_each(|(mine, theirs)| *mine += *theirs);
        self.cells.iter_mut().zip(&other.cells).for_each(|(mine, theirs)| *mine += *theirs);
    }

    /// What goes to an area, by its number in the view.
    pub fn area(&self, area: u32) -> AreaSum {
        let mut all = AreaSum::default();
        self.cells_of(area).iter().for_each(|cell| all += *cell);
        all
    }

    /// What goes to an area for a service, or for none.
    pub fn area_service(&self, area: u32, service: Option<ServiceIx>) -> AreaSum {
        let cells = self.cells_of(area);
        self.place_of(service).and_then(|place| cells.get(place)).copied().unwrap_or_default()
    }

    /// What all lines for a service come to, or those for none, wherever they go.
    pub fn service(&self, service: Option<ServiceIx>) -> Sum {
        self.place_of(service).map(|place| self.by_service[place]).unwrap_or_default()
    }

    /// What all lines of a class come to, wherever they go.
    pub fn class(&self, class: Class) -> Sum {
        self.by_class[class as usize]
    }

    /// What can't be tied to a place for a reason.
    pub fn nowhere(&self, why: Why) -> Sum {
        self.nowhere[why as usize]
    }

    /// What is redacted.
    pub fn redacted(&self) -> Sum {
        self.nowhere(Why::Redacted)
    }

    /// What is paid to people whose names are kept back, and not placed.
    pub fn withheld(&self) -> Sum {
        self.nowhere(Why::Withheld)
    }

    /// What is protected, and shown for the whole council only.
    pub fn council_wide(&self) -> Sum {
        self.nowhere(Why::Protected)
    }

    /// What can't be tied to a place for any other reason.
    pub fn unplaced(&self) -> Sum {
        let is_other = |why: &Why| !matches!(why, Why::Redacted | Why::Withheld | Why::Protected);
        Why::ALL.into_iter().filter(is_other).map(|why| self.nowhere(why)).sum()
    }

    /// Where a service, or none, stands among the sums; `None` for a service that no line is for.
    fn place_of(&self, service: Option<ServiceIx>) -> Option<usize> {
        let none = self.by_service.len() - 1;
        service.map_or(Some(none), |service| Some(usize::from(service.0)).filter(|place| *place < none))
    }

    fn cells_of(&self, area: u32) -> &[AreaSum] {
        let services = self.by_service.len();
        self.cells.chunks_exact(services).nth(area as usize).unwrap_or_default()
    }
}
