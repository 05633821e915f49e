use super::*;
use crate::{Target, WeightSet, Why};
use model::{AreaCode, Pence, Position};

fn code(text: &str) -> AreaCode {
    AreaCode::parse(text).unwrap()
}

const WARDS: [&str; 2] = ["E05000001", "E05000002"];

/// Two wards, of which the people of a district are known; those of a county are not.
struct Two;

impl Places for Two {
    fn area_at(&self, position: Position) -> Option<String> {
        (position.lon() < 0.0).then(|| WARDS[0].to_owned())
    }

    fn lies(&self, area: &AreaCode) -> Lies {
        match area.as_str() {
            "E05000001" | "E01000001" => Lies::In(WARDS[0].into()),
            "E05000002" | "E01000002" => Lies::In(WARDS[1].into()),
            "E08000001" | "E10000001" => Lies::Across,
            _ => Lies::Elsewhere,
        }
    }

    fn weights(&self, name: &str, scope: &[AreaCode]) -> Option<WeightSet> {
        if scope == [code("E08000002")] {
            return WeightSet::new(name.into(), scope.to_vec(), 2024, vec![(code("E08000001"), 9)]).ok();
        }
        let atoms =
            [("E01000001", 1), ("E01000002", 2), ("E01000003", 1)].map(|(atom, people)| (code(atom), people));
        let set = WeightSet::new(name.into(), scope.to_vec(), 2024, atoms.to_vec()).ok();
        set.filter(|_| scope == [code("E08000001")])
    }
}

const LINE: Line = Line {
    payer: 0,
    month: None,
    day: None,
    service: None,
    class: Class::Service,
    basis: Basis::Paid,
    standing: Standing::Named,
    method: Method::Stated,
    payee: None,
    pence: Pence(1_001),
    target: 0,
};

/// Where £10.01 goes: located and modelled in either ward, elsewhere and nowhere; and which of them has the line.
fn check(target: Target) -> String {
    let view = View::new(WARDS.map(String::from).to_vec(), &[target], &Two);
    let mut book = Book::default();
    book.push(LINE).unwrap();
    let totals = book.totals(&Question::default(), &view);
    let nowhere = Why::ALL.into_iter().find(|why| totals.nowhere(*why).lines > 0).map_or("", Why::as_str);
    let wards = [0, 1]
        .map(|ward| totals.area(ward))
        .map(|sum| format!("{}/{} in {}", sum.located.pence.0, sum.modelled.pence.0, sum.all().lines));
    let counted = [totals.located, totals.modelled, totals.elsewhere].map(|sum| sum.lines);
    format!("{}, {}, elsewhere {} {counted:?} {nowhere}", wards[0], wards[1], totals.elsewhere.pence.0)
        .trim()
        .into()
}

#[test]
fn what_targets_mean_at_a_level() {
    let areas = |codes: &[&str]| Target::Areas(codes.iter().map(|text| code(text)).collect());
    let of =
        |weights: &str, scope: &str| Target::Weights { weights: weights.into(), scope: vec![code(scope)] };
    let at = |lon| Target::Point(Position::new(lon, 53.0).unwrap());
    for (target, expected) in [
        (areas(&["E05000002"]), "0/0 in 0, 1001/0 in 1, elsewhere 0 [1, 0, 0]"),
        (areas(&["E05000001", "E05000002"]), "501/0 in 1, 500/0 in 1, elsewhere 0 [1, 0, 0]"),
        (areas(&["E05000009"]), "0/0 in 0, 0/0 in 0, elsewhere 1001 [0, 0, 1]"),
        (at(-1.0), "1001/0 in 1, 0/0 in 0, elsewhere 0 [1, 0, 0]"),
        (at(1.0), "0/0 in 0, 0/0 in 0, elsewhere 1001 [0, 0, 1]"),
        // a quarter of the people live outside the wards that are loaded
        (of("population", "E08000001"), "0/250 in 1, 0/501 in 1, elsewhere 250 [0, 1, 0]"),
        // what is larger than a ward is shared out, and so is reckoned though it is stated
        (areas(&["E08000001"]), "0/250 in 1, 0/501 in 1, elsewhere 250 [0, 1, 0]"),
        // a ward and the district: one line for the ward, though it has it twice
        (areas(&["E05000001", "E08000001"]), "501/125 in 1, 0/250 in 1, elsewhere 125 [1, 0, 0]"),
        (areas(&["E10000001"]), "0/0 in 0, 0/0 in 0, elsewhere 0 [0, 0, 0] no-people"),
        (of("population", "E10000001"), "0/0 in 0, 0/0 in 0, elsewhere 0 [0, 0, 0] no-people"),
        // of a district alone nobody knows how many of its people live in which ward
        (of("population", "E08000002"), "0/0 in 0, 0/0 in 0, elsewhere 0 [0, 0, 0] no-people"),
        (of("population", "E05000001"), "1001/0 in 1, 0/0 in 0, elsewhere 0 [1, 0, 0]"),
        (areas(&["E05000001", "E10000001"]), "501/0 in 1, 0/0 in 0, elsewhere 0 [1, 0, 0]"),
        (areas(&[]), "0/0 in 0, 0/0 in 0, elsewhere 0 [0, 0, 0] no-rule"),
        (Target::Nowhere(Why::Protected), "0/0 in 0, 0/0 in 0, elsewhere 0 [0, 0, 0] protected"),
    ] {
        assert_eq!(check(target.clone()), expected, "{target:?}");
    }
}

#[test]
fn a_period_leaves_out_what_has_no_month_and_says_so() {
    let view = View::new(vec![], &[Target::Nowhere(Why::NoRule)], &Two);
    let mut book = Book::default();
    let month = |month| Month::new(2026, month);
    for month in [month(4), month(6), month(6), None] {
        book.push(Line { month, ..LINE }).unwrap();
    }
    book.push(Line { month: month(5), payer: 1, ..LINE }).unwrap();
    book.push(Line { month: month(7), basis: Basis::Awarded, ..LINE }).unwrap();
    let ask = |from, to, payer| book.totals(&Question { from, to, payer, ..Question::default() }, &view);
    let held = |totals: &Totals| totals.months.iter().map(Month::to_string).collect::<Vec<_>>().join(" ");
    let year = ask(month(4), month(12), Some(0));
    assert_eq!((year.asked.lines, year.undated.lines), (3, 1));
    assert_eq!(held(&year), "2026-04 2026-06");
    let open = ask(None, None, None);
    assert_eq!((open.asked.lines, open.undated.lines), (5, 0));
    assert_eq!(held(&open), "2026-04 2026-05 2026-06");
    assert_eq!(held(&ask(month(5), None, Some(0))), "2026-06");
}

#[test]
fn a_book_takes_no_more_than_it_can_sum() {
    let mut book = Book::default();
    book.push(Line { pence: Pence(i64::MAX), ..LINE }).unwrap();
    assert_eq!(book.push(Line { pence: Pence(-1), ..LINE }), Err(BookFull::Amount));
    assert_eq!(book.push(Line { pence: Pence(i64::MIN), ..LINE }), Err(BookFull::Amount));
    assert_eq!(book.push(Line { pence: Pence(0), ..LINE }), Ok(1));
    assert_eq!(book.len(), 2);
}
