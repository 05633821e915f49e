use super::{Headless, LABELS, Profile, no_blanks};
use crate::columns::{Columns, fold};
use crate::file_name::FileName;
use crate::map::ColumnSummary;
use crate::read::geojson::GEOMETRY;
use crate::{Options, Refusal};
use model::RecordKind;
use std::collections::HashSet;

type Score = (bool, usize, bool);

/// The profile for a file: the one asked for, else the one that asks for most of its columns.
pub(crate) fn choose(
    columns: &Columns,
    summary: &[ColumnSummary],
    are_points: bool,
    file: &FileName,
    options: &Options,
) -> Result<Profile, Refusal> {
    if let Some(profile) = &options.profile {
        return no_blanks(profile).and_then(|()| fits(profile, columns)).map(|()| profile.clone());
    }
    let may_be_areas = are_areas(columns, summary, file);
    let mut fitting: Vec<(Score, &Profile)> = Profile::shipped()
        .iter()
        .filter(|profile| profile.record != RecordKind::Area || profile.area.lookup || may_be_areas)
        .filter(|profile| fits(profile, columns).is_ok() && !is_barred(profile, columns, file))
        .map(|profile| (score(profile, file), profile))
        .collect();
    fitting.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    match fitting[..] {
        [] if are_points || !may_be_areas => Err(none(columns)),
        [] => areas(columns, file).cloned().ok_or_else(|| none(columns)),
        [(first, _), (second, _), ..] if first == second => tie(&fitting),
        [(_, profile), ..] => Ok(profile.clone()),
    }
}

/// A profile for something particular goes before a general one, then more required columns, then a word in the
/// file's name.
fn score(profile: &Profile, file: &FileName) -> Score {
    let named = profile.file_name.iter().chain(&profile.called).any(|word| file.holds(word));
    (!profile.general, profile.wanted().len(), named)
}

fn is_barred(profile: &Profile, columns: &Columns, file: &FileName) -> bool {
    let by_name = !profile.called.is_empty() && !profile.called.iter().any(|word| file.holds(word));
    let by_places = profile.record == RecordKind::Postcode && names_places(columns);
    by_name || by_places || columns.find_any(&profile.unless).is_some()
}

/// Whether some header speaks of places or of how to reach them: a list with postcodes and coordinates is then one of
/// places, and no directory of postcodes.
fn names_places(columns: &Columns) -> bool {
    let speaks = |name: &String| {
        let lower = name.to_lowercase();
        lower.split(|c: char| !c.is_alphanumeric()).any(|word| OF_PLACES.contains(&word))
    };
    columns.names().iter().any(speaks)
}

const OF_PLACES: &[&str] = &[
    "venue",
    "hub",
    "hall",
    "club",
    "group",
    "organisation",
    "charity",
    "society",
    "building",
    "site",
    "facility",
    "school",
    "church",
    "library",
    "centre",
    "room",
    "phone",
    "telephone",
    "tel",
    "email",
    "website",
    "capacity",
    "seats",
    "opening",
];

/// So many names of one column are told.
const MOST_NAMED: usize = 6;

fn fits(profile: &Profile, columns: &Columns) -> Result<(), Refusal> {
    let missing: Vec<String> = profile
        .wanted()
        .iter()
        .filter(|any| columns.find_any(any).is_none())
        .map(|any| {
            if any.len() > MOST_NAMED {
                format!("{} or such", any[..MOST_NAMED].join(" or "))
            } else {
                any.join(" or ")
            }
        })
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Refusal::of_file(
        "profile-does-not-fit",
        format!("the profile `{}` wants columns that the file has not: {}", profile.id(), missing.join("; ")),
        format!("The file has: {}. Choose another profile, or correct the header.", listed(columns)),
    ))
}

fn tie(fitting: &[(Score, &Profile)]) -> Result<Profile, Refusal> {
    let best = fitting[0].0;
    let tied: Vec<&Profile> =
        fitting.iter().filter(|(s, _)| *s == best).map(|(_, profile)| *profile).collect();
    let ids: Vec<String> = tied.iter().map(|p| format!("`{}` ({})", p.id(), p.title())).collect();
    let options: Vec<String> = tied.iter().map(|p| format!("--profile {}", p.id())).collect();
    Err(Refusal::of_file(
        "several-profiles-fit",
        format!("the columns fit several profiles equally well: {}", ids.join(", ")),
        format!("Say which: {}.", options.join(" or ")),
    ))
}

/// Words of a file's name that say of what sort the areas in it are.
const LEVELS: &[&str] = &[
    "boundary",
    "boundaries",
    "ward",
    "wards",
    "parish",
    "parishes",
    "district",
    "districts",
    "county",
    "counties",
    "region",
    "regions",
    "locality",
    "localities",
    "neighbourhood",
    "neighbourhoods",
    "constituency",
    "constituencies",
    "division",
    "divisions",
    "lsoa",
    "lsoas",
    "msoa",
    "msoas",
    "oa",
    "oas",
    "lad",
    "authority",
    "authorities",
    "borough",
    "boroughs",
    "area",
    "areas",
];

/// Whether features are areas, and not places that are drawn as polygons: a column holds the codes or the names of
/// the areas, each another, or the file's name says their level. Features that say nothing at all of themselves
/// are taken for areas too, so that each is told what it lacks.
fn are_areas(columns: &Columns, summary: &[ColumnSummary], file: &FileName) -> bool {
    let is_named = |i: usize| fold(&columns.names()[i]) == "areaname";
    let tells = |(i, of): (usize, &ColumnSummary)| of.mostly_differ && (of.area_codes || is_named(i));
    columns.len() <= 1
        || summary.iter().enumerate().any(tells)
        || LEVELS.iter().any(|word| file.has_word(word))
}

/// Features other than points that no profile knows, and that are areas all the same.
fn areas(columns: &Columns, file: &FileName) -> Option<&'static Profile> {
    let boundaries = Profile::shipped()
        .iter()
        .find(|profile| profile.record == RecordKind::Area && !profile.area.lookup)?;
    (columns.find(GEOMETRY).is_some() && !is_barred(boundaries, columns, file)).then_some(boundaries)
}

fn none(columns: &Columns) -> Refusal {
    Refusal::of_file(
        "no-profile-fits",
        format!("no profile knows these columns: {}", listed(columns)),
        "Let `assetmap check FILE --write FILE.toml` propose a profile, and import with `--profile FILE.toml`.",
    )
}

fn listed(columns: &Columns) -> String {
    let mut names: Vec<String> =
        columns.names().iter().take(12).map(|name| name.chars().take(40).collect()).collect();
    if columns.len() > 12 {
        names.push("…".into());
    }
    names.join(", ")
}

/// By what a table's header is known, or that it has none.
pub(crate) struct Known<'p> {
    /// Every header name that some profile speaks of, folded: by these a header is told from a title.
    pub names: HashSet<String>,
    /// Tables without a header.
    pub headless: Vec<&'p Headless>,
}

impl<'p> Known<'p> {
    /// From the shipped profiles and one's own.
    pub fn of(own: Option<&'p Profile>) -> Self {
        let mut names = HashSet::new();
        for profile in Profile::shipped().iter().chain(own) {
            let required = profile.required.iter().flat_map(|any| any.names().iter().map(String::as_str));
            let fields = profile.fields.values().flat_map(|text| text.columns());
            let position = profile.position.columns().map(String::as_str);
            names.extend(required.chain(fields).chain(position).chain(profile.category.columns()).map(fold));
        }
        let usual = LABELS.iter().flat_map(|label| label.columns);
        names.extend(usual.map(|name| (*name).to_owned()));
        // an age is the name of a column, and a number in the rows of any file
        names.retain(|name| !name.bytes().all(|b| b.is_ascii_digit()));
        let profiles = own.into_iter().chain(Profile::shipped().iter().filter(|_| own.is_none()));
        Self { names, headless: profiles.filter_map(|profile| profile.headless.as_ref()).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(header: &str, file: &str) -> String {
        let columns = Columns::new(header.split(',').map(String::from));
        let chosen = choose(&columns, &[], false, &FileName::new(file), &Options::default());
        chosen.map_or_else(|refusal| refusal.finding.rule.to_string(), |profile| profile.id().to_owned())
    }

    #[test]
    fn a_profile_of_somebody_in_particular_wants_what_only_they_have() {
        for (header, file, expected) in [
            ("Postcode,lat,long", "M.csv", "postcode-points"),
            ("Hub,Postcode,Latitude,Longitude,Seats", "hubs.csv", "no-profile-fits"),
            ("Venue,Postcode,Lat,Long,Ward", "venues.csv", "buildings"),
            ("community_hub,address,postcode", "trafford_hubs.csv", "trafford-community-hubs"),
            ("community_hub,address,postcode", "our_hubs.csv", "no-profile-fits"),
            ("site_type,site_name,area_code,area_name,geometry", "x.geojson", "greenspace-sites"),
            ("id,function,distName1,geometry", "x.geojson", "greenspace-sites"),
            ("fid,site_type,site_name,contact_ph,geometry", "x.geojson", "several-profiles-fit"),
            ("registered_charity_number,charity_name,charity_type", "x.csv", "charity-register"),
            ("registered_charity_number,charity_name,notes", "x.csv", "no-profile-fits"),
        ] {
            assert_eq!(chosen(header, file), expected, "{header}");
        }
    }
}
