//! Public money in the database: [`publish`] makes staged lines the truth, [`allocate`] keeps where they are placed,
//! [`read`] is all that is asked of them, and [`keep`] takes it all to another home.

mod allocate;
mod keep;
mod publish;
mod read;

pub use allocate::{allocate, insert_allocation, insert_weights};
pub use keep::{put_placements, take_out};
pub use publish::{compare, put};
pub use read::{allocations, line, lines, money, money_revision, placements};
