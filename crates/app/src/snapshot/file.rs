//! The file: a head of a fixed length that says whose it is and where its sections lie, then the sections in blocks.

use super::blocks::{BlockReader, BlockWriter};
use atlas::{Atlas, snapshot};
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Read, Seek, Write};
use std::path::Path;
use store::Revision;

const MAGIC: &[u8; 8] = b"assetmap";
/// The head's length, with its checksum and what fills it up.
const HEAD: usize = 4096;
/// Raised when what is in the sections changes.
const FORMAT: u32 = 1;

/// Whose snapshot a file is, and where things are in it.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    format: u32,
    /// The program that wrote it: what it puts into an atlas is its own affair.
    program: String,
    /// The store with its past, as [`store::Store::mark`] tells it.
    pub mark: String,
    pub revision: Revision,
    /// Told apart from all other snapshots by this number.
    file: u64,
    /// How long the whole file is.
    length: u64,
    /// Name, start and length of each section.
    sections: Vec<(String, u64, u64)>,
}

/// This very program: its version, and when and how large its file was made.
fn program() -> String {
    let file = std::env::current_exe().and_then(std::fs::metadata);
    let made = file.as_ref().ok().and_then(|file| file.modified().ok());
    let made =
        made.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok()).map(|since| since.as_nanos());
    format!("{} {:?} {:?}", env!("CARGO_PKG_VERSION"), file.map(|file| file.len()).ok(), made)
}

/// Writes an atlas into a new file that only this user can read. The file is on disk when this returns.
///
/// # Errors
/// When it can't be written; it may be there in part.
pub fn write(path: &Path, atlas: &Atlas, mark: String) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut to = BufWriter::new(options.open(path)?);
    to.write_all(&[0; HEAD])?;
    let file = jiff::Timestamp::now().as_nanosecond() as u64 ^ u64::from(std::process::id()) << 48;
    let mut at = HEAD as u64;
    let mut sections = Vec::new();
    for section in snapshot::SECTIONS {
        let mut blocks = BlockWriter::new(&mut to, file, at);
        section.write(atlas, &mut blocks)?;
        blocks.flush()?;
        sections.push((section.name.to_owned(), at, blocks.length));
        at = blocks.at;
    }
    let revision = atlas.revision();
    let head = Head { format: FORMAT, program: program(), mark, revision, file, length: at, sections };
    let mut to = to.into_inner().map_err(io::IntoInnerError::into_error)?;
    to.rewind()?;
    to.write_all(&head.to_bytes()?)?;
    to.sync_all()
}

/// The head of a file that this very program wrote.
///
/// # Errors
/// When there is no such file, it is damaged or shortened, or another program's.
pub fn head(path: &Path) -> io::Result<Head> {
    let mut file = File::open(path)?;
    let mut bytes = [0; HEAD];
    file.read_exact(&mut bytes)?;
    let head = Head::from_bytes(&bytes).ok_or_else(|| bad("its head is damaged"))?;
    if head.format != FORMAT || head.program != program() {
        return Err(bad("another version of the program wrote it"));
    }
    if file.metadata()?.len() != head.length {
        return Err(bad("it is not as long as it should be"));
    }
    Ok(head)
}

/// The atlas in a file.
///
/// # Errors
/// When it can't be read, or anything in it is not as it was written.
pub fn read(path: &Path, head: &Head) -> io::Result<Atlas> {
    snapshot::read(head.revision, |name| {
        let found = head.sections.iter().find(|(of, ..)| of == name);
        let (_, at, length) = found.ok_or_else(|| bad("a section is missing"))?;
        Ok((BlockReader::open(path, head.file, *at, *length)?, *length))
    })
}

fn bad(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

impl Head {
    /// Magic, length, the head as JSON, nothing, and a checksum over all of it.
    fn to_bytes(&self) -> io::Result<Vec<u8>> {
        let json = serde_json::to_vec(self)?;
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&(json.len() as u32).to_le_bytes());
        bytes.extend_from_slice(&json);
        if bytes.len() > HEAD - 4 {
            return Err(bad("its head is too long"));
        }
        bytes.resize(HEAD - 4, 0);
        let sum = crc32fast::hash(&bytes);
        bytes.extend_from_slice(&sum.to_le_bytes());
        Ok(bytes)
    }

    fn from_bytes(bytes: &[u8; HEAD]) -> Option<Self> {
        let (bytes, sum) = bytes.split_at(HEAD - 4);
        let rest = bytes.strip_prefix(MAGIC)?;
        if crc32fast::hash(bytes).to_le_bytes() != sum {
            return None;
        }
        let (length, rest) = rest.split_at(4);
        let length = u32::from_le_bytes(length.try_into().ok()?) as usize;
        serde_json::from_slice(rest.get(..length)?).ok()
    }
}
