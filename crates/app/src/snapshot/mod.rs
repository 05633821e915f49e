//! **A fast start**: the atlas as it was, in a file beside the store.
//!
//! The file is a help and never the truth. It is used only when this very program wrote it, for this store with this past,
//! and every byte is as it was; else it is put aside and the store is read. It holds only what was public at its revision:
//! before a change that takes something away is answered, the file is removed.

mod blocks;
mod file;

use atlas::Atlas;
use file::Head;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use store::{Store, StoreError};

/// Where the snapshot of a store is kept, if anywhere.
pub struct Snapshot {
    path: PathBuf,
    state: Mutex<State>,
}

struct State {
    /// Whether what is on disk is of the atlas that was last built whole.
    is_there: bool,
    /// How often the file was removed: what is being written meanwhile is of no use.
    removed: u64,
    /// When the atlas last changed, or writing last failed.
    changed: Option<Instant>,
    /// Whether it could not be written once.
    has_failed: bool,
}

/// How often the file had been removed.
pub(crate) struct Ticket(u64);

/// After a change the file is written anew when so long nothing else has changed.
const QUIET: Duration = Duration::from_secs(60);

impl Snapshot {
    /// The snapshot in a file.
    pub fn new(path: PathBuf) -> Self {
        let state = State { is_there: false, removed: 0, changed: None, has_failed: false };
        let snapshot = Self { path, state: Mutex::new(state) };
        snapshot.sweep();
        snapshot
    }

    /// Whose the file is, if it is of this store.
    ///
    /// # Errors
    /// Why it can't be used.
    pub(crate) fn look(&self, store: &dyn Store) -> io::Result<Head> {
        let head = file::head(&self.path)?;
        let failed = |error: StoreError| io::Error::other(error.to_string());
        if head.revision > store.revision().map_err(failed)?
            || head.mark != store.mark(head.revision).map_err(failed)?
        {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "it is not of this store as it is now"));
        }
        Ok(head)
    }

    /// The atlas in the file.
    ///
    /// # Errors
    /// Why it can't be used.
    pub(crate) fn read(&self, head: &Head) -> io::Result<Atlas> {
        let atlas = file::read(&self.path, head)?;
        self.state().is_there = true;
        Ok(atlas)
    }

    /// To be taken before it is looked whether an atlas may be written: what is removed later counts.
    pub(crate) fn ticket(&self) -> Ticket {
        Ticket(self.state().removed)
    }

    /// Writes the file anew, unless it was removed since the ticket was taken. What can't be written is tried again later;
    /// what was there before stays.
    pub(crate) fn write(&self, ticket: Ticket, atlas: &Atlas, store: &dyn Store) {
        let beside = self.beside(&std::process::id().to_string());
        let written = remove(&beside)
            .and_then(|()| store.mark(atlas.revision()).map_err(|error| io::Error::other(error.to_string())))
            .and_then(|mark| file::write(&beside, atlas, mark))
            .and_then(|()| {
                let mut state = self.state();
                if state.removed == ticket.0 {
                    std::fs::rename(&beside, &self.path)?;
                    state.is_there = true;
                }
                Ok(())
            });
        let _ = remove(&beside);
        match written {
            Ok(()) => tracing::debug!(revision = atlas.revision(), "the snapshot is written"),
            // Once is enough where nothing can be written.
            Err(error) if self.state().has_failed => {
                tracing::debug!(%error, "the snapshot can't be written again");
                self.changed();
            }
            Err(error) => {
                self.state().has_failed = true;
                tracing::warn!(%error, file = %self.path.display(), "the snapshot can't be written; the next start takes longer");
                self.changed();
            }
        }
    }

    /// Removes the file, for something in it is not public any more.
    pub(crate) fn remove(&self) {
        let mut state = self.state();
        state.removed += 1;
        state.is_there = false;
        if let Err(error) = remove(&self.path) {
            tracing::error!(%error, file = %self.path.display(), "this file holds what is not public any more; remove it");
        }
        drop(state);
        self.sweep();
    }

    /// Notes that the atlas has changed.
    pub(crate) fn changed(&self) {
        self.state().changed = Some(Instant::now());
    }

    /// Whether there is none, and things have been quiet for a while, or never changed.
    pub(crate) fn is_due(&self) -> bool {
        let state = self.state();
        !state.is_there && state.changed.is_none_or(|at| at.elapsed() >= QUIET)
    }

    pub(crate) fn is_there(&self) -> bool {
        self.state().is_there
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The name of a file that is being written.
    fn beside(&self, who: &str) -> PathBuf {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        self.path.with_file_name(format!("{name}.new-{who}"))
    }

    /// Removes what was being written when a program was killed.
    fn sweep(&self) {
        let beside = self.beside("");
        let prefix = beside.file_name().unwrap_or_default().to_string_lossy();
        let folder =
            beside.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(&*prefix) {
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }

    /// Removes the snapshot of a store in which something may have gone, for those who do not answer from it.
    ///
    /// # Errors
    /// When it is there and can't be removed.
    pub fn forget(path: &Path) -> io::Result<()> {
        remove(path)
    }
}

/// Removes a file, which may be gone already.
fn remove(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
