use super::answer::{Ask, Spending};
use super::ground::Ground;
use super::payees::normal;
use super::people::{PeopleOfAreas, Populations};
use super::target::from_json;
use super::units::{Units, UnmappedUnit};
use atlas::Atlas;
use measures::{Book, Class, Line, Method, Month, Residents, Rules, Target, View};
use model::{AreaCode, Level, PopulationRecord, Standing};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use store::{Allocation, Money, Placed, Revision, SpendLine, Store, StoreError, Weights};

/// All public money of a store in memory, as its newest allocation placed it. Shares are made anew from that and from the
/// weights that were kept with it.
pub struct Ledger {
    /// The store's revision that it was read at.
    pub revision: Revision,
    /// The newest allocation; `None` when there was none yet.
    pub allocation: Option<Allocation>,
    /// The rules that the allocation went by.
    pub rules: Rules,
    pub(super) book: Book,
    /// Of each line of the book, its number in the store.
    pub(super) numbers: Vec<u64>,
    /// The bodies that pay.
    pub(super) payers: Vec<String>,
    /// The area of each, looked up when it is first asked for.
    pub(super) payer_areas: OnceLock<Vec<Option<AreaCode>>>,
    /// The payees that may be named, as first published.
    pub(super) payees: Vec<PayeeName>,
    targets: Vec<Target>,
    pub(super) kept: HashMap<(String, Vec<AreaCode>), Weights>,
    units: Vec<UnmappedUnit>,
    pub(super) people: Populations,
    views: Mutex<HashMap<Level, Arc<View>>>,
    /// Of each level how many people live in its areas, as sums of small ones.
    summed: Mutex<HashMap<Level, PeopleOfAreas>>,
    pub(super) answers: Mutex<HashMap<Ask, Arc<Spending>>>,
}

/// A payee that may be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PayeeName {
    pub name: String,
    pub is_voluntary: bool,
}

impl Ledger {
    /// Reads all public money of a store.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn load(store: &dyn Store) -> Result<Self, StoreError> {
        let mut reader = Reader::new();
        let revision = store.money(&mut |one| reader.take(one))?;
        Ok(reader.ledger(revision))
    }

    /// Whether there is no money at all.
    pub fn is_empty(&self) -> bool {
        self.book.is_empty()
    }

    /// The bodies that pay, by name.
    pub fn payers(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.payers.iter().map(String::as_str).collect();
        names.sort_unstable();
        names
    }

    /// The units that the rules do not map to a service or class, the largest first: what to add to them next. As
    /// everybody may be told them.
    pub fn unmapped_units(&self) -> &[UnmappedUnit] {
        &self.units
    }

    /// How many areas of a level there are figures of.
    pub fn areas(&self, atlas: &Atlas, level: Level) -> usize {
        self.view(atlas, level).areas().len()
    }

    /// Whether there are figures of an area.
    pub fn has_area(&self, atlas: &Atlas, level: Level, code: &str) -> bool {
        self.view(atlas, level).number_of(code).is_some()
    }

    /// A service's name.
    pub fn service_name(&self, id: &str) -> Option<&str> {
        self.rules.service_called(id).map(|service| self.rules.service(service).name.as_str())
    }

    /// What each target means for the areas of a level.
    pub(super) fn view(&self, atlas: &Atlas, level: Level) -> Arc<View> {
        let mut views = self.views.lock().unwrap_or_else(PoisonError::into_inner);
        let view = views.entry(level).or_insert_with(|| {
            let ground = Ground::new(atlas, level, &self.people, &self.kept);
            Arc::new(View::new(ground.areas.clone(), &self.targets, &ground))
        });
        view.clone()
    }

    /// How many people live in an area, in the year that is asked for or the nearest that is known; of small areas
    /// together where the area itself has no figure.
    pub(super) fn people_of(&self, atlas: &Atlas, area: &str, year: u16) -> Option<Residents> {
        let own = AreaCode::parse(area).ok();
        if let Some(PopulationRecord { total, year, .. }) = own.and_then(|area| self.people.of(&area, year)) {
            return Some(Residents { people: u64::from(*total), year: *year });
        }
        let level = atlas.place(atlas.locality(area)?).level();
        let mut summed = self.summed.lock().unwrap_or_else(PoisonError::into_inner);
        let of_level = summed.entry(level).or_insert_with(|| {
            self.people.summed(atlas, &Ground::new(atlas, level, &self.people, &self.kept))
        });
        of_level.get(area).copied()
    }

    /// The number of a payer in the book.
    pub(super) fn payer_called(&self, name: &str) -> Option<u16> {
        let wanted = normal(name);
        let at = self.payers.iter().position(|payer| normal(payer) == wanted)?;
        u16::try_from(at).ok()
    }

    /// The place of a line in the book, by its number in the store.
    pub(super) fn line_numbered(&self, number: u64) -> Option<u32> {
        self.numbers.binary_search(&number).ok().and_then(|at| u32::try_from(at).ok())
    }
}

/// A ledger and the areas that it speaks of, for one question: without the assets.
///
/// # Errors
/// When the store can't be read.
pub fn read(store: &dyn Store) -> Result<(Atlas, Ledger), StoreError> {
    let (atlas, _) = super::allocate::read_places(store)?;
    let ledger = Ledger::load(store)?;
    Ok((atlas, ledger))
}

/// Fills a ledger.
struct Reader {
    allocation: Option<Allocation>,
    rules: Option<Rules>,
    book: Book,
    numbers: Vec<u64>,
    payers: Vec<String>,
    payer_numbers: HashMap<String, u16>,
    payees: Vec<PayeeName>,
    payee_numbers: HashMap<String, u32>,
    targets: Vec<Target>,
    target_numbers: HashMap<String, u32>,
    kept: HashMap<(String, Vec<AreaCode>), Weights>,
    units: Units,
    people: Populations,
}

impl Reader {
    fn new() -> Self {
        Self {
            allocation: None,
            rules: None,
            book: Book::default(),
            numbers: Vec::new(),
            payers: Vec::new(),
            payer_numbers: HashMap::new(),
            payees: Vec::new(),
            payee_numbers: HashMap::new(),
            targets: Vec::new(),
            target_numbers: HashMap::new(),
            kept: HashMap::new(),
            units: Units::public(),
            people: Populations::default(),
        }
    }

    fn take(&mut self, one: Money) {
        match one {
            Money::Allocation(allocation) => {
                self.rules = Rules::parse(&allocation.rules).ok();
                self.allocation = Some(allocation);
            }
            Money::Weights(set) => {
                self.kept.insert((set.name.clone(), set.scope.clone()), set);
            }
            Money::Population(people) => self.people.add(people),
            Money::Line(line) => self.line(&line),
        }
    }

    fn line(&mut self, line: &SpendLine) {
        self.units.add(line);
        let rules = self.rules.get_or_insert_with(Rules::shipped);
        let record = &line.record;
        let placed = line.placed.as_ref();
        let service = placed.and_then(|placed| rules.service_called(placed.service.as_deref()?));
        let class = placed.and_then(|placed| Class::parse(&placed.class)).unwrap_or(Class::Unmapped);
        let method = placed.and_then(|placed| Method::parse(&placed.method)).unwrap_or(Method::Unplaced);
        let line_of_book = Line {
            payer: self.payer(&record.payer),
            month: Month::of(record.date),
            day: record.date.day(),
            service,
            class,
            basis: record.kind.basis(),
            standing: record.payee.standing,
            method,
            payee: (record.payee.standing == Standing::Named)
                .then(|| self.payee(&record.payee.name, placed.is_some_and(|placed| placed.is_voluntary))),
            pence: record.pence,
            target: self.target(placed),
        };
        match self.book.push(line_of_book) {
            Ok(_) => self.numbers.push(line.number),
            // More money than there is: the sums could not be told any more.
            Err(full) => tracing::error!(line = %line.id, %full, "a line is left out of the ledger"),
        }
    }

    fn payer(&mut self, name: &str) -> u16 {
        if let Some(number) = self.payer_numbers.get(name) {
            return *number;
        }
        let number = u16::try_from(self.payers.len()).unwrap_or(u16::MAX);
        self.payers.push(name.to_owned());
        self.payer_numbers.insert(name.to_owned(), number);
        number
    }

    fn payee(&mut self, name: &str, is_voluntary: bool) -> u32 {
        let key = normal(name);
        let number = *self.payee_numbers.entry(key).or_insert_with(|| {
            self.payees.push(PayeeName { name: name.to_owned(), is_voluntary: false });
            self.payees.len() as u32 - 1
        });
        self.payees[number as usize].is_voluntary |= is_voluntary;
        number
    }

    fn target(&mut self, placed: Option<&Placed>) -> u32 {
        let json = placed.map_or_else(String::new, |placed| placed.target.to_string());
        *self.target_numbers.entry(json).or_insert_with(|| {
            let not_yet = Target::Nowhere(measures::Why::NoRule);
            self.targets.push(placed.map_or(not_yet, |placed| from_json(&placed.target)));
            self.targets.len() as u32 - 1
        })
    }

    fn ledger(self, revision: Revision) -> Ledger {
        Ledger {
            revision,
            allocation: self.allocation,
            rules: self.rules.unwrap_or_else(Rules::shipped),
            book: self.book,
            numbers: self.numbers,
            payers: self.payers,
            payer_areas: OnceLock::new(),
            payees: self.payees,
            targets: self.targets,
            kept: self.kept,
            units: self.units.by_turnover(),
            people: self.people,
            views: Mutex::default(),
            summed: Mutex::default(),
            answers: Mutex::default(),
        }
    }
}
