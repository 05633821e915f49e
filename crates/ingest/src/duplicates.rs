use model::Fingerprint;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// The keys of a file so far, as hashes: 24 bytes a row.
#[derive(Default)]
pub(crate) struct Keys(HashMap<u64, (u64, u64)>);

/// Whether a key was there before.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    First,
    /// With the same content, so that nothing is lost.
    Repeated,
    /// With other content, in this line.
    Used(u64),
}

impl Keys {
    /// Notes a key, unless it was there before.
    pub fn see(&mut self, key: &str, content: Fingerprint, line: u64) -> Seen {
        let content = first_half(content);
        match self.0.entry(first_half(Fingerprint::of([key.as_bytes()]))) {
            Entry::Vacant(free) => {
                free.insert((content, line));
                Seen::First
            }
            Entry::Occupied(taken) if taken.get().0 == content => Seen::Repeated,
            Entry::Occupied(taken) => Seen::Used(taken.get().1),
        }
    }
}

/// How often each key was there, as hashes.
#[derive(Default)]
pub(crate) struct Repeats(HashMap<u64, u32>);

impl Repeats {
    /// A key with the number of its time behind it, from the second on: whatever the order of the rows, the keys of
    /// a file are the same.
    pub fn number(&mut self, key: &str) -> String {
        let times = self.0.entry(first_half(Fingerprint::of([key.as_bytes()]))).or_default();
        *times += 1;
        if *times == 1 { key.to_owned() } else { format!("{key}-{times}") }
    }
}

fn first_half(fingerprint: Fingerprint) -> u64 {
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&fingerprint.0[..8]);
    u64::from_le_bytes(bytes)
}
