/// Many short texts in few pieces of memory, by number.
#[derive(Default)]
pub(crate) struct Texts {
    pub pieces: Vec<Vec<u8>>,
    /// Where each text starts: the piece in the upper half, the place in it in the lower.
    pub starts: Vec<u64>,
}

impl Texts {
    /// Adds texts that follow one another in a piece of memory, by where each starts.
    pub fn push(&mut self, piece: Vec<u8>, starts: impl Iterator<Item = u32>) {
        let number = self.pieces.len() as u64;
        self.starts.extend(starts.map(|start| number << 32 | u64::from(start)));
        self.pieces.push(piece);
    }

    pub fn get(&self, text: usize) -> &[u8] {
        let start = self.starts[text];
        let piece = &self.pieces[(start >> 32) as usize];
        let next = self.starts.get(text + 1).filter(|next| *next >> 32 == start >> 32);
        &piece[start as u32 as usize..next.map_or(piece.len(), |next| *next as u32 as usize)]
    }
}
