use super::super::{Claim, Column, Field};
use crate::profile::label_of;

/// What people who hire a place ask, by the header: as publishers write it, or by its words when the cells bear it out.
pub(super) fn claim(column: &Column<'_>) -> Option<Claim> {
    let label = label(column)?;
    let weight = if label_of(column.name).is_some() { 90 } else { 86 };
    Claim::new(Field::Facility, weight, format!("its header means \u{201c}{label}\u{201d}"))
}

/// The label for a column of facilities; `None` when it is none.
pub(in super::super) fn label(column: &Column<'_>) -> Option<&'static str> {
    if column.values.is_empty() {
        return None;
    }
    if let Some(label) = label_of(column.name) {
        return Some(label.label);
    }
    let meant = MEANINGS.iter().find(|meaning| meaning.is_of(column))?;
    Some(meant.label)
}

/// Words of a header that mean a label: one of each list, and none of the last.
struct Meaning {
    label: &'static str,
    words: &'static [&'static str],
    with: &'static [&'static str],
    without: &'static [&'static str],
    cells: Cells,
}

/// What most cells must be.
#[derive(Clone, Copy)]
enum Cells {
    Any,
    /// Yes, no and the like, or words that begin so.
    Answers,
    /// No answers and no figures.
    Words,
    /// A number in them, or a word for a price that has none.
    Figures,
}

const fn means(label: &'static str, words: &'static [&'static str], cells: Cells) -> Meaning {
    Meaning { label, words, with: &[], without: &[], cells }
}

/// The narrower before the wider.
#[rustfmt::skip]
const MEANINGS: &[Meaning] = &[
    Meaning { label: "Accessible toilet", words: &["accessible", "disabled", "adapted"], with: &["toilet", "toilets", "wc", "loo", "loos"], without: &[], cells: Cells::Answers },
    Meaning { label: "Accessible parking", words: &["accessible", "disabled", "blue", "badge"], with: &["parking", "spaces", "bays"], without: &[], cells: Cells::Any },
    Meaning { label: "Step-free access", words: &["wheelchair", "wheelchairs", "stepfree", "disabled"], with: &[], without: &["toilet", "toilets", "parking", "spaces", "number", "notes"], cells: Cells::Answers },
    Meaning { label: "Disability friendly", words: &["disability", "disabilities", "disabled", "accessibility"], with: &["friendly"], without: &[], cells: Cells::Answers },
    Meaning { label: "Step-free access", words: &["step", "level", "ramp", "ramped"], with: &["free", "access", "entrance", "ramp", "ramped"], without: &[], cells: Cells::Answers },
    means("Toilets", &["toilet", "toilets", "wc", "loo", "loos"], Cells::Answers),
    means("Baby changing", &["nappy"], Cells::Answers),
    Meaning { label: "Parking spaces", words: &["car", "cars", "parking"], with: &["spaces", "space", "bays", "places", "number", "many"], without: &["cycle", "bike"], cells: Cells::Figures },
    Meaning { label: "Cycle parking", words: &["cycle", "cycles", "bike", "bikes", "bicycle"], with: &["parking", "racks", "rack", "stands", "stand", "storage"], without: &[], cells: Cells::Any },
    Meaning { label: "Parking", words: &["parking", "carpark"], with: &[], without: &["cycle", "bike", "charge", "cost"], cells: Cells::Any },
    Meaning { label: "Capacity", words: &["capacity", "holds", "seats", "seated", "seating", "occupancy", "fits", "sits", "attendees"], with: &[], without: &["cost", "price", "kitchen"], cells: Cells::Figures },
    Meaning { label: "Capacity", words: &["max", "maximum", "many", "number"], with: &["people", "persons", "seats", "attendees", "numbers", "standing"], without: &[], cells: Cells::Figures },
    Meaning { label: "Price", words: &["price", "prices", "cost", "costs", "hire", "fee", "fees", "charge", "charges", "tariff", "hourly", "donation", "rate", "subs", "subscription", "subscriptions", "rent", "rental"], with: &[], without: &["code", "centre", "id", "ref", "contact", "phone", "email", "how", "form", "link", "url", "by", "business"], cells: Cells::Figures },
    Meaning { label: "Room", words: &["room"], with: &[], without: &["hire", "available", "number", "code", "id", "ref"], cells: Cells::Words },
    means("Ages", &["age", "ages", "aged"], Cells::Any),
    Meaning { label: "Plots", words: &["plot", "plots"], with: &[], without: &["size", "area", "code", "id", "ref"], cells: Cells::Figures },
    Meaning { label: "Waiting list", words: &["waiting"], with: &["list", "time"], without: &[], cells: Cells::Any },
    means("Kitchen", &["kitchen", "kitchenette", "catering"], Cells::Any),
    Meaning { label: "Hearing loop", words: &["loop", "hearing", "induction"], with: &[], without: &[], cells: Cells::Answers },
    means("Lift", &["lift", "lifts"], Cells::Answers),
    means("Wi-fi", &["wifi", "broadband", "internet"], Cells::Answers),
    means("Stage", &["stage"], Cells::Answers),
    means("Projector", &["projector", "screen", "av"], Cells::Answers),
    Meaning { label: "Alcohol licence", words: &["alcohol", "bar", "licensed"], with: &[], without: &[], cells: Cells::Answers },
    means("Referral", &["referral", "referrals", "refer", "voucher"], Cells::Any),
    Meaning { label: "Who to ask", words: &["managed", "run", "operated", "maintained"], with: &["by"], without: &[], cells: Cells::Any },
];

impl Meaning {
    fn is_of(&self, column: &Column<'_>) -> bool {
        let with = self.with.is_empty() || column.says(self.with);
        column.says(self.words)
            && with
            && !column.says(self.without)
            && column.percent(|v| self.cells.are(v)) >= 40
    }
}

impl Cells {
    fn are(self, value: &str) -> bool {
        let lower = value.to_lowercase();
        let first = lower.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        match self {
            Self::Any => true,
            Self::Answers => {
                let starts = [
                    "y", "yes", "n", "no", "true", "false", "1", "0", "full", "fully", "part", "partial",
                    "partly", "level", "limited", "some", "one", "ramp", "none",
                ];
                starts.contains(&first) || value.starts_with(['✓', '✔', '✗', '✘', '✅', '❌'])
            }
            Self::Words => !Self::Answers.are(value) && value.contains(char::is_alphabetic),
            Self::Figures => {
                lower.contains(|c: char| c.is_ascii_digit() || c == '£')
                    || ["free", "poa", "donation", "none"].contains(&first)
            }
        }
    }
}
