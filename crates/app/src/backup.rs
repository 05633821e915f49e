use crate::import::hex;
use crate::{Copied, StorePlace, copy_store};
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use store::StoreError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The two files of a store, and what is said of them.
const PUBLIC: &str = "store.gpkg";
const SEALED: &str = "store.sealed";
const MANIFEST: &str = "assetmap-backup.json";

/// Why a backup could not be made or put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file can't be read or written.
    #[error("{file}: {source}")]
    File {
        /// Which.
        file: String,
        /// Why.
        source: io::Error,
    },
    /// The file is no backup, or not as it was made.
    #[error("{file} can't be put back: {why}")]
    Damaged {
        /// Which.
        file: String,
        /// What is wrong with it.
        why: String,
    },
}

/// Writes everything in a store, sealed too, into one new file, as of one moment; the store may be in use. The file
/// holds what is hidden: keep it as the store itself is kept.
///
/// # Errors
/// When the file is there already or can't be written, or the store fails. No half a file is left.
pub fn backup(from: &StorePlace, to: &Path) -> Result<Copied, BackupError> {
    let failed = |source| BackupError::File { file: to.display().to_string(), source };
    if to.exists() {
        return Err(failed(io::Error::new(
            io::ErrorKind::AlreadyExists,
            "this is there already: name a new file",
        )));
    }
    let beside = Beside::new(to).map_err(failed)?;
    let copied = copy_store(from, &StorePlace::File(beside.0.join(PUBLIC)))?;
    let packed = beside.0.join("packed");
    pack(&beside.0, &packed, copied.revision).map_err(failed)?;
    std::fs::rename(&packed, to).map_err(failed)?;
    if let Some(folder) = to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
    }
    Ok(copied)
}

/// Puts a backup into a store that is empty or not there yet.
///
/// # Errors
/// When the file is no backup or is damaged, the store is not empty, or fails. The store is then empty.
pub fn restore(from: &Path, to: &StorePlace) -> Result<Copied, BackupError> {
    let failed = |source| BackupError::File { file: from.display().to_string(), source };
    let damaged = |why: String| BackupError::Damaged { file: from.display().to_string(), why };
    let beside =
        Beside::new(from).or_else(|_| Beside::new(&std::env::temp_dir().join("restore"))).map_err(failed)?;
    let file = File::open(from).map_err(failed)?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| damaged(error.to_string()))?;
    let mut manifest = String::new();
    archive
        .by_name(MANIFEST)
        .map_err(|_| damaged("it was not made by assetmap backup".into()))?
        .read_to_string(&mut manifest)
        .map_err(failed)?;
    let manifest: Manifest = serde_json::from_str(&manifest).map_err(|error| damaged(error.to_string()))?;
    for (name, sha256) in [(PUBLIC, &manifest.gpkg_sha256), (SEALED, &manifest.sealed_sha256)] {
        let mut packed = archive.by_name(name).map_err(|error| damaged(error.to_string()))?;
        let mut out = Hashing::new(private(&beside.0.join(name)).map_err(failed)?);
        io::copy(&mut packed, &mut out).map_err(|error| damaged(error.to_string()))?;
        if out.finish().map_err(failed)? != *sha256 {
            return Err(damaged(format!("{name} in it is not as it was when it was made")));
        }
    }
    Ok(copy_store(&StorePlace::File(beside.0.join(PUBLIC)), to)?)
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Manifest {
    made: String,
    by: String,
    revision: u64,
    gpkg_sha256: String,
    sealed_sha256: String,
}

fn pack(folder: &Path, to: &Path, revision: u64) -> io::Result<()> {
    let mut archive = ZipWriter::new(BufWriter::new(private(to)?));
    let options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true);
    let mut hashes = Vec::new();
    for name in [PUBLIC, SEALED] {
        archive.start_file(name, options)?;
        let mut out = Hashing::new(&mut archive);
        io::copy(&mut File::open(folder.join(name))?, &mut out)?;
        hashes.push(out.finish()?);
    }
    let [gpkg_sha256, sealed_sha256] = <[String; 2]>::try_from(hashes).expect("two files");
    let manifest = Manifest {
        made: jiff::Timestamp::now().to_string(),
        by: format!("assetmap {}", env!("CARGO_PKG_VERSION")),
        revision,
        gpkg_sha256,
        sealed_sha256,
    };
    archive.start_file(MANIFEST, options)?;
    serde_json::to_writer(&mut archive, &manifest)?;
    let file = archive.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()
}

/// A folder beside a file, for this user alone; gone when dropped.
struct Beside(PathBuf);

impl Beside {
    fn new(file: &Path) -> io::Result<Self> {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let folder = file.with_file_name(format!(".{name}.{}", std::process::id()));
        let mut builder = std::fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A new file for this user alone.
fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// What is written through it is hashed.
struct Hashing<W> {
    inner: W,
    hash: Sha256,
}

impl<W: Write> Hashing<W> {
    fn new(inner: W) -> Self {
        Self { inner, hash: Sha256::new() }
    }

    fn finish(mut self) -> io::Result<String> {
        self.inner.flush()?;
        Ok(hex(&self.hash.finalize()))
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.inner.write(bytes)?;
        self.hash.update(&bytes[..n]);
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
