//! Several directories may hold one postcode: which of them answers.

use crate::StoreError;
use model::PostcodeRecord;

/// Whether a directory says more of a postcode than one whose id sorts before it.
pub fn knows_more(next: &PostcodeRecord, known: &PostcodeRecord) -> bool {
    let rank = |p: &PostcodeRecord| (p.ward.is_some(), p.position.is_some());
    rank(next) > rank(known)
}

/// Of records in the order of postcode, then source, passes on each postcode once, as the directory that knows the
/// most has it.
pub struct Best<V> {
    waiting: Option<PostcodeRecord>,
    visit: V,
}

impl<V: FnMut(PostcodeRecord) -> Result<(), StoreError>> Best<V> {
    pub fn new(visit: V) -> Self {
        Self { waiting: None, visit }
    }

    pub fn next(&mut self, next: PostcodeRecord) -> Result<(), StoreError> {
        match &mut self.waiting {
            Some(known) if known.postcode == next.postcode => {
                if knows_more(&next, known) {
                    *known = next;
                }
            }
            waiting => {
                if let Some(done) = waiting.replace(next) {
                    (self.visit)(done)?;
                }
            }
        }
        Ok(())
    }

    /// To be called after the last record.
    pub fn end(mut self) -> Result<(), StoreError> {
        self.waiting.take().map_or(Ok(()), self.visit)
    }
}
