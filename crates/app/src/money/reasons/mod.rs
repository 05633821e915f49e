//! Why a line is what it is and goes where it goes, in sentences that somebody who has never seen the program can read.
//! They say no more than [`Told`] does: what is kept back is not quoted.

mod decided;
mod why;

use super::explain::ShareOf;
use super::home::About;
use super::told::Told;
use super::{Ledger, Method, Why, verb};
use atlas::Atlas;
use measures::{Certainty, Class, People};
use model::{AreaCode, Level, SpendKind, Standing, StatedPlace, grouped, listed};
use std::collections::BTreeSet;
use store::{SpendLine, Weights};

/// An explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reasons {
    /// What was paid by whom, to whom and when.
    pub headline: String,
    /// What it is: the service and the sort of money.
    pub what: String,
    /// Which words of the row say so; a sentence for each rule that decided.
    pub decided: Vec<String>,
    /// Where it goes, and how sure that is.
    pub place: String,
    /// Why it goes there.
    pub why: String,
    /// What that does not show, and what was not used.
    pub limits: Vec<String>,
    /// What of the row is not shown here, and why.
    pub left_out: Option<&'static str>,
    /// Where the way of sharing it out is from.
    pub way_from: Option<String>,
    /// Who published the figures by which it is shared out, and for which year.
    pub figures: Option<String>,
    /// How each share is reckoned, where people are counted for each.
    pub arithmetic: Option<String>,
    /// The places that the row states.
    pub stated: Option<String>,
}

/// What is known of a line that is to be explained.
pub(super) struct Subject<'a> {
    pub atlas: &'a Atlas,
    pub line: &'a SpendLine,
    pub method: Method,
    pub level: Level,
    /// Who is paid, where that is an asset that we hold.
    pub asset: Option<&'a KnownAsset>,
    pub weights: Option<&'a Weights>,
    /// Where its parts go.
    pub shares: &'a [ShareOf],
}

impl Subject<'_> {
    /// Why all of it goes to no place of the level, where it does.
    fn nowhere(&self) -> Option<Why> {
        match self.shares {
            [ShareOf::Nowhere(why, _)] => Some(*why),
            _ => None,
        }
    }
}

/// An asset that is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KnownAsset {
    pub name: String,
    /// The id of the source that lists it.
    pub source: String,
    /// Whether it was found by a register's number; else by its name.
    pub by_number: bool,
    pub works_across: Vec<AreaCode>,
}

impl Ledger {
    /// Why a line is what it is and goes where it goes.
    pub(super) fn reasons(&self, of: &Subject<'_>) -> Reasons {
        let told = Told::of(of.line);
        let words = super::allocate::words_of(&of.line.record);
        let decided = self.rules.decided(&words);
        let because = self.why(of, &told, &words);
        Reasons {
            headline: headline(of.line, &told),
            what: self.what_it_is(of.line),
            decided: self.decisions(decided, &words, &told),
            place: place(of),
            why: because.why,
            limits: because.limits,
            left_out: left_out(of.line, &told),
            way_from: because.way_from,
            figures: of.weights.map(|set| self.figures(of.atlas, set)),
            arithmetic: arithmetic(of),
            stated: stated(of).filter(|_| told.payee.is_some()),
        }
    }

    /// Who published the figures of a weight set, and for which year.
    fn figures(&self, atlas: &Atlas, set: &Weights) -> String {
        let known = set.weights.keys().filter_map(|area| self.people.of(area, set.year));
        let known = known.filter(|record| record.year == set.year);
        let sources: BTreeSet<&str> = known.map(|record| record.source.as_str()).collect();
        let titles: Vec<String> =
            sources.into_iter().map(|source| format!("“{}”", title(atlas, source))).collect();
        match titles.is_empty() {
            true => format!("figures of {}, as they were when this was worked out", set.year),
            false => {
                format!("{}, of {}", listed(&titles), set.year)
            }
        }
    }

    fn what_it_is(&self, line: &SpendLine) -> String {
        let Some(placed) = &line.placed else { return "Not sorted yet".into() };
        let class = Class::parse(&placed.class).unwrap_or(Class::Unmapped);
        let service = placed.service.as_deref().and_then(|id| self.service_name(id));
        match (service, class) {
            (Some(service), Class::Service) if line.record.kind == SpendKind::Grant => {
                format!("{service}, a grant")
            }
            (Some(service), Class::Service) => format!("{service}, running costs"),
            (Some(service), class) => format!("{}, for the service {service}", class.name()),
            (None, Class::Unmapped) => "Not identified".into(),
            (None, Class::Payroll | Class::Levy | Class::Treasury | Class::Transfer) => class.name().into(),
            (None, class) => format!("{}; which service it is for is not identified", class.name()),
        }
    }
}

/// What was paid by whom, to whom and when: `£8.00 paid by card by …`.
fn headline(line: &SpendLine, told: &Told<'_>) -> String {
    let record = &line.record;
    let payee = match (told.payee, record.payee.standing) {
        (Some(name), _) => name,
        (None, Standing::Redacted) => "a payee whose name the publisher took out",
        (None, Standing::Withheld) => "a payee whose name is kept back, as it may be a private person's",
        (None, Standing::Named) => "a payee who is not named, to protect the people it is for",
    };
    let (payer, date) = (&record.payer, record.date.in_words());
    if record.pence.0 < 0 {
        let back = model::Pence(-record.pence.0);
        return format!("Credit note or refund of {back} to {payer} from {payee}, {date}");
    }
    let paid = verb(record.kind);
    format!("{} {paid} by {payer} to {payee}, {date}", record.pence)
}

/// Where it goes, and how sure that is.
fn place(of: &Subject<'_>) -> String {
    let (one, many) = (of.level.one(), of.level.many());
    let shared = || {
        let people = of.weights.and_then(|set| People::parse(&set.name)).unwrap_or(People::All).in_words();
        let scope = of.weights.map(|set| names(of.atlas, &set.scope)).unwrap_or_default();
        format!("An estimate: shared among the {many} of {scope} by how many {people} live in each.")
    };
    let only = match of.shares {
        [ShareOf::Area { name, .. }] => format!("{name}, "),
        _ => String::new(),
    };
    let is_elsewhere = matches!(of.shares, [ShareOf::Elsewhere(_)]);
    let is_estimate =
        of.shares.iter().any(|share| matches!(share, ShareOf::Area { certainty: Certainty::Modelled, .. }));
    match of.method {
        _ if of.nowhere().is_some() => format!("Not tied to any {one}."),
        Method::Stated | Method::DeliveryPoint | Method::HeadOffice if is_elsewhere => {
            format!("In none of the {many} that are loaded.")
        }
        Method::Stated if is_estimate => {
            format!(
                "An estimate: the row states a place larger than a {one}, shared out by how many people live in each."
            )
        }
        Method::Stated => format!("Known: in {only}the {one} of the place that the row states."),
        Method::DeliveryPoint => format!("Counted in {only}the {one} where the payee is."),
        Method::StatedWhole | Method::Weights | Method::Across => shared(),
        Method::HeadOffice => format!("An estimate: in the {one} of the supplier's office."),
        Method::Unplaced => format!("Not tied to any {one}."),
    }
}

fn title<'a>(atlas: &'a Atlas, source: &'a str) -> &'a str {
    atlas.source(source).map_or(source, |source| source.title.as_str())
}

/// How each share is reckoned, where it is known how many are counted for each.
fn arithmetic(of: &Subject<'_>) -> Option<String> {
    let counted = |share: &ShareOf| match share {
        ShareOf::Area { people, .. } => *people,
        ShareOf::Elsewhere(_) | ShareOf::Nowhere(..) => None,
    };
    let all = grouped(of.shares.iter().map(counted).sum::<Option<u64>>()?);
    let who = People::parse(&of.weights?.name)?.in_words();
    let whole = of.line.record.pence;
    (of.shares.len() > 1)
        .then(|| format!("Each share is {whole} × {who} there ÷ {all}, rounded so that the pennies add up."))
}

/// The places that the row states; of a place where somebody may live only the areas.
fn stated(of: &Subject<'_>) -> Option<String> {
    let may_be_home = About::of(of.line).may_be_home();
    let place = |place: &StatedPlace| match place {
        StatedPlace::Area(code) => Some(format!("{} ({code})", of.atlas.name_of_code(code))),
        _ if may_be_home => None,
        StatedPlace::Postcode(postcode) => Some(postcode.to_string()),
        StatedPlace::Point(position) => Some(format!("{:.5}, {:.5}", position.lon(), position.lat())),
    };
    let places: Vec<String> = of.line.record.places.iter().filter_map(place).collect();
    (!places.is_empty()).then(|| listed(&places))
}

/// What of the row is not told, and why.
fn left_out(line: &SpendLine, told: &Told<'_>) -> Option<&'static str> {
    match line.record.payee.standing {
        Standing::Redacted => Some(
            "Its publisher took out who is paid. We leave out what for, the reference and the \
             number of the row too, as they might tell, and use none of them.",
        ),
        Standing::Withheld => Some(
            "We keep back who is paid until it is checked that it is no private person; and what for, the reference and the \
             number of the row, as they might tell. They are not used either.",
        ),
        Standing::Named if line.placed.is_none() => {
            Some("It was not sorted yet, so that nobody knows what of it may be told.")
        }
        Standing::Named if told.payee.is_none() => Some(
            "We keep back who is paid, what for, the reference and the number of the row: they might tell where people are who \
             must not be found.",
        ),
        Standing::Named if told.row.is_none() => Some(
            "We keep back an address, where somebody may live, and the number of the row, as it would tell.",
        ),
        Standing::Named => None,
    }
}

fn names(atlas: &Atlas, codes: &[AreaCode]) -> String {
    listed(&codes.iter().map(|code| atlas.name_of_code(code)).collect::<Vec<_>>())
}
