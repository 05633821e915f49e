//! What holds of all money, whatever the lines, places and questions: a thousand random cases each.

mod world;

use measures::*;
use model::{Pence, Standing};
use proptest::prelude::*;
use std::cmp::Reverse;
use world::{WARDS, book, cases, ward};

/// All parts of the totals together.
fn parts(totals: &Totals) -> Sum {
    let parts = [
        totals.located,
        totals.modelled,
        totals.elsewhere,
        totals.unplaced(),
        totals.redacted(),
        totals.withheld(),
        totals.council_wide(),
    ];
    parts.into_iter().sum()
}

fn asked(lines: &[Line], question: &Question) -> Vec<Line> {
    let is_in = |month: Month| {
        question.from.is_none_or(|from| from <= month) && question.to.is_none_or(|to| month <= to)
    };
    let is_open = question.from.is_none() && question.to.is_none();
    let takes = |line: &&Line| {
        question.basis == line.basis
            && question.payer.is_none_or(|payer| payer == line.payer)
            && question.service.is_none_or(|service| Some(service) == line.service)
            && question.class.is_none_or(|class| class == line.class)
            && line.month.map_or(is_open, is_in)
    };
    lines.iter().filter(takes).copied().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn ward_figures_and_the_rest_are_the_file((world, targets, lines, question) in cases()) {
        let (book, view) = (book(&lines), world.view(&targets));
        let totals = book.totals(&question, &view);
        let asked = asked(&lines, &question);
        let all = Sum { pence: asked.iter().map(|line| line.pence).sum(), lines: asked.len() as u64 };
        prop_assert_eq!(totals.asked, all);
        prop_assert_eq!(parts(&totals), all);
        let areas: Pence = (0..WARDS).map(|area| totals.area(area).all().pence).sum();
        prop_assert_eq!(areas.0, totals.located.pence.0 + totals.modelled.pence.0);
        let services = [None, Some(0), Some(1), Some(2), Some(3)].map(|service| service.map(ServiceIx));
        prop_assert_eq!(services.into_iter().map(|service| totals.service(service)).sum::<Sum>(), all);
        prop_assert_eq!(Class::ALL.into_iter().map(|class| totals.class(class)).sum::<Sum>(), all);
        for area in 0..WARDS {
            let of_services = services.into_iter().map(|service| totals.area_service(area, service).all()).sum::<Sum>();
            prop_assert_eq!(of_services, totals.area(area).all());
        }
    }

    #[test]
    fn shares_of_a_line_add_up_to_it((world, targets, lines, _) in cases()) {
        let (book, view) = (book(&lines), world.view(&targets));
        for (number, line) in lines.iter().enumerate() {
            let pence = |share: &LineShare| match share {
                LineShare::Area(_, _, pence) | LineShare::Elsewhere(pence) | LineShare::Nowhere(_, pence) => *pence,
            };
            let shares = book.line_shares(&view, number as u32);
            prop_assert_eq!(shares.iter().map(pence).sum::<Pence>(), line.pence);
        }
    }

    #[test]
    fn merging_two_wards_adds_their_figures((world, targets, lines, question) in cases(), from in 0..WARDS, into in 0..WARDS) {
        let book = book(&lines);
        let apart = book.totals(&question, &world.view(&targets));
        let view = world.merged(from, into).view(&targets);
        let merged = book.totals(&question, &view);
        for number in 0..WARDS {
            if number == from && from != into {
                prop_assert_eq!(view.number_of(ward(number).as_str()), None);
                continue;
            }
            let mut expected = vec![apart.area(number)];
            if number == into && from != into {
                expected.push(apart.area(from));
            }
            let area = merged.area(view.number_of(ward(number).as_str()).unwrap());
            prop_assert_eq!(area.located.pence, expected.iter().map(|sum| sum.located.pence).sum());
            prop_assert_eq!(area.modelled.pence, expected.iter().map(|sum| sum.modelled.pence).sum());
        }
        prop_assert_eq!((merged.elsewhere, merged.unplaced()), (apart.elsewhere, apart.unplaced()));
    }

    #[test]
    fn neither_the_order_of_rows_nor_the_threads_matter((world, targets, lines, question) in cases(), turn in 0..30_usize) {
        let view = world.view(&targets);
        let totals = book(&lines).totals(&question, &view);
        let mut turned = lines.clone();
        turned.rotate_left(turn.min(lines.len()));
        turned.reverse();
        prop_assert_eq!(&book(&turned).totals(&question, &view), &totals);
        for threads in [1, 2, 3, 64] {
            prop_assert_eq!(&book(&lines).totals_on(&question, &view, threads), &totals);
        }
    }

    #[test]
    fn the_ledger_of_a_ward_is_its_total((world, targets, lines, question) in cases(), page in 1..5_usize) {
        let (book, view) = (book(&lines), world.view(&targets));
        let totals = book.totals(&question, &view);
        for area in 0..WARDS {
            let imported = book.area_lines(&question, &view, area, Order::Imported, None, usize::MAX);
            for order in Order::ALL {
                let listed = book.area_lines(&question, &view, area, order, None, usize::MAX);
                prop_assert!(listed.is_sorted_by_key(|line| (Reverse(line.key), line.line)));
                let (mut paged, mut start) = (Vec::new(), None);
                loop {
                    let lines = book.area_lines(&question, &view, area, order, start, page);
                    prop_assert!(lines.len() <= page);
                    let Some(last) = lines.last() else { break };
                    start = Some(Start { key: last.key, line: last.line + 1 });
                    paged.extend(lines);
                }
                prop_assert_eq!(&paged, &listed, "{} page by page", order.as_str());
                let mut numbers: Vec<u32> = listed.iter().map(|line| line.line).collect();
                numbers.sort_unstable();
                prop_assert!(numbers.iter().eq(imported.iter().map(|line| &line.line)), "each line once");
                let shares = |lines: &[AreaLine]| lines.iter().map(|line| line.share).sum::<Pence>();
                prop_assert_eq!(shares(&listed), totals.area(area).all().pence);
            }
            let voluntary = book.voluntary(&question, &view, Some(area), |payee| payee < 2);
            let all = voluntary.named.pence.0 + voluntary.unnamed.pence.0;
            prop_assert_eq!(all, totals.area(area).all().pence.0);
            let top = book.top_payees(&question, &view, Some(area), usize::MAX);
            prop_assert_eq!(top.iter().map(|payee| payee.sum).sum::<Sum>(), voluntary.named);
            prop_assert!(top.is_sorted_by_key(|payee| std::cmp::Reverse(payee.sum.pence)));
            let charities = top.iter().filter(|payee| payee.payee < 2).map(|payee| payee.sum).sum::<Sum>();
            prop_assert_eq!(charities, voluntary.voluntary);
        }
    }

    #[test]
    fn only_those_that_may_be_named_are_payees((_, _, lines, _) in cases()) {
        let book = book(&lines);
        for (number, line) in lines.iter().enumerate() {
            let payee = line.payee.filter(|_| line.standing == Standing::Named);
            prop_assert_eq!(book.line(number as u32), Some(Line { payee, ..*line }));
        }
        prop_assert_eq!(book.line(lines.len() as u32), None);
    }

    #[test]
    fn other_boundaries_change_only_the_wards_they_touch((world, targets, lines, question) in cases(), moved in 0..24_usize, to in 0..WARDS) {
        let book = book(&lines);
        let before = book.totals(&question, &world.view(&targets));
        let mut later = world.clone();
        let moved = moved % later.ward_of.len();
        let from = std::mem::replace(&mut later.ward_of[moved], to);
        // Scopes that name a ward hold other people now; those of the district do not.
        let of_district: Vec<Target> = targets.iter().map(|target| match target {
            Target::Weights { weights, .. } => Target::Weights { weights: weights.clone(), scope: vec![world::district()] },
            other => other.clone(),
        }).collect();
        let same = book.totals(&question, &world.view(&of_district));
        let after = book.totals(&question, &later.view(&of_district));
        for area in (0..WARDS).filter(|&area| area != from && area != to) {
            prop_assert_eq!(after.area(area), same.area(area));
        }
        prop_assert_eq!(before.asked, after.asked);
    }
}
