//! Why money goes where it goes, and what that does not show.

use super::{KnownAsset, Subject, listed, names, title};
use crate::money::told::Told;
use crate::money::{Ledger, Method, Why};
use measures::{Class, Words};
use model::AreaCode;

/// Why money goes where it goes.
#[derive(Default)]
pub(super) struct Because {
    pub why: String,
    /// What that does not show, and what was not used.
    pub limits: Vec<String>,
    /// Where the way of sharing it out is from.
    pub way_from: Option<String>,
}

impl Ledger {
    pub(super) fn why(&self, of: &Subject<'_>, told: &Told<'_>, words: &Words<'_>) -> Because {
        let Some(placed) = &of.line.placed else {
            let why = "Nothing has placed it yet: `assetmap spend allocate` does.".into();
            return Because { why, ..Because::default() };
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
        Because { why, limits, way_from }
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

/// That the people are those of quite another year than the money.
fn of_another_year(of: &Subject<'_>) -> Option<String> {
    let (people, money) = (of.weights?.year, of.line.record.date.year());
    let is_apart = people.abs_diff(money) > 2;
    is_apart.then(|| format!("The money is of {money}, the people are those of {people}."))
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
    let frame = |text: &str| format!(" {} ", crate::money::payees::normal(text));
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
