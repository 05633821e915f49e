//! Geometry as well-known binary: little-endian throughout, longitude before latitude, without Z or M. What is read
//! back is the same to the last bit.

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use model::Position;

/// How the outermost geometry says what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// By its type alone, as the ISO standard has it and GeoPackage wants it.
    Iso,
    /// By its type and the reference system, 4326: PostGIS's extended form.
    Extended,
}

/// WGS84.
pub const SRID: u32 = 4326;

const HAS_SRID: u32 = 0x2000_0000;

const POINT: u32 = 1;
const POLYGON: u32 = 3;
const MULTI_POLYGON: u32 = 6;

/// Adds a point.
pub fn put_point(out: &mut Vec<u8>, flavour: Flavour, position: Position) {
    start(out, flavour, POINT);
    for degrees in [position.lon(), position.lat()] {
        out.extend(degrees.to_le_bytes());
    }
}

/// Adds polygons.
pub fn put_multi_polygon(out: &mut Vec<u8>, flavour: Flavour, shape: &MultiPolygon<f64>) {
    start(out, flavour, MULTI_POLYGON);
    count(out, shape.0.len());
    for polygon in &shape.0 {
        start(out, Flavour::Iso, POLYGON);
        count(out, 1 + polygon.interiors().len());
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            count(out, ring.0.len());
            for corner in &ring.0 {
                out.extend(corner.x.to_le_bytes());
                out.extend(corner.y.to_le_bytes());
            }
        }
    }
}

/// The reverse of [`put_point`]; `None` when it is something else.
pub fn take_point(bytes: &[u8], flavour: Flavour) -> Option<Position> {
    let mut rest = Bytes(bytes);
    rest.expect(flavour, POINT)?;
    let (lon, lat) = (rest.f64()?, rest.f64()?);
    rest.0.is_empty().then(|| Position::new(lon, lat).ok()).flatten()
}

/// The reverse of [`put_multi_polygon`]; `None` when it is something else.
pub fn take_multi_polygon(bytes: &[u8], flavour: Flavour) -> Option<MultiPolygon<f64>> {
    let mut rest = Bytes(bytes);
    rest.expect(flavour, MULTI_POLYGON)?;
    let polygons = (0..rest.u32()?).map(|_| rest.polygon()).collect::<Option<Vec<_>>>()?;
    rest.0.is_empty().then_some(MultiPolygon(polygons))
}

fn start(out: &mut Vec<u8>, flavour: Flavour, geometry: u32) {
    out.push(1);
    match flavour {
        Flavour::Iso => out.extend(geometry.to_le_bytes()),
        Flavour::Extended => {
            out.extend((geometry | HAS_SRID).to_le_bytes());
            out.extend(SRID.to_le_bytes());
        }
    }
}

fn count(out: &mut Vec<u8>, number: usize) {
    let number = u32::try_from(number).expect("a boundary has fewer than four thousand million corners");
    out.extend(number.to_le_bytes());
}

/// What is left to read.
pub struct Bytes<'a>(pub &'a [u8]);

impl Bytes<'_> {
    pub fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*first)
    }

    pub fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    pub fn f64(&mut self) -> Option<f64> {
        self.take().map(f64::from_le_bytes)
    }

    fn expect(&mut self, flavour: Flavour, geometry: u32) -> Option<()> {
        let little_endian = self.take()? == [1];
        let as_said = match flavour {
            Flavour::Iso => self.u32()? == geometry,
            Flavour::Extended => self.u32()? == geometry | HAS_SRID && self.u32()? == SRID,
        };
        (little_endian && as_said).then_some(())
    }

    fn polygon(&mut self) -> Option<Polygon<f64>> {
        self.expect(Flavour::Iso, POLYGON)?;
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

    const FLAVOURS: [Flavour; 2] = [Flavour::Iso, Flavour::Extended];

    fn point(flavour: Flavour, lon: f64, lat: f64) -> Vec<u8> {
        let mut out = Vec::new();
        put_point(&mut out, flavour, Position::new(lon, lat).unwrap());
        out
    }

    fn multi_polygon(flavour: Flavour, shape: &MultiPolygon<f64>) -> Vec<u8> {
        let mut out = Vec::new();
        put_multi_polygon(&mut out, flavour, shape);
        out
    }

    #[test]
    fn a_point_as_the_standard_and_postgis_write_it() {
        let hex = |bytes: Vec<u8>| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
        let numbers = "00000000000004c00000000000a04a40";
        assert_eq!(hex(point(Flavour::Iso, -2.5, 53.25)), format!("0101000000{numbers}"));
        assert_eq!(hex(point(Flavour::Extended, -2.5, 53.25)), format!("0101000020e6100000{numbers}"));
    }

    #[test]
    fn what_is_cut_short_or_foreign_is_not_read() {
        let square = LineString::from(vec![(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)]);
        let shape = MultiPolygon(vec![Polygon::new(square, vec![])]);
        for (flavour, other) in [(FLAVOURS[0], FLAVOURS[1]), (FLAVOURS[1], FLAVOURS[0])] {
            let bytes = multi_polygon(flavour, &shape);
            assert!(take_multi_polygon(&bytes, flavour).is_some());
            assert_eq!(take_multi_polygon(&bytes, other), None);
            assert_eq!(take_point(&bytes, flavour), None);
            for end in 0..bytes.len() {
                assert_eq!(take_multi_polygon(&bytes[..end], flavour), None, "cut at {end}");
            }
        }
        let mut many = multi_polygon(Flavour::Iso, &shape);
        many[5..9].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(take_multi_polygon(&many, Flavour::Iso), None, "a count is not trusted");
    }

    fn ring() -> impl Strategy<Value = LineString<f64>> {
        prop::collection::vec((-180.0..180.0, -90.0..90.0), 3..12).prop_map(LineString::from)
    }

    proptest! {
        #[test]
        fn points_come_back_to_the_last_bit(lon in -180.0..=180.0f64, lat in -90.0..=90.0f64) {
            for flavour in FLAVOURS {
                let back = take_point(&point(flavour, lon, lat), flavour).unwrap();
                prop_assert_eq!(back.lon().to_bits(), lon.to_bits());
                prop_assert_eq!(back.lat().to_bits(), lat.to_bits());
            }
        }

        #[test]
        fn polygons_come_back(
            parts in prop::collection::vec((ring(), prop::collection::vec(ring(), 0..3)), 0..4),
        ) {
            let shape = MultiPolygon(parts.into_iter().map(|(out, holes)| Polygon::new(out, holes)).collect());
            for flavour in FLAVOURS {
                prop_assert_eq!(take_multi_polygon(&multi_polygon(flavour, &shape), flavour).unwrap(), shape.clone());
            }
        }

        #[test]
        fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            for flavour in FLAVOURS {
                let _ = (take_point(&bytes, flavour), take_multi_polygon(&bytes, flavour));
            }
        }
    }
}
