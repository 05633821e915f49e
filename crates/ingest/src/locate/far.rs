use crate::grid;
use geo::{Distance, Geodesic};
use geo_types::Point;
use model::{AssetRecord, Finding, Position, PostcodeRecord};

/// A position this far from the middle of its own postcode contradicts it. The addresses of a postcode lie within one
/// or two kilometres but in the Highlands; a wrong digit or swapped columns are off by ten and more.
const FAR_M: f64 = 5_000.0;

/// A warning for an asset whose coordinates contradict its own postcode: which, how far, and whether they agree with
/// easting and northing the other way round. Nothing is turned round.
pub fn far_from_postcode(line: u64, record: &AssetRecord, entry: Option<&PostcodeRecord>) -> Option<Finding> {
    let entry = entry.filter(|entry| record.postcode.as_ref() == Some(&entry.postcode))?;
    let (own, middle) = (record.position?, entry.position?);
    let far = metres(own, middle);
    if far <= FAR_M {
        return None;
    }
    let message = format!(
        "the coordinates ({own}) are {} km from the postcode {}: one of the two is wrong",
        in_kilometres(far),
        entry.postcode
    );
    let turned = grid::swapped(own).map(|turned| metres(turned, middle)).filter(|turned| *turned <= FAR_M);
    let remedy = match turned {
        Some(turned) => format!(
            "Easting and northing are probably the other way round: then they are {} km from it. Swap them where the list is kept.",
            in_kilometres(turned)
        ),
        None => "Correct the one that is wrong; the coordinates were used.".to_owned(),
    };
    Some(Finding::new(line, "far-from-postcode", message, remedy))
}

fn metres(a: Position, b: Position) -> f64 {
    Geodesic.distance(Point::new(a.lon(), a.lat()), Point::new(b.lon(), b.lat()))
}

fn in_kilometres(metres: f64) -> String {
    if metres < 9_950.0 { format!("{:.1}", metres / 1000.0) } else { format!("{:.0}", metres / 1000.0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Kind, Postcode};

    fn says(easting: f64, northing: f64) -> String {
        let postcode = Postcode::parse("M33 7SL").unwrap();
        let record = AssetRecord {
            kind: Kind::Building,
            name: "Oak Hall".into(),
            postcode: Some(postcode.clone()),
            position: grid::to_position(easting, northing).ok(),
            ..AssetRecord::blank("", "1")
        };
        let entry = PostcodeRecord {
            postcode,
            position: grid::to_position(378_523.0, 391_492.0).ok(),
            ward: None,
            district: None,
            lsoa: None,
            msoa: None,
            terminated: false,
        };
        let found = far_from_postcode(7, &record, Some(&entry));
        found.map_or_else(|| "-".into(), |finding| format!("{} {}", finding.message, finding.remedy))
    }

    #[test]
    fn coordinates_that_contradict_the_postcode_are_named_with_it() {
        assert_eq!(says(378_523.0, 391_492.0), "-");
        assert_eq!(says(380_523.0, 394_492.0), "-", "3.6 km are not enough");
        assert_eq!(
            says(391_492.0, 378_523.0),
            "the coordinates (53.30360, -2.12913) are 18 km from the postcode M33 7SL: one of the two is wrong Easting and northing are probably the other way round: then they are 0.0 km from it. Swap them where the list is kept."
        );
        assert_eq!(
            says(378_523.0, 291_492.0),
            "the coordinates (52.52089, -2.31795) are 100 km from the postcode M33 7SL: one of the two is wrong Correct the one that is wrong; the coordinates were used."
        );
    }
}
