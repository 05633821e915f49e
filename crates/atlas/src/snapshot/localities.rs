use super::{Keep, Reader, Writer, bad};
use crate::localities::{Codes, Localities, Place};
use crate::parallel;
use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use model::{Level, LocalityKey, PartialDate, Position, Vintage};
use spatial_index::Area;
use std::collections::BTreeMap;
use std::io::Result;
use std::sync::Arc;

impl Keep for Localities {
    const NAME: &'static str = "localities";

    fn write(&self, to: &mut Writer<'_>) -> Result<()> {
        write_codes(&self.codes, to)?;
        let places = || self.places.iter();
        to.texts(places().map(|place| place.key.level.as_str().as_bytes()))?;
        to.texts(places().map(|place| place.key.code.as_bytes()))?;
        to.column(&places().map(|place| place.key.vintage.year()).collect::<Vec<u16>>())?;
        to.texts(places().map(|place| place.name.as_bytes()))?;
        to.texts(places().map(|place| place.source.as_bytes()))?;
        let dates: Vec<String> =
            places().map(|place| place.as_of.map(|date| date.to_string()).unwrap_or_default()).collect();
        to.texts(dates.iter().map(String::as_bytes))?;
        to.column(&places().map(|place| place.inside).collect::<Vec<Position>>())?;
        to.lists(places().map(|place| place.codes.iter().copied()))?;
        to.lists(places().map(|place| place.counted_with.iter().copied()))?;
        // Of each ring how long it is; of each polygon how many rings it has.
        let rings = |polygon: &Polygon<f64>| 1 + polygon.interiors().len() as u32;
        to.lists(places().map(|place| place.boundary.iter().map(rings)))?;
        let polygons = || places().flat_map(|place| &place.boundary);
        let each_ring = || polygons().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
        to.column(&each_ring().map(|ring| ring.0.len() as u32).collect::<Vec<u32>>())?;
        to.column(&each_ring().flat_map(|ring| ring.0.iter().map(|c| c.x_y())).collect::<Vec<(f64, f64)>>())
    }

    fn read(from: &mut Reader<'_>) -> Result<Self> {
        let codes = read_codes(from)?;
        let levels = from.texts()?;
        let count = levels.len();
        let mut own_codes = from.texts()?.into_iter();
        let mut vintages = from.column_of::<u16>(count)?.into_iter();
        let mut names = from.texts()?.into_iter();
        let mut sources = from.texts()?.into_iter();
        let mut dates = from.texts()?.into_iter();
        let mut inside = from.column_of::<Position>(count)?.into_iter();
        let mut part_of = from.lists::<u32>()?.into_iter();
        let mut counted_with = from.lists::<u32>()?.into_iter();
        let mut boundaries = read_boundaries(from)?.into_iter();
        let next = |level| {
            Some(Kept {
                level,
                code: own_codes.next()?,
                vintage: vintages.next()?,
                name: names.next()?,
                source: sources.next()?,
                date: dates.next()?,
                inside: inside.next()?,
                part_of: part_of.next()?,
                counted_with: counted_with.next()?,
                boundary: boundaries.next()?,
            })
        };
        let kept: Option<Vec<Kept>> = levels.into_iter().map(next).collect();
        let places = kept.map(|kept| parallel::each(kept, |kept| kept.place(&codes)));
        let places: Option<Vec<Place>> = places.and_then(|places| places.into_iter().collect());
        Ok(Self::of(places.ok_or_else(|| bad("an area is none"))?, codes))
    }
}

/// An area as it is kept.
struct Kept {
    level: String,
    code: String,
    vintage: u16,
    name: String,
    source: String,
    /// Nothing where there is none.
    date: String,
    inside: Position,
    part_of: Vec<u32>,
    counted_with: Vec<u32>,
    boundary: MultiPolygon<f64>,
}

impl Kept {
    fn place(self, codes: &Codes) -> Option<Place> {
        let level = Level::parse(&self.level).filter(|level| level.as_str() == self.level)?;
        let key = LocalityKey { level, code: self.code, vintage: Vintage::from_year(self.vintage)? };
        let as_of = if self.date.is_empty() { None } else { Some(PartialDate::parse(&self.date).ok()?) };
        let is_known = self.part_of.iter().chain(&self.counted_with).all(|code| codes.has(*code));
        is_known.then_some(())?;
        Some(Place {
            id: key.id(),
            key,
            name: self.name,
            source: self.source,
            as_of,
            inside: self.inside,
            area: Arc::new(Area::new(&self.boundary).ok()?),
            boundary: self.boundary,
            codes: self.part_of.into_iter().collect(),
            counted_with: self.counted_with.into_iter().collect(),
        })
    }
}

fn read_boundaries(from: &mut Reader<'_>) -> Result<Vec<MultiPolygon<f64>>> {
    let polygons: Vec<Vec<u32>> = from.lists()?;
    let lengths: Vec<u32> = from.column()?;
    let corners: Vec<(f64, f64)> = from.column()?;
    let (mut lengths, mut rest) = (lengths.into_iter(), &corners[..]);
    let mut ring = || -> Result<LineString<f64>> {
        let length = lengths.next().ok_or_else(|| bad("a ring is missing"))?;
        let (these, others) =
            rest.split_at_checked(length as usize).ok_or_else(|| bad("a ring is too long"))?;
        rest = others;
        Ok(these.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect())
    };
    let mut polygon = |rings: u32| -> Result<Polygon<f64>> {
        let exterior = ring()?;
        Ok(Polygon::new(exterior, (1..rings).map(|_| ring()).collect::<Result<_>>()?))
    };
    polygons.into_iter().map(|all| all.into_iter().map(&mut polygon).collect()).collect()
}

fn write_codes(codes: &Codes, to: &mut Writer<'_>) -> Result<()> {
    to.texts(codes.codes.iter().map(String::as_bytes))?;
    let names: BTreeMap<u32, &str> =
        codes.names.iter().map(|(number, name)| (*number, name.as_str())).collect();
    to.column(&names.keys().copied().collect::<Vec<u32>>())?;
    to.texts(names.values().map(|name| name.as_bytes()))
}

fn read_codes(from: &mut Reader<'_>) -> Result<Codes> {
    let codes = from.texts()?;
    let numbers: Vec<u32> = from.column()?;
    let names = from.texts()?;
    if numbers.len() != names.len() || numbers.iter().any(|number| *number as usize >= codes.len()) {
        return Err(bad("its codes do not fit together"));
    }
    Ok(Codes {
        numbers: codes.iter().cloned().zip(0..).collect(),
        codes,
        names: numbers.into_iter().zip(names).collect(),
    })
}
