//! Why a line is what it is and goes where it goes, in sentences that somebody who has never seen the program can read.
//! They say no more than [`Told`] does: what is kept back is not quoted.

use super::told::Told;
use super::{Ledger, Method, Why};
use atlas::Atlas;
use measures::{Class, Decided, Entry, People, Said, SaidIn, Words};
use model::{AreaCode, Level, SpendKind, Standing, StatedPlace};
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
        let (why, limits, way_from) = self.why(of, &told, &words);
        Reasons {
            headline: headline(of.line, &told),
            what: self.what_it_is(of.line),
            decided: self.decisions(decided, &words, &told),
            place: place(of),
            why,
            limits,
            left_out: left_out(of.line.record.payee.standing, &told),
            way_from,
            figures: of.weights.map(|set| self.figures(of.atlas, set)),
            stated: stated(of),
        }
    }

    /// Who published the figures of a weight set, and for which year.
    fn figures(&self, atlas: &Atlas, set: &Weights) -> String {
        let known = set.weights.keys().find_map(|area| self.people.of(area, set.year));
        let source = known.map(|record| title(atlas, &record.source));
        format!("“{}”, of {}", source.unwrap_or("published figures"), set.year)
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
            (Some(service), class) => format!("{} ({service})", class.name()),
            (None, Class::Unmapped) => "Not identified".into(),
            (None, Class::Payroll | Class::Levy | Class::Treasury | Class::Transfer) => class.name().into(),
            (None, class) => format!("{}; which service it is for is not identified", class.name()),
        }
    }

    /// What decided what it is: a sentence for each entry of the rules.
    fn decisions(&self, decided: Decided<'_>, words: &Words<'_>, told: &Told<'_>) -> Vec<String> {
        let mut sentences = Vec::new();
        let mut say = |entry: &Entry, meaning: &str| {
            let note = entry.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
            sentences.push(format!("{}{meaning} (rule {}{note}).", said(entry, words, told), entry.id));
        };
        let service = decided.service.and_then(|entry| Some((entry, entry.service?)));
        match (decided.class, service) {
            (None, _) => {}
            (Some(class), Some((entry, _))) if class.id == entry.id => say(class, ""),
            (Some(class), service) => {
                say(class, &format!(": {}", sort_of(class.class)));
                if let Some((entry, ix)) = service {
                    say(entry, &format!(": {}", self.rules.service(ix).name));
                }
            }
        }
        if let Some(entry) = decided.protected {
            say(entry, ", so it is for people to be protected");
        }
        let passed_over = self.rules.passed_over(words);
        if let Some(entry) = passed_over.first() {
            let service = entry.service.map_or("", |ix| &self.rules.service(ix).name);
            sentences.push(format!(
                "{}; that alone would mean {service}, but the rules for more telling words go first.",
                said(entry, words, told)
            ));
        }
        if decided.class.is_none() {
            let is_silent = [words.unit, words.category, words.purpose].iter().all(|text| text.is_empty());
            sentences.push(match is_silent {
                true => "The row names no unit, no category and nothing else that would tell.".into(),
                false => "No rule knows the words of the row.".into(),
            });
        }
        sentences
    }

    fn why(
        &self,
        of: &Subject<'_>,
        told: &Told<'_>,
        words: &Words<'_>,
    ) -> (String, Vec<String>, Option<String>) {
        let Some(placed) = &of.line.placed else {
            return ("Nothing has placed it yet: `assetmap spend allocate` does.".into(), vec![], None);
        };
        let payee = of.asset.map_or_else(|| "The payee".to_owned(), |asset| found(of, asset));
        let mut limits = Vec::new();
        let mut way_from = None;
        let why = match of.method {
            Method::Stated => "The row states the place that the money is for.".into(),
            Method::StatedWhole => {
                way_from = Some("Our convention: an equal part for each resident.".into());
                "The place that the row states is the payer's whole area. It is for people there, and where they live is not \
                 known, so everybody gets an equal part."
                    .into()
            }
            Method::DeliveryPoint => {
                limits.push("We know where the payee is; those who benefit may live elsewhere.".into());
                format!("{payee}. Where that is is public.")
            }
            Method::Weights => {
                let what = self.rules.what(words);
                match self.rules.universal(&what) {
                    Some(universal) => {
                        limits.extend(universal.limits.clone());
                        way_from = Some(universal.source.clone());
                        universal.why.clone()
                    }
                    None => "A rule shares it out by where people live.".into(),
                }
            }
            Method::Across => {
                limits.push("Where in that area it really works is not known.".into());
                let across = of.asset.map(|asset| asset.works_across.as_slice()).unwrap_or_default();
                let areas = names(of.atlas, across);
                match of.weights {
                    Some(set) if set.scope != across => {
                        let scope = names(of.atlas, &set.scope);
                        format!("{payee}. It works across {areas}; of that {scope} is this payer's.")
                    }
                    _ => format!("{payee}. It works across {areas}."),
                }
            }
            Method::HeadOffice => {
                limits.push("Letters go there; the money seldom does any good there.".into());
                "Nothing better places it, and supplier addresses were asked for.".into()
            }
            Method::Unplaced => self.why_nowhere(Why::parse(&placed.rule).unwrap_or(Why::NoRule), of),
        };
        limits.extend(of_another_year(of));
        limits.extend(summed_up(of));
        limits.extend(too_loose(of, told));
        (why, limits, way_from)
    }

    fn why_nowhere(&self, why: Why, of: &Subject<'_>) -> String {
        let placed = of.line.placed.as_ref();
        let class = placed.and_then(|placed| Class::parse(&placed.class));
        let service = placed.and_then(|placed| self.rules.service_called(placed.service.as_deref()?));
        let service = service.map(|ix| self.rules.service(ix)).filter(|service| service.protected);
        match (why, service, class) {
            (Why::Protected, Some(service), _) => {
                format!(
                    "{} is never tied to a place, so that nobody can find the people it is for.",
                    service.name
                )
            }
            (Why::NotForAPlace, _, Some(Class::Payroll)) => {
                "Wages, their tax and pensions are for no one place.".into()
            }
            (Why::NotForAPlace, _, Some(Class::Levy)) => {
                "A levy is raised for another body, which spends it. Only a code, postcode or map point in the row could place it, and \
                 there is none.".into()
            }
            (Why::NotForAPlace, _, Some(Class::Treasury)) => {
                "Borrowing, investing and money on its way are for no place.".into()
            }
            (Why::NotForAPlace, _, Some(Class::Transfer)) => {
                "Another public body spends it. Only a code, postcode or map point in the row could place it, and there is none.".into()
            }
            (why, _, _) => why.sentence().into(),
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
    let paid = match record.kind {
        SpendKind::Payment => "paid",
        SpendKind::Card => "paid by card",
        SpendKind::Grant => "awarded",
        SpendKind::Contract => "contracted",
        SpendKind::Budget => "set aside",
    };
    format!("{} {paid} by {payer} to {payee}, {date}", record.pence)
}

/// What sort of money, within a sentence.
fn sort_of(class: Class) -> &'static str {
    match class {
        Class::Service => "running costs",
        Class::Capital => "capital",
        Class::Payroll => "payroll, tax and pensions",
        Class::Levy => "a levy",
        Class::Treasury => "borrowing, investing or money on its way",
        Class::Transfer => "passed to another public body",
        Class::Unmapped => "not identified",
    }
}

/// What of the row met an entry: `The unit says “LOCAL ELECTIONS”`. The payer's own name is told only where nothing else
/// met.
fn said(entry: &Entry, words: &Words<'_>, told: &Told<'_>) -> String {
    let all = entry.said(words);
    let is_payer =
        |said: &Said<'_>| matches!(said, Said::Words(SaidIn::Payer, _) | Said::Begins(SaidIn::Payer, _));
    let particular: Vec<_> = all.iter().filter(|said| !is_payer(said)).collect();
    let parts = if particular.is_empty() { all.iter().collect() } else { particular };
    let phrases: Vec<String> = parts
        .into_iter()
        .map(|said| match said {
            Said::Words(field, words) => quoted(*field, "says", words, told),
            Said::Begins(field, words) => quoted(*field, "begins with", words, told),
            Said::Kind(SpendKind::Card) => "it was paid by card".into(),
            Said::Kind(SpendKind::Budget) => "it is part of a budget".into(),
            Said::Kind(kind) => format!("it is a {}", kind.as_str()),
            Said::Capital(true) => "the row calls it capital".into(),
            Said::Capital(false) => "the row calls it revenue".into(),
        })
        .collect();
    let text = phrases.join(" and ");
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn quoted(field: SaidIn, verb: &str, words: &str, told: &Told<'_>) -> String {
    let holds = |text: Option<&str>| text.is_some_and(|text| text.contains(words));
    let (name, is_told) = match field {
        SaidIn::Payer => ("the payer's name", true),
        SaidIn::Unit => ("the unit", holds(told.unit)),
        SaidIn::Category => ("the category", holds(told.category)),
        SaidIn::Purpose => ("what it is for", holds(told.purpose)),
        SaidIn::Payee => ("the payee's name", told.payee.is_some()),
    };
    match is_told {
        true => format!("{name} {verb} “{words}”"),
        false => format!("{name}, which is not shown here, says so"),
    }
}

/// Where it goes, and how sure that is.
fn place(of: &Subject<'_>) -> String {
    let (one, many) = (of.level.one(), of.level.many());
    let shared = || {
        let people = of.weights.and_then(|set| People::parse(&set.name)).unwrap_or(People::All).in_words();
        let scope = of.weights.map(|set| names(of.atlas, &set.scope)).unwrap_or_default();
        format!("An estimate: shared among the {many} of {scope} by how many {people} live in each.")
    };
    match of.method {
        Method::Stated => format!("Known: in the {one} of the place that the row states."),
        Method::DeliveryPoint => format!("Counted in the {one} where the payee is."),
        Method::StatedWhole | Method::Weights | Method::Across => shared(),
        Method::HeadOffice => format!("An estimate: in the {one} of the supplier's office."),
        Method::Unplaced => format!("Not tied to any {one}."),
    }
}

/// How an asset that is paid was found: `The payee is in “Halls to hire” under the same name`.
fn found(of: &Subject<'_>, asset: &KnownAsset) -> String {
    let list = title(of.atlas, &asset.source);
    let by = if asset.by_number {
        format!("under the same register number, as {}", asset.name)
    } else if asset.name == of.line.record.payee.name {
        "under the same name".to_owned()
    } else {
        format!("as {}, which is the same name, capitals, points and Ltd aside", asset.name)
    };
    format!("The payee is in “{list}” {by}")
}

fn title<'a>(atlas: &'a Atlas, source: &'a str) -> &'a str {
    atlas.source(source).map_or(source, |source| source.title.as_str())
}

/// The places that the row states.
fn stated(of: &Subject<'_>) -> Option<String> {
    let places = of.line.record.places.iter();
    let places: Vec<String> = places
        .map(|place| match place {
            StatedPlace::Area(code) => format!("{} ({code})", of.atlas.name_of_code(code)),
            StatedPlace::Postcode(postcode) => postcode.to_string(),
            StatedPlace::Point(position) => format!("{:.5}, {:.5}", position.lon(), position.lat()),
        })
        .collect();
    (!places.is_empty()).then(|| listed(&places.iter().map(String::as_str).collect::<Vec<_>>()))
}

/// That the people are those of quite another year than the money.
fn of_another_year(of: &Subject<'_>) -> Option<String> {
    let (people, money) = (of.weights?.year, of.line.record.date.year());
    let is_apart = people.abs_diff(money) > 2;
    is_apart.then(|| format!("The money is of {money}, the people are those of {people}."))
}

/// What of the row is not told, and why.
fn left_out(standing: Standing, told: &Told<'_>) -> Option<&'static str> {
    match standing {
        Standing::Redacted => Some(
            "Its publisher took out who is paid. We leave out what for and the reference too, as they might tell.",
        ),
        Standing::Withheld => Some(
            "We keep back who is paid, until somebody says that it is no private person; and what for, the reference and the \
             number of the row, as they might tell.",
        ),
        Standing::Named if told.payee.is_none() => Some(
            "We keep back who is paid, what for, the reference and the number of the row: they might tell where people are who \
             must not be found.",
        ),
        Standing::Named => None,
    }
}

/// That the people of the areas are not published, but sums.
fn summed_up(of: &Subject<'_>) -> Option<String> {
    let levels = || of.weights.into_iter().flat_map(|set| set.weights.keys().filter_map(AreaCode::level));
    let small = levels().min().filter(|_| !levels().any(|level| level == of.level))?;
    let (one, many) = (of.level.one(), small.many());
    Some(format!(
        "How many live in a {one} is the sum of the {many} that count in it: as a lookup says, else by their middles."
    ))
}

/// The areas of the level that the words of a row name, which was not used.
fn too_loose(of: &Subject<'_>, told: &Told<'_>) -> Option<String> {
    let says_where = matches!(of.method, Method::Stated | Method::DeliveryPoint | Method::HeadOffice);
    if says_where || told.payee.is_none() {
        return None;
    }
    let frame = |text: &str| format!(" {} ", super::payees::normal(text));
    let texts = [told.unit, told.category, told.purpose].map(|text| frame(text.unwrap_or_default()));
    let places = of.atlas.places_of(of.level).iter();
    let mut named: Vec<&str> = places
        .map(|place| place.name.as_str())
        .filter(|name| texts.iter().any(|text| text.contains(&frame(name))))
        .collect();
    named.sort_unstable();
    named.dedup();
    (!named.is_empty()).then(|| {
        format!("The row's words name {}; names in words are too loose to place money by.", listed(&named))
    })
}

fn names(atlas: &Atlas, codes: &[AreaCode]) -> String {
    listed(&codes.iter().map(|code| atlas.name_of_code(code)).collect::<Vec<_>>())
}

/// `Ash, Elm and Oak`
fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
