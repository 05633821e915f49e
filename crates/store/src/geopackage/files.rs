//! The files of a store and the lock of its one writer.
//!
//! Nothing here opens the GeoPackage or its twin with anything but SQLite: closing such a file would drop the locks
//! that SQLite holds on it in the same process.

use crate::StoreError;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How often to look whether another has finished: it may be a short edit, one of many.
const POLL: Duration = Duration::from_millis(2);

/// Where the parts of one store are: `assetmap.gpkg` and, beside it, its sealed twin and what an import needs.
#[derive(Debug, Clone)]
pub struct Files {
    /// The GeoPackage.
    pub public: PathBuf,
    /// `assetmap.sealed`: its sealed twin.
    pub sealed: PathBuf,
    /// `assetmap.staging`: rows on their way in; there only while an import runs.
    pub staging: PathBuf,
    /// `assetmap.lock`: empty; who holds a lock on it may write.
    lock: PathBuf,
}

impl Files {
    /// # Errors
    /// When the name is one that a store needs for its other files, or its folder is not there.
    pub fn of(path: &Path) -> Result<Self, StoreError> {
        let refuse =
            |why: &str| StoreError::NotAStore { place: path.display().to_string(), why: why.to_owned() };
        let public = std::path::absolute(path).map_err(StoreError::io("finding the current folder"))?;
        let extension = public.extension().and_then(|e| e.to_str()).unwrap_or_default();
        if ["sealed", "staging", "lock", "snapshot"].contains(&extension) {
            return Err(refuse(
                "a store needs this name for its own use; name its GeoPackage, such as assetmap.gpkg",
            ));
        }
        if public.is_dir() {
            return Err(refuse("it is a folder; name a file in it, such as assetmap.gpkg"));
        }
        if !public.parent().is_some_and(Path::is_dir) {
            return Err(refuse("its folder does not exist; make the folder first"));
        }
        let beside = |extension| public.with_extension(extension);
        Ok(Self { sealed: beside("sealed"), staging: beside("staging"), lock: beside("lock"), public })
    }

    /// The right to write, for as long as the answer lives; waits for it a while.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when another holds it all the while.
    pub fn lock(&self, patience: Duration) -> Result<Lock, StoreError> {
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&self.lock)
            .map_err(StoreError::io(format!("opening {}", self.lock.display())))?;
        let start = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Lock { _file: file }),
                Err(TryLockError::WouldBlock) if start.elapsed() < patience => {
                    std::thread::sleep(POLL);
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(StoreError::Busy { place: self.public.display().to_string() });
                }
                Err(TryLockError::Error(e)) => {
                    return Err(StoreError::io(format!("locking {}", self.lock.display()))(e));
                }
            }
        }
    }
}

/// The right to write. The operating system takes it back when the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Whether there is a file with something in it.
pub fn has_content(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|m| m.len() > 0)
}

/// Makes an empty file that only this user can read, unless there is one; an existing one is closed to others.
pub fn make_private(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    make_with(&mut options, path)?;
    close_to_others(path);
    Ok(())
}

/// Makes an empty file, unless there is one.
pub fn make(path: &Path) -> Result<(), StoreError> {
    make_with(&mut OpenOptions::new(), path)
}

fn make_with(options: &mut OpenOptions, path: &Path) -> Result<(), StoreError> {
    match options.write(true).create_new(true).open(path) {
        Err(e) if e.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(StoreError::io(format!("making {}", path.display()))(e))
        }
        _ => Ok(()),
    }
}

/// As far as this user may: a file that belongs to someone else stays as it is.
#[cfg(unix)]
fn close_to_others(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    if std::fs::metadata(path).is_ok_and(|m| m.permissions().mode() & 0o077 != 0) {
        let _ = std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600));
    }
}

#[cfg(not(unix))]
fn close_to_others(_path: &Path) {}

/// Removes a file, which may be gone already.
pub fn remove(path: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::io(format!("removing {}", path.display()))(e))
        }
        _ => Ok(()),
    }
}
