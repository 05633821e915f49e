//! Public money, joined: [`allocate`] says of every line in a store what it is for and where it goes, and keeps that;
//! a [`Ledger`] is all of it in memory, and answers what is spent where; [`explain`] says why one line went where it did,
//! [`diff`] what moved between two allocations.

mod allocate;
mod answer;
mod diff;
mod explain;
mod ground;
mod held;
mod home;
mod inside;
mod json;
mod ledger;
mod lines;
mod live;
mod payees;
mod payers;
mod people;
mod real;
mod reasons;
mod running;
mod target;
mod told;
mod units;
mod within;

pub use allocate::{allocate, allocate_if_due};
pub use answer::{AreaSpend, Ask, AskError, Spending};
pub use diff::{Diff, Moved, diff};
pub use explain::{Explained, ShareOf, explain};
pub use ledger::{Ledger, read};
pub use lines::{Cursor, PageOfLines, Shown, Turn};
pub(crate) use live::LiveLedger;
pub use measures::{
    AreaSum, Certainty, Class, LadderOptions, Method, Month, Order, People, Rules, RulesError, Service,
    ServiceIx, Sum, Why,
};
pub use real::{PriceYear, Prices, price_years};
pub use reasons::Reasons;
pub use running::{Running, share};
pub use told::{Told, verb};
pub use units::{UnmappedUnit, unmapped_units};
pub use within::Within;
