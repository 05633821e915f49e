//! Cells as PostgreSQL sends and takes them, in binary.

use crate::StoreError;
use crate::rows::{Put, Take};
use crate::wkb::{self, Flavour};
use geo_types::MultiPolygon;
use model::{AssetId, Fingerprint, Position};
use std::error::Error;
use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, Type};

/// A text that PostgreSQL cannot hold: it has the character NUL in it.
#[derive(Debug)]
pub struct HasNul;

/// Rows on their way into a `COPY … FROM STDIN (FORMAT binary)`.
pub struct CopyRows {
    bytes: Vec<u8>,
    columns: i16,
}

impl CopyRows {
    /// Rows of so many columns.
    pub fn of(columns: usize) -> Self {
        Self { bytes: Vec::new(), columns: columns as i16 }
    }

    /// What comes before the first row.
    pub const HEAD: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";

    /// What comes after the last row.
    pub const END: &[u8] = &(-1i16).to_be_bytes();

    pub fn start_row(&mut self) {
        self.bytes.extend(self.columns.to_be_bytes());
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    pub fn whole(&mut self, number: u64) {
        self.cell(&(number as i64).to_be_bytes());
    }

    pub fn id(&mut self, id: AssetId) {
        self.cell(&id.as_u128().to_be_bytes());
    }

    pub fn fingerprint(&mut self, fingerprint: Fingerprint) {
        self.cell(&fingerprint.0);
    }

    fn cell(&mut self, value: &[u8]) {
        self.bytes.extend((value.len() as i32).to_be_bytes());
        self.bytes.extend(value);
    }

    pub fn null(&mut self) {
        self.bytes.extend((-1i32).to_be_bytes());
    }

    fn cell_of(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        let at = self.bytes.len();
        self.null();
        write(&mut self.bytes);
        let length = (self.bytes.len() - at - 4) as i32;
        self.bytes[at..at + 4].copy_from_slice(&length.to_be_bytes());
    }
}

const TEXT_OID: i32 = 25;

impl Put for CopyRows {
    type Error = HasNul;

    fn text(&mut self, text: Option<&str>) -> Result<(), HasNul> {
        match text {
            None => self.null(),
            Some(text) if text.contains('\0') => return Err(HasNul),
            Some(text) => self.cell(text.as_bytes()),
        }
        Ok(())
    }

    fn list<'a>(&mut self, items: impl IntoIterator<Item = &'a str>) -> Result<(), HasNul> {
        let items: Vec<&str> = items.into_iter().collect();
        if items.iter().any(|item| item.contains('\0')) {
            return Err(HasNul);
        }
        self.cell_of(|bytes| {
            let dimensions = i32::from(!items.is_empty());
            for number in [dimensions, 0, TEXT_OID] {
                bytes.extend(number.to_be_bytes());
            }
            if !items.is_empty() {
                bytes.extend((items.len() as i32).to_be_bytes());
                bytes.extend(1i32.to_be_bytes());
            }
            for item in items {
                bytes.extend((item.len() as i32).to_be_bytes());
                bytes.extend(item.as_bytes());
            }
        });
        Ok(())
    }

    fn json(&mut self, json: Option<String>) -> Result<(), HasNul> {
        match json {
            None => self.null(),
            // jsonb takes every character but this one
            Some(json) if json.contains("\\u0000") => return Err(HasNul),
            Some(json) => self.cell_of(|bytes| {
                bytes.push(1); // the version of jsonb's binary form
                bytes.extend(json.as_bytes());
            }),
        }
        Ok(())
    }

    fn number(&mut self, number: u16) -> Result<(), HasNul> {
        self.cell(&i32::from(number).to_be_bytes());
        Ok(())
    }

    fn integer(&mut self, number: i64) -> Result<(), HasNul> {
        self.cell(&number.to_be_bytes());
        Ok(())
    }

    fn degrees(&mut self, degrees: Option<f64>) -> Result<(), HasNul> {
        match degrees {
            None => self.null(),
            Some(degrees) => self.cell(&degrees.to_be_bytes()),
        }
        Ok(())
    }

    fn flag(&mut self, flag: bool) -> Result<(), HasNul> {
        self.cell(&[u8::from(flag)]);
        Ok(())
    }

    fn point(&mut self, position: Option<Position>) -> Result<(), HasNul> {
        match position {
            None => self.null(),
            Some(position) => self.cell_of(|bytes| wkb::put_point(bytes, Flavour::Extended, position)),
        }
        Ok(())
    }

    fn shape(&mut self, shape: &MultiPolygon<f64>) -> Result<(), HasNul> {
        self.cell_of(|bytes| wkb::put_multi_polygon(bytes, Flavour::Extended, shape));
        Ok(())
    }
}

/// The cells of a row, one after another.
pub struct Cells<'a> {
    row: &'a Row,
    at: usize,
}

impl<'a> Cells<'a> {
    /// From the first cell on.
    pub fn of(row: &'a Row) -> Self {
        Self { row, at: 0 }
    }

    /// The next cell.
    pub fn value<T: FromSql<'a>>(&mut self) -> Result<T, StoreError> {
        self.at += 1;
        self.row.try_get(self.at - 1).map_err(|e| StoreError::unreadable("value", &e.to_string()))
    }

    pub fn whole(&mut self) -> Result<u64, StoreError> {
        let number: i64 = self.value()?;
        u64::try_from(number).map_err(|_| StoreError::unreadable("count", &number.to_string()))
    }

    pub fn id(&mut self) -> Result<AssetId, StoreError> {
        self.value::<Id>().map(|id| id.0)
    }

    pub fn fingerprint(&mut self) -> Result<Fingerprint, StoreError> {
        let bytes: &[u8] = self.value()?;
        bytes.try_into().map(Fingerprint).map_err(|_| StoreError::unreadable("fingerprint", "bytes"))
    }
}

impl Take for Cells<'_> {
    fn text(&mut self) -> Result<Option<&str>, StoreError> {
        Ok(self.value::<Option<Text<'_>>>()?.map(|text| text.0))
    }

    fn number(&mut self) -> Result<u16, StoreError> {
        let number: i32 = self.value()?;
        u16::try_from(number).map_err(|_| StoreError::unreadable("number", &number.to_string()))
    }

    fn integer(&mut self) -> Result<i64, StoreError> {
        self.value()
    }

    fn degrees(&mut self) -> Result<Option<f64>, StoreError> {
        self.value()
    }

    fn flag_if_any(&mut self) -> Result<Option<bool>, StoreError> {
        self.value()
    }

    fn point(&mut self) -> Result<Option<Position>, StoreError> {
        let read = |b: Ewkb<'_>| {
            wkb::take_point(b.0, Flavour::Extended).ok_or_else(|| StoreError::unreadable("point", "geom"))
        };
        self.value::<Option<Ewkb<'_>>>()?.map(read).transpose()
    }

    fn shape(&mut self) -> Result<MultiPolygon<f64>, StoreError> {
        let bytes: Ewkb<'_> = self.value()?;
        wkb::take_multi_polygon(bytes.0, Flavour::Extended)
            .ok_or_else(|| StoreError::unreadable("boundary", "geom"))
    }

    fn list<T>(&mut self, what: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, StoreError> {
        let items: Vec<&str> = self.value()?;
        items.into_iter().map(|item| parse(item).ok_or_else(|| StoreError::unreadable(what, item))).collect()
    }
}

/// A text, or a document as text.
struct Text<'a>(&'a str);

impl<'a> FromSql<'a> for Text<'a> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        let raw = if *ty == Type::JSONB { raw.get(1..).unwrap_or_default() } else { raw };
        Ok(Self(std::str::from_utf8(raw)?))
    }

    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::TEXT | Type::JSON | Type::JSONB)
    }
}

/// A geometry in PostGIS's extended well-known binary.
struct Ewkb<'a>(&'a [u8]);

impl<'a> FromSql<'a> for Ewkb<'a> {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(raw))
    }

    fn accepts(ty: &Type) -> bool {
        ty.name() == "geometry"
    }
}

struct Id(AssetId);

impl<'a> FromSql<'a> for Id {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(AssetId::from_u128(u128::from_be_bytes(raw.try_into()?))))
    }

    fn accepts(ty: &Type) -> bool {
        *ty == Type::UUID
    }
}
