//! Why money goes where it goes, and what that does not show.

use super::{KnownAsset, Subject, names, title};
use crate::money::inside::lies_in;
use crate::money::payees::normal;
use crate::money::told::Told;
use crate::money::{Ledger, Method, Why};
use measures::{Class, Words};
use model::{AreaCode, listed};
use std::collections::{BTreeSet, HashSet};

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
        // Who is paid may have been taken out of a list since.
        let payee = of.asset.map_or_else(
            || "The payee was in a list when this was worked out".to_owned(),
            |asset| found(of, asset),
        );
        let mut limits = Vec::new();
        let mut way_from = None;
        let why = match of.method {
            method if method != Method::Unplaced && of.nowhere().is_some() => {
                of.nowhere().unwrap_or(Why::NoPeople).sentence().into()
            }
            Method::Stated => "The row states the place that the money is for.".into(),
            Method::StatedWhole => {
                way_from = Some("Our convention: an equal part for each resident.".into());
                limits.push(
                    "If its words name a part of that area, this is not used: names in words are too loose."
                        .into(),
                );
                "The place that the row states is the payer's whole area. It is for people there, and where they live is not \
                 known, so everybody gets an equal part."
                    .into()
            }
            Method::DeliveryPoint => {
                limits.push("We know where the payee is; those who benefit may live elsewhere.".into());
                format!("{payee}. Its place is public.")
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
                way_from = Some("Our convention: an equal part for each resident of where it works.".into());
                limits.push("Where in that area it really works is not known.".into());
                let across = of.asset.map(|asset| asset.works_across.as_slice()).unwrap_or_default();
                let areas = names(of.atlas, across);
                let scope = of.weights.map(|set| set.scope.as_slice()).unwrap_or_default();
                match across.iter().all(|code| scope.contains(code)) {
                    true if across.is_empty() => format!("{payee}."),
                    true => format!("{payee}. The list says that it works across {areas}."),
                    false => {
                        let own = names(of.atlas, scope);
                        format!(
                            "{payee}. The list says that it works across {areas}; of that {own} is this payer's."
                        )
                    }
                }
            }
            Method::HeadOffice => {
                limits.push("Letters go there; the money seldom does any good there.".into());
                "Nothing better places it, and supplier addresses were asked for.".into()
            }
            Method::Unplaced => self.why_nowhere(Why::parse(&placed.rule).unwrap_or(Why::NoRule), of),
        };
        let is_by_payee = matches!(of.method, Method::DeliveryPoint | Method::Across);
        if is_by_payee && of.asset.is_some_and(|asset| !asset.by_number) {
            limits.push("That it is the same organisation is known by its name alone.".into());
        }
        if of.nowhere().is_none() {
            limits.extend(of_another_year(of));
            limits.extend(summed_up(of));
        }
        limits.extend(too_loose(of, told, self.area_of_payer(of.atlas, &of.line.record.payer)));
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
                "A levy is raised for another body, which spends it. It is not placed by who is paid: only a code, postcode or map \
                 point in the row could place it, and there is none.".into()
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
    let small =
        levels().min().filter(|small| *small < of.level && !levels().any(|level| level == of.level))?;
    let (one, many) = (of.level.one(), small.many());
    Some(format!(
        "How many live in a {one} is the sum of the {many} that count in it: as a lookup says, else by their middles."
    ))
}

/// The areas of the level, within the payer's, that the words of a row name, which was not used.
fn too_loose(of: &Subject<'_>, told: &Told<'_>, payer_area: Option<&AreaCode>) -> Option<String> {
    let says_where = matches!(of.method, Method::Stated | Method::DeliveryPoint | Method::HeadOffice);
    if says_where || told.payee.is_none() {
        return None;
    }
    let payer_area = payer_area?;
    let texts = [told.unit, told.category, told.purpose].map(|text| normal(text.unwrap_or_default()));
    let words: HashSet<&str> = texts.iter().flat_map(|text| text.split(' ')).collect();
    let is_named = |name: &str| {
        let name = normal(name);
        // Most names are none of it by their first word.
        let begins = name.split(' ').next().is_some_and(|first| words.contains(first));
        let name = format!(" {name} ");
        begins && texts.iter().any(|text| format!(" {text} ").contains(&name))
    };
    let places = of.atlas.places_of(of.level).iter().filter(|place| is_named(&place.name));
    let near = places
        .filter(|place| AreaCode::parse(place.code()).is_ok_and(|code| lies_in(of.atlas, &code, payer_area)));
    let named: BTreeSet<&str> = near.map(|place| place.name.as_str()).collect();
    (!named.is_empty()).then(|| {
        let named = listed(&named.into_iter().collect::<Vec<_>>());
        format!("The row's words name {named}; names in words are too loose to place money by.")
    })
}
