//! Rows on their way in: streamed into temporary tables of the connection that imports. The database forgets them when
//! that connection ends, however it ends.

use super::cells::{CopyRows, HasNul};
use super::connection::Connection;
use super::error::from_postgres;
use super::wait::wait;
use crate::money::rows::{POPULATION, POPULATION_WIDTH, SPEND, SPEND_WIDTH, put_population, put_spend};
use crate::rows::{
    ASSET, ASSET_WIDTH, LOCALITY, LOCALITY_WIDTH, POSTCODE, POSTCODE_WIDTH, Put, put_asset, put_locality,
    put_postcode,
};
use crate::{Staged, StoreError};
use bytes::Bytes;
use futures_util::SinkExt;
use model::{
    Asset, AssetId, Fingerprint, LocalityRecord, PopulationRecord, Postcode, PostcodeRecord, SpendRecord,
};
use std::pin::Pin;
use tokio_postgres::CopyInSink;

const STAGING: &str = "staging rows";

/// The temporary tables of one connection, and the row that is being written.
pub struct Stage {
    pub connection: Connection,
    streaming: Option<(Table, Pin<Box<CopyInSink<Bytes>>>)>,
    seq: u64,
}

/// A table of staged rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    Asset,
    Area,
    Postcode,
    Spend,
    Population,
}

impl Table {
    pub fn name(self) -> &'static str {
        match self {
            Self::Asset => "stage_asset",
            Self::Area => "stage_area",
            Self::Postcode => "stage_postcode",
            Self::Spend => "stage_spend",
            Self::Population => "stage_population",
        }
    }

    pub fn width(self) -> usize {
        match self {
            Self::Asset => 9 + ASSET_WIDTH,
            Self::Area => 7 + LOCALITY_WIDTH,
            Self::Postcode => 5 + POSTCODE_WIDTH,
            Self::Spend => 10 + SPEND_WIDTH,
            Self::Population => 4 + POPULATION_WIDTH,
        }
    }
}

/// What a row brings along when it comes from another store; `None` in an import, which stamps all of its rows alike.
pub type Stamped = Option<Stamp>;

/// The stamp on a row that was published.
#[derive(Debug, Clone, Copy)]
pub struct Stamp {
    pub run: u64,
    pub revision: u64,
}

/// What a line of public money brings along when it comes from another store.
#[derive(Debug, Clone, Copy, Default)]
pub struct OfAnotherStore {
    /// The import that withdrew it, if one did.
    pub withdrawn: Option<u64>,
    /// Its number.
    pub number: Option<u64>,
    /// The part of its month to which it belongs.
    pub part: Option<u64>,
}

impl Stage {
    /// Makes the tables, with the types of those that the rows will go to.
    pub fn begin(connection: Connection) -> Result<Self, StoreError> {
        let stamp = "NULL::bigint AS run, NULL::bigint AS revision";
        connection.batch(
            &format!(
                "SET statement_timeout = 0; SET temp_buffers = '64MB'; SET work_mem = '128MB';
                 CREATE TEMP TABLE stage_asset AS
                   SELECT 0::bigint AS seq, id, ''::text AS visibility, ''::text AS correspondence, line,
                          fingerprint, '{{}}'::json AS raw, {stamp}, {ASSET}
                   FROM assetmap.assets WITH NO DATA;
                 CREATE TEMP TABLE differs (seq bigint); -- decided assets whose source says something else than before
                 CREATE TEMP TABLE stage_area AS
                   SELECT 0::bigint AS seq, id, line, fingerprint, '{{}}'::json AS raw, {stamp}, {LOCALITY}
                   FROM assetmap.localities WITH NO DATA;
                 CREATE TEMP TABLE stage_postcode AS
                   SELECT source, 0::bigint AS line, fingerprint, {stamp}, {POSTCODE}
                   FROM assetmap.postcodes WITH NO DATA;
                 CREATE TEMP TABLE stage_spend AS
                   SELECT 0::bigint AS seq, id, line, fingerprint, '{{}}'::json AS raw, {stamp}, withdrawn, fid AS number, part, {SPEND}
                   FROM assetmap.spend WITH NO DATA;
                 CREATE TEMP TABLE stage_population AS
                   SELECT 0::bigint AS line, fingerprint, {stamp}, {POPULATION}
                   FROM assetmap.populations WITH NO DATA;"
            ),
            "making room for new rows",
        )?;
        Ok(Self { connection, streaming: None, seq: 0 })
    }

    /// Stages assets, in this order.
    pub fn assets<'a>(
        &mut self,
        assets: impl IntoIterator<Item = (&'a Staged<Asset>, Stamped)>,
    ) -> Result<(), StoreError> {
        let mut rows = CopyRows::of(Table::Asset.width());
        for (row, stamp) in assets {
            let (asset, id) = (&row.value.record, row.value.id);
            self.write(&mut rows, row.line, |rows, seq| {
                rows.whole(seq);
                rows.id(id);
                rows.text(Some(asset.visibility.as_str()))?;
                rows.text(asset.correspondence.as_ref().map(Postcode::as_str))?;
                rows.whole(row.line);
                rows.fingerprint(row.fingerprint);
                rows.text(Some(&row.raw))?;
                put_stamp(rows, stamp);
                put_asset(rows, asset, row.value.located)
            })?;
        }
        self.send(Table::Asset, rows)
    }

    /// Stages areas, in this order.
    pub fn areas<'a>(
        &mut self,
        areas: impl IntoIterator<Item = (&'a Staged<LocalityRecord>, Stamped)>,
    ) -> Result<(), StoreError> {
        let mut rows = CopyRows::of(Table::Area.width());
        for (row, stamp) in areas {
            self.write(&mut rows, row.line, |rows, seq| {
                rows.whole(seq);
                rows.id(AssetId::of(&row.value.source, &row.value.key));
                rows.whole(row.line);
                rows.fingerprint(row.fingerprint);
                rows.text(Some(&row.raw))?;
                put_stamp(rows, stamp);
                put_locality(rows, &row.value)
            })?;
        }
        self.send(Table::Area, rows)
    }

    /// Stages what a directory says of postcodes.
    pub fn postcodes<'a>(
        &mut self,
        source: &str,
        postcodes: impl IntoIterator<Item = (&'a Staged<PostcodeRecord>, Stamped)>,
    ) -> Result<(), StoreError> {
        let mut rows = CopyRows::of(Table::Postcode.width());
        for (row, stamp) in postcodes {
            self.write(&mut rows, row.line, |rows, _| {
                rows.text(Some(source))?;
                rows.whole(row.line);
                rows.fingerprint(row.fingerprint);
                put_stamp(rows, stamp);
                put_postcode(rows, &row.value)
            })?;
        }
        self.send(Table::Postcode, rows)
    }

    /// Stages lines of public money.
    pub fn spend<'a>(
        &mut self,
        lines: impl IntoIterator<Item = (&'a Staged<SpendRecord>, Stamped, OfAnotherStore)>,
    ) -> Result<(), StoreError> {
        let mut rows = CopyRows::of(Table::Spend.width());
        for (row, stamp, known) in lines {
            self.write(&mut rows, row.line, |rows, seq| {
                rows.whole(seq);
                rows.id(AssetId::of(&row.value.source, &row.value.key));
                rows.whole(row.line);
                rows.fingerprint(row.fingerprint);
                rows.text(Some(&row.raw))?;
                put_stamp(rows, stamp);
                for cell in [known.withdrawn, known.number, known.part] {
                    match cell {
                        Some(cell) => rows.whole(cell),
                        None => rows.null(),
                    }
                }
                put_spend(rows, &row.value)
            })?;
        }
        self.send(Table::Spend, rows)
    }

    /// Stages how many people live in areas.
    pub fn populations<'a>(
        &mut self,
        people: impl IntoIterator<Item = (u64, Fingerprint, &'a PopulationRecord, Stamped)>,
    ) -> Result<(), StoreError> {
        let mut rows = CopyRows::of(Table::Population.width());
        for (line, fingerprint, record, stamp) in people {
            self.write(&mut rows, line, |rows, _| {
                rows.whole(line);
                rows.fingerprint(fingerprint);
                put_stamp(rows, stamp);
                put_population(rows, record)
            })?;
        }
        self.send(Table::Population, rows)
    }

    fn write(
        &mut self,
        rows: &mut CopyRows,
        line: u64,
        write: impl FnOnce(&mut CopyRows, u64) -> Result<(), HasNul>,
    ) -> Result<(), StoreError> {
        self.seq += 1;
        rows.start_row();
        let bad = |HasNul| StoreError::BadRow { line, why: "it holds the character NUL; take it out".into() };
        write(rows, self.seq).map_err(bad)
    }

    /// Sends rows while the database is still busy with those before: a stream stays open until rows of another
    /// kind come.
    fn send(&mut self, table: Table, rows: CopyRows) -> Result<(), StoreError> {
        if self.streaming.as_ref().is_none_or(|(open, _)| *open != table) {
            self.finish()?;
            let copy = format!("COPY {} FROM STDIN (FORMAT binary)", table.name());
            let sink = wait(self.connection.client.copy_in(&copy)).map_err(|e| self.failed(&e))?;
            self.streaming = Some((table, Box::pin(sink)));
            self.push(CopyRows::HEAD.to_vec())?;
        }
        self.push(rows.into_bytes())
    }

    fn push(&mut self, bytes: Vec<u8>) -> Result<(), StoreError> {
        let Some((_, sink)) = &mut self.streaming else { return Ok(()) };
        let sent = wait(sink.send(bytes.into()));
        sent.map_err(|e| self.failed(&e))
    }

    /// Ends the stream; all that was sent is in the tables then.
    pub fn finish(&mut self) -> Result<(), StoreError> {
        self.push(CopyRows::END.to_vec())?;
        let Some((_, mut sink)) = self.streaming.take() else { return Ok(()) };
        wait(sink.as_mut().finish()).map(drop).map_err(|e| self.failed(&e))
    }

    fn failed(&self, error: &tokio_postgres::Error) -> StoreError {
        from_postgres(STAGING, &self.connection.place, error)
    }
}

fn put_stamp(rows: &mut CopyRows, stamp: Stamped) {
    match stamp {
        Some(Stamp { run, revision }) => {
            rows.whole(run);
            rows.whole(revision);
        }
        None => {
            rows.null();
            rows.null();
        }
    }
}
