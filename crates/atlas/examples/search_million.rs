//! A million made-up assets: how long the atlas takes to build, how much memory it needs, how quickly search answers.
//!
//! `cargo run --release -p atlas --example search_million [assets]`

use atlas::AtlasBuilder;
use geo_types::{LineString, MultiPolygon, Polygon};
use model::*;
use std::time::{Duration, Instant};

const SIDE: usize = 84;
#[rustfmt::skip]
const FIRST: &[&str] = &[
    "ash", "beck", "bram", "brook", "chad", "cold", "crow", "dun", "east", "elm", "fair", "fern", "glen", "gold", "green",
    "hart", "hazel", "high", "holly", "kings", "lang", "lime", "long", "marsh", "mill", "moor", "new", "north", "oak",
    "old", "over", "park", "pen", "quarn", "raven", "red", "rose", "sand", "shel", "silver", "south", "stan", "stone",
    "sutter", "thorn", "upper", "wake", "west", "whit", "winter", "wool", "wych", "yar", "yew",
];
#[rustfmt::skip]
const LAST: &[&str] = &[
    "beck", "bourne", "bridge", "bury", "by", "combe", "cote", "dale", "den", "don", "field", "ford", "gate", "ham",
    "hampton", "haven", "hurst", "ing", "ley", "low", "mere", "minster", "mouth", "port", "ridge", "stead", "stoke",
    "thorpe", "ton", "wall", "wash", "well", "wick", "wood", "worth",
];
#[rustfmt::skip]
const KINDS: &[(&str, &str, Kind)] = &[
    ("community centre", "community_centre", Kind::Building), ("library", "library", Kind::Building),
    ("village hall", "hall", Kind::Building), ("food bank", "food_bank", Kind::Group),
    ("scout group", "youth_group", Kind::Group), ("allotments", "allotment", Kind::Building),
    ("bowling club", "sports_club", Kind::Group), ("Methodist church", "place_of_worship", Kind::Building),
    ("residents association", "residents_group", Kind::Group), ("primary school", "school", Kind::Building),
];
const SUMMARIES: &[&str] = &[
    "Rooms for hire, a kitchen and a garden; lunch on Tuesdays, all are welcome.",
    "Run by volunteers for everyone who lives nearby, with help to fill in forms.",
    "Meets weekly in term time; beginners and families welcome.",
];

struct Seed(u64);

impl Seed {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n
    }

    fn unit(&mut self) -> f64 {
        self.below(1 << 24) as f64 / f64::from(1 << 24)
    }
}

fn town(n: usize) -> String {
    let text = format!("{}{}", FIRST[n % FIRST.len()], LAST[n / FIRST.len() % LAST.len()]);
    text[..1].to_uppercase() + &text[1..]
}

fn asset(seed: &mut Seed, i: usize) -> Asset {
    let place = town(seed.below(FIRST.len() * LAST.len()));
    let (what, category, kind) = KINDS[seed.below(KINDS.len())];
    let outward = format!("{}{}", ["LS", "M", "BD", "YO", "WA"][seed.below(5)], 1 + seed.below(40));
    let letter = |seed: &mut Seed| char::from(b"ABDEFGHJLNPQRSTUWXYZ"[seed.below(20)]);
    let postcode = format!("{outward} {}{}{}", seed.below(10), letter(seed), letter(seed));
    let charity = kind == Kind::Group && seed.below(2) == 0;
    let street = town(seed.below(FIRST.len() * LAST.len()));
    let record = AssetRecord {
        kind,
        name: format!("{place} {what} {i}"),
        summary: Some(SUMMARIES[seed.below(SUMMARIES.len())].into()),
        categories: CategorySet::parse_query(category).expect("it is one"),
        address: Some(format!("{} {street} Road, {place}", 1 + seed.below(200))),
        postcode: Postcode::parse(&postcode).ok(),
        identifiers: if charity {
            OrgId::parse(&format!("GB-CHC-{}", 1_000_000 + i)).into_iter().collect()
        } else {
            vec![]
        },
        ..AssetRecord::blank("made-up", &i.to_string())
    };
    let position = Position::new(-6.0 + 8.0 * seed.unit(), 50.0 + 5.0 * seed.unit()).expect("on the globe");
    let located = Some(Located { position, quality: PositionQuality::Surveyed });
    Asset { id: record.id(), record, located }
}

fn ward(i: usize) -> Locality {
    let (x, y) = ((i % SIDE) as f64, (i / SIDE) as f64);
    let (w, h) = (8.0 / SIDE as f64, 5.0 / SIDE as f64);
    let (west, south) = (-6.0 + x * w, 50.0 + y * h);
    let ring = LineString::from(vec![
        (west, south),
        (west + w, south),
        (west + w, south + h),
        (west, south + h),
        (west, south),
    ]);
    let code = format!("E05{i:06}");
    LocalityRecord {
        source: "made-up".into(),
        key: code.clone(),
        locality: LocalityKey {
            level: Level::Ward,
            code,
            vintage: Vintage::from_year(2025).expect("a year"),
        },
        name: if i.is_multiple_of(3) { format!("{} and {}", town(i), town(i * 7 + 1)) } else { town(i) },
        parents: Vec::new(),
        boundary: MultiPolygon::new(vec![Polygon::new(ring, vec![])]),
        as_of: None,
    }
}

fn misspelt(seed: &mut Seed, word: &str) -> String {
    let at = 1 + seed.below(word.len() - 2);
    format!("{}{}", &word[..at], &word[at + 1..])
}

fn query(seed: &mut Seed, i: usize, assets: usize) -> String {
    let place = town(seed.below(FIRST.len() * LAST.len()));
    let what = KINDS[seed.below(KINDS.len())].0;
    match i % 12 {
        0 => place,
        1 => format!("{place} {what}"),
        2 => format!("{what} in {place}"),
        3 => format!("{what} near {}", misspelt(seed, &place)),
        4 => misspelt(seed, &place),
        5 => place[..4].to_owned(),
        6 => format!("{} {place}", misspelt(seed, what)),
        7 => format!("{place} {what} {}", seed.below(assets)),
        8 => format!("LS{} {}AB", 1 + seed.below(40), seed.below(10)),
        9 => what.to_owned(),
        10 => format!("{}", 1_000_000 + seed.below(assets)),
        _ => format!("rooms for hire {place}"),
    }
}

fn resident_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1024.0
}

/// What this process has used of processors so far, seconds.
fn processor_s() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn main() {
    let assets = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    let mut seed = Seed(20_251_122);
    let mut builder = AtlasBuilder::default();
    (0..SIDE * SIDE).for_each(|i| builder.locality(ward(i)));
    (0..assets).for_each(|i| builder.asset(&asset(&mut seed, i)));
    let (start, busy) = (Instant::now(), processor_s());
    let atlas = builder.build(1);
    println!("built in {:.2} s, {:.2} s of processors", start.elapsed().as_secs_f64(), processor_s() - busy);
    println!("resident {:.0} MB, of which search {:.0} MB", resident_mb(), atlas.find_bytes() as f64 / 1e6);
    let mut times: Vec<(Duration, String)> = Vec::new();
    for i in 0..1_200 {
        let text = query(&mut seed, i, assets);
        let start = Instant::now();
        std::hint::black_box(atlas.find(&text, 20));
        times.push((start.elapsed(), text));
    }
    let ms = |time: &Duration| time.as_secs_f64() * 1e3;
    for kind in 0..12 {
        let of_kind = || times.iter().skip(kind).step_by(12);
        let mean = of_kind().map(|(time, _)| ms(time)).sum::<f64>() / of_kind().count() as f64;
        println!("{mean:8.2} ms  {}", of_kind().next().map_or("", |(_, text)| text));
    }
    times.sort();
    let at = |share: f64| ms(&times[((times.len() - 1) as f64 * share) as usize].0);
    println!("p50 {:.2} ms, p95 {:.2} ms, p99 {:.2} ms, most {:.2} ms", at(0.5), at(0.95), at(0.99), at(1.0));
    println!("resident {:.0} MB afterwards", resident_mb());
}
