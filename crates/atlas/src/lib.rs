//! **The read model.** Everything public that is known at one revision, immutable and in memory, with its
//! indexes. Throw it away and nothing is lost: it is built from the store, through [`AtlasBuilder`].
//!
//! One question per file:
//!
//! - [`Atlas::around`]: **what is in, near or serving this area?** The question that the project exists for.
//! - [`Atlas::page`]: the assets of a box, a filter, an area or around a point, page by page in a lasting order.
//! - [`Atlas::counts`]: how many groups and buildings lie in each area.
//! - [`Atlas::coverage`]: the part of a neighbourhood for which nothing was loaded, so that "nothing loaded" never
//!   looks like "nothing there".
//! - [`Atlas::find`]: areas, postcodes and assets by what people type, typing errors and all.
//! - [`Atlas::wards_today`]: which wards of today a parish, a postcode district or a ward of old lies in.
//!
//! Inside it are columns and arenas, not objects: assets lie in the order of a Hilbert curve, each with its GeoJSON
//! feature written once ([`feature`]), so that an answer is mostly a copy.

mod around;
mod assets;
mod breakdown;
mod buckets;
mod builder;
mod counts;
mod coverage;
mod delta;
mod drafts;
pub mod feature;
mod filter;
mod find;
mod intake;
mod localities;
mod page;
mod parallel;
mod postcodes;
pub mod snapshot;
mod texts;
mod walk;

pub use around::{Hit, Relation, Via};
pub use assets::AssetIx;
pub use breakdown::Breakdown;
pub use builder::AtlasBuilder;
pub use counts::Counts;
pub use coverage::{Coverage, Gap, KindCoverage};
pub use filter::Filter;
pub use find::Found;
pub use localities::{LocalityIx, Place};
pub use page::{Key, Page, Previous, Query, Region};
pub use postcodes::PostcodePlace;
pub use spatial_index::Bbox;

use model::Source;
use std::sync::Arc;

/// Everything public at one revision.
pub struct Atlas {
    revision: u64,
    sources: Vec<Source>,
    localities: Arc<localities::Localities>,
    postcodes: Arc<postcodes::Postcodes>,
    base: Arc<delta::Base>,
    delta: delta::Delta,
    find: Arc<find::Index>,
    coverage: Arc<coverage::Cache>,
}

impl Atlas {
    /// The store's revision that it was built from.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The sources, by id.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// A source by its id.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.binary_search_by(|s| s.id.as_str().cmp(id)).ok().map(|i| &self.sources[i])
    }
}
