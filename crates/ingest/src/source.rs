use crate::Options;
use crate::file_name::FileName;
use crate::map::date_of_file;
use crate::profile::{AreasFrom, Context, Given, Money, Profile};
use model::{Finding, RecordKind, Source, SpendKind};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Words that tell how fine a boundary is, not of which areas.
const RESOLUTION: &[&str] = &[
    "full",
    "resolution",
    "generalised",
    "generalized",
    "simplified",
    "overlay",
    "bfc",
    "bfe",
    "bgc",
    "buc",
    "bsc",
    "geojson",
    "boundaries",
    "boundary",
    "bng",
    "wgs84",
];

/// The id of a file's source: what the user says, else what the profile does. Areas without codes are known by
/// their file, so that one council's "Central" is not another's.
pub(crate) fn source_id(
    profile: &Profile,
    given: &Given,
    file: &FileName,
    options: &Options,
    has_code: bool,
    money: Option<&Money>,
) -> String {
    if let Some(said) = &options.source {
        return said.clone();
    }
    if profile.record == RecordKind::Area && !has_code {
        return file.slug(RESOLUTION);
    }
    match &given.source {
        Some(id) if money.is_some() => of_money(id, money),
        Some(id) if id.contains("{file}") => {
            let id = id.replace("{file}", &file.slug(&[]));
            // a file called as another profile's series is no part of that
            if is_of_another(&id, profile) { format!("{id}-{}", profile.id()) } else { id }
        }
        Some(id) => id.clone(),
        None => profile.id().to_owned(),
    }
}

/// The id of all files of one payer and sort: months of one council are one source, whatever their files are called.
fn of_money(id: &str, money: Option<&Money>) -> String {
    let Some(money) = money else { return id.to_owned() };
    let kind = match money.kind {
        SpendKind::Payment => "spend",
        SpendKind::Card => "card",
        SpendKind::Grant => "grants",
        SpendKind::Contract => "contracts",
        SpendKind::Budget => "budgets",
    };
    id.replace("{payer}", &slug(&money.payer)).replace("{kind}", kind)
}

/// A name in kebab case: `St Helens Council` as `st-helens-council`.
fn slug(name: &str) -> String {
    let kept: String = name.nfkd().filter(|c| !matches!(c, '\'' | '\u{2019}' | '.')).collect();
    let words: Vec<String> = kept
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.is_empty() { "payer".into() } else { words.join("-") }
}

/// What to know of a source that was kept apart from another profile's.
pub(crate) fn kept_apart(source: &str, profile: &Profile, file: &FileName) -> Option<Finding> {
    let slug = file.slug(&[]);
    (source == format!("{slug}-{}", profile.id())).then(|| {
        Finding::of_file(
            "source-apart",
            format!("the source is called {source}, as {slug} is the source of another profile's files"),
            "Name it yourself with `--source ID`, if you like.",
        )
    })
}

/// Whether a source id is that of all files of another shipped profile.
fn is_of_another(id: &str, profile: &Profile) -> bool {
    let of = |other: &&Profile| other.given.source.as_deref().unwrap_or(other.id()) == id;
    Profile::shipped().iter().filter(|other| other.id() != profile.id()).any(|other| of(&other))
}

/// What the user calls the source, else the profile; a general profile knows no better than the file's name.
fn title(context: &Context<'_>) -> String {
    match context.options.title.as_ref().or(context.given.source_title.as_ref()) {
        Some(title) => title.clone(),
        None if context.money.is_some() => title_of_money(context.money.as_ref()),
        None if context.profile.general || context.given.is_by_nobody => context.file.words(),
        None => context.profile.title().to_owned(),
    }
}

fn title_of_money(money: Option<&Money>) -> String {
    let Some(money) = money else { return String::new() };
    let what = match money.kind {
        SpendKind::Payment => "spending",
        SpendKind::Card => "card transactions",
        SpendKind::Grant => "grants",
        SpendKind::Contract => "contracts",
        SpendKind::Budget => "budgets",
    };
    format!("{}: {what}", money.payer)
}

/// What the whole file is, as far as it is known before its rows are read.
pub(crate) fn source_of(context: &Context<'_>) -> Source {
    let Context { profile, given, file, options, source, money } = context;
    let covers = match &given.covers {
        _ if !options.covers.is_empty() => options.covers.clone(),
        Some(AreasFrom::Codes(codes)) => codes.clone(),
        _ => Vec::new(),
    };
    Source {
        id: source.clone(),
        title: title(context),
        publisher: given.publisher.clone().or_else(|| money.as_ref().map(|money| money.payer.clone())),
        licence: given.licence.clone(),
        attribution: given.attribution.clone(),
        kind: profile.record,
        covers,
        area_names: BTreeMap::new(),
        as_of: options.as_of.or_else(|| date_of_file(given.as_of.as_ref(), file)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_no_part_of_another_profiles_series() {
        let id = |profile: &str, file: &str| {
            let profile = Profile::shipped().iter().find(|p| p.id() == profile).expect("a shipped profile");
            let file = FileName::new(file);
            source_id(profile, &profile.given_for(&file), &file, &Options::default(), false, None)
        };
        assert_eq!(id("halls", "our_halls_2024.csv"), "our-halls");
        assert_eq!(id("halls", "libraries.csv"), "libraries-halls");
        assert_eq!(id("libraries", "whatever.csv"), "libraries");
        let halls = Profile::shipped().iter().find(|p| p.id() == "halls").expect("a shipped profile");
        let apart = |source: &str, file: &str| kept_apart(source, halls, &FileName::new(file)).is_some();
        assert!(apart("libraries-halls", "libraries.csv") && !apart("our-halls", "our_halls.csv"));
    }
}
