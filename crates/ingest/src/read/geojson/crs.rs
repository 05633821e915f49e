use super::json::{Members, short};
use crate::{Crs, Options, Refusal, grid};
use geo_types::Coord;
use model::Finding;

/// Which reference system a document's coordinates are in: what the user says, else what the document says if its
/// coordinates can be that, else what they look like.
pub(super) fn settle(
    stated: Option<&str>,
    sample: Option<Coord<f64>>,
    options: &Options,
) -> Result<(Crs, Option<Finding>), Refusal> {
    if let Some(crs) = options.crs {
        return Ok((crs, None));
    }
    let stated = stated.map(read).transpose()?;
    let in_metres = sample.is_some_and(|at| grid::is_grid_range(at.x, at.y));
    let in_degrees = sample.is_some_and(|at| at.x.abs() <= 180.0 && at.y.abs() <= 90.0);
    match stated {
        Some(Crs::Degrees) if in_metres => Err(Refusal::of_file(
            "grid-coordinates-claim-degrees",
            "the file's `crs` says degrees (WGS84), but its coordinates are British National Grid metres",
            "Import it with `--crs 27700`.",
        )),
        Some(Crs::BritishNationalGrid) if in_degrees => Err(Refusal::of_file(
            "degrees-claim-grid-coordinates",
            "the file's `crs` says British National Grid, but its coordinates are degrees",
            "Import it with `--crs 4326`.",
        )),
        Some(Crs::BritishNationalGrid) => {
            Ok((Crs::BritishNationalGrid, Some(notice("as the file's `crs` says"))))
        }
        None if in_metres => {
            Ok((Crs::BritishNationalGrid, Some(notice("by their size: the file has no `crs`"))))
        }
        _ => Ok((Crs::Degrees, None)),
    }
}

fn notice(why: &str) -> Finding {
    Finding::of_file(
        "national-grid",
        format!(
            "coordinates were read as British National Grid metres, {why}, and turned into degrees by OSTN15"
        ),
        "",
    )
}

/// The `crs` member of GeoJSON before RFC 7946, which is still written everywhere.
fn read(member: &str) -> Result<Crs, Refusal> {
    let name = name_in(member).unwrap_or_else(|| short(member));
    let plain: String = name.to_lowercase().chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    let last_number = name.rsplit(|c: char| !c.is_ascii_digit()).find(|n| !n.is_empty()).unwrap_or_default();
    match () {
        () if plain.contains("crs84") || last_number == "4326" || last_number == "4258" => Ok(Crs::Degrees),
        () if last_number == "27700" || plain.contains("britishnationalgrid") => Ok(Crs::BritishNationalGrid),
        () => Err(Refusal::of_file(
            "unknown-crs",
            format!("the file's coordinates are in \"{}\", which is not read", short(&name)),
            "Export it in WGS84 (EPSG:4326) or British National Grid (EPSG:27700).",
        )),
    }
}

fn name_in(member: &str) -> Option<String> {
    let crs = Members::of(member).ok()?;
    let properties = Members::of(crs.get("properties")?.get()).ok()?;
    let value = properties.get("name").or_else(|| properties.get("code"))?;
    serde_json::from_str::<String>(value.get()).ok().or_else(|| Some(value.get().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, x: f64, y: f64) -> String {
        let member = format!(r#"{{"type":"name","properties":{{"name":"{name}"}}}}"#);
        let stated = (!name.is_empty()).then_some(member.as_str());
        match settle(stated, Some(Coord { x, y }), &Options::default()) {
            Ok((crs, _)) => format!("{crs:?}"),
            Err(refusal) => refusal.finding.rule.to_string(),
        }
    }

    #[test]
    fn the_statement_and_the_coordinates_must_agree() {
        assert_eq!(check("urn:ogc:def:crs:OGC:1.3:CRS84", -2.3, 53.4), "Degrees");
        assert_eq!(check("EPSG:4326", -2.3, 53.4), "Degrees");
        assert_eq!(check("urn:ogc:def:crs:EPSG::27700", 380_000.0, 390_000.0), "BritishNationalGrid");
        assert_eq!(check("OSGB_1936_British_National_Grid", 380_000.0, 390_000.0), "BritishNationalGrid");
        assert_eq!(check("", 380_000.0, 390_000.0), "BritishNationalGrid");
        assert_eq!(check("", -2.3, 53.4), "Degrees");
        assert_eq!(check("EPSG:4326", 380_000.0, 390_000.0), "grid-coordinates-claim-degrees");
        assert_eq!(check("EPSG:27700", -2.3, 53.4), "degrees-claim-grid-coordinates");
        assert_eq!(check("EPSG:3857", -256_000.0, 7_000_000.0), "unknown-crs");
    }
}
