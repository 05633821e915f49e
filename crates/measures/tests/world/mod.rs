//! A small country for the tests: LSOAs in wards in a district, and lines of money for them.

use measures::*;
use model::{AreaCode, Basis, Pence, Position, Standing};
use proptest::prelude::*;

/// How many wards there are; of a higher number is elsewhere.
pub const WARDS: u32 = 6;
const ATOMS: usize = 24;

/// Which ward each LSOA is in, and how many people live there.
#[derive(Debug, Clone)]
pub struct World {
    pub ward_of: Vec<u32>,
    pub people: Vec<u64>,
    /// The ward that a ward has become part of.
    pub now: Vec<u32>,
}

pub fn code(kind: &str, number: usize) -> AreaCode {
    AreaCode::parse(&format!("{kind}{number:06}")).unwrap()
}

pub fn ward(number: u32) -> AreaCode {
    code("E05", number as usize)
}

pub fn district() -> AreaCode {
    code("E08", 1)
}

impl World {
    /// The same country after one ward has become part of another.
    pub fn merged(&self, from: u32, into: u32) -> Self {
        let now = self.now.iter().map(|&ward| if ward == from { into } else { ward }).collect();
        Self { now, ..self.clone() }
    }

    pub fn view(&self, targets: &[Target]) -> View {
        let wards = self.now.iter().map(|&number| ward(number).to_string()).collect();
        View::new(wards, targets, self)
    }

    fn of_today(&self, number: u32) -> Option<String> {
        self.now.get(number as usize).map(|&now| ward(now).to_string())
    }
}

impl Places for World {
    /// A point's longitude is the number of its ward.
    fn area_at(&self, position: Position) -> Option<String> {
        self.of_today(position.lon() as u32)
    }

    fn lies(&self, area: &AreaCode) -> Lies {
        let number: usize = area.as_str()[3..].parse().unwrap();
        let ward = match &area.as_str()[..3] {
            "E01" => self.ward_of[number],
            "E05" => number as u32,
            _ => return Lies::Across,
        };
        self.of_today(ward).map_or(Lies::Elsewhere, Lies::In)
    }

    /// Of the district everybody counts, of a ward those who live there. Other weights are not loaded.
    fn weights(&self, name: &str, scope: &[AreaCode]) -> Option<WeightSet> {
        let is_in = |atom: usize| scope.contains(&district()) || scope.contains(&ward(self.ward_of[atom]));
        let atoms = (0..self.people.len()).filter(|&atom| is_in(atom));
        let atoms = atoms.map(|atom| (code("E01", atom), self.people[atom])).collect();
        (name == "population").then(|| WeightSet::new(name.into(), scope.to_vec(), 2024, atoms).ok())?
    }
}

pub fn worlds() -> impl Strategy<Value = World> {
    let atoms = prop::collection::vec((0..WARDS + 2, prop_oneof![Just(0_u64), 0..5_000_u64]), 1..ATOMS);
    atoms.prop_map(|atoms| {
        let (ward_of, people) = atoms.into_iter().unzip();
        World { ward_of, people, now: (0..WARDS).collect() }
    })
}

pub fn targets() -> impl Strategy<Value = Vec<Target>> {
    let area = prop_oneof![4 => (0..WARDS + 2).prop_map(ward), 1 => Just(district())];
    let areas = prop::collection::vec(area, 1..4).prop_map(|mut areas| {
        areas.sort();
        areas.dedup();
        areas
    });
    let point = || (0..WARDS + 2).prop_map(|ward| Position::new(f64::from(ward), 53.0).unwrap());
    let several = (areas.clone(), prop::collection::vec(point(), 1..3)).prop_map(|(areas, points)| {
        Target::Several(
            areas.into_iter().map(Place::Area).chain(points.into_iter().map(Place::Point)).collect(),
        )
    });
    let weights = |weights: &'static str| {
        areas.clone().prop_map(move |scope| Target::Weights { weights: weights.into(), scope })
    };
    let whole = Target::Weights { weights: "population".into(), scope: vec![district()] };
    let target = prop_oneof![
        3 => areas.clone().prop_map(Target::Areas),
        2 => point().prop_map(Target::Point),
        1 => several,
        2 => Just(whole),
        1 => weights("population"),
        1 => weights("population 65-120"),
        2 => prop::sample::select(Why::ALL.to_vec()).prop_map(Target::Nowhere),
    ];
    prop::collection::vec(target, 1..10)
}

/// Lines for some targets.
pub fn lines(targets: usize) -> impl Strategy<Value = Vec<Line>> {
    let pence = prop_oneof![Just(0), -500_i64..500, -1_000_000_000_i64..1_000_000_000];
    let month = prop_oneof![1 => Just(None), 5 => (1..=12_u8).prop_map(|month| Month::new(2026, month))];
    // Few different days, so that many lines are equal.
    let day = prop::option::of(1..=3_u8);
    let service = prop_oneof![1 => Just(None), 3 => (0..4_u16).prop_map(|service| Some(ServiceIx(service)))];
    let what = (service, prop::sample::select(Class::ALL.to_vec()));
    let how = (
        prop::sample::select(Basis::ALL.to_vec()),
        prop::sample::select(vec![Standing::Named, Standing::Named, Standing::Withheld, Standing::Redacted]),
        prop::sample::select(Method::ALL[..6].to_vec()),
    );
    let line = (0..3_u16, (month, day), what, how, 0..5_u32, pence, 0..targets as u32).prop_map(
        |(payer, (month, day), (service, class), (basis, standing, method), payee, pence, target)| Line {
            payer,
            month,
            day: day.filter(|_| month.is_some()),
            service,
            class,
            basis,
            standing,
            method,
            payee: Some(payee),
            pence: Pence(pence),
            target,
        },
    );
    prop::collection::vec(line, 0..30)
}

pub fn cases() -> impl Strategy<Value = (World, Vec<Target>, Vec<Line>, Question)> {
    let month = || prop_oneof![1 => Just(None), 1 => (1..=12_u8).prop_map(|month| Month::new(2026, month))];
    let question = (
        month(),
        month(),
        prop::option::weighted(0.2, 0..3_u16),
        prop::option::weighted(0.2, (0..4_u16).prop_map(ServiceIx)),
        prop::option::weighted(0.2, prop::sample::select(Class::ALL.to_vec())),
        prop::sample::select(vec![Basis::Paid, Basis::Paid, Basis::Awarded]),
    )
        .prop_map(|(from, to, payer, service, class, basis)| Question {
            from,
            to,
            payer,
            service,
            class,
            basis,
        });
    (worlds(), targets(), question).prop_flat_map(|(world, targets, question)| {
        let lines = lines(targets.len());
        (Just(world), Just(targets), lines, Just(question))
    })
}

pub fn book(lines: &[Line]) -> Book {
    let mut book = Book::with_capacity(lines.len());
    for line in lines {
        book.push(*line).unwrap();
    }
    book
}
