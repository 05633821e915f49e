//! A few connections for questions, kept for the next one.

use super::address::Address;
use super::connection::Connection;
use super::listen::Heard;
use crate::{PoolState, StoreError};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How many questions are asked at once.
const MOST: usize = 8;

/// How long a question waits for others to end.
const PATIENCE: Duration = Duration::from_secs(2);

/// The connections of one store. One that broke, because the database was restarted, is thrown away when it is
/// next wanted, so that the pool heals by itself.
pub struct Pool {
    address: Address,
    state: Mutex<State>,
    freed: Condvar,
}

#[derive(Default)]
struct State {
    idle: Vec<Connection>,
    in_use: usize,
    waiting: usize,
    waited: Duration,
    gave_up: u64,
}

/// A place among the connections in use, given back when dropped.
struct Seat<'a>(&'a Pool);

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        self.0.state().in_use -= 1;
        self.0.freed.notify_one();
    }
}

impl Pool {
    pub fn new(address: Address) -> Self {
        Self { address, state: Mutex::default(), freed: Condvar::new() }
    }

    pub fn place(&self) -> &str {
        &self.address.place
    }

    /// How it is now.
    pub fn look(&self) -> PoolState {
        let state = self.state();
        PoolState {
            in_use: state.in_use,
            idle: state.idle.len(),
            most: MOST,
            waiting: state.waiting,
            waited: state.waited,
            gave_up: state.gave_up,
        }
    }

    /// A connection of its own, for one who writes.
    pub fn connect(&self) -> Result<Connection, StoreError> {
        Connection::open(&self.address)
    }

    /// A connection of its own, for one who listens.
    pub fn connect_hearing(&self, heard: Arc<Heard>) -> Result<Connection, StoreError> {
        Connection::hearing(&self.address, heard)
    }

    /// Asks on one of the connections. After an error it is closed, for nobody knows what state it is in.
    pub fn ask<T>(
        &self,
        question: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let _seat = self.seat()?;
        let connection = match self.idle() {
            Some(connection) => connection,
            None => self.connect()?,
        };
        let answer = question(&connection)?;
        self.state().idle.push(connection);
        Ok(answer)
    }

    fn seat(&self) -> Result<Seat<'_>, StoreError> {
        let full = |state: &mut State| state.in_use >= MOST;
        let mut state = self.state();
        if full(&mut state) {
            let start = Instant::now();
            state.waiting += 1;
            let waited = self.freed.wait_timeout_while(state, PATIENCE, full);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
            state.waiting -= 1;
            state.waited += start.elapsed();
        }
        if full(&mut state) {
            state.gave_up += 1;
            return Err(StoreError::Unavailable {
                place: self.place().to_owned(),
                why: format!("all {MOST} connections have been in use for {} seconds", PATIENCE.as_secs()),
            });
        }
        state.in_use += 1;
        Ok(Seat(self))
    }

    /// A connection that was kept and still answers.
    fn idle(&self) -> Option<Connection> {
        loop {
            let kept = self.state().idle.pop()?;
            if kept.is_alive() {
                return Some(kept);
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Pool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.place())
    }
}
