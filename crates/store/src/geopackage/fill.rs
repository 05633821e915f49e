//! An empty store that is filled from another home: two connections, one to each file, and at the end the sealed one
//! commits first.

use super::columns::{bind_stamp, insert};
use super::connection::{Writer, connect};
use super::extent::Extent;
use super::files::Files;
use super::{guard, metadata, money, read};
use crate::error::Doing;
use crate::rows::{
    self, ASSET, ASSET_WIDTH, LOCALITY, LOCALITY_WIDTH, POSTCODE, POSTCODE_WIDTH, SOURCE, SOURCE_WIDTH,
};
use crate::{Fill, Kept, KeptRow, State, StoreError, copy, decide, tally};
use model::{Asset, AssetId, LocalityRecord, Postcode, Visibility};
use rusqlite::{Connection, Params, params};

const FILLING: &str = "filling the store";

pub struct FileFill {
    // in the order in which they are to be dropped: what was not committed goes first
    public: Connection,
    sealed: Connection,
    writer: Writer,
    assets: Extent,
    areas: Extent,
}

impl FileFill {
    /// # Errors
    /// When something has been imported already.
    pub fn begin(writer: Writer, files: &Files) -> Result<Self, StoreError> {
        let empty = read::revision(&writer.conn)? == 0 && read::runs(&writer.conn, None, 1)?.is_empty();
        if !empty {
            return Err(copy::not_empty(files.public.display().to_string()));
        }
        let (public, sealed) = (connect(&files.public)?, connect(&files.sealed)?);
        for conn in [&public, &sealed] {
            conn.execute_batch("PRAGMA synchronous = FULL; BEGIN IMMEDIATE").doing(FILLING)?;
        }
        guard::open(&public)?;
        Ok(Self { public, sealed, writer, assets: Extent::default(), areas: Extent::default() })
    }

    fn area(&mut self, row: &KeptRow<LocalityRecord>) -> Result<(), StoreError> {
        let (staged, area) = (&row.staged, &row.staged.value);
        insert(
            &self.public,
            "INSERT INTO localities",
            &format!("{LOCALITY}, id, line, fingerprint, run, revision"),
            LOCALITY_WIDTH + 5,
            FILLING,
            |r| {
                rows::put_locality(r, area)?;
                r.bind(AssetId::of(&area.source, &area.key).to_string())?;
                bind_stamp(r, row)
            },
        )?;
        let fid = self.public.last_insert_rowid();
        for corner in area.boundary.iter().flat_map(|p| &p.exterior().0) {
            self.areas.add(corner.x, corner.y);
        }
        self.raw("localities", fid, row.run, staged.line, row.revision, &staged.raw)
    }

    fn asset(&mut self, row: &KeptRow<Asset>) -> Result<(), StoreError> {
        let (staged, asset) = (&row.staged, &row.staged.value);
        let record = &asset.record;
        if record.visibility != Visibility::Public {
            let columns =
                format!("{ASSET}, id, line, fingerprint, run, revision, visibility, correspondence, raw");
            return insert(
                &self.sealed,
                "INSERT INTO sealed_assets",
                &columns,
                ASSET_WIDTH + 8,
                FILLING,
                |r| {
                    rows::put_asset(r, record, asset.located)?;
                    r.bind(asset.id.to_string())?;
                    bind_stamp(r, row)?;
                    r.bind(record.visibility.as_str())?;
                    r.bind(record.correspondence.as_ref().map(Postcode::as_str))?;
                    r.bind(&staged.raw)
                },
            );
        }
        insert(
            &self.public,
            "INSERT INTO assets",
            &format!("{ASSET}, id, line, fingerprint, run, revision"),
            ASSET_WIDTH + 5,
            FILLING,
            |r| {
                rows::put_asset(r, record, asset.located)?;
                r.bind(asset.id.to_string())?;
                bind_stamp(r, row)
            },
        )?;
        let fid = self.public.last_insert_rowid();
        if let Some(located) = asset.located {
            self.assets.add(located.position.lon(), located.position.lat());
        }
        if let Some(postcode) = &record.correspondence {
            let sql = "INSERT INTO sealed_correspondence (fid, revision, postcode) VALUES (?1, ?2, ?3)";
            run(&self.sealed, sql, params![fid, row.revision, postcode.as_str()])?;
        }
        self.raw("assets", fid, row.run, staged.line, row.revision, &staged.raw)
    }

    fn raw(
        &self,
        layer: &str,
        fid: i64,
        run_number: u64,
        line: u64,
        revision: u64,
        raw: &str,
    ) -> Result<(), StoreError> {
        let sql =
            "INSERT INTO sealed_raw (layer, fid, run, line, revision, raw) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        run(&self.sealed, sql, params![layer, fid, run_number, line, revision, raw])
    }
}

impl Fill for FileFill {
    fn put(&mut self, kept: Kept) -> Result<(), StoreError> {
        match kept {
            Kept::Area(row) => self.area(&row),
            Kept::Asset(row) => self.asset(&row),
            Kept::Source { source, records, revision } => {
                let columns = format!("{SOURCE}, records, revision");
                insert(&self.public, "INSERT INTO sources", &columns, SOURCE_WIDTH + 2, FILLING, |r| {
                    rows::put_source(r, &source)?;
                    r.bind(records)?;
                    r.bind(revision)
                })
            }
            Kept::Run(past) => super::publish::insert_run(&self.public, &past),
            Kept::Postcode { source, row } => {
                let columns = format!("{POSTCODE}, source, fingerprint, revision");
                insert(&self.public, "INSERT INTO postcodes", &columns, POSTCODE_WIDTH + 3, FILLING, |r| {
                    rows::put_postcode(r, &row.staged.value)?;
                    r.bind(&source)?;
                    r.bind(row.staged.fingerprint.0)?;
                    r.bind(row.revision)
                })
            }
            Kept::Tombstone { id, revision } => {
                let sql = "INSERT INTO tombstones (id, revision) VALUES (?1, ?2)";
                run(&self.public, sql, params![id.to_string(), revision])
            }
            Kept::Spend { number, row, withdrawn, part } => {
                money::put_line(&self.public, number, &row, withdrawn, part)?;
                let staged = &row.staged;
                self.raw("spend", number as i64, row.run, staged.line, row.revision, &staged.raw)
            }
            Kept::Population(people) => money::put_people(&self.public, &people),
            Kept::Allocation(past) => money::insert_allocation(&self.public, &past),
            Kept::Weights(set) => money::insert_weights(&self.public, &set),
            Kept::Placement(placement) => money::put_placement(&self.public, &placement),
            Kept::Decided { id, decided, revision } => {
                let sql = "INSERT INTO sealed_decided (id, decided, revision) VALUES (?1, ?2, ?3)";
                run(&self.sealed, sql, params![id.to_string(), decide::to_json(&decided), revision])
            }
            Kept::Happening { id, happening } => {
                let sql = "INSERT INTO sealed_history (id, revision, happening) VALUES (?1, ?2, ?3)";
                let json = decide::to_json(&happening);
                run(&self.sealed, sql, params![id.to_string(), happening.revision, json])
            }
            Kept::EditKey { key, content, id, revision } => {
                let sql = "INSERT INTO sealed_edit_keys VALUES (?1, ?2, ?3, ?4)";
                run(&self.sealed, sql, params![key, content.0, id.to_string(), revision])
            }
        }
    }

    fn finish(self: Box<Self>, state: State) -> Result<(), StoreError> {
        let Self { public, sealed, writer, assets, areas } = *self;
        run(&sealed, "UPDATE sealed_store SET revision = ?1", [state.revision])?;
        let sql = "UPDATE assetmap_store SET revision = ?1, places_revision = ?1, money_revision = ?1,
                                                     relocation_due = ?2";
        run(&public, sql, params![state.revision, state.relocation_due])?;
        metadata::set_extent(&public, "assets", assets)?;
        metadata::set_extent(&public, "localities", areas)?;
        let now = tally::now();
        for table in
            ["sources", "runs", "assets", "localities", "postcodes", "spend", "populations", "allocations"]
        {
            metadata::touch(&public, table, &now)?;
        }
        guard::close(&public)?;
        sealed.execute_batch("COMMIT").doing(FILLING)?;
        public.execute_batch("COMMIT").doing(FILLING)?;
        drop((public, sealed));
        writer.tidy_up();
        Ok(())
    }
}

fn run(conn: &Connection, sql: &str, params: impl Params) -> Result<(), StoreError> {
    conn.prepare_cached(sql).and_then(|mut statement| statement.execute(params)).doing(FILLING).map(drop)
}
