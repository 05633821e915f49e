//! A quick hash for short words. The tables live only while an index is built, from public data.

use std::hash::{BuildHasherDefault, Hasher};

/// For a `HashMap`.
pub type Tables = BuildHasherDefault<Quick>;

/// Multiply and rotate, eight bytes at a time.
#[derive(Default)]
pub struct Quick(u64);

impl Quick {
    fn mix(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(23) ^ n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(8) {
            let mut eight = [0; 8];
            eight[..part.len()].copy_from_slice(part);
            self.mix(u64::from_le_bytes(eight));
        }
    }

    fn write_u32(&mut self, n: u32) {
        self.mix(u64::from(n));
    }

    fn write_u8(&mut self, n: u8) {
        self.mix(u64::from(n));
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}
