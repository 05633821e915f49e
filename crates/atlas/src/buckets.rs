//! Drafts sorted roughly while they come in, so that no more of their texts lies about twice than a bucket holds.

use crate::drafts::Draft;
use crate::parallel;

/// Longer texts than this are divided.
const FULL: usize = 8 << 20;
/// Into so many parts.
const WAYS: usize = 16;

/// Drafts between two places of the order, each with its text.
#[derive(Default)]
struct Bucket {
    drafts: Vec<Draft>,
    text: Vec<u8>,
}

/// Drafts by [`Draft::order`].
pub(crate) struct Buckets {
    /// Each bucket after the least place that it may hold.
    buckets: Vec<((bool, u64, u128), Bucket)>,
}

impl Default for Buckets {
    fn default() -> Self {
        Self { buckets: vec![((false, 0, 0), Bucket::default())] }
    }
}

impl Buckets {
    pub fn add(&mut self, draft: Draft, text: &[u8]) {
        let order = draft.order();
        let at = self.buckets.partition_point(|(least, _)| *least <= order) - 1;
        let (_, bucket) = &mut self.buckets[at];
        bucket.push(draft, text);
        if bucket.text.len() > FULL && bucket.drafts.len() > 1 {
            let (least, bucket) = std::mem::take(&mut self.buckets[at]);
            let mut parts: Vec<_> =
                bucket.divided().into_iter().map(|part| (part.drafts[0].order(), part)).collect();
            parts[0].0 = least;
            self.buckets.splice(at..=at, parts);
        }
    }

    /// All drafts in order, in runs, each run with its text.
    pub fn sorted(self) -> Vec<(Vec<Draft>, Vec<u8>)> {
        let buckets = self.buckets.into_iter().map(|(_, bucket)| bucket).collect();
        parallel::each(buckets, |bucket: Bucket| {
            let sorted = bucket.sorted();
            (sorted.drafts, sorted.text)
        })
    }
}

impl Bucket {
    fn push(&mut self, mut draft: Draft, text: &[u8]) {
        draft.start = self.text.len() as u32;
        draft.length = text.len() as u32;
        self.text.extend_from_slice(text);
        self.drafts.push(draft);
    }

    fn of(drafts: &[Draft], text: &[u8]) -> Self {
        let length = drafts.iter().map(|draft| draft.length as usize).sum();
        let mut bucket = Self { drafts: Vec::with_capacity(drafts.len()), text: Vec::with_capacity(length) };
        for draft in drafts {
            let start = draft.start as usize;
            bucket.push(draft.clone(), &text[start..start + draft.length as usize]);
        }
        bucket
    }

    fn sorted(mut self) -> Self {
        self.drafts.sort_unstable_by_key(Draft::order);
        Self::of(&self.drafts, &self.text)
    }

    fn divided(mut self) -> Vec<Self> {
        self.drafts.sort_unstable_by_key(Draft::order);
        self.drafts.chunks(self.drafts.len().div_ceil(WAYS)).map(|part| Self::of(part, &self.text)).collect()
    }
}
