//! Waits for publications on a connection of its own, which the database wakes. Being woken only makes it quick: the
//! revision itself is read before each wait and once a second, so that a lost word loses nothing.

use super::connection::Connection;
use super::pool::Pool;
use super::read;
use crate::{Revision, StoreError};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long to believe that nothing was published because nothing was heard.
const LOOK: Duration = Duration::from_secs(1);

/// The connection on which a store listens: made when somebody first waits, and anew when the database has been away.
#[derive(Default)]
pub struct Listener(Mutex<Option<Arc<Listening>>>);

struct Listening {
    connection: Connection,
    heard: Arc<Heard>,
}

/// What was heard on a connection so far.
#[derive(Default)]
pub struct Heard {
    state: Mutex<State>,
    news: Condvar,
}

#[derive(Default)]
struct State {
    times: u64,
    ended: bool,
}

impl Heard {
    /// A notification has come.
    pub fn again(&self) {
        lock(&self.state).times += 1;
        self.news.notify_all();
    }

    /// No more will come.
    pub fn end(&self) {
        lock(&self.state).ended = true;
        self.news.notify_all();
    }

    fn times(&self) -> u64 {
        lock(&self.state).times
    }

    fn has_ended(&self) -> bool {
        lock(&self.state).ended
    }

    /// Sleeps until more was heard than so many times, or nothing more can be.
    fn wait_for_more(&self, times: u64, at_most: Duration) {
        let nothing_new = |state: &mut State| state.times == times && !state.ended;
        let _ = self.news.wait_timeout_while(lock(&self.state), at_most, nothing_new);
    }
}

impl Listener {
    pub fn wait_for_change(
        &self,
        pool: &Pool,
        after: Revision,
        at_most: Duration,
    ) -> Result<Revision, StoreError> {
        let start = Instant::now();
        loop {
            let listening = self.listening(pool)?;
            // Noted before the revision is read, so that what is published in between ends the wait.
            let times = listening.heard.times();
            let revision = read::revision(&listening.connection).inspect_err(|_| self.forget())?;
            let left = at_most.saturating_sub(start.elapsed());
            if revision != after || left.is_zero() {
                return Ok(revision);
            }
            listening.heard.wait_for_more(times, left.min(LOOK));
        }
    }

    fn listening(&self, pool: &Pool) -> Result<Arc<Listening>, StoreError> {
        let mut kept = lock(&self.0);
        if let Some(listening) = kept.as_ref().filter(|listening| !listening.heard.has_ended()) {
            return Ok(listening.clone());
        }
        *kept = None;
        let heard = Arc::<Heard>::default();
        let connection = pool.connect_hearing(heard.clone())?;
        match connection.batch("LISTEN assetmap", "asking to be told of changes") {
            // A standby tells nobody; there the looks must do.
            Ok(()) | Err(StoreError::Forbidden { .. }) => {}
            Err(error) => return Err(error),
        }
        Ok(kept.insert(Arc::new(Listening { connection, heard })).clone())
    }

    /// After an error nobody knows what state the connection is in.
    fn forget(&self) {
        *lock(&self.0) = None;
    }
}

impl std::fmt::Debug for Listener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Listener")
    }
}

/// What is behind the locks is whole between any two statements.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
