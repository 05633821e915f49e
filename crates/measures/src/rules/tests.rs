use super::*;
use crate::{Class, Decided, Words};
use model::SpendKind;

/// What the shipped rules make of a line: class, service and whether it is protected.
fn shipped(payer: &str, unit: &str, purpose: &str, payee: &str) -> String {
    let rules = Rules::shipped();
    let words = Words {
        payer,
        unit,
        category: "",
        purpose,
        payee: (!payee.is_empty()).then_some(payee),
        kind: SpendKind::Payment,
        is_capital: None,
    };
    let what = rules.what(&words);
    let service = what.service.map_or("-", |service| &rules.service(service).id);
    format!("{} {service}{}", what.class.as_str(), if what.is_protected { " protected" } else { "" })
}

#[test]
fn the_shipped_rules_are_read() {
    let rules = Rules::shipped();
    assert_eq!(rules.version(), "2026-11.2");
    assert_eq!(rules.services().len(), 16);
    assert!(rules.entries().len() > 50 && rules.text().starts_with('#'));
    for service in rules.services() {
        assert!(service.about.ends_with('.'), "{}", service.id);
        assert_eq!(
            rules.service_called(&service.id).map(|index| &rules.service(index).id),
            Some(&service.id)
        );
    }
}

#[rustfmt::skip]
#[test]
fn what_a_reader_would_say() {
    for (unit, purpose, payee, what) in [
        ("EN:WASTE DISPOSAL LE", "WASTE DISPOSAL LEVY", "Greater Manchester Combined Authori", "levy waste"),
        ("FI:PASSENGER TRANSPO", "GMITA LEVY (GMCA)", "Greater Manchester Combined Authori", "levy highways"),
        ("NA", "GMP CFUND CTAX CRED", "Greater Manchester Combined Authori", "levy safety"),
        ("NA", "Nat Ins & Rebate", "HMRC CUMBERNAULD", "payroll -"),
        ("NA", "NON TRAFFORD GMPF", "GREATER MANCHESTER SUPERANN FUND", "payroll -"),
        ("NA", "AGENCY  CREDITOR", "Reed Specialist Recruitment Ltd", "payroll -"),
        ("FI:Money Market", "EXT INT MONEY MARK", "BARCLAYS CAPITAL", "treasury -"),
        ("TREATMENT SERVICES", "CONTRIB EXT PROJECTS", "Salford City Council", "transfer public-health"),
        ("NDR Holding Account", "NDR SEC 31 COMP GRNT", "", "transfer -"),
        ("Capital Schemes", "EXT ENG HIGHWAY", "Balfour Beatty Civil Engineering Lt", "capital highways"),
        ("Capital Schemes", "A&M PAY TO CONTRACTO", "Complete Roofing Systems Ltd", "capital -"),
        ("JVC: Residual Waste", "JVC Fixed Fee", "Amey LG Ltd", "service waste"),
        ("PHYS SUPP 85+ LT", "EXT RES CARE FEES", "Maria Mallaband 16 Ltd", "service adult-social-care"),
        ("2YOF Working Parents", "PRIVATE CONTRACTORS", "Kids Planet Day Nurseries", "service education"),
        ("YP:The Orchards", "SCHOOL BUDGET SHARE", "The Orchards", "service education"),
        ("LP:DAVYHULME PARK", "ELECTRICITY", "Drax Energy Solutions Ltd", "service parks"),
        ("AM:Sale Waterside", "USP SALE PFI", "Sale PFI Ltd", "service culture"),
        ("PUBLIC LIABILITY", "ZM PREMIUMS (CORP)", "Arthur J Gallagher Ins Brokers Ltd", "service corporate"),
        ("CHILDREN'S HOMES", "EXT RES CARE FEES", "", "service childrens-social-care protected"),
        ("Leaving Care Placeme", "SUPP LIVING CONT", "Bedspace Resource Ltd", "service childrens-social-care protected"),
        ("Unaccompanied Minors", "SUPP LIVING CONT", "", "service childrens-social-care protected"),
        ("Homeless Families Le", "RENT OF PREMISES", "", "service housing protected"),
        ("Domestic Abuse Grant", "GRANTS TO VOL ORGS", "A Refuge", "service safety protected"),
        ("Something new", "MISCELLANY", "Somebody", "unmapped -"),
        ("Something new", "A refuge for women", "Somebody", "unmapped - protected"),
    ] {
        assert_eq!(shipped("Trafford Council", unit, purpose, payee), what, "{unit}, {purpose}, {payee}");
    }
    assert_eq!(shipped("Elsewhere Council", "LP:DAVYHULME PARK", "", ""), "unmapped -", "prefixes are Trafford's own");
}

#[test]
fn grants_and_other_providers_are_told_by_who_gives() {
    let rules = Rules::shipped();
    let check = |payer, unit, purpose, payee, kind| {
        let words = Words { payer, unit, purpose, payee: Some(payee), kind, ..WORDS };
        let what = rules.what(&words);
        let service = what.service.map_or("-", |service| &rules.service(service).id);
        format!("{} {service}{}", what.class.as_str(), if what.is_protected { " protected" } else { "" })
    };
    let lottery = |purpose, payee| check("A Lottery Fund", "", purpose, payee, SpendKind::Grant);
    let told =
        lottery("Training for events that foster pride in our school, with homeless people", "A Group");
    assert_eq!(told, "service voluntary", "single words of a sentence mean little");
    assert_eq!(lottery("A refuge", "Somebody"), "service voluntary protected");
    assert_eq!(lottery("A park", "Wexmarsh Borough Council"), "transfer -");
    let provider = |payer, unit| check(payer, unit, "", payer, SpendKind::Budget);
    assert_eq!(provider("NHS Wexshire Integrated Care Board", "Community nursing"), "service health");
    assert_eq!(provider("Wexshire Police", "Neighbourhood policing"), "service safety");
    assert_eq!(provider("Wexmarsh Housing Association", "Repairs"), "service housing");
    assert_eq!(
        provider("Wexmarsh Housing Association", "Temporary accommodation"),
        "service housing protected"
    );
}

const SMALL: &str = r#"
    version = "t"
    [[service]]
    id = "bins"
    name = "Bins"
    about = "Empties bins."
    universal = { weights = "population", why = "Everybody has one.", source = "x" }
    [[service]]
    id = "homes"
    name = "Homes"
    about = "Looks after children."
    protected = true
    [[lookup]]
    id = "schemes"
    class = "capital"
    unit = ["schemes"]
    [[lookup]]
    id = "card-bins"
    service = "bins"
    purpose = ["bin*"]
    kind = ["card"]
    payer = ["ours"]
    [[lookup]]
    id = "levies"
    class = "levy"
    service = "none"
    words = ["levy"]
    [[lookup]]
    id = "bins-any"
    service = "bins"
    words = ["bins"]
    [[lookup]]
    id = "homes-any"
    service = "homes"
    unit = ["homes"]
    [[protected]]
    id = "p"
    words = ["secret place"]
"#;

fn small(words: Words<'_>) -> (Class, Option<u16>, bool, Option<String>) {
    let rules = Rules::parse(SMALL).unwrap();
    let what = rules.what(&words);
    (what.class, what.service.map(|service| service.0), what.is_protected, what.by.map(str::to_owned))
}

const WORDS: Words<'static> = Words {
    payer: "Ours",
    unit: "",
    category: "",
    purpose: "",
    payee: None,
    kind: SpendKind::Payment,
    is_capital: None,
};

#[test]
fn the_first_entry_says_the_class_and_the_first_that_settles_it_the_service() {
    let by = |id: &str| Some(id.to_owned());
    assert_eq!(small(WORDS), (Class::Unmapped, None, false, None));
    assert_eq!(
        small(Words { unit: "Schemes", purpose: "new bins", ..WORDS }),
        (Class::Capital, Some(0), false, by("schemes"))
    );
    assert_eq!(small(Words { unit: "Schemes", ..WORDS }), (Class::Capital, None, false, by("schemes")));
    let none = small(Words { category: "bins", payee: Some("The Levy"), ..WORDS });
    assert_eq!(none, (Class::Levy, None, false, by("levies")), "none is settled too");
    assert_eq!(small(Words { unit: "homes", ..WORDS }), (Class::Service, Some(1), true, by("homes-any")));
    let secret = Words { purpose: "bins for the secret place", ..WORDS };
    assert_eq!(small(secret), (Class::Service, Some(0), true, by("bins-any")));
}

#[test]
fn what_the_line_says_that_decided_is_told() {
    let rules = Rules::parse(SMALL).unwrap();
    let words = Words { unit: "SCHEMES 2", purpose: "New bins for the Secret Place", ..WORDS };
    let Decided { class, service, protected } = rules.decided(&words);
    let said = |entry: Option<&Entry>| entry.map(|entry| (entry.id.clone(), entry.said(&words)));
    let in_purpose = |words| vec![Said::Words(SaidIn::Purpose, words)];
    assert_eq!(said(class), Some(("schemes".into(), vec![Said::Words(SaidIn::Unit, "SCHEMES")])));
    assert_eq!(said(service), Some(("bins-any".into(), in_purpose("bins"))));
    assert_eq!(said(protected), Some(("p".into(), in_purpose("Secret Place"))));
    let both = Words { unit: "homes", purpose: "bins", ..WORDS };
    let passed: Vec<&str> = rules.passed_over(&both).iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(passed, ["homes-any"], "the bins came first");
    let card = Words { purpose: "binbags", kind: SpendKind::Card, ..WORDS };
    let entry = rules.decided(&card).class.unwrap();
    let ours = Said::Words(SaidIn::Payer, "Ours");
    assert!(entry.said(&card).contains(&ours) && entry.said(&card).contains(&Said::Kind(SpendKind::Card)));
}

#[test]
fn kind_payer_and_capital_are_heeded() {
    let card = Words { purpose: "binbags", kind: SpendKind::Card, ..WORDS };
    assert_eq!(small(card).0, Class::Service);
    assert_eq!(small(Words { kind: SpendKind::Payment, ..card }).0, Class::Unmapped);
    assert_eq!(small(Words { payer: "Theirs", ..card }).0, Class::Unmapped);
    let bins = Words { purpose: "bins", is_capital: Some(true), ..WORDS };
    assert_eq!(small(bins).0, Class::Capital, "what the source calls capital is capital");
    assert_eq!(small(Words { is_capital: Some(false), ..bins }).0, Class::Service);
}

#[test]
fn a_wrong_file_says_what_is_wrong() {
    let check = |from: &str, to: &str| {
        assert!(SMALL.contains(from), "{from}");
        Rules::parse(&SMALL.replace(from, to)).expect_err(to).to_string()
    };
    assert!(check("version = \"t\"", "").contains("version"));
    assert!(check("class = \"levy\"", "klass = \"levy\"").contains("klass"));
    assert_eq!(check("\"bins-any\"", "\"levies\""), "`levies` is there twice: each id may be used once");
    assert!(
        check("class = \"levy\"", "class = \"tax\"")
            .contains("names the class `tax`; the classes are service,")
    );
    assert!(check("service = \"homes\"", "service = \"huts\"").contains("names the service `huts`"));
    assert!(check("unit = [\"homes\"]", "").contains("names no words"));
    assert!(check("\"secret place\"", "\"&\"").contains("has the phrase \"&\""));
    assert!(check("weights = \"population\"", "weights = \"people\"").contains("`people` is no weight"));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_words_make_it_panic(unit in ".{0,30}", purpose in ".{0,60}", payee in ".{0,30}") {
        thread_local!(static RULES: Rules = Rules::shipped());
        let words = Words { unit: &unit, purpose: &purpose, payee: Some(&payee), ..WORDS };
        RULES.with(|rules| {
            let what = rules.what(&words);
            assert_eq!(what.by.is_none(), what.class == Class::Unmapped);
            assert_eq!(what, rules.what(&words));
        });
    }
}
