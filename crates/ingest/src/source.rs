use crate::Options;
use crate::file_name::FileName;
use crate::map::date_of_file;
use crate::profile::{AreasFrom, Context, Given, Profile};
use model::{RecordKind, Source};
use std::collections::BTreeMap;

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
) -> String {
    if let Some(said) = &options.source {
        return said.clone();
    }
    if profile.record == RecordKind::Area && !has_code {
        return file.slug(RESOLUTION);
    }
    match &given.source {
        Some(id) => id.replace("{file}", &file.slug(&[])),
        None => profile.id().to_owned(),
    }
}

/// What the profile calls the source; a general profile knows no better than the file's name.
fn title(context: &Context<'_>) -> String {
    match &context.given.source_title {
        Some(title) => title.clone(),
        None if context.profile.general || context.given.is_by_nobody => context.file.words(),
        None => context.profile.title().to_owned(),
    }
}

/// What the whole file is, as far as it is known before its rows are read.
pub(crate) fn source_of(context: &Context<'_>) -> Source {
    let Context { profile, given, file, options, source } = context;
    let covers = match &given.covers {
        _ if !options.covers.is_empty() => options.covers.clone(),
        Some(AreasFrom::Codes(codes)) => codes.clone(),
        _ => Vec::new(),
    };
    Source {
        id: source.clone(),
        title: title(context),
        publisher: given.publisher.clone(),
        licence: given.licence.clone(),
        attribution: given.attribution.clone(),
        kind: profile.record,
        covers,
        area_names: BTreeMap::new(),
        as_of: options.as_of.or_else(|| date_of_file(given.as_of.as_ref(), file)),
    }
}
