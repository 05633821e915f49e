use super::contains::Slabs;
use super::edge::Edge;
use super::{Area, AreaError, Place};
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
        let (mut edges, mut starts) = (vec![], vec![]);
        for (polygon, shape) in shape.iter().enumerate() {
            for (ring, line) in std::iter::once(shape.exterior()).chain(shape.interiors()).enumerate() {
                if let Some(start) = line.0.first() {
                    check(line, Place { polygon, ring, vertex: 0 })?;
                    starts.push(*start);
                    edges.extend(line.0.windows(2).filter(|w| w[0] != w[1]).map(|w| Edge::new(w[0], w[1])));
                }
            }
        }
        if u32::try_from(edges.len()).is_err() {
            return Err(AreaError::TooManyEdges(edges.len()));
        }
        let tree = Packed::build(edges.len(), |i| edges[i].bbox());
        let bbox = tree.bbox();
        Ok(Area { bbox, slabs: Slabs::build(&edges, &bbox), tree, edges, starts })
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
