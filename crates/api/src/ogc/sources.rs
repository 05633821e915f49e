//! Whose data a collection is: licences, attributions and dates, source by source.

use super::asked::Asked;
use super::collections::Collection;
use super::link::Link;
use atlas::Atlas;
use model::{RecordKind, Source};
use serde_json::{Value, json};

/// The sources that a collection's features come from.
pub(super) fn of(collection: Collection, atlas: &Atlas) -> Vec<&Source> {
    let is_of_boundaries =
        |source: &Source, level| atlas.places_of(level).iter().any(|place| place.source == source.id);
    let is_of = |source: &&Source| match collection {
        Collection::Assets(Some(kind)) => source.kind.may_hold(kind),
        Collection::Assets(None) => source.kind.is_of_assets(),
        Collection::Areas(level) => is_of_boundaries(source, level),
        Collection::Spend(level) => {
            matches!(source.kind, RecordKind::Spend | RecordKind::Population)
                || is_of_boundaries(source, level)
        }
    };
    atlas.sources().iter().filter(is_of).collect()
}

/// The words that the licences want to be shown, each once.
pub(super) fn attribution<'a>(sources: impl Iterator<Item = &'a Source>) -> String {
    let mut all: Vec<&str> = sources.filter_map(|source| source.attribution.as_deref()).collect();
    all.sort_unstable();
    all.dedup();
    all.join(" ")
}

/// A link to each licence.
pub(super) fn licences<'a>(sources: impl Iterator<Item = &'a Source>) -> Vec<Link> {
    let mut licences: Vec<&str> = sources.filter_map(|source| source.licence.as_deref()).collect();
    licences.sort_unstable();
    licences.dedup();
    let known = |licence: &str| LICENCES.iter().find(|known| known.0 == licence);
    let link = |(name, address): &(&'static str, &str)| Link {
        rel: "license",
        kind: "text/html",
        title: name,
        href: (*address).to_owned(),
    };
    licences.into_iter().filter_map(known).map(link).collect()
}

/// Licences and the addresses of their texts.
const LICENCES: &[(&str, &str)] = &[
    ("OGL-UK-1.0", "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/1/"),
    ("OGL-UK-2.0", "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/2/"),
    ("OGL-UK-3.0", "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"),
    ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    ("ODbL-1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
];

/// What is known of a source. What is not known is left out.
pub(super) fn described(source: &Source, asked: &Asked) -> Value {
    let mut described = json!({
        "id": source.id,
        "title": source.title,
        "covers": source.covers.iter().map(|code| code.as_str()).collect::<Vec<_>>(),
        "about": asked.address(&format!("/about#{}", source.id)),
    });
    let known = [
        ("publisher", source.publisher.clone()),
        ("licence", source.licence.clone()),
        ("attribution", source.attribution.clone()),
        ("as_of", source.as_of.map(|date| date.to_string())),
    ];
    for (name, value) in known {
        if let Some(value) = value {
            described[name] = value.into();
        }
    }
    described
}
