use crate::columns::fold;
use std::borrow::Cow;

/// A label for something that people ask of a place, in the words that every profile uses for it.
pub(crate) struct Label {
    pub label: &'static str,
    /// Whether it is a question that 1 and 0 answer too.
    pub yes_or_no: bool,
    /// Header names that mean it, as [`fold`] writes them.
    pub columns: &'static [&'static str],
}

const fn text(label: &'static str, columns: &'static [&'static str]) -> Label {
    Label { label, yes_or_no: false, columns }
}

const fn ask(label: &'static str, columns: &'static [&'static str]) -> Label {
    Label { label, yes_or_no: true, columns }
}

/// What people who hire or visit a place ask, and the headers under which publishers answer. A profile may have
/// other labels; where it means one of these, it says it in the same words.
#[rustfmt::skip]
pub(crate) const LABELS: &[Label] = &[
    text("Who to ask", &["whotoask", "bookingcontact", "bookingscontact", "hirecontact", "contactforhire", "contactforbookings", "managedby", "runby"]),
    text("Price", &["price", "hireprice", "pricehour", "priceperhour", "hirecharge", "hirecharges", "hirecost", "costofhire", "hourlyrate", "rateperhour", "cost", "costs", "charges", "hirefee", "fee", "fees"]),
    text("Capacity", &["capacity", "maxcapacity", "maximumcapacity", "hallcapacity", "roomcapacity", "seats", "seating", "seatingcapacity", "numberofpeople", "maxpeople"]),
    ask("Step-free access", &["stepfreeaccess", "stepfree", "levelaccess", "wheelchairaccess", "wheelchair", "wheelchairaccessible", "disabledaccess", "accessible"]),
    ask("Accessible toilet", &["accessibletoilet", "accessibletoilets", "accessiblewc", "disabledtoilet", "disabledtoilets", "disabledwc"]),
    ask("Toilets", &["toilets", "toilet", "publictoilet", "publictoilets", "wc"]),
    ask("Baby changing", &["babychanging", "babychange"]),
    ask("Parking", &["parking", "carpark", "carparking", "onsiteparking"]),
    text("Parking spaces", &["parkingspaces", "carparkspaces", "carparkcapacity", "numberofparkingspaces"]),
    ask("Accessible parking", &["accessibleparking", "disabledparking", "disabilityparking", "bluebadgeparking"]),
    ask("Cycle parking", &["cycleparking", "cyclepark", "bikeparking", "bikeracks"]),
    ask("Kitchen", &["kitchen", "kitchenfacilities", "cateringfacilities"]),
    ask("Hearing loop", &["hearingloop", "inductionloop", "hearinginductionloop"]),
    ask("Lift", &["lift"]),
    ask("Wi-fi", &["wifi", "freewifi", "internet"]),
    ask("Stage", &["stage"]),
    ask("Projector", &["projector", "projectorscreen", "avequipment"]),
    ask("Alcohol licence", &["alcohollicence", "licensedbar", "bar"]),
    text("Rooms", &["rooms", "roomsforhire", "roomsavailable", "numberofrooms"]),
    text("Referral", &["referral", "referralmethod", "referrals"]),
    text("Facilities", &["facilities", "facilitiesavailable", "amenities"]),
    text("Access notes", &["accessnotes", "accessibility", "accessibilitynotes", "disabilitynotes", "disabledfacilities"]),
];

/// The label that a header means.
pub(crate) fn label_of(header: &str) -> Option<&'static Label> {
    let header = fold(header);
    LABELS.iter().find(|label| label.columns.contains(&header.as_str()))
}

/// Yes and No, written plainly where a publisher writes `Y`, `✓`, `TRUE` or, for a question, `1`; anything else as it
/// is. How one gets in without steps is a yes with the words behind it: "Level access".
pub(crate) fn plain<'v>(label: &str, value: &'v str) -> Cow<'v, str> {
    let is_question = || LABELS.iter().any(|known| known.label == label && known.yes_or_no);
    let lower = value.to_lowercase();
    let plain = match lower.as_str() {
        "y" | "yes" | "true" | "✓" | "✔" | "✅" | "☑" => "Yes",
        "n" | "no" | "false" | "✗" | "✘" | "❌" | "✖" => "No",
        "1" if is_question() => "Yes",
        "0" if is_question() => "No",
        _ if label == STEP_FREE && LEVEL.iter().any(|start| lower.starts_with(start)) => {
            return Cow::Owned(format!("Yes: {value}"));
        }
        _ => value,
    };
    Cow::Borrowed(plain)
}

const STEP_FREE: &str = "Step-free access";

/// How answers begin that mean that there are no steps.
const LEVEL: &[&str] =
    &["level access", "level entrance", "flat access", "step-free", "step free", "fully accessible"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_folded_and_mean_one_thing() {
        let mut seen = std::collections::HashSet::new();
        for header in LABELS.iter().flat_map(|label| label.columns) {
            assert_eq!(fold(header), *header);
            assert!(seen.insert(header), "{header}");
        }
        assert_eq!(label_of("Hire charge").map(|label| label.label), Some("Price"));
        assert!(label_of("Colour").is_none());
    }

    #[test]
    fn yes_and_no_are_plain_and_everything_else_as_published() {
        for (label, value, shown) in [
            ("Kitchen", "y", "Yes"),
            ("Kitchen", "0", "No"),
            ("Kitchen", "Yes, with a hob", "Yes, with a hob"),
            ("Capacity", "1", "1"),
            ("Anything", "FALSE", "No"),
            ("Step-free access", "✓", "Yes"),
            ("Step-free access", "✗", "No"),
            ("Step-free access", "Level access", "Yes: Level access"),
            ("Step-free access", "One step", "One step"),
            ("Kitchen", "Level access", "Level access"),
        ] {
            assert_eq!(plain(label, value), shown);
        }
    }
}
