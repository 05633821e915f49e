//! Cells as SQLite keeps them. A list is one text, joined by commas; a comma within an item is written `%2C`.

use super::blob;
use crate::error::Doing;
use crate::rows::{Put, Take};
use crate::{KeptRow, StoreError};
use geo_types::MultiPolygon;
use model::Position;
use rusqlite::{Connection, Row, Statement, ToSql};
use std::borrow::Cow;

/// Gives a statement its values, one after another.
pub struct Binder<'a, 'conn> {
    statement: &'a mut Statement<'conn>,
    at: usize,
}

impl<'a, 'conn> Binder<'a, 'conn> {
    pub fn new(statement: &'a mut Statement<'conn>) -> Self {
        Self { statement, at: 0 }
    }

    /// The next value.
    pub fn bind(&mut self, value: impl ToSql) -> rusqlite::Result<()> {
        self.at += 1;
        self.statement.raw_bind_parameter(self.at, value)
    }

    /// Runs the statement once all of its values are given.
    pub fn execute(self) -> rusqlite::Result<usize> {
        self.statement.raw_execute()
    }
}

impl Put for Binder<'_, '_> {
    type Error = rusqlite::Error;

    fn text(&mut self, text: Option<&str>) -> rusqlite::Result<()> {
        self.bind(text)
    }

    fn list<'a>(&mut self, items: impl IntoIterator<Item = &'a str>) -> rusqlite::Result<()> {
        self.bind(join(items))
    }

    fn json(&mut self, json: Option<String>) -> rusqlite::Result<()> {
        self.bind(json)
    }

    fn number(&mut self, number: u16) -> rusqlite::Result<()> {
        self.bind(number)
    }

    fn integer(&mut self, number: i64) -> rusqlite::Result<()> {
        self.bind(number)
    }

    fn degrees(&mut self, degrees: Option<f64>) -> rusqlite::Result<()> {
        self.bind(degrees)
    }

    fn flag(&mut self, flag: bool) -> rusqlite::Result<()> {
        self.bind(flag)
    }

    fn point(&mut self, position: Option<Position>) -> rusqlite::Result<()> {
        self.bind(position.map(blob::point))
    }

    fn shape(&mut self, shape: &MultiPolygon<f64>) -> rusqlite::Result<()> {
        self.bind(blob::multi_polygon(shape))
    }
}

/// A list as one text; `None` when it is empty.
fn join<'a>(items: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let mut list = String::new();
    for item in items {
        if !list.is_empty() {
            list.push(',');
        }
        match item.contains([',', '%']) {
            true => list.push_str(&item.replace('%', "%25").replace(',', "%2C")),
            false => list.push_str(item),
        }
    }
    (!list.is_empty()).then_some(list)
}

/// An item of a list as it was before [`join`].
fn plain(item: &str) -> Cow<'_, str> {
    match item.contains('%') {
        true => item.replace("%2C", ",").replace("%25", "%").into(),
        false => item.into(),
    }
}

/// Puts a row of so many values into a table: `insert(conn, "INSERT INTO main.assets", "fid, id", 2, …)`.
pub fn insert(
    conn: &Connection,
    into: &str,
    columns: &str,
    width: usize,
    doing: &'static str,
    bind: impl FnOnce(&mut Binder<'_, '_>) -> rusqlite::Result<()>,
) -> Result<(), StoreError> {
    let sql = format!("{into} ({columns}) VALUES (?{})", ", ?".repeat(width - 1));
    let mut statement = conn.prepare_cached(&sql).doing(doing)?;
    let mut binder = Binder::new(&mut statement);
    bind(&mut binder).and_then(|()| binder.execute()).doing(doing).map(drop)
}

/// Line, fingerprint, run and revision.
pub fn bind_stamp<T>(row: &mut Binder<'_, '_>, kept: &KeptRow<T>) -> rusqlite::Result<()> {
    row.bind(kept.staged.line)?;
    row.bind(kept.staged.fingerprint.0)?;
    row.bind(kept.run)?;
    row.bind(kept.revision)
}

/// The cells of a row, one after another.
pub struct Cells<'a> {
    row: &'a Row<'a>,
    at: usize,
}

impl<'a> Cells<'a> {
    /// From the first cell on.
    pub fn of(row: &'a Row<'a>) -> Self {
        Self { row, at: 0 }
    }

    fn next(&mut self) -> Result<rusqlite::types::ValueRef<'a>, StoreError> {
        let cell = self.row.get_ref(self.at).map_err(|e| StoreError::unreadable("row", &e.to_string()))?;
        self.at += 1;
        Ok(cell)
    }

    fn str(&mut self) -> Result<Option<&'a str>, StoreError> {
        self.next()?.as_str_or_null().map_err(|e| StoreError::unreadable("text", &e.to_string()))
    }

    fn blob(&mut self) -> Result<Option<&'a [u8]>, StoreError> {
        self.next()?.as_blob_or_null().map_err(|e| StoreError::unreadable("geometry", &e.to_string()))
    }

    fn value<N: rusqlite::types::FromSql>(&mut self) -> Result<N, StoreError> {
        let cell = self.next()?;
        N::column_result(cell).map_err(|e| StoreError::unreadable("number", &e.to_string()))
    }
}

impl Take for Cells<'_> {
    fn text(&mut self) -> Result<Option<&str>, StoreError> {
        self.str()
    }

    fn number(&mut self) -> Result<u16, StoreError> {
        self.value()
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
        let read = |b| blob::read_point(b).ok_or_else(|| StoreError::unreadable("point", "geom"));
        self.blob()?.map(read).transpose()
    }

    fn shape(&mut self) -> Result<MultiPolygon<f64>, StoreError> {
        self.blob()?
            .and_then(blob::read_multi_polygon)
            .ok_or_else(|| StoreError::unreadable("boundary", "geom"))
    }

    fn list<T>(&mut self, what: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, StoreError> {
        let items = self.str()?.into_iter().flat_map(|list| list.split(','));
        items.map(|item| parse(&plain(item)).ok_or_else(|| StoreError::unreadable(what, item))).collect()
    }
}
