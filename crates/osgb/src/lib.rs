//! British National Grid: OSTN15 both ways, to the millimetre.
//!
//! * [`to_grid`]: a longitude and latitude to an easting and northing,
//! * [`to_lonlat`]: an easting and northing to a longitude and latitude,
//! * [`GridRef`]: grid references as people write them, `SJ 80230 85291`.
//!
//! OSTN15 is the definition of the National Grid: a transverse Mercator projection of
//! ETRS89 positions, then a shift east and a shift north read from a grid of one-kilometre
//! squares. That grid is inside this crate, packed into some 400 kB; the first conversion unpacks it
//! into 8 MB and every later one takes about a microsecond. There is nothing to
//! download, no file to find, no unsafe code.
//!
//! # Units and axis order
//!
//! [`LonLat`] is in degrees, longitude first. [`EastingNorthing`] is in metres, easting first.
//! They are different types, so that one cannot be taken for the other.
//!
//! # WGS84 is treated as ETRS89
//!
//! As Ordnance Survey does, positions called WGS84 are taken to be ETRS89. ETRS89 moves with
//! the European plate, 25 mm a year, so a raw satellite fix in today's WGS84 is by now some 0.8 m away
//! from the ETRS89 position of the same spot. Published data called WGS84 has nearly always been
//! made from the National Grid and comes back exact.
//!
//! # Where it ends
//!
//! OSTN15 covers Great Britain, the Isle of Man and the sea around them. Northern Ireland,
//! Ireland and the Channel Islands have grids of their own. Outside the cover the answer is
//! [`Error::OutsideCover`], never a Helmert guess that is metres off.
//!
//! # Example
//!
//! ```
//! use osgb::{EastingNorthing, GridRef, LonLat, to_grid, to_lonlat};
//!
//! // the water tower at Caister, the worked example of Ordnance Survey's guide
//! let tower = LonLat::new(1.716073973, 52.658007833);
//! let grid = to_grid(tower)?;
//! assert_eq!(format!("{grid:.2}"), "651409.80 313177.45");
//!
//! let back = to_lonlat(grid)?;
//! assert!((back.lon - tower.lon).abs() < 1e-9 && (back.lat - tower.lat).abs() < 1e-9);
//!
//! assert_eq!(GridRef::containing(grid, 8)?.to_string(), "TG 5140 1317");
//! # Ok::<(), osgb::Error>(())
//! ```

#![deny(missing_docs)]

mod error;
mod ostn15;
mod point;
mod projection;
mod reference;
mod transform;

pub use error::Error;
pub use point::{EastingNorthing, LonLat};
pub use reference::GridRef;
pub use transform::{to_grid, to_lonlat};
