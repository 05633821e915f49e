use model::{Days, Position};
use std::io::{Result, Write};

/// Writes columns.
pub(crate) struct Writer<'a> {
    to: &'a mut dyn Write,
    buffer: Vec<u8>,
}

/// So many cells are written at once.
const CELLS: usize = 8 << 10;

impl<'a> Writer<'a> {
    pub fn new(to: &'a mut dyn Write) -> Self {
        Self { to, buffer: Vec::new() }
    }

    pub fn number(&mut self, number: usize) -> Result<()> {
        self.to.write_all(&(number as u64).to_le_bytes())
    }

    pub fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        self.number(bytes.len())?;
        self.to.write_all(bytes)
    }

    /// A column: how many cells, then the cells.
    pub fn column<P: Plain>(&mut self, cells: &[P]) -> Result<()> {
        self.number(cells.len())?;
        for some in cells.chunks(CELLS) {
            self.buffer.clear();
            some.iter().for_each(|cell| cell.put(&mut self.buffer));
            self.to.write_all(&self.buffer)?;
        }
        Ok(())
    }

    /// Texts: where each ends, then all of them.
    pub fn texts<'t>(&mut self, texts: impl Iterator<Item = &'t [u8]>) -> Result<()> {
        let (mut ends, mut all) = (Vec::<u64>::new(), Vec::new());
        for text in texts {
            all.extend_from_slice(text);
            ends.push(all.len() as u64);
        }
        self.column(&ends)?;
        self.bytes(&all)
    }

    /// Lists: where each ends, then all of them.
    pub fn lists<P: Plain>(
        &mut self,
        lists: impl Iterator<Item = impl IntoIterator<Item = P>>,
    ) -> Result<()> {
        let (mut ends, mut all) = (Vec::<u64>::new(), Vec::new());
        for list in lists {
            all.extend(list);
            ends.push(all.len() as u64);
        }
        self.column(&ends)?;
        self.column(&all)
    }
}

/// A cell of a column, always as long.
pub(crate) trait Plain: Copy {
    const WIDTH: usize;
    fn put(self, to: &mut Vec<u8>);
    fn take(from: &[u8]) -> Option<Self>;
}

macro_rules! plain {
    ($($number:ty),*) => {$(
        impl Plain for $number {
            const WIDTH: usize = size_of::<$number>();

            fn put(self, to: &mut Vec<u8>) {
                to.extend_from_slice(&self.to_le_bytes());
            }

            fn take(from: &[u8]) -> Option<Self> {
                from.try_into().ok().map(Self::from_le_bytes)
            }
        }
    )*};
}

plain!(u8, u16, u32, u64, u128, i32, f64);

impl<P: Plain> Plain for (P, P) {
    const WIDTH: usize = 2 * P::WIDTH;

    fn put(self, to: &mut Vec<u8>) {
        self.0.put(to);
        self.1.put(to);
    }

    fn take(from: &[u8]) -> Option<Self> {
        let (first, second) = from.split_at_checked(P::WIDTH)?;
        Some((P::take(first)?, P::take(second)?))
    }
}

impl Plain for Days {
    const WIDTH: usize = 8;

    fn put(self, to: &mut Vec<u8>) {
        (self.first, self.last).put(to);
    }

    fn take(from: &[u8]) -> Option<Self> {
        <(i32, i32)>::take(from).map(|(first, last)| Self { first, last })
    }
}

impl Plain for Position {
    const WIDTH: usize = 16;

    fn put(self, to: &mut Vec<u8>) {
        (self.lon(), self.lat()).put(to);
    }

    fn take(from: &[u8]) -> Option<Self> {
        let (lon, lat) = <(f64, f64)>::take(from)?;
        Self::new(lon, lat).ok()
    }
}
