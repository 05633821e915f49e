//! How well each document answers a query, token by token: of several reasons for a token the best counts.

/// What was found of one document.
#[derive(Debug, Clone, Copy, Default)]
pub struct Slot {
    /// The tokens' qualities, each times its weight.
    points: u32,
    /// Which tokens were found, as bits.
    pub tokens: u16,
    /// Which of them in the name.
    pub named: u16,
    /// The best quality of the token at hand.
    best: u8,
    /// Whether it is in the place that the query names, or says so; not only near.
    pub is_here: bool,
}

/// All documents' slots.
pub struct Tally {
    slots: Vec<Slot>,
    touched: Vec<u32>,
    token: usize,
    weight: u32,
    weights: u32,
}

impl Tally {
    /// For so many documents.
    pub fn new(documents: usize) -> Self {
        let slots = vec![Slot::default(); documents];
        Self { slots, touched: Vec::new(), token: 0, weight: 0, weights: 0 }
    }

    /// Goes on to a token; a heavier one counts for more.
    pub fn token(&mut self, token: usize, weight: u32) {
        self.token = token;
        self.weight = weight;
        self.weights += weight;
    }

    /// The token at hand is in a document, so well (0 to 100).
    pub fn offer(&mut self, document: u32, quality: u8, in_name: bool) {
        let slot = &mut self.slots[document as usize];
        let bit = 1 << self.token;
        if slot.tokens == 0 {
            self.touched.push(document);
        }
        if slot.tokens & bit == 0 {
            slot.tokens |= bit;
            slot.best = 0;
        }
        if quality > slot.best {
            slot.points += u32::from(quality - slot.best) * self.weight;
            slot.best = quality;
        }
        if in_name {
            slot.named |= bit;
        }
    }

    /// A document that something was found of is in the place that the query names.
    pub fn here(&mut self, document: u32) {
        self.slots[document as usize].is_here = true;
    }

    /// The documents in which any token was found, with the mean quality, 0 to 100.
    pub fn found(&self) -> impl Iterator<Item = (u32, Slot, f32)> {
        let weights = self.weights.max(1) as f32;
        self.touched.iter().map(move |document| {
            let slot = self.slots[*document as usize];
            (*document, slot, slot.points as f32 / weights)
        })
    }
}
