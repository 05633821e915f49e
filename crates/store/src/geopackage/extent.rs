/// The smallest box around some points, in degrees; empty at first.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Extent(Option<[f64; 4]>);

impl Extent {
    /// Around points given as longitude, latitude.
    pub fn of(points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let mut extent = Self::default();
        points.into_iter().for_each(|(lon, lat)| extent.add(lon, lat));
        extent
    }

    /// Makes room for one more point.
    pub fn add(&mut self, lon: f64, lat: f64) {
        let [w, s, e, n] = self.0.unwrap_or([lon, lat, lon, lat]);
        self.0 = Some([w.min(lon), s.min(lat), e.max(lon), n.max(lat)]);
    }

    /// Makes room for another box.
    pub fn join(&mut self, other: Self) {
        if let Some([w, s, e, n]) = other.0 {
            self.add(w, s);
            self.add(e, n);
        }
    }

    /// West, south, east, north; `None` when nothing is in it.
    pub fn bounds(self) -> Option<[f64; 4]> {
        self.0
    }
}
