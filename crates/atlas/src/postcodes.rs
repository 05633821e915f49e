use crate::Atlas;
use crate::assets::NOWHERE;
use crate::snapshot::{Keep, Reader, Writer};
use model::{Position, Postcode};
use std::io::Result;

/// The postcodes, sorted by a packed form: 20 bytes each.
#[derive(Default)]
pub(crate) struct Postcodes {
    packed: Vec<u64>,
    places: Vec<(i32, i32)>,
    /// A number of the localities' codes, or [`NOWHERE`].
    wards: Vec<u32>,
}

/// What the atlas knows of a postcode.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PostcodePlace {
    /// The middle of its addresses, to a centimetre; `None` where its directory has no grid reference.
    pub position: Option<Position>,
    pub(crate) ward: Option<u32>,
}

/// Marks a postcode without a position: no longitude is so far east.
const NO_POSITION: (i32, i32) = (i32::MAX, i32::MAX);
const PER_DEGREE: f64 = 1e7;

impl Postcodes {
    /// Of `(postcode, position, ward code's number)`, each postcode once.
    pub fn new(mut rows: Vec<(u64, Option<Position>, u32)>) -> Self {
        rows.sort_unstable_by_key(|row| row.0);
        let place =
            |p: Position| ((p.lon() * PER_DEGREE).round() as i32, (p.lat() * PER_DEGREE).round() as i32);
        Self {
            packed: rows.iter().map(|row| row.0).collect(),
            places: rows.iter().map(|row| row.1.map_or(NO_POSITION, place)).collect(),
            wards: rows.iter().map(|row| row.2).collect(),
        }
    }

    pub fn get(&self, postcode: &Postcode) -> Option<PostcodePlace> {
        self.get_packed(pack(postcode))
    }

    pub fn get_packed(&self, packed: u64) -> Option<PostcodePlace> {
        let at = self.packed.binary_search(&packed).ok()?;
        Some(PostcodePlace {
            position: self.position(at),
            ward: Some(self.wards[at]).filter(|ward| *ward != NOWHERE),
        })
    }

    /// The position of the postcode that stands there in the order.
    pub fn position(&self, at: usize) -> Option<Position> {
        let (lon, lat) = Some(self.places[at]).filter(|place| *place != NO_POSITION)?;
        Position::new(f64::from(lon) / PER_DEGREE, f64::from(lat) / PER_DEGREE).ok()
    }

    /// Where the postcodes whose packed form is in a range stand in the order.
    pub fn between(&self, first: u64, end: u64) -> std::ops::Range<usize> {
        self.packed.partition_point(|p| *p < first)..self.packed.partition_point(|p| *p < end)
    }

    pub fn len(&self) -> usize {
        self.packed.len()
    }
}

impl Keep for Postcodes {
    const NAME: &'static str = "postcodes";

    fn write(&self, to: &mut Writer<'_>) -> Result<()> {
        to.column(&self.packed)?;
        to.column(&self.places)?;
        to.column(&self.wards)
    }

    fn read(from: &mut Reader<'_>) -> Result<Self> {
        let packed: Vec<u64> = from.column()?;
        let count = packed.len();
        Ok(Self { packed, places: from.column_of(count)?, wards: from.column_of(count)? })
    }
}

/// Up to seven letters and digits as one number.
pub(crate) fn pack(postcode: &Postcode) -> u64 {
    postcode.as_str().bytes().filter(|b| *b != b' ').fold(0, |packed, b| (packed << 8) | u64::from(b))
}

impl Atlas {
    /// What is known of a postcode; `None` when no loaded directory has it.
    pub fn postcode(&self, postcode: &Postcode) -> Option<PostcodePlace> {
        self.postcodes.get(postcode)
    }

    /// How many postcodes there are.
    pub fn postcode_count(&self) -> usize {
        self.postcodes.len()
    }
}
