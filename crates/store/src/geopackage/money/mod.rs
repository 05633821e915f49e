//! Public money in the file: [`publish`] makes staged lines the truth, [`allocate`] keeps where they are placed,
//! [`read`] is all that is asked of them, and [`keep`] takes it all to another home.

mod allocate;
mod keep;
mod publish;
mod read;

pub use allocate::{allocate, insert_allocation, insert_weights};
pub use keep::{put_line, put_people, put_placement, take_out};
pub use publish::{compare, put};
pub use read::{allocations, each_weights, line, lines, money, money_revision, placements};
