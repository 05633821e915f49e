use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::sync::{Arc, Mutex};

/// No file unpacks to more than this.
const MOST_UNPACKED: u64 = 8 << 30;

/// A file that is read once, while its bytes are counted and hashed. One that gzip packed is unpacked on the way.
pub(super) struct Input {
    length: u64,
    reading: Arc<Mutex<Reading>>,
}

struct Reading {
    file: Box<dyn Read + Send>,
    hash: Sha256,
    bytes: u64,
}

impl Input {
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let metadata = file.metadata()?;
        if metadata.is_dir() {
            return Err(io::Error::new(
                io::ErrorKind::IsADirectory,
                "this is a folder: name the files in it",
            ));
        }
        Ok(Self::of(Box::new(BufReader::with_capacity(1 << 16, file)), metadata.len()))
    }

    /// What a reader gives, of a known length.
    pub fn of(file: Box<dyn Read + Send>, length: u64) -> Self {
        let reading = Reading { file, hash: Sha256::new(), bytes: 0 };
        Self { length, reading: Arc::new(Mutex::new(reading)) }
    }

    /// The content, unpacked.
    pub fn reader(&self) -> Box<dyn Read + Send> {
        let mut raw = Hashing(self.reading.clone());
        let mut magic = [0; 2];
        let mut known = 0;
        while known < 2 {
            match raw.read(&mut magic[known..]) {
                Ok(0) => break,
                Ok(n) => known += n,
                Err(error) => return Box::new(Failing(Some(error))),
            }
        }
        let whole = io::Cursor::new(magic[..known].to_vec()).chain(raw);
        if magic == [0x1f, 0x8b] {
            Box::new(Limited { inner: MultiGzDecoder::new(whole), left: MOST_UNPACKED })
        } else {
            Box::new(whole)
        }
    }

    /// How long the file is.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// How much of it was read.
    pub fn bytes_read(&self) -> u64 {
        self.reading.lock().expect("one thread reads").bytes
    }

    /// SHA-256 of the whole file, in hexadecimal; reads what is left.
    pub fn sha256(&self) -> io::Result<String> {
        io::copy(&mut Hashing(self.reading.clone()), &mut io::sink())?;
        let hash = self.reading.lock().expect("one thread reads").hash.clone().finalize();
        Ok(hex(&hash))
    }
}

/// In hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

struct Hashing(Arc<Mutex<Reading>>);

impl Read for Hashing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut reading = self.0.lock().expect("one thread reads");
        let n = reading.file.read(buffer)?;
        reading.hash.update(&buffer[..n]);
        reading.bytes += n as u64;
        Ok(n)
    }
}

/// Fails rather than unpack without end.
struct Limited<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(n as u64).ok_or_else(|| {
            io::Error::other(format!("it unpacks to more than {} GiB", MOST_UNPACKED >> 30))
        })?;
        Ok(n)
    }
}

struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}
