use crate::Options;
use crate::file_name::FileName;
use crate::map::date_of_file;
use crate::profile::{AreasFrom, Context, Given, Profile};
use model::{RecordKind, Source};

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
    has_code: impl Fn() -> bool,
) -> String {
    if let Some(said) = &options.source {
        return said.clone();
    }
    if profile.record == RecordKind::Area && !has_code() {
        return file.slug(RESOLUTION);
    }
    match &given.source {
        Some(id) => of_template(id, &file.slug(&[])),
        None => profile.id().to_owned(),
    }
}

/// What the profile calls the source; a general profile knows no better than the file's name.
fn title(context: &Context<'_>) -> String {
    match &context.given.source_title {
        Some(title) => title.clone(),
        None if context.profile.general => context.file.words(),
        None => context.profile.title().to_owned(),
    }
}

/// Fills `{file}` in; `postcodes-{file}` of `postcodes-north` is not said twice.
fn of_template(template: &str, slug: &str) -> String {
    match template.split_once("-{file}") {
        Some((said, _)) if slug.split('-').any(|word| word == said) => slug.to_owned(),
        _ => template.replace("{file}", slug),
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
        as_of: options.as_of.or_else(|| date_of_file(given.as_of.as_ref(), file)),
    }
}

#[cfg(test)]
mod tests {
    use super::of_template;

    #[test]
    fn the_file_fills_a_template_in_and_leaves_an_id_alone() {
        assert_eq!(of_template("postcodes-{file}", "north"), "postcodes-north");
        assert_eq!(of_template("postcodes-{file}", "trafford-postcodes"), "trafford-postcodes");
        assert_eq!(of_template("{file}", "halls"), "halls");
        assert_eq!(of_template("nspl", "nspl-may-uk"), "nspl");
    }
}
