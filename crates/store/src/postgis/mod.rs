//! The store's shared home: a PostgreSQL database with PostGIS.
//!
//! - [`address`], [`tls`]: where it is and how to get in. [`connection`], [`wait`], [`pool`]: asking it from any thread.
//!   [`error`]: what it refuses. [`locks`]: who writes. [`migrate`]: its schema.
//! - [`stage`], [`import`]: rows on their way in. [`compare`]: what of them is new. [`publish`], [`put`]: makes them the
//!   truth. [`indexes`]: many at once. [`relocate`]: new positions after new postcodes.
//! - [`edit`]: what a person decides. [`overlay`]: what an import does to what was decided. [`standing`]: one asset, with
//!   what was decided about it and what happened to it.
//! - [`take_out`], [`fill`]: everything, to and from another home.
//! - [`read`]: everything that is asked. [`changes`]: what has changed since a revision; [`listen`]: who waits for it.
//!   [`cells`]: values as the database sends and takes them.
//!
//! **One transaction publishes.** Rows are staged in temporary tables of the connection that imports, which nobody else
//! sees and the database forgets with the connection. Who writes holds an advisory lock of that connection.

mod address;
mod cells;
mod changes;
mod compare;
mod connection;
mod edit;
mod error;
mod fill;
mod import;
mod indexes;
mod listen;
mod locks;
mod migrate;
mod money;
mod overlay;
mod pool;
mod publish;
mod put;
mod read;
mod relocate;
mod stage;
mod standing;
mod take_out;
mod tls;
mod wait;

use crate::{
    Allocation, AssetState, Changes, Edit, Edited, Entry, Fill, Happening, Import, Kept, Locate, Money,
    NewAllocation, Placed, PlacedLine, PoolState, Revision, Run, SpendLine, State, Store, StoreError,
    Weights,
};
use address::Address;
use connection::Connection;
use import::DatabaseImport;
use listen::Listener;
use migrate::Schema;
use model::{AssetId, Postcode, PostcodeRecord, Source};
use pool::Pool;
use std::collections::HashMap;
use std::time::Duration;

/// A store in a PostgreSQL database with PostGIS, for councils with several machines and analysts who ask in SQL. What
/// is public is in the schema `assetmap`, what is not in the schema `sealed`.
///
/// Any number of programs may read at once while one writes. Methods may be called from any thread, also from one
/// that runs asynchronous tasks; they block it. When the database goes away and comes back, the next question
/// is answered again.
#[derive(Debug)]
pub struct PostGis {
    pool: Pool,
    listener: Listener,
}

impl PostGis {
    /// Opens a store at an address such as `postgres://user:password@host:5432/database?sslmode=require`. In a
    /// database without one, and where ours is of an earlier version, makes the schema.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when nobody answers: try again later. When the password is wrong, the database is
    /// missing, has no PostGIS or was written by a newer program.
    pub fn create_or_open(address: &str) -> Result<Self, StoreError> {
        Self::at(address, true)
    }

    /// Opens a store that is there.
    ///
    /// # Errors
    /// As [`create_or_open`](Self::create_or_open), and when the database has none.
    pub fn open(address: &str) -> Result<Self, StoreError> {
        Self::at(address, false)
    }

    fn at(address: &str, create: bool) -> Result<Self, StoreError> {
        let pool = Pool::new(Address::parse(address)?);
        pool.ask(|connection| match migrate::look(connection)? {
            Schema::Current => Ok(()),
            Schema::Missing if !create => Err(StoreError::NotAStore {
                place: connection.place.to_string(),
                why: "nothing has been imported into this database; import something first to make it one"
                    .into(),
            }),
            Schema::Missing | Schema::Older => migrate::apply(connection),
        })?;
        Ok(Self { pool, listener: Listener::default() })
    }

    /// The connection of the one who writes, after waiting for another's import to end.
    fn writer(&self) -> Result<Connection, StoreError> {
        let connection = self.pool.connect()?;
        locks::wait_for(&connection, locks::WRITING)?;
        migrate::check(&connection)?;
        Ok(connection)
    }
}

impl Store for PostGis {
    fn place(&self) -> String {
        self.pool.place().to_owned()
    }

    fn revision(&self) -> Result<Revision, StoreError> {
        self.pool.ask(read::revision)
    }

    fn mark(&self, revision: Revision) -> Result<String, StoreError> {
        self.pool.ask(|connection| read::mark(connection, revision))
    }

    fn begin_import(&self, source: &Source) -> Result<Box<dyn Import + '_>, StoreError> {
        Ok(Box::new(DatabaseImport::begin(self.writer()?, source)?))
    }

    fn postcodes(&self, wanted: &[Postcode]) -> Result<HashMap<Postcode, PostcodeRecord>, StoreError> {
        self.pool.ask(|connection| read::postcodes(connection, wanted))
    }

    fn read_all(&self, visit: &mut dyn FnMut(Entry)) -> Result<Revision, StoreError> {
        self.pool.ask(|connection| read::everything(connection, visit))
    }

    fn relocation_is_due(&self) -> Result<bool, StoreError> {
        self.pool.ask(read::relocation_is_due)
    }

    fn relocate(&self, locate: Locate<'_>) -> Result<u64, StoreError> {
        relocate::relocate(&self.writer()?, locate)
    }

    fn changes(&self, after: Revision, most: usize) -> Result<Changes, StoreError> {
        self.pool.ask(|connection| changes::changes(connection, after, most))
    }

    fn wait_for_change(&self, after: Revision, at_most: Duration) -> Result<Revision, StoreError> {
        self.listener.wait_for_change(&self.pool, after, at_most)
    }

    fn pool(&self) -> Option<PoolState> {
        Some(self.pool.look())
    }

    fn edit(&self, edit: &Edit, locate: Locate<'_>) -> Result<Edited, StoreError> {
        self.pool.ask(|connection| edit::edit(connection, edit, locate))?
    }

    fn asset(&self, id: AssetId) -> Result<Option<AssetState>, StoreError> {
        let found = self.pool.ask(|connection| standing::find(connection, id))?;
        Ok(found.map(|(_, standing)| standing.state()))
    }

    fn history(
        &self,
        id: AssetId,
        before: Option<Revision>,
        limit: usize,
    ) -> Result<Vec<Happening>, StoreError> {
        self.pool.ask(|connection| standing::history(connection, id, before, limit))
    }

    fn runs(&self, before: Option<u64>, limit: usize) -> Result<Vec<Run>, StoreError> {
        self.pool.ask(|connection| read::runs(connection, before, limit))
    }

    fn counts(&self) -> Result<Vec<(String, u64)>, StoreError> {
        self.pool.ask(|connection| read::at_one_moment(connection, read::counts))
    }

    fn money(&self, visit: &mut dyn FnMut(Money)) -> Result<Revision, StoreError> {
        self.pool.ask(|connection| money::money(connection, visit))
    }

    fn money_revision(&self) -> Result<Revision, StoreError> {
        self.pool.ask(money::money_revision)
    }

    fn spend_lines(&self, numbers: &[u64]) -> Result<Vec<SpendLine>, StoreError> {
        self.pool.ask(|connection| money::lines(connection, numbers))
    }

    fn spend_line(&self, id: AssetId) -> Result<Option<(SpendLine, String)>, StoreError> {
        self.pool.ask(|connection| money::line(connection, id))
    }

    fn allocate(
        &self,
        new: &NewAllocation,
        weights: &[Weights],
        placed: &[(u64, Placed)],
    ) -> Result<Allocation, StoreError> {
        money::allocate(&self.writer()?, new, weights, placed)
    }

    fn allocations(&self, before: Option<u64>, limit: usize) -> Result<Vec<Allocation>, StoreError> {
        self.pool.ask(|connection| money::allocations(connection, before, limit))
    }

    fn placements(&self, allocation: u64, visit: &mut dyn FnMut(PlacedLine)) -> Result<(), StoreError> {
        self.pool.ask(|connection| money::placements(connection, allocation, visit))
    }

    fn take_out(&self, visit: &mut dyn FnMut(Kept) -> Result<(), StoreError>) -> Result<State, StoreError> {
        self.pool.ask(|connection| take_out::take_out(connection, visit))
    }

    fn fill(&self) -> Result<Box<dyn Fill + '_>, StoreError> {
        Ok(Box::new(fill::DatabaseFill::begin(self.writer()?)?))
    }
}
