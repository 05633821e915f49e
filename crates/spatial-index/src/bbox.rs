use geo_types::{Coord, Point, Rect, coord};

/// A box in longitude and latitude: `[west, south, east, north]` in degrees, edges included.
///
/// A box whose west is greater than its east, or that has a NaN in it, holds nothing and overlaps nothing: it is
/// [empty](Bbox::is_empty). So a box that crosses the antimeridian must be asked as two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bbox {
    /// Least longitude, degrees.
    pub west: f64,
    /// Least latitude, degrees.
    pub south: f64,
    /// Greatest longitude, degrees.
    pub east: f64,
    /// Greatest latitude, degrees.
    pub north: f64,
}

impl Bbox {
    /// The box that holds nothing.
    pub const EMPTY: Bbox =
        Bbox { west: f64::INFINITY, south: f64::INFINITY, east: f64::NEG_INFINITY, north: f64::NEG_INFINITY };

    /// Every longitude and latitude.
    pub const WORLD: Bbox = Bbox { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };

    /// A box from its four sides in the order of GeoJSON.
    pub const fn new(west: f64, south: f64, east: f64, north: f64) -> Self {
        Bbox { west, south, east, north }
    }

    /// The smallest box around some coordinates; empty when there are none.
    pub fn around(coords: impl IntoIterator<Item = Coord<f64>>) -> Self {
        coords.into_iter().fold(Bbox::EMPTY, |b, c| b.joined(&Bbox::new(c.x, c.y, c.x, c.y)))
    }

    /// Whether no point lies in it.
    pub fn is_empty(&self) -> bool {
        !(self.west <= self.east && self.south <= self.north)
    }

    /// Whether the point lies inside or on an edge.
    pub fn contains(&self, p: Point<f64>) -> bool {
        p.x() >= self.west && p.x() <= self.east && p.y() >= self.south && p.y() <= self.north
    }

    /// Whether the other box lies wholly inside; edges may coincide.
    pub fn contains_box(&self, o: &Bbox) -> bool {
        self.west <= o.west && self.south <= o.south && self.east >= o.east && self.north >= o.north
    }

    /// Whether the two have a point in common, be it on an edge.
    pub fn overlaps(&self, o: &Bbox) -> bool {
        self.west <= o.east && self.east >= o.west && self.south <= o.north && self.north >= o.south
    }

    /// The smallest box around both.
    pub fn joined(&self, o: &Bbox) -> Bbox {
        Bbox {
            west: self.west.min(o.west),
            south: self.south.min(o.south),
            east: self.east.max(o.east),
            north: self.north.max(o.north),
        }
    }

    /// A box that holds every point within so many metres of this one, and up to two per cent more.
    ///
    /// Never too small. From 1,000 km on, and near the poles, it is simply as wide as the world. A NaN or a distance
    /// below zero grows nothing.
    pub fn grown(&self, metres: f64) -> Bbox {
        // A degree of latitude is 110,574 m at the least, one of longitude 111,319 m times a cosine (WGS84).
        const DEGREE: f64 = 110_000.0;
        if self.is_empty() || metres.is_nan() || metres <= 0.0 {
            return *self;
        }
        if metres > 1_000_000.0 {
            return self.joined(&Bbox::WORLD);
        }
        let up = metres / DEGREE;
        let reach = self.north.abs().max(self.south.abs()) + up;
        let out = if reach < 89.0 { metres / (DEGREE * reach.to_radians().cos()) } else { 360.0 };
        Bbox::new(self.west - out, self.south - up, self.east + out, self.north + up)
    }
}

impl From<Rect<f64>> for Bbox {
    fn from(r: Rect<f64>) -> Self {
        Bbox::new(r.min().x, r.min().y, r.max().x, r.max().y)
    }
}

impl From<Bbox> for Rect<f64> {
    fn from(b: Bbox) -> Self {
        Rect::new(coord! { x: b.west, y: b.south }, coord! { x: b.east, y: b.north })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_boxes_overlap_nothing() {
        let nan = Bbox::new(f64::NAN, 0.0, 1.0, 1.0);
        for b in [Bbox::EMPTY, Bbox::new(2.0, 0.0, 1.0, 1.0), nan] {
            assert!(b.is_empty());
            assert!(!b.contains(Point::new(1.5, 0.5)));
        }
        assert!(!Bbox::EMPTY.overlaps(&Bbox::WORLD) && !nan.overlaps(&Bbox::WORLD));
    }

    #[test]
    fn grows_by_metres() {
        let b = Bbox::new(-1.5, 53.8, -1.5, 53.8).grown(1000.0);
        let text = format!("{:.4} {:.4} {:.4} {:.4}", b.west, b.south, b.east, b.north);
        assert_eq!(text, "-1.5154 53.7909 -1.4846 53.8091");
        assert!(Bbox::new(0.0, 89.5, 0.0, 89.5).grown(100.0).contains(Point::new(180.0, 89.5)));
        assert!(Bbox::EMPTY.grown(5.0).is_empty());
    }
}
