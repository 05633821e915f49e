//! British National Grid, by OSTN15: the only module that knows the crate that converts.

use model::Position;

/// Eastings and northings of Great Britain lie in here, in metres; nothing in degrees that is near the UK does.
pub(crate) fn is_grid_range(x: f64, y: f64) -> bool {
    (1_000.0..=700_000.0).contains(&x) && (1_000.0..=1_300_000.0).contains(&y)
}

/// A longitude and latitude from an easting and a northing.
///
/// # Errors
/// In words, when the place is not on the grid.
pub(crate) fn to_position(easting: f64, northing: f64) -> Result<Position, String> {
    let degrees = osgb::to_lonlat(osgb::EastingNorthing::new(easting, northing)).map_err(|_| {
        format!(
            "easting {easting}, northing {northing} is not in Great Britain: it may lack a digit, or have one too many"
        )
    })?;
    // eight decimals are a millimetre, which is what OSTN15 promises
    let round = |x: f64| (x * 1e8).round() / 1e8;
    Position::new(round(degrees.lon), round(degrees.lat)).map_err(|error| error.to_string())
}

/// Where easting and northing would put a position, were they the other way round; `None` off the grid.
pub(crate) fn swapped(position: Position) -> Option<Position> {
    let on_grid = osgb::to_grid(osgb::LonLat::new(position.lon(), position.lat())).ok()?;
    to_position(on_grid.n, on_grid.e).ok()
}
