use super::*;
use crate::{ServiceIx, What};
use model::{AreaCode, Position};

const RULES: &str = r#"
    version = "t"
    [[service]]
    id = "bins"
    name = "Bins"
    about = "Empties bins."
    universal = { weights = "population", why = "Everybody has one.", source = "x" }
    [[service]]
    id = "care"
    name = "Care"
    about = "Cares."
    [[lookup]]
    id = "bins"
    service = "bins"
    words = ["bins"]
    [[lookup]]
    id = "care"
    service = "care"
    words = ["care"]
    [[lookup]]
    id = "care-old"
    service = "care"
    words = ["old"]
    universal = { weights = "population 65-120", why = "They are old.", source = "x" }
"#;

const BINS: What<'static> =
    What { service: Some(ServiceIx(0)), class: Class::Service, is_protected: false, by: Some("bins") };
const CARE: What<'static> = What { service: Some(ServiceIx(1)), by: Some("care"), ..BINS };
const LEVY: What<'static> = What { class: Class::Levy, ..BINS };
const UNMAPPED: What<'static> = What { service: None, class: Class::Unmapped, is_protected: false, by: None };
const ON: LadderOptions = LadderOptions { head_office: true };

fn code(text: &str) -> AreaCode {
    AreaCode::parse(text).unwrap()
}

fn at(lon: f64) -> Position {
    Position::new(lon, 53.4).unwrap()
}

/// Everything that can be known of a line.
struct Known {
    what: What<'static>,
    standing: Standing,
    payer: Option<AreaCode>,
    stated: Vec<Stated>,
    payee: Option<KnownPayee>,
    address: Option<Position>,
}

/// A line of which all is known but a stated place.
fn known() -> Known {
    Known {
        what: CARE,
        standing: Standing::Named,
        payer: Some(code("E08000009")),
        stated: vec![],
        payee: Some(KnownPayee {
            asset: "a".into(),
            name: "A".into(),
            position: Some(at(-2.3)),
            works_across: vec![code("E05000002"), code("E05000001"), code("E05000002")],
            is_voluntary: true,
        }),
        address: Some(at(-0.1)),
    }
}

/// Method, rule and target in a text.
fn check(known: &Known, options: LadderOptions) -> String {
    let rules = Rules::parse(RULES).unwrap();
    let case = Case {
        what: &known.what,
        standing: known.standing,
        payer_area: known.payer.as_ref(),
        stated: &known.stated,
        payee: known.payee.as_ref(),
        payee_address: known.address,
    };
    let placement = place(&rules, &case, options);
    let codes = |codes: &[AreaCode]| codes.iter().map(AreaCode::as_str).collect::<Vec<_>>().join("+");
    let target = match &placement.target {
        Target::Areas(areas) => codes(areas),
        Target::Point(position) => position.lon().to_string(),
        Target::Several(places) => {
            let one = |place: &Place| match place {
                Place::Area(area) => area.to_string(),
                Place::Point(position) => position.lon().to_string(),
            };
            places.iter().map(one).collect::<Vec<_>>().join("+")
        }
        Target::Weights { weights, scope } => format!("{weights} of {}", codes(scope)),
        Target::Nowhere(why) => format!("nowhere, {}", why.as_str()),
    };
    format!("{} by {}: {target}", placement.method.as_str(), placement.rule)
}

fn area(text: &str, within: &[&str]) -> Stated {
    Stated::Area { code: code(text), within: within.iter().map(|text| code(text)).collect() }
}

#[test]
fn the_surest_method_wins_and_the_next_follows() {
    let mut line = Known { what: BINS, stated: vec![area("E05000007", &["E08000009"])], ..known() };
    assert_eq!(check(&line, ON), "stated by stated-place: E05000007");
    line.stated = vec![area("E08000009", &[])];
    assert_eq!(check(&line, ON), "stated-whole by stated-whole-area: population of E08000009");
    line.stated.clear();
    assert_eq!(check(&line, ON), "delivery-point by delivery-point: -2.3");
    line.payee.as_mut().unwrap().position = None;
    assert_eq!(check(&line, ON), "weights by universal bins: population of E08000009");
    line.what = CARE;
    assert_eq!(check(&line, ON), "across by works-across: population of E05000001+E05000002");
    line.payee = None;
    assert_eq!(check(&line, ON), "head-office by head-office: -0.1");
    assert_eq!(
        check(&line, LadderOptions::default()),
        "unplaced by no-rule: nowhere, no-rule",
        "off by default"
    );
    line.address = None;
    assert_eq!(check(&line, ON), "unplaced by no-rule: nowhere, no-rule");
}

#[test]
fn methods_are_tried_in_the_order_of_trust() {
    let order: Vec<Method> = LADDER.iter().map(|(method, _)| *method).collect();
    assert_eq!(order, Method::ALL[..6]);
    let certainties: Vec<_> = Method::ALL.into_iter().map(|method| method.certainty().as_str()).collect();
    let modelled = "modelled";
    assert_eq!(certainties, ["located", modelled, "located", modelled, modelled, modelled, "unplaced"]);
}

#[test]
fn a_place_that_holds_another_stated_place_is_left_out() {
    let stated = |stated: Vec<Stated>| check(&Known { stated, ..known() }, ON);
    let (ward, other, district) = ("E05000007", "E05000003", "E08000009");
    let nested =
        vec![area(district, &["E12000002"]), area("E12000002", &[]), area(ward, &[district, "E12000002"])];
    assert_eq!(stated(nested), "stated by stated-place: E05000007");
    let twice = vec![area(ward, &[district]), area(other, &[district]), area(ward, &[district])];
    assert_eq!(
        stated(twice),
        "stated by stated-place: E05000003+E05000007",
        "each once, in the order of codes"
    );
    let point = |within: &[&str]| Stated::Point {
        position: at(-2.5),
        within: within.iter().map(|w| code(w)).collect(),
    };
    assert_eq!(stated(vec![point(&[ward]), area(ward, &[])]), "stated by stated-place: -2.5");
    let apart = vec![point(&[ward]), area(other, &[]), point(&[ward])];
    assert_eq!(stated(apart), "stated by stated-place: E05000003+-2.5");
    assert_eq!(
        stated(vec![area(district, &[]), area("E08000001", &[])]),
        "stated by stated-place: E08000001+E08000009"
    );
}

#[test]
fn what_is_redacted_is_never_placed() {
    let stated = vec![area("E05000007", &[])];
    for what in [BINS, CARE, LEVY, UNMAPPED, What { is_protected: true, ..BINS }] {
        let line = Known { what, standing: Standing::Redacted, stated: stated.clone(), ..known() };
        assert_eq!(check(&line, ON), "unplaced by redacted: nowhere, redacted");
    }
}

#[test]
fn what_is_protected_is_for_the_whole_council() {
    for standing in [Standing::Named, Standing::Withheld] {
        let what = What { is_protected: true, ..BINS };
        let line = Known { what, standing, stated: vec![area("E05000007", &[])], ..known() };
        assert_eq!(check(&line, ON), "unplaced by protected: nowhere, protected");
    }
}

#[test]
fn a_person_is_placed_by_neither_position_nor_address() {
    let withheld = |what, stated| check(&Known { what, standing: Standing::Withheld, stated, ..known() }, ON);
    assert_eq!(withheld(BINS, vec![]), "weights by universal bins: population of E08000009");
    assert_eq!(withheld(CARE, vec![]), "unplaced by withheld: nowhere, withheld");
    assert_eq!(withheld(CARE, vec![area("E05000007", &[])]), "stated by stated-place: E05000007");
}

#[test]
fn what_buys_nothing_has_a_place_only_when_that_is_stated() {
    for class in [Class::Payroll, Class::Levy, Class::Treasury, Class::Transfer] {
        let what = What { class, ..BINS };
        let line = |stated| check(&Known { what, stated, ..known() }, ON);
        assert_eq!(line(vec![]), "unplaced by not-for-a-place: nowhere, not-for-a-place");
        assert_eq!(line(vec![area("E05000007", &[])]), "stated by stated-place: E05000007");
    }
}

#[test]
fn what_nobody_knows_is_never_shared_out_by_people() {
    let line = Known { what: UNMAPPED, payee: None, ..known() };
    assert_eq!(check(&line, LadderOptions::default()), "unplaced by unmapped: nowhere, unmapped");
    assert_eq!(check(&Known { what: UNMAPPED, ..known() }, ON), "delivery-point by delivery-point: -2.3");
}

#[test]
fn weights_need_the_payers_area_and_may_be_of_an_age() {
    let old = What { by: Some("care-old"), ..CARE };
    let line = Known { what: old, payee: None, ..known() };
    assert_eq!(check(&line, ON), "weights by universal care-old: population 65-120 of E08000009");
    let nobody = Known { what: BINS, payer: None, payee: None, address: None, ..known() };
    assert_eq!(check(&nobody, ON), "unplaced by no-area: nowhere, no-area");
    let capital = Known { what: What { class: Class::Capital, ..BINS }, payee: None, ..known() };
    assert_eq!(check(&capital, ON), "weights by universal bins: population of E08000009");
}
