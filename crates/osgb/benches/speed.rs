//! How long a conversion takes: `cargo bench -p osgb`.

use std::hint::black_box;
use std::time::Instant;

use osgb::{EastingNorthing, LonLat, to_grid, to_lonlat};

const POINTS: u32 = 1_000_000;

fn main() {
    let first = Instant::now();
    let _ = black_box(to_grid(LonLat::new(-2.0, 52.0)));
    println!("first conversion, unpacks the grid: {:?}", first.elapsed());

    // spread over the mainland without a pattern that the cache could learn
    let along = |i: u32, step: u32| f64::from(i.wrapping_mul(step) % 10_007) / 10_007.0;
    time("to_grid", |i| {
        let _ = black_box(to_grid(LonLat::new(-5.0 + 5.0 * along(i, 7919), 51.0 + 7.0 * along(i, 6007))));
    });
    time("to_lonlat", |i| {
        let (e, n) = (200_000.0 + 350_000.0 * along(i, 7919), 150_000.0 + 800_000.0 * along(i, 6007));
        let _ = black_box(to_lonlat(EastingNorthing::new(e, n)));
    });
}

fn time(name: &str, convert: impl Fn(u32)) {
    let start = Instant::now();
    (0..POINTS).for_each(convert);
    println!("{name}: {:?} a point", start.elapsed() / POINTS);
}
