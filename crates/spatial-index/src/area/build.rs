use super::contains::Slabs;
use super::{Area, AreaError, LIFT, Place, edge};
use crate::Bbox;
use crate::packed::Packed;
use geo_types::{LineString, MultiPolygon, Point};

impl Area {
    /// Makes a multipolygon ready. Empty polygons are left out; an empty multipolygon is an empty area.
    ///
    /// # Errors
    ///
    /// When a coordinate is not on Earth, or a ring has fewer than three different vertices; the error says which.
    /// Whether rings cross is not checked.
    ///
    /// # Example
    ///
    /// ```
    /// use geo_types::{MultiPolygon, polygon};
    /// use spatial_index::{Area, AreaError};
    ///
    /// let triangle = polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 0.0), (x: 0.0, y: 1.0)];
    /// assert!(Area::new(&triangle.into()).is_ok());
    /// assert!(Area::new(&MultiPolygon::new(vec![])).unwrap().is_empty());
    ///
    /// let line = polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 0.0)];
    /// let error = Area::new(&line.into()).unwrap_err();
    /// assert_eq!(error.to_string(), "polygon 0, ring 0, vertex 0 (from 0): a ring needs three different vertices");
    /// ```
    pub fn new(shape: &MultiPolygon<f64>) -> Result<Self, AreaError> {
        let mut line = vec![];
        for (polygon, shape) in shape.iter().enumerate() {
            for (ring, coords) in std::iter::once(shape.exterior()).chain(shape.interiors()).enumerate() {
                if !coords.0.is_empty() {
                    check(coords, Place { polygon, ring, vertex: 0 })?;
                    line.extend((!line.is_empty()).then_some(LIFT));
                    line.extend_from_slice(&coords.0);
                }
            }
        }
        line.dedup();
        if u32::try_from(line.len()).is_err() {
            return Err(AreaError::TooManyVertices(line.len()));
        }
        let tree =
            Packed::build(line.len().saturating_sub(1), |i| edge(&line, i).map_or(Bbox::EMPTY, |e| e.bbox()));
        let bbox = tree.bbox();
        Ok(Area { bbox, slabs: Slabs::build(&line, &bbox), tree, line })
    }
}

fn check(line: &LineString<f64>, place: Place) -> Result<(), AreaError> {
    if let Some(vertex) = line.0.iter().position(|c| !Bbox::WORLD.contains(Point(*c))) {
        let (lon, lat) = line.0[vertex].x_y();
        return Err(AreaError::NotOnEarth { place: Place { vertex, ..place }, lon, lat });
    }
    let first = line.0[0];
    let mut others = line.0.iter().filter(|c| **c != first);
    let second = others.next();
    if others.any(|c| Some(c) != second) { Ok(()) } else { Err(AreaError::Degenerate { place }) }
}
