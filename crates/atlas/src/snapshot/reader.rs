use super::Plain;
use std::io::{Error, ErrorKind, Read, Result};

/// Reads columns. No length is believed that is longer than what is left.
pub(crate) struct Reader<'a> {
    from: &'a mut dyn Read,
    left: u64,
    buffer: Vec<u8>,
}

/// So many cells are read at once.
const CELLS: usize = 8 << 10;

/// What is said of bytes that are not a snapshot's.
pub(crate) fn bad(why: &str) -> Error {
    Error::new(ErrorKind::InvalidData, why)
}

impl<'a> Reader<'a> {
    pub fn new(from: &'a mut dyn Read, length: u64) -> Self {
        Self { from, left: length, buffer: Vec::new() }
    }

    fn take_off(&mut self, count: usize, width: usize) -> Result<()> {
        let bytes = (count as u64).checked_mul(width as u64);
        self.left =
            bytes.and_then(|bytes| self.left.checked_sub(bytes)).ok_or_else(|| bad("it ends too early"))?;
        Ok(())
    }

    pub fn number(&mut self) -> Result<usize> {
        self.take_off(1, 8)?;
        let mut bytes = [0; 8];
        self.from.read_exact(&mut bytes)?;
        usize::try_from(u64::from_le_bytes(bytes)).map_err(|_| bad("a number is too large"))
    }

    pub fn bytes(&mut self) -> Result<Vec<u8>> {
        let length = self.number()?;
        self.take_off(length, 1)?;
        let mut bytes = vec![0; length];
        self.from.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    pub fn column<P: Plain>(&mut self) -> Result<Vec<P>> {
        let count = self.number()?;
        self.take_off(count, P::WIDTH)?;
        let mut cells = Vec::with_capacity(count);
        while cells.len() < count {
            self.buffer.resize(CELLS.min(count - cells.len()) * P::WIDTH, 0);
            self.from.read_exact(&mut self.buffer)?;
            for cell in self.buffer.chunks_exact(P::WIDTH) {
                cells.push(P::take(cell).ok_or_else(|| bad("a value is none"))?);
            }
        }
        Ok(cells)
    }

    /// A column with so many cells.
    pub fn column_of<P: Plain>(&mut self, count: usize) -> Result<Vec<P>> {
        let cells = self.column()?;
        if cells.len() == count { Ok(cells) } else { Err(bad("a column is too short or too long")) }
    }

    pub fn texts(&mut self) -> Result<Vec<String>> {
        let lists = self.lists::<u8>()?;
        lists.into_iter().map(|text| String::from_utf8(text).map_err(|_| bad("a text is none"))).collect()
    }

    pub fn lists<P: Plain>(&mut self) -> Result<Vec<Vec<P>>> {
        let ends: Vec<u64> = self.column()?;
        let all: Vec<P> = self.column()?;
        let mut from = 0;
        ends.into_iter()
            .map(|end| {
                let list = all.get(from..end as usize).ok_or_else(|| bad("a list does not end"))?;
                from = end as usize;
                Ok(list.to_vec())
            })
            .collect()
    }

    /// Nothing may be left.
    pub fn end(self) -> Result<()> {
        if self.left == 0 { Ok(()) } else { Err(bad("it goes on where it should end")) }
    }
}
