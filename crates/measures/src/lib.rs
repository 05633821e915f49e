//! **What public money is, where it goes, and what that comes to**: pure functions on whole pence.
//!
//! - *What it is*: [`Rules`] are a small versioned file; [`Rules::what`] sorts a line's [`Words`] into one of the plain
//!   services and one [`Class`].
//! - *Where it goes*: [`place`] goes down the ladder of methods and gives a [`Placement`]: a [`Method`], the rule, and
//!   a [`Target`]. What is redacted or protected is never placed.
//! - *Sharing out*: [`shares`] by largest remainder, exact to the penny; a [`WeightSet`] over the smallest areas with
//!   figures.
//! - *What it comes to*: a [`Book`] of lines, a [`View`] of its targets on the areas of one level, a [`Question`], its
//!   [`Totals`].
//! - *What that means*: [`per_head`], [`Deflators`] for real terms, [`gini`] and [`theil`], and [`carry_counts`] and
//!   [`carry_rates`] for figures of areas that overlap others.
//!
//! `docs/methods.md` has each method with its formula, source, limits and an example that `tests/methods.rs` asserts.

mod apportion;
mod areal;
mod book;
mod class;
mod classify;
mod inequality;
mod ladder;
mod month;
mod people;
mod per_head;
mod real_terms;
mod rounding;
mod rules;
mod weight_set;

pub use apportion::{Apportion, NoWeight, shares};
pub use areal::{BadOverlap, Carried, Overlap, SourceArea, carry_counts, carry_rates};
pub use book::{
    AreaLine, AreaSum, Book, BookFull, Lies, Line, LineShare, Order, PayeeSum, Places, Question, Start, Sum,
    Totals, View, Voluntary,
};
pub use class::Class;
pub use classify::{Decided, What, Words};
pub use inequality::{BelowNothing, gini, theil};
pub use ladder::{
    Case, Certainty, KnownPayee, LadderOptions, Method, Place, Placement, Stated, Target, Why, place,
};
pub use month::Month;
pub use people::People;
pub use per_head::{PerHead, Residents, per_head};
pub use real_terms::{Deflators, DeflatorsError, NoDeflator};
pub use rules::{Entry, Rules, RulesError, Said, SaidIn, Service, ServiceIx, Universal};
pub use weight_set::{BadWeightSet, WeightSet};
