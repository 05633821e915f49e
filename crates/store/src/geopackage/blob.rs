//! Geometry as a GeoPackage keeps it: the letters GP, version, flags, spatial reference, sometimes an envelope, then
//! ISO WKB. Ours is little-endian throughout, longitude before latitude, without Z or M; what is read back is the
//! same to the last bit.

use super::extent::Extent;
use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use model::Position;

const WGS84: i32 = 4326;
const LITTLE_ENDIAN: u8 = 0b0000_0001;
const ENVELOPE_XY: u8 = 0b0000_0010;
const EMPTY: u8 = 0b0001_0000;

const WKB_POINT: u32 = 1;
const WKB_POLYGON: u32 = 3;
const WKB_MULTI_POLYGON: u32 = 6;

/// A point; it needs no envelope.
pub fn point(position: Position) -> Vec<u8> {
    let mut blob = Vec::with_capacity(29);
    header(&mut blob, LITTLE_ENDIAN);
    wkb_start(&mut blob, WKB_POINT);
    for degrees in [position.lon(), position.lat()] {
        blob.extend(degrees.to_le_bytes());
    }
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
    wkb_start(&mut blob, WKB_MULTI_POLYGON);
    count(&mut blob, shape.0.len());
    for polygon in &shape.0 {
        wkb_start(&mut blob, WKB_POLYGON);
        count(&mut blob, 1 + polygon.interiors().len());
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            count(&mut blob, ring.0.len());
            for corner in &ring.0 {
                blob.extend(corner.x.to_le_bytes());
                blob.extend(corner.y.to_le_bytes());
            }
        }
    }
    blob
}

/// The reverse of [`point`]; `None` when it is something else.
pub fn read_point(blob: &[u8]) -> Option<Position> {
    let mut rest = Bytes(blob);
    rest.header()?;
    rest.expect(WKB_POINT)?;
    let (lon, lat) = (rest.f64()?, rest.f64()?);
    rest.0.is_empty().then(|| Position::new(lon, lat).ok()).flatten()
}

/// The reverse of [`multi_polygon`]; `None` when it is something else.
pub fn read_multi_polygon(blob: &[u8]) -> Option<MultiPolygon<f64>> {
    let mut rest = Bytes(blob);
    rest.header()?;
    rest.expect(WKB_MULTI_POLYGON)?;
    let polygons = (0..rest.u32()?).map(|_| rest.polygon()).collect::<Option<Vec<_>>>()?;
    rest.0.is_empty().then_some(MultiPolygon(polygons))
}

/// The envelope that [`multi_polygon`] wrote.
pub fn read_envelope(blob: &[u8]) -> Option<Extent> {
    Bytes(blob).header()
}

fn header(blob: &mut Vec<u8>, flags: u8) {
    blob.extend([b'G', b'P', 0, flags]);
    blob.extend(WGS84.to_le_bytes());
}

fn wkb_start(blob: &mut Vec<u8>, geometry: u32) {
    blob.push(1);
    blob.extend(geometry.to_le_bytes());
}

fn count(blob: &mut Vec<u8>, number: usize) {
    let number = u32::try_from(number).expect("a boundary has fewer than four thousand million corners");
    blob.extend(number.to_le_bytes());
}

/// What is left to read.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*first)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    fn f64(&mut self) -> Option<f64> {
        self.take().map(f64::from_le_bytes)
    }

    fn header(&mut self) -> Option<Extent> {
        let [g, p, version, flags] = self.take()?;
        let srs = self.take().map(i32::from_le_bytes)?;
        if (g, p, version, srs) != (b'G', b'P', 0, WGS84) {
            return None;
        }
        if flags & ENVELOPE_XY == 0 {
            return Some(Extent::default());
        }
        let (west, east, south, north) = (self.f64()?, self.f64()?, self.f64()?, self.f64()?);
        Some(Extent::of([(west, south), (east, north)]))
    }

    fn expect(&mut self, geometry: u32) -> Option<()> {
        (self.take()? == [1] && self.u32()? == geometry).then_some(())
    }

    fn polygon(&mut self) -> Option<Polygon<f64>> {
        self.expect(WKB_POLYGON)?;
        let mut rings = (0..self.u32()?).map(|_| self.ring()).collect::<Option<Vec<_>>>()?.into_iter();
        let exterior = rings.next().unwrap_or(LineString(Vec::new()));
        Some(Polygon::new(exterior, rings.collect()))
    }

    fn ring(&mut self) -> Option<LineString<f64>> {
        let corners = self.u32()? as usize;
        let bytes = corners.checked_mul(16).filter(|n| *n <= self.0.len())?;
        let (mine, rest) = self.0.split_at(bytes);
        self.0 = rest;
        let mut ring = Bytes(mine);
        (0..corners)
            .map(|_| Some(Coord { x: ring.f64()?, y: ring.f64()? }))
            .collect::<Option<Vec<_>>>()
            .map(LineString)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_point_is_twenty_nine_bytes_as_the_standard_writes_them() {
        let blob = point(Position::new(-2.5, 53.25).unwrap());
        let hex: String = blob.iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(hex, "47500001e6100000010100000000000000000004c00000000000a04a40");
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
        let mut many = blob.clone();
        many[45..49].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(read_multi_polygon(&many), None, "a count is not trusted");
    }

    #[test]
    fn an_empty_shape_says_so() {
        let blob = multi_polygon(&MultiPolygon(vec![]));
        assert_eq!(blob[3], LITTLE_ENDIAN | EMPTY);
        assert_eq!(read_multi_polygon(&blob), Some(MultiPolygon(vec![])));
    }

    fn ring() -> impl Strategy<Value = LineString<f64>> {
        prop::collection::vec((-180.0..180.0, -90.0..90.0), 3..12).prop_map(LineString::from)
    }

    proptest! {
        #[test]
        fn points_come_back_to_the_last_bit(lon in -180.0..=180.0f64, lat in -90.0..=90.0f64) {
            let position = Position::new(lon, lat).unwrap();
            let back = read_point(&point(position)).unwrap();
            prop_assert_eq!(back.lon().to_bits(), lon.to_bits());
            prop_assert_eq!(back.lat().to_bits(), lat.to_bits());
        }

        #[test]
        fn polygons_come_back_and_the_envelope_holds_them(
            parts in prop::collection::vec((ring(), prop::collection::vec(ring(), 0..3)), 0..4),
        ) {
            let shape = MultiPolygon(parts.into_iter().map(|(out, holes)| Polygon::new(out, holes)).collect());
            let blob = multi_polygon(&shape);
            prop_assert_eq!(read_multi_polygon(&blob).unwrap(), shape.clone());
            if let Some([west, south, east, north]) = read_envelope(&blob).unwrap().bounds() {
                for c in shape.0.iter().flat_map(|p| &p.exterior().0) {
                    prop_assert!((west..=east).contains(&c.x) && (south..=north).contains(&c.y));
                }
            }
        }

        #[test]
        fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = (read_point(&bytes), read_multi_polygon(&bytes));
        }
    }
}
