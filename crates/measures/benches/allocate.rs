//! Ten million lines to 7,000 wards: 60 % to one ward, 30 % over the 40 wards of a district by the people of its 200
//! LSOAs, 10 % unplaced.
//!
//! `cargo bench -p measures` prints the figures of docs/performance.md. Each run checks its sums against another way of
//! reckoning, to the penny. Without `--bench`, as `cargo test --benches` runs it, a small workload is checked once.
//! `allocate.sql` beside this file asks PostgreSQL the same.

use cpu_time::ProcessTime;
use measures::*;
use model::{AreaCode, Basis, Pence, Position, SpendKind, Standing};
use std::time::{Duration, Instant};

const WARDS: usize = 7_000;
const WARDS_OF_DISTRICT: usize = 40;
const LSOAS_OF_WARD: usize = 5;
const DISTRICTS: usize = WARDS / WARDS_OF_DISTRICT;

/// The same numbers each time (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (x ^ (x >> 31)) % limit
    }
}

fn code(kind: &str, number: usize) -> AreaCode {
    AreaCode::parse(&format!("{kind}{number:06}")).expect("a code")
}

fn number(area: &AreaCode) -> usize {
    area.as_str()[3..].parse().expect("a number")
}

struct Country {
    people: Vec<u64>,
}

impl Country {
    fn make(random: &mut Random) -> Self {
        Self { people: (0..WARDS * LSOAS_OF_WARD).map(|_| 1_000 + random.below(2_000)).collect() }
    }

    fn lsoas(district: usize) -> std::ops::Range<usize> {
        let each = WARDS_OF_DISTRICT * LSOAS_OF_WARD;
        district * each..(district + 1) * each
    }
}

impl Places for Country {
    fn area_at(&self, position: Position) -> Option<String> {
        Some(code("E05", (position.lat() * 100.0) as usize).to_string())
    }

    fn lies(&self, area: &AreaCode) -> Lies {
        match &area.as_str()[..3] {
            "E01" => Lies::In(code("E05", number(area) / LSOAS_OF_WARD).to_string()),
            "E05" => Lies::In(area.to_string()),
            _ => Lies::Across,
        }
    }

    fn weights(&self, name: &str, scope: &[AreaCode]) -> Option<WeightSet> {
        let atoms =
            Self::lsoas(number(&scope[0])).map(|lsoa| (code("E01", lsoa), self.people[lsoa])).collect();
        WeightSet::new(name.to_owned(), scope.to_vec(), 2024, atoms).ok()
    }
}

/// Each ward, each district by its people, and nowhere.
fn targets() -> Vec<Target> {
    let wards = (0..WARDS).map(|ward| Target::Areas(vec![code("E05", ward)]));
    let whole =
        |district| Target::Weights { weights: "population".into(), scope: vec![code("E08", district)] };
    wards.chain((0..DISTRICTS).map(whole)).chain([Target::Nowhere(Why::NoRule)]).collect()
}

fn book(lines: usize, random: &mut Random) -> Book {
    let mut book = Book::with_capacity(lines);
    for _ in 0..lines {
        let (target, method) = match random.below(10) {
            0..6 => (random.below(WARDS as u64) as usize, Method::DeliveryPoint),
            6..9 => (WARDS + random.below(DISTRICTS as u64) as usize, Method::Weights),
            _ => (WARDS + DISTRICTS, Method::Unplaced),
        };
        // Most payments are of hundreds or thousands of pounds; one in fifty is a credit.
        let most = 10_u64.pow(4 + random.below(4) as u32);
        let pence = random.below(most) as i64;
        let line = Line {
            payer: (target % DISTRICTS) as u16,
            month: Month::new(2026, 1 + random.below(12) as u8),
            day: Some(1 + random.below(28) as u8),
            service: Some(ServiceIx(random.below(15) as u16)),
            class: Class::Service,
            basis: Basis::Paid,
            standing: Standing::Named,
            method,
            payee: Some(random.below(100_000) as u32),
            pence: Pence(if random.below(50) == 0 { -pence } else { pence }),
            target: target as u32,
        };
        book.push(line).expect("room");
    }
    book
}

/// The sums of wards, line by line with shares that are written out.
fn by_another_way(book: &Book, country: &Country) -> Vec<i64> {
    let mut sums = vec![0; WARDS];
    for line in (0..book.len() as u32).filter_map(|line| book.line(line)) {
        let target = line.target as usize;
        if target < WARDS {
            sums[target] += line.pence.0;
        } else if target < WARDS + DISTRICTS {
            let lsoas = Country::lsoas(target - WARDS);
            let shares = shares(line.pence.0, &country.people[lsoas.clone()]).expect("people");
            lsoas.zip(shares).for_each(|(lsoa, share)| sums[lsoa / LSOAS_OF_WARD] += share);
        }
    }
    sums
}

fn timed<T>(what: &str, mut run: impl FnMut() -> T, rounds: usize) -> T {
    let (mut walls, mut busy): (Vec<Duration>, Vec<Duration>) = Default::default();
    loop {
        let (wall, cpu) = (Instant::now(), ProcessTime::now());
        let result = run();
        walls.push(wall.elapsed());
        busy.push(cpu.elapsed());
        if walls.len() >= rounds {
            walls.sort();
            busy.sort();
            let [wall, cpu] = [walls, busy].map(|times| times[rounds / 2].as_secs_f64());
            println!("{what:<36} {wall:>8.3} s {cpu:>8.3} s");
            return result;
        }
    }
}

/// The most memory that the program has had, where the system says so.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.map_or("unknown".into(), |peak| peak.trim().to_owned())
}

fn main() {
    let is_full = std::env::args().any(|argument| argument == "--bench");
    let (lines, rounds) = if is_full { (10_000_000, 5) } else { (20_000, 1) };
    let mut random = Random(7);
    let country = Country::make(&mut random);
    let targets = targets();
    println!("{lines} lines, {WARDS} wards, median of {rounds} rounds: on the wall, and of the processors\n");
    let book = timed("make the book", || book(lines, &mut Random(11)), 1);
    println!("{:<36} {:>12}", "most memory so far", memory());
    let wards: Vec<String> = (0..WARDS).map(|ward| code("E05", ward).to_string()).collect();
    let view = timed("make the view", || View::new(wards.clone(), &targets, &country), 1);
    let question = Question::default();
    let one = timed("totals of all lines, 1 thread", || book.totals_on(&question, &view, 1), rounds);
    let two = timed("totals of all lines, 2 threads", || book.totals_on(&question, &view, 2), rounds);
    assert_eq!(one, two, "the number of threads matters");
    let payer = Question { payer: Some(3), ..question };
    timed("totals of one payer, 2 threads", || book.totals_on(&payer, &view, 2), rounds);
    for order in Order::ALL {
        let page = || book.area_lines(&question, &view, 77, order, None, 100);
        timed(&format!("first 100 lines of a ward by {}", order.as_str()), page, rounds);
    }
    let all = || book.area_lines(&question, &view, 77, Order::Imported, None, usize::MAX);
    timed("all lines of a ward", all, rounds);
    timed("top 10 payees of a ward", || book.top_payees(&question, &view, Some(77), 10), rounds);
    println!("{:<36} {:>12}", "most memory", memory());

    let sums = by_another_way(&book, &country);
    for (ward, sum) in sums.iter().enumerate() {
        assert_eq!(one.area(ward as u32).all().pence.0, *sum, "ward {ward}");
    }
    let placed: i64 = sums.iter().sum();
    assert_eq!(placed + one.unplaced().pence.0, one.asked.pence.0, "the parts are not the whole");
    println!("\nall {WARDS} wards are right to the penny: {} of {}", Pence(placed), one.asked.pence);

    let rules = Rules::shipped();
    let words = Words {
        payer: "A Council",
        unit: "PHYS SUPP 85+ LT",
        category: "SOCIAL CARE : Residential Care",
        purpose: "EXT RES CARE FEES - Service Charges 30/04/2026",
        payee: Some("A Care Home Ltd"),
        kind: SpendKind::Payment,
        is_capital: None,
    };
    let times = lines / 100;
    timed(
        &format!("say what {times} lines are"),
        || (0..times).filter(|_| rules.what(&words).by.is_some()).count(),
        1,
    );
}
