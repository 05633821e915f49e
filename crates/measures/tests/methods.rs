//! The examples of docs/methods.md, worked out. Each is looked up in the page by its own text.

use measures::*;
use model::{AreaCode, FinancialYear, Pence, Position};

const PAGE: &str = include_str!("../../../docs/methods.md");

/// That the page has a sentence, however its lines are broken.
fn says(sentence: &str) {
    let page = PAGE.replace("\n> ", " ").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains(sentence), "docs/methods.md does not say: {sentence}");
}

fn pounds(pence: &[i64]) -> Vec<String> {
    pence.iter().map(|pence| Pence(*pence).to_string()).collect()
}

#[test]
fn the_penny_that_is_left() {
    let people = [1_500, 2_100, 900];
    let [a, b, c] = &pounds(&shares(10_000, &people).unwrap())[..] else { panic!() };
    let [d, e, f] = &pounds(&shares(-10_000, &people).unwrap())[..] else { panic!() };
    says(&format!(
        "£100.00 over 1,500, 2,100 and 900 people is {a}, {b} and {c}; a credit of £100.00 is {d}, {e} and {f}."
    ));
}

/// Two wards of one district: the LSOAs 1 and 2 are Northside, 3 is Southside.
struct District;

impl Places for District {
    fn area_at(&self, _: Position) -> Option<String> {
        None
    }

    fn lies(&self, area: &AreaCode) -> Lies {
        let ward = match area.as_str() {
            "E01000001" | "E01000002" | "E05000001" => "E05000001",
            "E01000003" | "E05000002" => "E05000002",
            _ => return Lies::Across,
        };
        Lies::In(ward.to_owned())
    }

    fn weights(&self, name: &str, scope: &[AreaCode]) -> Option<WeightSet> {
        let atoms = [("E01000001", 1_500), ("E01000002", 2_100), ("E01000003", 900)];
        let atoms = atoms.map(|(code, people)| (AreaCode::parse(code).unwrap(), people)).to_vec();
        WeightSet::new(name.to_owned(), scope.to_vec(), 2024, atoms).ok()
    }
}

/// What the two wards get of an amount.
fn wards(pence: i64, target: Target) -> [String; 2] {
    let wards = ["E05000001", "E05000002"].map(String::from);
    let view = View::new(wards.to_vec(), &[target], &District);
    let mut book = Book::default();
    let line = Line {
        payer: 0,
        month: Month::new(2026, 4),
        day: None,
        service: None,
        class: Class::Service,
        basis: model::Basis::Paid,
        standing: model::Standing::Named,
        method: Method::Weights,
        payee: None,
        pence: Pence(pence),
        target: 0,
    };
    book.push(line).unwrap();
    let totals = book.totals(&Question::default(), &view);
    [0, 1].map(|ward| totals.area(ward).all().pence.to_string())
}

#[test]
fn by_where_people_live() {
    let scope = vec![AreaCode::parse("E08000001").unwrap()];
    let [north, south] = wards(1_234_567, Target::Weights { weights: "population".into(), scope });
    says("£12,345.67 for a district with three LSOAs of 1,500, 2,100 and 900 people");
    says(&format!("Northside has {north}, Southside {south}."));
}

#[test]
fn two_stated_places() {
    let areas = ["E05000001", "E05000002"].map(|code| AreaCode::parse(code).unwrap()).to_vec();
    let [first, second] = wards(100_001, Target::Areas(areas));
    says(&format!(
        "£1,000.01 for two wards is {first} for the one whose code comes first, and {second} for the other."
    ));
}

#[test]
fn per_head_of_a_ward() {
    let figure = per_head(Pence(123_456_789), Some(Residents { people: 9_876, year: 2024 })).unwrap();
    says(&format!("£1,234,567.89 for 9,876 people is {}.", figure.pence));
}

#[test]
fn prices_of_another_year() {
    let year = |text| FinancialYear::parse(text).unwrap();
    let later =
        Deflators::shipped().real_terms(Pence(100_000_000), year("2019-20"), year("2024-25")).unwrap();
    says(&format!("£1,000,000.00 of 2019-20 is {later} in prices of 2024-25."));
}

#[test]
fn four_unequal_areas() {
    let figures = [100, 200, 300, 400];
    let (gini, theil) = (gini(&figures).unwrap().unwrap(), theil(&figures).unwrap().unwrap());
    says(&format!("£100, £200, £300 and £400 per head have a Gini of {gini:.4} and a Theil of {theil:.4}."));
}

#[test]
fn a_count_of_another_area() {
    let source = [SourceArea { m2: 1_000_000.0, value: 120.0 }];
    let carried = carry_counts(&source, 1, &[Overlap { source: 0, target: 0, m2: 250_000.0 }]).unwrap();
    let (homes, uncovered) = (carried.values[0].unwrap(), carried.uncovered[0]);
    says(&format!("covers 0.25 km² gets {homes:.1}; {uncovered} of the source is reported as uncovered."));
}

#[test]
fn every_class_and_method_is_on_the_page() {
    for class in Class::ALL {
        says(&format!("| {} |", class.as_str()));
    }
    for (place, method) in Method::ALL[..6].iter().enumerate() {
        let certainty = method.certainty().as_str();
        let row = PAGE.lines().find(|line| line.starts_with(&format!("| {} |", place + 1))).expect("a row");
        assert!(row.contains(&format!("| {certainty} |")), "{row}");
    }
    says(&format!(
        "{} plain ones",
        if Rules::shipped().services().len() == 16 { "sixteen" } else { "not sixteen" }
    ));
}
