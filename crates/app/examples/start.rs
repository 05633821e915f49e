//! How long it takes until a store can be asked, and how much memory that needs:
//! `cargo run --release -p app --example start -- FILE.gpkg`

use std::time::Instant;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let place: app::StorePlace =
        std::env::args().nth(1).expect("a store").parse().expect("a place for a store");
    let start = Instant::now();
    let store = app::open_store(&place, false).expect("the store opens");
    let live = app::Live::start(store).expect("the store can be read");
    println!("{} assets after {:.2} s", live.atlas().asset_count(), start.elapsed().as_secs_f64());
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    for line in status.lines().filter(|line| line.starts_with("VmRSS") || line.starts_with("VmHWM")) {
        println!("{line}");
    }
}
