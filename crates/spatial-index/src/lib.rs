//! Where things are: which points lie in a box, in an area, near a place — and how far away, in metres.
//!
//! The crate knows numbers and nothing else. It reads no files, starts no runtime and keeps no names: a point is the
//! index it had in your slice, an area is a number you chose. Everything else you look up yourself.
//!
//! # The parts
//!
//! - [`PointIndex`]: millions of points, built once, asked often. Boxes, areas, nearest, pages.
//! - [`Area`]: one polygon or several, with holes, made ready for many questions: contains, distance, touches.
//! - [`AreaIndex`]: many areas, which may come and go. Which of them hold this point? Which are near it?
//! - [`join`]: which areas hold each of a million points, at once.
//! - [`Bbox`], [`Frame`], [`hilbert_key`]: the box, the ruler and the order that the rest is made of.
//!
//! # Example
//!
//! ```
//! use geo_types::{Point, Rect, coord};
//! use spatial_index::{Area, Bbox, PointIndex};
//!
//! let places = [Point::new(-1.5491, 53.8008), Point::new(-1.5477, 53.7949), Point::new(-1.0815, 53.9583)];
//! let index = PointIndex::build(&places).unwrap();
//!
//! // In a box: west, south, east, north.
//! assert_eq!(index.in_box(Bbox::new(-2.0, 53.7, -1.4, 53.9)).count(), 2);
//!
//! // The nearest: ids and metres, nearest first.
//! let nearest = index.nearest(Point::new(-1.55, 53.80), 1, None, |_| true);
//! assert_eq!(nearest[0].0, 0);
//! assert!((nearest[0].1 - 107.0).abs() < 1.0);
//!
//! // In an area, and within 800 metres of it.
//! let square = Rect::new(coord! { x: -1.56, y: 53.797 }, coord! { x: -1.54, y: 53.81 }).to_polygon();
//! let area = Area::new(&square.into()).unwrap();
//! assert_eq!(index.in_area(&area, |_| true), [0]);
//! assert_eq!(index.within(&area, 800.0, |_| true).len(), 2);
//! ```
//!
//! # What holds everywhere
//!
//! - Coordinates are WGS84 longitude, latitude in degrees, in that order, as `geo_types` has x and y.
//! - Distances are metres on the WGS84 ellipsoid, right to 0.1 % up to 50 km between the 80th parallels; the figures
//!   are at [`Frame`]. The line between two vertices is straight in longitude and latitude, as GeoJSON says.
//! - The antimeridian is not crossed: 179.9 and -179.9 are far apart. Cut what crosses it in two.
//! - A point on an edge that two areas share lies in exactly one of them: see [`Area::contains`].
//! - Answers are exact for these rules, also where whole blocks of points are taken or left unseen.
#![deny(missing_docs)]

mod bbox;
pub use bbox::Bbox;

mod metric;
pub use metric::Frame;

mod hilbert;
pub use hilbert::hilbert_key;

mod packed;

mod points;
pub use points::{InBox, PointIndex, PointIndexError};

mod area;
pub use area::{Area, AreaError, Overlap, Place};

mod areas;
pub use areas::AreaIndex;

mod join;
pub use join::{Joined, join};

/// The example in the README runs too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
