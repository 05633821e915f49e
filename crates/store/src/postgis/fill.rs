//! An empty database that is filled from another home: staged as an import is, but with the stamps that its rows bring
//! along.

use super::compare::compare;
use super::connection::Connection;
use super::stage::{OfAnotherStore, Stage, Stamp};
use super::{edit, indexes, money, publish, put, read};
use crate::{
    Allocation, Decided, Fill, Happening, Kept, KeptPlacement, KeptPopulation, KeptRow, State, StoreError,
    Weights, copy,
};
use model::{Asset, AssetId, Fingerprint, LocalityRecord, PostcodeRecord, Source, SpendRecord};

const FILLING: &str = "filling the database";

/// How many rows are sent at once.
const BATCH: usize = 5_000;

pub struct DatabaseFill {
    stage: Stage,
    sources: Vec<(Source, u64, u64)>,
    runs: Vec<crate::Run>,
    tombstones: Vec<(String, i64)>,
    decided: Vec<(AssetId, Decided, u64)>,
    happenings: Vec<(AssetId, Happening)>,
    keys: Vec<(String, Fingerprint, String, i64)>,
    lines: Vec<(KeptRow<SpendRecord>, OfAnotherStore)>,
    people: Vec<KeptPopulation>,
    allocations: Vec<Allocation>,
    weights: Vec<Weights>,
    placements: Vec<KeptPlacement>,
    areas: Vec<KeptRow<LocalityRecord>>,
    assets: Vec<KeptRow<Asset>>,
    postcodes: Vec<KeptRow<PostcodeRecord>>,
    /// Whose postcodes are waiting.
    directory: String,
}

impl DatabaseFill {
    /// # Errors
    /// When something has been imported already.
    pub fn begin(writer: Connection) -> Result<Self, StoreError> {
        if read::last_run(&writer)? > 0 || read::revision(&writer)? > 0 {
            return Err(copy::not_empty(writer.place.to_string()));
        }
        Ok(Self {
            stage: Stage::begin(writer)?,
            sources: Vec::new(),
            runs: Vec::new(),
            tombstones: Vec::new(),
            decided: Vec::new(),
            happenings: Vec::new(),
            keys: Vec::new(),
            lines: Vec::new(),
            people: Vec::new(),
            allocations: Vec::new(),
            weights: Vec::new(),
            placements: Vec::new(),
            areas: Vec::new(),
            assets: Vec::new(),
            postcodes: Vec::new(),
            directory: String::new(),
        })
    }

    fn send(&mut self, least: usize) -> Result<(), StoreError> {
        if self.areas.len() > least {
            self.stage.areas(self.areas.iter().map(|row| (&row.staged, stamp(row))))?;
            self.areas.clear();
        }
        if self.postcodes.len() > least {
            let rows = self.postcodes.iter().map(|row| (&row.staged, stamp(row)));
            self.stage.postcodes(&self.directory, rows)?;
            self.postcodes.clear();
        }
        if self.assets.len() > least {
            self.stage.assets(self.assets.iter().map(|row| (&row.staged, stamp(row))))?;
            self.assets.clear();
        }
        if self.lines.len() > least {
            let rows = self.lines.iter();
            self.stage.spend(rows.map(|(row, known)| (&row.staged, stamp(row), *known)))?;
            self.lines.clear();
        }
        if self.people.len() > least {
            let stamp = |people: &KeptPopulation| Some(Stamp { run: 0, revision: people.revision });
            let rows = self.people.iter().map(|p| (0, p.fingerprint, &p.record, stamp(p)));
            self.stage.populations(rows)?;
            self.people.clear();
        }
        Ok(())
    }
}

fn stamp<T>(row: &KeptRow<T>) -> Option<Stamp> {
    Some(Stamp { run: row.run, revision: row.revision })
}

impl Fill for DatabaseFill {
    fn put(&mut self, kept: Kept) -> Result<(), StoreError> {
        match kept {
            Kept::Source { source, records, revision } => self.sources.push((source, records, revision)),
            Kept::Run(run) => self.runs.push(run),
            Kept::Area(row) => self.areas.push(*row),
            Kept::Asset(row) => self.assets.push(*row),
            Kept::Tombstone { id, revision } => self.tombstones.push((id.to_string(), revision as i64)),
            Kept::Spend { number, row, withdrawn, part } => {
                self.lines.push((*row, OfAnotherStore { withdrawn, number: Some(number), part }));
            }
            Kept::Population(people) => self.people.push(people),
            Kept::Allocation(past) => self.allocations.push(past),
            Kept::Weights(set) => self.weights.push(set),
            Kept::Placement(placement) => self.placements.push(*placement),
            Kept::Decided { id, decided, revision } => self.decided.push((id, *decided, revision)),
            Kept::Happening { id, happening } => self.happenings.push((id, *happening)),
            Kept::EditKey { key, content, id, revision } => {
                self.keys.push((key, content, id.to_string(), revision as i64));
            }
            Kept::Postcode { source, row } => {
                if source != self.directory {
                    self.send(0)?;
                    self.directory = source;
                }
                self.postcodes.push(row);
            }
        }
        self.send(BATCH)
    }

    fn finish(mut self: Box<Self>, state: State) -> Result<(), StoreError> {
        self.send(0)?;
        self.stage.finish()?;
        let connection = &self.stage.connection;
        let changes = compare(connection)?;
        connection.batch(publish::BEGIN, FILLING)?;
        for (source, records, revision) in &self.sources {
            put::source(connection, source, *records as i64, Some(*revision))?;
        }
        self.runs.iter().try_for_each(|run| put::run(connection, run))?;
        publish::all(connection, changes, 0, state.revision)?;
        for (id, revision) in &self.tombstones {
            let sql = "INSERT INTO assetmap.tombstones VALUES ($1::text::uuid, $2)";
            connection.execute(sql, &[id, revision], FILLING)?;
        }
        self.allocations.iter().try_for_each(|past| money::insert_allocation(connection, past))?;
        self.weights.iter().try_for_each(|set| money::insert_weights(connection, set))?;
        money::put_placements(connection, &self.placements)?;
        for (id, decided, revision) in &self.decided {
            edit::put_decided(connection, *id, decided, *revision)?;
        }
        self.happenings.chunks(BATCH).try_for_each(|some| edit::put_happenings(connection, some))?;
        for (key, Fingerprint(content), id, revision) in &self.keys {
            let sql = "INSERT INTO sealed.edit_keys VALUES ($1, $2, $3::text::uuid, $4)";
            connection.execute(sql, &[key, &&content[..], id, revision], FILLING)?;
        }
        let due = "UPDATE assetmap.store SET relocation_due = $1";
        connection.execute(due, &[&state.relocation_due], FILLING)?;
        publish::revision(connection, state.revision)?;
        publish::places_changed(connection)?;
        connection.batch("UPDATE assetmap.store SET money_revision = revision", FILLING)?;
        connection.batch("COMMIT", FILLING)?;
        indexes::keep_planner_informed(connection, changes);
        Ok(())
    }
}
