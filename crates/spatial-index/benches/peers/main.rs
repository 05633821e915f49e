//! spatial-index against rstar and geo-index with plain geo, on one thread and on two.
//!
//! `cargo bench -p spatial-index` prints the table of docs/performance.md. Every line also checks that all contenders
//! give the same answer; `-- box` runs only the lines with "box" in their names. Without `--bench`, as `cargo test --benches` runs it, a small workload is checked once.
mod plane;
mod race;
mod workload;

use geo::{BoundingRect, Contains, Distance, Euclidean, Point, Polygon, Rect};
use geo_index::rtree::sort::HilbertSort;
use geo_index::rtree::{RTree as Packed, RTreeBuilder, RTreeIndex};
use race::{Clock, Race, Run, Summary};
use rayon::prelude::*;
use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};
use spatial_index::{Area, AreaIndex, Bbox, Joined, PointIndex, join};
use workload::{Random, Workload, mix};

type Item = GeomWithData<[f64; 2], u32>;

/// Everyone's indexes, and what the questions are about.
struct Ground {
    work: Workload,
    ours: PointIndex,
    areas: AreaIndex,
    /// The peers' trees, in degrees and in metres on a plane.
    rstar: [RTree<Item>; 2],
    packed: [Packed<f64>; 2],
    metres: Vec<Point>,
    wards_in_metres: Vec<Polygon>,
}

fn main() {
    let full = std::env::args().any(|a| a == "--bench");
    let (places, columns, rounds) = if full { (1_000_000, 84, 15) } else { (20_000, 12, 1) };
    let work = Workload::make(places, columns);
    let only = std::env::args().skip(1).find(|a| !a.starts_with('-')).unwrap_or_default();
    let race = Race { rounds, only };
    println!(
        "{} places, {} wards, median of {rounds} rounds (least in brackets)\n",
        places,
        work.wards.len()
    );
    race.head();
    builds(&race, &work);
    let ground = Ground::new(work);
    boxes(&race, &ground);
    nearest(&race, &ground);
    wards(&race, &ground);
    joins(&race, &ground);
}

impl Ground {
    fn new(work: Workload) -> Self {
        let metres: Vec<_> = work.points.iter().map(plane::point).collect();
        Ground {
            ours: PointIndex::build(&work.points).unwrap(),
            areas: areas(&work.wards),
            rstar: [&work.points, &metres].map(|p| rstar_of(p)),
            packed: [&work.points, &metres].map(|p| packed_of(p)),
            wards_in_metres: work.wards.iter().map(plane::polygon).collect(),
            metres,
            work,
        }
    }
}

fn areas(wards: &[Polygon]) -> AreaIndex {
    (0..).zip(wards).map(|(key, w)| (key, Area::new(&w.clone().into()).unwrap())).collect()
}

fn rstar_of(points: &[Point]) -> RTree<Item> {
    RTree::bulk_load(points.iter().zip(0..).map(|(p, id)| Item::new([p.x(), p.y()], id)).collect())
}

fn packed_of(points: &[Point]) -> Packed<f64> {
    let mut builder = RTreeBuilder::new(points.len() as u32);
    for p in points {
        builder.add(p.x(), p.y(), p.x(), p.y());
    }
    builder.finish::<HilbertSort>()
}

fn builds(race: &Race, work: &Workload) {
    let mut shuffled = work.points.clone();
    let mut random = Random(3);
    for i in (1..shuffled.len()).rev() {
        shuffled.swap(i, random.below(i + 1));
    }
    for (name, points) in [("build, in Hilbert order", &work.points), ("build, shuffled", &shuffled)] {
        let ours = run(move || PointIndex::build(points).unwrap(), |i| i.len() as u64);
        let rstar = run(move || rstar_of(points), |t| t.size() as u64);
        let packed = run(move || packed_of(points), |t| u64::from(t.num_items()));
        race.line(name, 1, Clock::Cpu, true, vec![ours, rstar, packed]);
    }
    let ours = run(|| areas(&work.wards), |a| a.len() as u64);
    race.line("make wards ready", 1, Clock::Cpu, true, vec![ours, None, None]);
}

fn boxes(race: &Race, g: &Ground) {
    for (name, count, side) in [("box", 5000, 0.004), ("box", 2000, 0.03), ("box", 100, 0.4)] {
        let boxes = &g.work.boxes(count, side);
        let ours = run(move || sum(boxes, |b| summed(g.ours.in_box(bbox(b)))), |s| s);
        let rstar = run(move || sum(boxes, |b| summed(in_rstar(&g.rstar[0], b))), |s| s);
        let packed = run(move || sum(boxes, |b| summed(in_packed(&g.packed[0], b))), |s| s);
        let hits = sum(boxes, |b| g.ours.count_in_box(bbox(b)) as u64) as usize / count;
        race.line(&format!("{name}, {hits} hits"), count, Clock::Cpu, true, vec![ours, rstar, packed]);
    }
    let boxes = &g.work.boxes(2000, 0.4);
    let ours = run(move || sum(boxes, |b| g.ours.in_box(bbox(b)).take(100).count() as u64), |s| s);
    let rstar = run(move || sum(boxes, |b| in_rstar(&g.rstar[0], b).take(100).count() as u64), |s| s);
    let packed = run(move || sum(boxes, |b| in_packed(&g.packed[0], b).take(100).count() as u64), |s| s);
    race.line("first 100 of a large box", boxes.len(), Clock::Cpu, true, vec![ours, rstar, packed]);
    let ours = run(move || sum(boxes, |b| g.ours.count_in_box(bbox(b)) as u64), |s| s);
    race.line("count in a large box", boxes.len(), Clock::Cpu, true, vec![ours, None, None]);
}

fn nearest(race: &Race, g: &Ground) {
    let starts = &g.work.starts(5000);
    let planar: &Vec<Point> = &starts.iter().map(plane::point).collect();
    let rstar_20 = |p: &Point| g.rstar[1].nearest_neighbor_iter(&[p.x(), p.y()]).take(20).map(|i| i.data);
    let packed_20 = |p: &Point| g.packed[1].neighbors(p.x(), p.y(), Some(20), None);
    let ours_20 = |p: &Point| g.ours.nearest(*p, 20, None, |_| true);
    for (p, q) in starts.iter().zip(planar) {
        // The plane may swap two that are nearly as far, but not change how far the first, the second ... is.
        let metres = |id: u32| Euclidean.distance(q, &g.metres[id as usize]);
        let ours = ours_20(p);
        let peers =
            [rstar_20(q).map(metres).collect::<Vec<_>>(), packed_20(q).into_iter().map(metres).collect()];
        for peer in peers {
            assert_eq!(ours.len(), peer.len());
            for ((id, d), e) in ours.iter().zip(peer) {
                assert!((d - e).abs() <= plane::BAND * d + 0.01, "nearest: {d} {e}");
                assert!((d - metres(*id)).abs() <= plane::BAND * d + 0.01, "nearest: {d} {}", metres(*id));
            }
        }
    }
    let ours = run(move || sum(starts, |p| ours_20(p).len() as u64), |s| s);
    let rstar = run(move || sum(planar, |p| rstar_20(p).count() as u64), |s| s);
    let packed = run(move || sum(planar, |p| packed_20(p).len() as u64), |s| s);
    race.line("nearest 20", starts.len(), Clock::Cpu, true, vec![ours, rstar, packed]);
}

fn wards(race: &Race, g: &Ground) {
    let mut random = Random(4);
    let asked =
        &(0..200).map(|_| (random.below(g.work.wards.len()), random.below(8) as u64)).collect::<Vec<_>>();
    let ours = move |(ward, category): &(usize, u64), metres: f64| {
        let area = g.areas.get(*ward as u32).unwrap();
        let mut ids: Vec<u32> = g
            .ours
            .within(area, metres, |id| Workload::category(id) == *category)
            .into_iter()
            .map(|(id, _)| id)
            .collect();
        ids.sort_unstable();
        ids
    };
    let near = move |(ward, category): &(usize, u64), metres: f64, found: &dyn Fn(&[f64; 4]) -> Vec<u32>| {
        let ward = &g.wards_in_metres[*ward];
        let b = ward.bounding_rect().unwrap();
        let grown = [b.min().x - metres, b.min().y - metres, b.max().x + metres, b.max().y + metres];
        let inside = |p: &Point| ward.contains(p) || Euclidean.distance(p, ward.exterior()) <= metres;
        let wanted = |id: &u32| Workload::category(*id) == *category && inside(&g.metres[*id as usize]);
        let mut ids: Vec<u32> = found(&grown).into_iter().filter(wanted).collect();
        ids.sort_unstable();
        ids
    };
    let rstar = move |a: &(usize, u64), metres| near(a, metres, &|b| in_rstar(&g.rstar[1], b).collect());
    let packed = move |a: &(usize, u64), metres| near(a, metres, &|b| in_packed(&g.packed[1], b).collect());
    let (mut found, mut unsure) = (0, 0);
    for a in asked {
        // What the plane finds a little nearer, we must find; what it does not find a little further, we must not.
        let [less, same, more] = [1.0 - plane::BAND, 1.0, 1.0 + plane::BAND].map(|f| rstar(a, 800.0 * f));
        let ids = ours(a, 800.0);
        assert!(subset(&less, &ids) && subset(&ids, &more), "ward {a:?}");
        assert_eq!(same, packed(a, 800.0));
        (found, unsure) = (found + ids.len(), unsure + more.len() - less.len());
    }
    let name = format!("ward + 800 m, one category, {} hits", found / asked.len());
    let count = |ids: Vec<u32>| ids.len() as u64;
    let lines = vec![
        run(move || sum(asked, |a| count(ours(a, 800.0))), |s| s),
        run(move || sum(asked, |a| count(rstar(a, 800.0))), |s| s),
        run(move || sum(asked, |a| count(packed(a, 800.0))), |s| s),
    ];
    race.line(&name, asked.len(), Clock::Cpu, unsure == 0, lines);
}

fn joins(race: &Race, g: &Ground) {
    let pairs = |joined: Joined| {
        joined.pairs().map(|(id, ward)| mix(u64::from(id) << 32 | u64::from(ward))).fold(0, u64::wrapping_add)
    };
    let plain_pairs = |found: Vec<Vec<u32>>| {
        let hash =
            |(ward, ids): (u64, Vec<u32>)| ids.into_iter().map(move |id| mix(u64::from(id) << 32 | ward));
        (0..).zip(found).flat_map(hash).fold(0, u64::wrapping_add)
    };
    let inside = |ward: &Polygon, found: &dyn Fn(&[f64; 4]) -> Vec<u32>| -> Vec<u32> {
        let b = sides(ward.bounding_rect().unwrap());
        found(&b).into_iter().filter(|id| ward.contains(&g.work.points[*id as usize])).collect()
    };
    let rstar = move |ward: &Polygon| inside(ward, &|b| in_rstar(&g.rstar[0], b).collect());
    let packed = move |ward: &Polygon| inside(ward, &|b| in_packed(&g.packed[0], b).collect());
    let lines = vec![
        run(move || join(&g.ours, &g.areas, 1), pairs),
        run(move || g.work.wards.iter().map(rstar).collect(), plain_pairs),
        run(move || g.work.wards.iter().map(packed).collect(), plain_pairs),
    ];
    race.line("whole join, 1 thread", 1, Clock::Cpu, true, lines);
    let two = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
    let lines = vec![
        run(move || join(&g.ours, &g.areas, 2), pairs),
        run(|| two.install(|| g.work.wards.par_iter().map(rstar).collect()), plain_pairs),
        run(|| two.install(|| g.work.wards.par_iter().map(packed).collect()), plain_pairs),
    ];
    race.line("whole join, 2 threads, wall", 1, Clock::Wall, true, lines);
}

/// A contender from what it does and how its answer is summed up.
fn run<'a, T: 'a>(
    mut work: impl FnMut() -> T + 'a,
    sum_up: impl Fn(T) -> u64 + Copy + 'a,
) -> Option<Run<'a>> {
    Some(Box::new(move || {
        let answer = work();
        Box::new(move || sum_up(answer)) as Summary
    }))
}

fn sum<T>(questions: &[T], answer: impl Fn(&T) -> u64) -> u64 {
    questions.iter().map(answer).fold(0, u64::wrapping_add)
}

/// The same for the same ids in any order, and hardly ever for others.
fn summed(ids: impl Iterator<Item = u32>) -> u64 {
    ids.fold(0, |sum, id| sum.wrapping_add(u64::from(id).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1))
}

fn in_rstar<'a>(tree: &'a RTree<Item>, b: &[f64; 4]) -> impl Iterator<Item = u32> + use<'a> {
    tree.locate_in_envelope(&AABB::from_corners([b[0], b[1]], [b[2], b[3]])).map(|i| i.data)
}

fn in_packed(tree: &Packed<f64>, b: &[f64; 4]) -> impl Iterator<Item = u32> + use<> {
    tree.search(b[0], b[1], b[2], b[3]).into_iter()
}

fn bbox(b: &[f64; 4]) -> Bbox {
    Bbox::new(b[0], b[1], b[2], b[3])
}

fn sides(r: Rect) -> [f64; 4] {
    [r.min().x, r.min().y, r.max().x, r.max().y]
}

/// Whether all of one sorted list is in another.
fn subset(few: &[u32], many: &[u32]) -> bool {
    few.iter().all(|id| many.binary_search(id).is_ok())
}
