use crate::point::{EastingNorthing, LonLat};

/// Why a position or a grid reference could not be converted.
///
/// Every message says what was wrong with which input, and where the limit is.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A coordinate is NaN or infinite.
    #[error("{0} is not a finite number")]
    NotFinite(&'static str),

    /// The longitude and latitude lie outside OSTN15.
    #[error(
        "longitude {:.6}, latitude {:.6} is outside OSTN15, which covers Great Britain, the Isle of Man and the sea \
         around them, at most longitude -9.2 to 2.9 and latitude 49.7 to 61.2; Ireland and the Channel Islands have grids of \
         their own{}", .0.lon, .0.lat, hint_lonlat(.0)
    )]
    OutsideCover(LonLat),

    /// The easting and northing lie outside OSTN15.
    #[error(
        "easting {:.1}, northing {:.1} is outside OSTN15, which covers Great Britain, the Isle of Man and the sea \
         around them, at most easting 0 to 700000 and northing 0 to 1250000{}", .0.e, .0.n, hint_grid(.0)
    )]
    OutsideGrid(EastingNorthing),

    /// The text is not a National Grid reference.
    #[error("\"{text}\" is not a National Grid reference: {reason}")]
    BadReference {
        /// What was given, cut to 40 characters.
        text: String,
        /// What is wrong with it.
        reason: &'static str,
    },

    /// A position outside the lettered squares of the National Grid has no grid reference.
    #[error(
        "easting {:.1}, northing {:.1} has no grid reference: the lettered squares run from easting 0 up to 700000 \
         and from northing 0 up to 1300000", .0.e, .0.n
    )]
    NoSquare(EastingNorthing),

    /// A number of digits that no grid reference can have.
    #[error("a grid reference has an even number of digits from 0 to 16, not {0}")]
    BadDigits(u8),
}

/// The two mistakes seen most: the axes swapped, metres taken for degrees.
fn hint_lonlat(point: &LonLat) -> &'static str {
    if point.lon.abs() > 180.0 || point.lat.abs() > 90.0 {
        " (these look like metres, not degrees)"
    } else if (49.0..62.0).contains(&point.lon) && (-10.0..4.0).contains(&point.lat) {
        " (longitude and latitude look swapped)"
    } else {
        ""
    }
}

fn hint_grid(point: &EastingNorthing) -> &'static str {
    if point.e.abs() <= 180.0 && point.n.abs() <= 90.0 {
        " (these look like degrees, not metres)"
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_name_the_input_the_limit_and_the_likely_mistake() {
        let swapped = Error::OutsideCover(LonLat::new(53.4, -2.3)).to_string();
        assert!(
            swapped.starts_with("longitude 53.400000, latitude -2.300000 is outside OSTN15"),
            "{swapped}"
        );
        assert!(swapped.ends_with("(longitude and latitude look swapped)"), "{swapped}");

        let metres = Error::OutsideCover(LonLat::new(380_000.0, 390_000.0)).to_string();
        assert!(metres.ends_with("(these look like metres, not degrees)"), "{metres}");

        let degrees = Error::OutsideGrid(EastingNorthing::new(-2.3, 53.4)).to_string();
        assert!(degrees.contains("easting 0 to 700000"), "{degrees}");
        assert!(degrees.ends_with("(these look like degrees, not metres)"), "{degrees}");

        let paris = Error::OutsideCover(LonLat::new(2.35, 48.86)).to_string();
        assert!(paris.ends_with("grids of their own"), "{paris}");
    }
}
