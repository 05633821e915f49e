//! generator
fn main() {}
