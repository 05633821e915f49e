//! A shortlist: places that someone ticked, in their order, as they stand in an address.

use atlas::{AssetIx, Atlas};
use model::AssetId;

/// More are no shortlist, and an address has an end.
const MOST: usize = 40;

/// Ids in the order of the shortlist, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Picks(Vec<AssetId>);

impl Picks {
    /// Of ids, each once.
    pub fn of(ids: impl IntoIterator<Item = AssetId>) -> Self {
        Self(ids.into_iter().collect())
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn contains(&self, id: AssetId) -> bool {
        self.0.contains(&id)
    }

    pub fn iter(&self) -> impl Iterator<Item = AssetId> + '_ {
        self.0.iter().copied()
    }

    /// Adds the ids of a text with commas; gives what is no id.
    pub fn read(&mut self, text: &str) -> Result<(), String> {
        for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
            let id = parse(word).ok_or_else(|| {
                format!("“{}” on the shortlist is no place’s id.", word.chars().take(40).collect::<String>())
            })?;
            if self.contains(id) {
                continue;
            }
            if self.len() == MOST {
                return Err(format!("A shortlist holds {MOST} places. The others are left out."));
            }
            self.0.push(id);
        }
        Ok(())
    }

    /// In the order of a former shortlist; what that has not comes behind.
    pub fn in_order_of(&mut self, before: &Self) {
        self.0.sort_by_key(|id| before.0.iter().position(|other| other == id).unwrap_or(usize::MAX));
    }

    /// The text for an address.
    pub fn words(&self) -> String {
        self.iter().map(short).collect::<Vec<_>>().join(",")
    }

    /// Without one.
    pub fn without(&self, id: AssetId) -> Self {
        Self(self.iter().filter(|other| *other != id).collect())
    }

    /// With two neighbours in each other's place, from the first one's place; nothing changes at the end.
    pub fn swapped(&self, first: usize) -> Self {
        let mut ids = self.0.clone();
        if first + 1 < ids.len() {
            ids.swap(first, first + 1);
        }
        Self(ids)
    }

    /// Those that are loaded.
    pub fn assets(&self, atlas: &Atlas) -> Vec<AssetIx> {
        self.iter().filter_map(|id| atlas.asset(id)).collect()
    }
}

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// An id in 25 letters and digits at most: no case to lose and nothing that breaks a link in a message.
pub(super) fn short(id: AssetId) -> String {
    let mut rest = id.as_u128();
    let mut out = Vec::new();
    loop {
        out.push(DIGITS[(rest % 36) as usize]);
        rest /= 36;
        if rest == 0 {
            break;
        }
    }
    out.iter().rev().map(|digit| char::from(*digit)).collect()
}

/// From the short form or the usual long one.
fn parse(word: &str) -> Option<AssetId> {
    if word.contains('-') || word.len() > 25 {
        return AssetId::parse(word);
    }
    let is_plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_plain {
        return None;
    }
    u128::from_str_radix(word, 36).ok().map(AssetId::from_u128)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picks(text: &str) -> Picks {
        let mut picks = Picks::default();
        let _ = picks.read(text);
        picks
    }

    #[test]
    fn an_id_is_read_again_in_both_forms() {
        for number in [0, 35, 36, u128::MAX, 0x1234_5678_9abc_def0] {
            let id = AssetId::from_u128(number);
            assert_eq!(parse(&short(id)), Some(id));
            assert_eq!(parse(&id.to_string()), Some(id));
        }
        for bad in ["", "+1", "%", "zzzzzzzzzzzzzzzzzzzzzzzzz", "no-id"] {
            assert!(picks(bad).len() == 0, "{bad}");
        }
    }

    #[test]
    fn the_order_is_kept_and_each_is_there_once() {
        let list = picks("a,b,c,b");
        assert_eq!(list.words(), "a,b,c");
        assert_eq!(list.swapped(0).words(), "b,a,c");
        assert_eq!(list.swapped(2).words(), "a,b,c");
        assert_eq!(list.without(AssetId::from_u128(11)).words(), "a,c");
        let mut ticked = picks("a,d,c");
        ticked.in_order_of(&picks("c,b,a"));
        assert_eq!(ticked.words(), "c,a,d");
        assert!(picks("a").read("!").is_err());
        let many: Vec<String> = (1..100).map(|n| short(AssetId::from_u128(n))).collect();
        assert_eq!(picks(&many.join(",")).len(), MOST);
    }
}
