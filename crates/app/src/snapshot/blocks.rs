//! Bytes in blocks, each with its checksum behind it: nothing of a block is handed on before the checksum is right.

use std::fs::File;
use std::io::{self, BufRead, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// How many bytes a block holds; the last of a section fewer.
pub const BLOCK: usize = 256 << 10;
const CHECKSUM: usize = 4;

/// The checksum also knows the file and the place in it, so that no block of another file or place counts.
fn checksum(file: u64, at: u64, bytes: &[u8]) -> [u8; CHECKSUM] {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&file.to_le_bytes());
    hasher.update(&at.to_le_bytes());
    hasher.update(bytes);
    hasher.finalize().to_le_bytes()
}

/// Writes a section.
pub struct BlockWriter<'a, W: Write> {
    to: &'a mut W,
    file: u64,
    /// How far into the file what was written reaches.
    pub at: u64,
    /// How many bytes the section has, without checksums.
    pub length: u64,
    block: Vec<u8>,
}

impl<'a, W: Write> BlockWriter<'a, W> {
    pub fn new(to: &'a mut W, file: u64, at: u64) -> Self {
        Self { to, file, at, length: 0, block: Vec::with_capacity(BLOCK) }
    }

    fn end_block(&mut self) -> io::Result<()> {
        if !self.block.is_empty() {
            self.to.write_all(&self.block)?;
            self.to.write_all(&checksum(self.file, self.at, &self.block))?;
            self.at += (self.block.len() + CHECKSUM) as u64;
            self.block.clear();
        }
        Ok(())
    }
}

impl<W: Write> Write for BlockWriter<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(BLOCK - self.block.len());
        self.block.extend_from_slice(&bytes[..taken]);
        self.length += taken as u64;
        if self.block.len() == BLOCK {
            self.end_block()?;
        }
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.end_block()
    }
}

/// Reads a section.
pub struct BlockReader {
    from: File,
    file: u64,
    at: u64,
    left: u64,
    block: Vec<u8>,
    /// How much of the block was handed on.
    given: usize,
}

impl BlockReader {
    /// The section of so many bytes that starts there.
    pub fn open(path: &Path, file: u64, at: u64, length: u64) -> io::Result<Self> {
        let mut from = File::open(path)?;
        from.seek(SeekFrom::Start(at))?;
        Ok(Self { from, file, at, left: length, block: Vec::new(), given: 0 })
    }

    fn next_block(&mut self) -> io::Result<()> {
        let length = self.left.min(BLOCK as u64) as usize;
        self.given = 0;
        self.block.resize(length + CHECKSUM, 0);
        let read = self.from.read_exact(&mut self.block);
        let is_right = read.is_ok() && {
            let (bytes, sum) = self.block.split_at(length);
            checksum(self.file, self.at, bytes) == sum
        };
        if !is_right {
            self.block.clear();
            read?;
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a checksum is wrong"));
        }
        self.block.truncate(length);
        self.at += (length + CHECKSUM) as u64;
        self.left -= length as u64;
        Ok(())
    }
}

impl BufRead for BlockReader {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.given == self.block.len() && self.left > 0 {
            self.next_block()?;
        }
        Ok(&self.block[self.given..])
    }

    fn consume(&mut self, count: usize) {
        self.given += count;
    }
}

impl Read for BlockReader {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(to)?;
        self.consume(count);
        Ok(count)
    }
}
