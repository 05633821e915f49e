//! A country made from a seed: a million places in towns and between them, and wards that share their edges exactly.
use geo::{Coord, LineString, Point, Polygon, coord};
use spatial_index::hilbert_key;
use std::f64::consts::TAU;

/// The box that the wards fill.
const WEST: f64 = -5.6;
const EAST: f64 = 1.6;
const SOUTH: f64 = 50.1;
const NORTH: f64 = 58.6;

/// Each side of a ward is halved this often: two sides of 128 pieces and two of 64 make 384 vertices.
const HALVINGS: [u32; 2] = [7, 6];

/// How far a side's middle is moved, as a part of its length: enough to look like a boundary, too little to cross.
const ROUGHNESS: f64 = 0.08;

pub struct Workload {
    /// In the order of `hilbert_key`.
    pub points: Vec<Point>,
    pub wards: Vec<Polygon>,
}

impl Workload {
    /// So many places, and about `columns * columns` wards.
    pub fn make(places: usize, columns: usize) -> Self {
        let mut random = Random(1);
        let mut points = points(places, &mut random);
        points.sort_by_cached_key(|p| hilbert_key(p.x(), p.y()));
        let wards = wards(&points, columns, &mut random);
        Workload { points, wards }
    }

    /// One of eight categories, the same for the same place.
    pub fn category(id: u32) -> u64 {
        mix(u64::from(id)) % 8
    }

    /// Boxes around some of the places, with sides of so many degrees of latitude.
    pub fn boxes(&self, count: usize, side: f64) -> Vec<[f64; 4]> {
        let around =
            |p: &Point| [p.x() - side * 0.8, p.y() - side / 2.0, p.x() + side * 0.8, p.y() + side / 2.0];
        self.some_points(count).map(around).collect()
    }

    /// Places to start from: near some of the points, not on them.
    pub fn starts(&self, count: usize) -> Vec<Point> {
        self.some_points(count).map(|p| Point::new(p.x() + 0.003, p.y() - 0.002)).collect()
    }

    fn some_points(&self, count: usize) -> impl Iterator<Item = &Point> {
        let mut random = Random(2);
        (0..count).map(move |_| &self.points[random.below(self.points.len())])
    }
}

/// Three quarters in 400 towns of very different size, the rest anywhere.
fn points(count: usize, random: &mut Random) -> Vec<Point> {
    let towns: Vec<(Coord, f64)> =
        (1..=400).map(|rank| (random.coord(), 0.12 / f64::from(rank).sqrt())).collect();
    let sizes: f64 = (1..=400).map(|rank| 1.0 / f64::from(rank)).sum();
    let mut points = vec![];
    for (rank, (middle, spread)) in (1..).zip(&towns) {
        let people = (count as f64 * 0.75 / (f64::from(rank) * sizes)) as usize;
        points.extend((0..people).map(|_| {
            let (r, turn) = (spread * (-2.0 * random.unit().ln()).sqrt(), TAU * random.unit());
            Point::new(middle.x + 1.6 * r * turn.cos(), middle.y + r * turn.sin())
        }));
    }
    while points.len() < count {
        points.push(Point(random.coord()));
    }
    points
}

/// A bent grid, closer where places are closer; every side is made once and used by both its neighbours.
fn wards(points: &[Point], columns: usize, random: &mut Random) -> Vec<Polygon> {
    let xs = lines(points.iter().map(|p| p.x()).collect(), WEST, EAST, columns);
    let ys = lines(points.iter().map(|p| p.y()).collect(), SOUTH, NORTH, columns);
    let corner = |i: usize, j: usize, random: &mut Random| {
        let free = |k: usize| if k == 0 || k == columns { 0.0 } else { 0.15 };
        let (x, y) = (free(i) * (random.unit() - 0.5), free(j) * (random.unit() - 0.5));
        let (width, height) = (
            xs[i.min(columns - 1) + 1] - xs[i.min(columns - 1)],
            ys[j.min(columns - 1) + 1] - ys[j.min(columns - 1)],
        );
        coord! { x: xs[i] + x * width, y: ys[j] + y * height }
    };
    let corners: Vec<Vec<Coord>> =
        (0..=columns).map(|i| (0..=columns).map(|j| corner(i, j, random)).collect()).collect();
    let mut side = |a: Coord, b: Coord, halvings: u32| {
        let mut line = vec![a];
        bend(a, b, halvings, random, &mut line);
        line
    };
    let mut level = vec![vec![vec![]; columns + 1]; columns];
    let mut upright = vec![vec![vec![]; columns]; columns + 1];
    for i in 0..=columns {
        for j in 0..=columns {
            if i < columns {
                level[i][j] = side(corners[i][j], corners[i + 1][j], HALVINGS[0]);
            }
            if j < columns {
                upright[i][j] = side(corners[i][j], corners[i][j + 1], HALVINGS[1]);
            }
        }
    }
    let back = |line: &[Coord]| line.iter().rev().copied().collect::<Vec<_>>();
    let ward = |i: usize, j: usize| {
        let (south, north) = (level[i][j].clone(), back(&level[i][j + 1]));
        let (east, west) = (upright[i + 1][j].clone(), back(&upright[i][j]));
        Polygon::new(LineString([south, east, north, west].concat()), vec![])
    };
    (0..columns).flat_map(|i| (0..columns).map(move |j| (i, j))).map(|(i, j)| ward(i, j)).collect()
}

/// Grid lines halfway between evenly spread and evenly filled.
fn lines(mut values: Vec<f64>, from: f64, to: f64, count: usize) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    let line = |i: usize| {
        let filled = values[(i * (values.len() - 1)) / count].clamp(from, to);
        let even = from + (to - from) * i as f64 / count as f64;
        if i == 0 || i == count { even } else { (filled + even) / 2.0 }
    };
    (0..=count).map(line).collect()
}

/// Adds the way from a to b, without a.
fn bend(a: Coord, b: Coord, halvings: u32, random: &mut Random, line: &mut Vec<Coord>) {
    if halvings == 0 {
        return line.push(b);
    }
    let off = 2.0 * ROUGHNESS * (random.unit() - 0.5);
    let middle =
        coord! { x: (a.x + b.x) / 2.0 - off * (b.y - a.y), y: (a.y + b.y) / 2.0 + off * (b.x - a.x) };
    bend(a, middle, halvings - 1, random, line);
    bend(middle, b, halvings - 1, random, line);
}

/// SplitMix64.
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// Above 0 and not above 1.
    fn unit(&mut self) -> f64 {
        ((self.next() >> 11) + 1) as f64 / (1_u64 << 53) as f64
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn coord(&mut self) -> Coord {
        coord! { x: WEST + (EAST - WEST) * self.unit(), y: SOUTH + (NORTH - SOUTH) * self.unit() }
    }
}

pub fn mix(z: u64) -> u64 {
    let z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ z >> 31
}
