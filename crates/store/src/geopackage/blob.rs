//! Geometry as a GeoPackage keeps it: the letters GP, version, flags, spatial reference, sometimes an envelope, then
//! ISO WKB.

use super::extent::Extent;
use crate::wkb::{self, Bytes, Flavour};
use geo_types::MultiPolygon;
use model::Position;

const LITTLE_ENDIAN: u8 = 0b0000_0001;
const ENVELOPE_XY: u8 = 0b0000_0010;
const EMPTY: u8 = 0b0001_0000;

/// A point; it needs no envelope.
pub fn point(position: Position) -> Vec<u8> {
    let mut blob = Vec::with_capacity(29);
    header(&mut blob, LITTLE_ENDIAN);
    wkb::put_point(&mut blob, Flavour::Iso, position);
    blob
}

/// Polygons, with their envelope before them so that a reader can pass by without parsing.
pub fn multi_polygon(shape: &MultiPolygon<f64>) -> Vec<u8> {
    let corners = shape.0.iter().flat_map(|p| p.exterior().0.iter());
    let extent = Extent::of(corners.map(|c| (c.x, c.y)));
    let mut blob = Vec::with_capacity(64 + 16 * shape.0.iter().map(|p| p.exterior().0.len()).sum::<usize>());
    match extent.bounds() {
        None => header(&mut blob, LITTLE_ENDIAN | EMPTY),
        Some([west, south, east, north]) => {
            header(&mut blob, LITTLE_ENDIAN | ENVELOPE_XY);
            for degrees in [west, east, south, north] {
                blob.extend(degrees.to_le_bytes());
            }
        }
    }
    wkb::put_multi_polygon(&mut blob, Flavour::Iso, shape);
    blob
}

/// The reverse of [`point`]; `None` when it is something else.
pub fn read_point(blob: &[u8]) -> Option<Position> {
    wkb::take_point(after_header(blob)?.1, Flavour::Iso)
}

/// The reverse of [`multi_polygon`]; `None` when it is something else.
pub fn read_multi_polygon(blob: &[u8]) -> Option<MultiPolygon<f64>> {
    wkb::take_multi_polygon(after_header(blob)?.1, Flavour::Iso)
}

/// The envelope that [`multi_polygon`] wrote.
pub fn read_envelope(blob: &[u8]) -> Option<Extent> {
    after_header(blob).map(|(extent, _)| extent)
}

fn header(blob: &mut Vec<u8>, flags: u8) {
    blob.extend([b'G', b'P', 0, flags]);
    blob.extend(wkb::SRID.to_le_bytes());
}

/// The envelope, and what comes after it.
fn after_header(blob: &[u8]) -> Option<(Extent, &[u8])> {
    let mut rest = Bytes(blob);
    let [g, p, version, flags] = rest.take()?;
    if (g, p, version, rest.u32()?) != (b'G', b'P', 0, wkb::SRID) {
        return None;
    }
    if flags & ENVELOPE_XY == 0 {
        return Some((Extent::default(), rest.0));
    }
    let (west, east, south, north) = (rest.f64()?, rest.f64()?, rest.f64()?, rest.f64()?);
    Some((Extent::of([(west, south), (east, north)]), rest.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::{LineString, Polygon};
    use proptest::prelude::*;

    #[test]
    fn a_point_is_twenty_nine_bytes_as_the_standard_writes_them() {
        let blob = point(Position::new(-2.5, 53.25).unwrap());
        let hex: String = blob.iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(hex, "47500001e6100000010100000000000000000004c00000000000a04a40");
        assert_eq!(read_point(&blob).unwrap().lon(), -2.5);
    }

    #[test]
    fn what_is_cut_short_or_foreign_is_not_read() {
        let square = LineString::from(vec![(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)]);
        let blob = multi_polygon(&MultiPolygon(vec![Polygon::new(square, vec![])]));
        assert!(read_multi_polygon(&blob).is_some());
        for end in 0..blob.len() {
            assert_eq!(read_multi_polygon(&blob[..end]), None, "cut at {end}");
        }
        assert_eq!(read_point(&blob), None);
    }

    #[test]
    fn an_empty_shape_says_so() {
        let blob = multi_polygon(&MultiPolygon(vec![]));
        assert_eq!(blob[3], LITTLE_ENDIAN | EMPTY);
        assert_eq!(read_multi_polygon(&blob), Some(MultiPolygon(vec![])));
    }

    proptest! {
        #[test]
        fn the_envelope_holds_the_polygons(
            corners in prop::collection::vec((-180.0..180.0f64, -90.0..90.0f64), 3..12),
        ) {
            let shape = MultiPolygon(vec![Polygon::new(corners.clone().into(), vec![])]);
            let blob = multi_polygon(&shape);
            prop_assert_eq!(read_multi_polygon(&blob).unwrap(), shape);
            let [west, south, east, north] = read_envelope(&blob).unwrap().bounds().unwrap();
            for (x, y) in corners {
                prop_assert!((west..=east).contains(&x) && (south..=north).contains(&y));
            }
        }

        #[test]
        fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = (read_point(&bytes), read_multi_polygon(&bytes), read_envelope(&bytes));
        }
    }
}
