//! Builds this crate again when the page was built again: what is embedded must be what its manifest names.

fn main() {
    let dist = std::path::Path::new("../../web/dist");
    let watched = if dist.exists() { "../../web/dist" } else { "../../web" };
    println!("cargo::rerun-if-changed={watched}");
}
