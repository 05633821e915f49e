/// Why a polygon could not be made ready.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum AreaError {
    /// A coordinate is NaN, infinite, or outside -180 to 180, -90 to 90.
    #[error("{place}: {lon}, {lat} is not a longitude and latitude")]
    NotOnEarth {
        /// Where in the multipolygon.
        place: Place,
        /// The longitude, as given.
        lon: f64,
        /// The latitude, as given.
        lat: f64,
    },
    /// A ring has fewer than three different vertices, so it encloses nothing.
    #[error("{place}: a ring needs three different vertices")]
    Degenerate {
        /// Where in the multipolygon; the vertex is the ring's first.
        place: Place,
    },
    /// More vertices than `u32` counts.
    #[error("{0} vertices are too many for one area")]
    TooManyVertices(usize),
}

/// A place in a multipolygon; all three count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which polygon.
    pub polygon: usize,
    /// Which ring of it: 0 is the exterior, 1 the first hole.
    pub ring: usize,
    /// Which vertex of the ring.
    pub vertex: usize,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "polygon {}, ring {}, vertex {} (from 0)", self.polygon, self.ring, self.vertex)
    }
}
