//! Locks that all programs on one database share. The database takes them back when a connection ends, however it
//! ends.

use super::connection::Connection;
use crate::StoreError;
use std::time::{Duration, Instant};

const DOING: &str = "waiting for others who write";

/// The letters "asse".
const OURS: i32 = 0x6173_7365;

/// Held while the schema is changed.
pub const MIGRATING: i32 = 1;

/// Held by the one who writes.
pub const WRITING: i32 = 2;

/// How long to wait for another to finish before giving up.
const PATIENCE: Duration = Duration::from_secs(3);

/// # Errors
/// [`StoreError::Busy`] when another holds it all the while.
pub fn take(connection: &Connection, lock: i32) -> Result<(), StoreError> {
    let start = Instant::now();
    let try_it = "SELECT pg_try_advisory_lock($1, $2)";
    while !connection.one(try_it, &[&OURS, &lock], DOING)?.get::<_, bool>(0) {
        if start.elapsed() > PATIENCE {
            return Err(StoreError::Busy { place: connection.place.to_string() });
        }
        std::thread::sleep(Duration::from_millis(25));
    }
    Ok(())
}

/// As [`take`], in the order in which they ask, so that nobody is passed over while many write for a moment each.
///
/// # Errors
/// [`StoreError::Busy`] when others hold it all the while.
pub fn wait_for(connection: &Connection, lock: i32) -> Result<(), StoreError> {
    let patience = PATIENCE.as_millis();
    let wait = format!(
        "SET lock_timeout = {patience}; SELECT pg_advisory_lock({OURS}, {lock}); SET lock_timeout = '10s'"
    );
    connection.batch(&wait, DOING)
}

pub fn give_back(connection: &Connection, lock: i32) -> Result<(), StoreError> {
    connection.one("SELECT pg_advisory_unlock($1, $2)", &[&OURS, &lock], DOING).map(drop)
}
