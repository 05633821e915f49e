//! Repeatable chance: the same on every machine, because it is whole numbers and plain arithmetic only.

/// SplitMix64 (Steele, Lea and Flood, 2014).
pub struct Random(u64);

impl Random {
    /// A stream of its own for each purpose, so that one more row in one file leaves the others as they are.
    pub fn named(purpose: &str) -> Self {
        Self(purpose.bytes().fold(0x5745_5843_4F4D_4245, |state, byte| mix(state ^ u64::from(byte))))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// 0 up to, not including, `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// Both ends included.
    pub fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    pub fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// -1 to 1.
    pub fn signed(&mut self) -> f64 {
        unit(self.next()) * 2.0 - 1.0
    }

    /// Mostly near 0, at most 1.5 either way.
    pub fn bell(&mut self) -> f64 {
        (self.signed() + self.signed() + self.signed()) / 2.0
    }

    pub fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// -1 to 1, fixed for a place and a purpose.
pub fn at(x: i64, y: i64, salt: u64) -> f64 {
    unit(mix(mix(mix(salt) ^ x.cast_unsigned()) ^ y.cast_unsigned())) * 2.0 - 1.0
}

/// A smooth surface between -1 and 1, whose hills are about `scale` metres apart.
pub fn hills(x: f64, y: f64, scale: f64, salt: u64) -> f64 {
    let (column, row) = ((x / scale).floor(), (y / scale).floor());
    let smooth = |t: f64| t * t * (3.0 - 2.0 * t);
    let (u, v) = (smooth(x / scale - column), smooth(y / scale - row));
    let corner = |dx: i64, dy: i64| at(column as i64 + dx, row as i64 + dy, salt);
    let south = corner(0, 0) * (1.0 - u) + corner(1, 0) * u;
    let north = corner(0, 1) * (1.0 - u) + corner(1, 1) * u;
    south * (1.0 - v) + north * v
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

fn unit(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}
