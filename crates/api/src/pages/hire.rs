//! What people who hire a room ask, and how far the sources answer.

use super::ask::Ask;
use super::facts::Facts;
use model::{Answer, Opening, WeekPart};

/// What is asked of a place, with words by which a source's own label for it is known.
pub(super) const ASKED: [(&str, &[&str]); 6] = [
    (STEP_FREE, &["step-free", "step free", "wheelchair", "accessib", "ramp"]),
    ("How many people it holds", &["capacity", "people", "size"]),
    ("Cost to hire", &["price", "cost", "hire", "rate", "charge", "fee"]),
    (TOILET, &["toilet"]),
    ("Kitchen", &["kitchen"]),
    ("Parking", &["parking"]),
];

pub(super) const STEP_FREE: &str = "Step-free access";
const TOILET: &str = "Accessible toilet";

/// What stands where no source says anything. Never "no".
pub(super) const NOT_KNOWN: &str = "Not known, ask";

/// What a source says about one of [`ASKED`], in its own words.
pub(super) fn said<'f>(facilities: &'f [(String, String)], asked: &str) -> Option<&'f str> {
    let (_, needles) = ASKED.iter().find(|(label, _)| *label == asked)?;
    let fits = |label: &str| {
        let label = label.to_lowercase();
        let is_toilet = label.contains("toilet");
        (asked == TOILET || !is_toilet) && needles.iter().any(|needle| label.contains(needle))
    };
    facilities.iter().find(|(label, _)| fits(label)).map(|(_, value)| value.as_str())
}

/// Whether people get in without steps. "Partly" is neither yes nor no.
pub(super) fn step_free(facts: &Facts) -> Answer {
    let list = facts.facility_list();
    let Some(words) = said(&list, STEP_FREE).map(str::to_lowercase) else { return Answer::Unknown };
    let mut letters = words.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let has_doubt = ["part", "limited", "some", "ramp", "request", "ask", "except", "not ", "but"]
        .iter()
        .any(|word| words.contains(word));
    match letters.next() {
        Some("yes" | "y" | "full" | "fully" | "true") if !has_doubt => Answer::Yes,
        Some("no" | "n" | "none" | "false") if letters.next().is_none() => Answer::No,
        _ => Answer::Unknown,
    }
}

/// Whether it is open in a part of the week.
pub(super) fn is_open(facts: &Facts, part: WeekPart) -> Answer {
    facts.opening_hours.as_deref().map_or(Answer::Unknown, |text| Opening::read(text).is_open(part))
}

/// Whether a place is what someone asks for: no where one answer is no, not known where one is not known.
pub(super) fn fits(facts: &Facts, ask: &Ask) -> Answer {
    let access = if ask.step_free { step_free(facts) } else { Answer::Yes };
    let open = ask.open.map_or(Answer::Yes, |part| is_open(facts, part));
    access.max(open)
}

/// A part of the week to choose.
pub(super) fn part_title(part: WeekPart) -> &'static str {
    match part {
        WeekPart::WeekdayMorning => "Weekday mornings",
        WeekPart::WeekdayAfternoon => "Weekday afternoons",
        WeekPart::WeekdayEvening => "Weekday evenings",
        WeekPart::Weekend => "Weekends",
    }
}

/// One of them: `on a weekday evening`
pub(super) fn on_one(part: WeekPart) -> &'static str {
    match part {
        WeekPart::WeekdayMorning => "on a weekday morning",
        WeekPart::WeekdayAfternoon => "on a weekday afternoon",
        WeekPart::WeekdayEvening => "on a weekday evening",
        WeekPart::Weekend => "at a weekend",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(facilities: &str, hours: &str) -> Facts {
        Facts {
            facilities: Some(facilities.to_owned()),
            opening_hours: Some(hours.to_owned()).filter(|text| !text.is_empty()),
            ..Facts::default()
        }
    }

    #[test]
    fn only_a_plain_yes_is_step_free_and_only_a_plain_no_is_not() {
        let answer = |text: &str| step_free(&place(text, ""));
        for yes in ["Step-free access: Yes", "capacity: 30; wheelchair access: yes, level entrance"] {
            assert_eq!(answer(yes), Answer::Yes, "{yes}");
        }
        for no in ["Step-free access: No", "Step-free access: none"] {
            assert_eq!(answer(no), Answer::No, "{no}");
        }
        for unknown in [
            "",
            "Accessible toilet: Yes",
            "Step-free access: Partial – ramp at the back",
            "Step-free access: Yes, but not the hall upstairs",
            "Step-free access: no steps",
            "Step-free access: ask",
        ] {
            assert_eq!(answer(unknown), Answer::Unknown, "{unknown}");
        }
    }

    #[test]
    fn one_no_is_a_no_and_a_doubt_beats_a_yes() {
        let ask = Ask { step_free: true, open: Some(WeekPart::WeekdayEvening), ..Ask::about("E1") };
        let fit =
            |access: &str, hours: &str| fits(&place(&format!("Step-free access: {access}"), hours), &ask);
        assert_eq!(fit("Yes", "Mon-Fri 9am-9pm"), Answer::Yes);
        assert_eq!(fit("Yes", ""), Answer::Unknown);
        assert_eq!(fit("No", ""), Answer::No);
        assert_eq!(fit("Partly", "Mon-Fri 9am-5pm"), Answer::No);
        assert_eq!(fits(&Facts::default(), &Ask::about("E1")), Answer::Yes);
    }

    #[test]
    fn a_label_is_known_by_its_words() {
        let list = place("hire price: £12; Accessible toilet: No; Step-free access: Yes", "").facility_list();
        assert_eq!(said(&list, "Cost to hire"), Some("£12"));
        assert_eq!(said(&list, TOILET), Some("No"));
        assert_eq!(said(&list, STEP_FREE), Some("Yes"));
        assert_eq!(said(&list, "Parking"), None);
    }
}
