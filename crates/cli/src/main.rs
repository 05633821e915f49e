//! assetmap
fn main() {}
