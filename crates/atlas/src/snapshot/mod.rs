//! **An atlas as bytes**, and back: what was built once need not be built again at the next start.
//!
//! An atlas is columns and arenas; here they are numbers in little-endian order, each column after its length. Each noun
//! writes and reads its own part ([`Keep`]); a part is a section of the snapshot, so that sections can be read side by
//! side. What is quickly made again, such as trees over boxes, is not kept. There is no version and no checksum in here:
//! who stores the bytes sees to it that they are those of this very program.
//!
//! To add a section: implement [`Keep`] beside the noun, one line in [`SECTIONS`] and one in [`read`].

mod assets;
mod localities;
mod reader;
mod sources;
mod words;
mod writer;

pub(crate) use reader::{Reader, bad};
pub(crate) use writer::{Plain, Writer};

use crate::Atlas;
use crate::assets::Assets;
use crate::delta::{Base, Delta};
use crate::find::{Index, Words};
use crate::localities::Localities;
use crate::postcodes::Postcodes;
use crate::texts::Texts;
use model::Source;
use std::io::{Read, Result, Write};
use std::sync::{Arc, OnceLock};

/// A part of an atlas that a snapshot keeps in a section of its own.
pub(crate) trait Keep: Sized {
    /// The section's name.
    const NAME: &'static str;
    fn write(&self, to: &mut Writer<'_>) -> Result<()>;
    /// Bytes that cannot be its own are an error, and not a panic.
    fn read(from: &mut Reader<'_>) -> Result<Self>;
}

/// A section of a snapshot.
pub struct Section {
    /// Its name, by which it is asked for when it is read.
    pub name: &'static str,
    write: fn(&Atlas, &mut Writer<'_>) -> Result<()>,
}

impl Section {
    const fn of<K: Keep>(write: fn(&Atlas, &mut Writer<'_>) -> Result<()>) -> Self {
        Self { name: K::NAME, write }
    }

    /// Writes the section of an atlas that [is whole](Atlas::is_whole).
    ///
    /// # Errors
    /// Those of the writing.
    pub fn write(&self, atlas: &Atlas, to: &mut dyn Write) -> Result<()> {
        (self.write)(atlas, &mut Writer::new(to))
    }
}

/// All sections.
pub const SECTIONS: &[Section] = &[
    Section::of::<Vec<Source>>(|atlas, to| atlas.sources.write(to)),
    Section::of::<Localities>(|atlas, to| atlas.localities.write(to)),
    Section::of::<Postcodes>(|atlas, to| atlas.postcodes.write(to)),
    Section::of::<Assets>(|atlas, to| atlas.base.assets.write(to)),
    Section::of::<Texts>(|atlas, to| atlas.base.assets.features.own.write(to)),
    Section::of::<Words>(|atlas, to| atlas.find.words().write(to)),
];

impl Atlas {
    /// Whether nothing has been laid over what was built whole; only then can a snapshot be made of it.
    pub fn is_whole(&self) -> bool {
        self.changed_assets() == 0
    }

    /// Whether something that was public when the atlas was built whole was changed or taken away since.
    pub fn has_lost_something(&self) -> bool {
        !self.delta.gone.is_empty()
    }
}

/// The atlas of a revision from its sections, each read on a thread of its own. `open` gives a section by its name, with
/// its length.
///
/// # Errors
/// When a section can't be read, or is not what was written.
pub fn read<R: Read>(revision: u64, open: impl Fn(&str) -> Result<(R, u64)> + Sync) -> Result<Atlas> {
    fn section<K: Keep, R: Read>(open: impl Fn(&str) -> Result<(R, u64)>) -> Result<K> {
        let (mut from, length) = open(K::NAME)?;
        let mut reader = Reader::new(&mut from, length);
        let kept = K::read(&mut reader)?;
        reader.end().map(|()| kept)
    }
    let open = &open;
    std::thread::scope(|scope| {
        let texts = scope.spawn(move || section::<Texts, R>(open));
        let localities = scope.spawn(move || section::<Localities, R>(open));
        let assets = scope.spawn(move || section::<Assets, R>(open));
        let postcodes = scope.spawn(move || section::<Postcodes, R>(open));
        let words = scope.spawn(move || section::<Words, R>(open));
        let sources = section::<Vec<Source>, R>(open)?;
        let localities = joined(localities)?;
        let find = Index::new(joined(words)?, &localities);
        let mut assets = joined(assets)?;
        assets.features.own = joined(texts)?;
        if !assets.is_sound() {
            return Err(bad("its columns do not fit together"));
        }
        Ok(Atlas {
            revision,
            sources,
            localities: Arc::new(localities),
            postcodes: Arc::new(joined(postcodes)?),
            base: Arc::new(Base { assets, counts: OnceLock::new() }),
            delta: Delta::default(),
            find: Arc::new(find),
            coverage: Arc::default(),
        })
    })
}

fn joined<T>(thread: std::thread::ScopedJoinHandle<'_, Result<T>>) -> Result<T> {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
