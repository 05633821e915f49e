//! What no line and no rule can do, whatever is known of a line: a thousand random cases each.

use measures::*;
use model::{AreaCode, Position, SpendKind, Standing};
use proptest::prelude::*;

fn code(number: u32) -> AreaCode {
    AreaCode::parse(&format!("E05{number:06}")).unwrap()
}

fn position() -> impl Strategy<Value = Position> {
    (-5.0..1.0_f64, 50.0..55.0_f64).prop_map(|(lon, lat)| Position::new(lon, lat).unwrap())
}

fn stated() -> impl Strategy<Value = Vec<Stated>> {
    let within = || prop::collection::vec((0..6_u32).prop_map(code), 0..3);
    let area = ((0..6_u32).prop_map(code), within()).prop_map(|(code, within)| Stated::Area { code, within });
    let point = (position(), within()).prop_map(|(position, within)| Stated::Point { position, within });
    prop::collection::vec(prop_oneof![3 => area, 1 => point], 0..4)
}

fn payee() -> impl Strategy<Value = Option<KnownPayee>> {
    let works_across = prop::collection::vec((0..6_u32).prop_map(code), 0..3);
    let known = (prop::option::of(position()), works_across).prop_map(|(position, works_across)| {
        KnownPayee { asset: "a".into(), name: "A".into(), position, works_across, is_voluntary: false }
    });
    prop::option::of(known)
}

/// A line that some entry of the shipped rules knows, or none.
fn words() -> impl Strategy<Value = (&'static str, &'static str, Option<bool>)> {
    let unit = [
        "Waste management",
        "Libraries",
        "Leaving care",
        "Homeless families",
        "Precept",
        "HRA",
        "Older people",
        "",
    ];
    let purpose =
        ["", "Electricity", "Fostering", "HM Revenue", "Payments to CCG", "Domestic abuse", "unheard of"];
    (
        prop::sample::select(unit.to_vec()),
        prop::sample::select(purpose.to_vec()),
        prop::option::of(any::<bool>()),
    )
}

fn what<'r>(rules: &'r Rules, (unit, purpose, is_capital): (&str, &str, Option<bool>)) -> What<'r> {
    let kind = SpendKind::Payment;
    rules.what(&Words { payer: "A Council", unit, category: "", purpose, payee: None, kind, is_capital })
}

thread_local! {
    static RULES: Rules = Rules::shipped();
    /// The shipped rules, and the same with an entry more.
    static LATER: (Rules, Rules) = {
        let entry = "\n[[lookup]]\nid = \"new\"\nclass = \"levy\"\nwords = [\"electricity\", \"unheard of\"]\n";
        let rules = Rules::shipped();
        let later = Rules::parse(&format!("{}{entry}", rules.text())).unwrap();
        (rules, later)
    };
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn placing_keeps_its_promises(
        words in words(),
        standing in prop::sample::select(vec![Standing::Named, Standing::Withheld, Standing::Redacted]),
        stated in stated(),
        payee in payee(),
        payee_address in prop::option::of(position()),
        payer in prop::option::of((0..6_u32).prop_map(code)),
        head_office in any::<bool>(),
    ) {
        RULES.with(|rules| {
            let what = what(rules, words);
            let case = Case { what: &what, standing, payer_area: payer.as_ref(), stated: &stated, payee: payee.as_ref(), payee_address };
            let placed = place(rules, &case, LadderOptions { head_office });
            let is_placed = placed.method != Method::Unplaced;
            prop_assert_eq!(is_placed, !matches!(placed.target, Target::Nowhere(_)));
            prop_assert_eq!(is_placed, placed.method.certainty() != Certainty::Unplaced);
            prop_assert_eq!(&placed, &place(rules, &case, LadderOptions { head_office }));
            if standing == Standing::Redacted {
                prop_assert_eq!(&placed.target, &Target::Nowhere(Why::Redacted));
            } else if what.is_protected {
                prop_assert_eq!(&placed.target, &Target::Nowhere(Why::Protected));
            }
            let by_payee = matches!(placed.method, Method::DeliveryPoint | Method::Across | Method::HeadOffice);
            prop_assert!(!by_payee || standing == Standing::Named);
            prop_assert!(placed.method != Method::HeadOffice || head_office);
            if placed.method == Method::Weights {
                prop_assert!(matches!(what.class, Class::Service | Class::Capital));
                prop_assert!(rules.universal(&what).is_some());
            }
            if matches!(what.class, Class::Payroll | Class::Levy | Class::Treasury | Class::Transfer) && is_placed {
                prop_assert!(matches!(placed.method, Method::Stated | Method::StatedWhole));
            }
            // The order in which a source states places changes nothing.
            let mut turned = stated.clone();
            turned.reverse();
            prop_assert_eq!(&place(rules, &Case { stated: &turned, ..case }, LadderOptions { head_office }), &placed);
            Ok(())
        })?;
    }

    #[test]
    fn a_new_entry_at_the_end_changes_only_what_nothing_knew(words in words()) {
        LATER.with(|(rules, later)| {
            let (before, after) = (what(rules, words), what(later, words));
            if before.class == Class::Unmapped {
                prop_assert!(after.by.is_none_or(|by| by == "new"));
                prop_assert_eq!(before.is_protected, after.is_protected);
            } else {
                prop_assert_eq!(before, after);
            }
            Ok(())
        })?;
    }
}
