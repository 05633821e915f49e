//! Wards, LSOAs and districts that share their edges exactly.
//!
//! The land is a honeycomb. Every cell is given to a district, a ward and an LSOA; a boundary then runs along the sides of
//! cells. Three cells meet in each corner, never four, so rings cannot touch themselves; and there is one table of
//! corners, so that neighbours have the very same vertices however the corners are moved about to look natural.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use geo::{Area as _, Contains, Coord, LineString, MultiPolygon, Point, Polygon};

use crate::random::{at, hills};
use crate::town;

/// Side of a cell, metres.
const SIDE_M: f64 = 45.0;
/// The middle of the borough on the National Grid, metres.
const CENTRE: Coord = Coord { x: 431_000.0, y: 255_000.0 };
/// The borough's half axes, metres, before it is made irregular; and those of everything drawn.
const BOROUGH: Coord = Coord { x: 6_600.0, y: 5_600.0 };
const REGION: Coord = Coord { x: 11_500.0, y: 10_200.0 };

pub const BOROUGH_CODE: &str = "E08999901";
pub const BOROUGH_NAME: &str = "Wexmarsh";

/// The neighbours and where they lie, metres.
const NEIGHBOURS: [(&str, &str, f64, f64); 3] = [
    ("E07999901", "Duncarrow", 431_000.0, 243_000.0),
    ("E07999902", "Kestrelvale", 441_500.0, 261_500.0),
    ("E08999902", "Ormesdale and Thorle", 420_500.0, 261_500.0),
];

/// How a ward is built up, which decides how much there is in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Character {
    Urban,
    Suburban,
    Rural,
}
use Character::{Rural, Suburban, Urban};

/// Name, character, where it lies (metres), how far it reaches compared with others.
const WARDS: [(&str, Character, f64, f64, f64); 20] = [
    ("Quillgate", Urban, 431_100.0, 254_900.0, 0.90),
    ("Ropewell", Urban, 429_900.0, 256_200.0, 0.95),
    ("Ostlemere", Urban, 431_900.0, 256_400.0, 0.95),
    ("Tannergarth", Urban, 433_000.0, 255_000.0, 0.95),
    ("Brindlehythe", Urban, 432_300.0, 253_400.0, 0.95),
    ("Velshaw", Urban, 430_300.0, 253_400.0, 0.95),
    ("Lanternholme", Urban, 429_100.0, 254_700.0, 0.95),
    ("Cutterby", Suburban, 427_900.0, 256_600.0, 1.00),
    ("Zealhurst", Suburban, 431_000.0, 258_300.0, 1.05),
    ("Pellowdene", Suburban, 434_400.0, 253_700.0, 0.90),
    ("Nethercawle", Suburban, 428_200.0, 252_700.0, 1.00),
    ("Overcawle", Suburban, 431_300.0, 251.3e3, 1.05),
    ("Dunnockley", Suburban, 434_700.0, 256_900.0, 1.00),
    ("Mirescote", Suburban, 433_500.0, 258_800.0, 1.00),
    ("Thrapwold", Rural, 428_300.0, 259_000.0, 1.05),
    ("Yaxenby & Quenet", Rural, 425_700.0, 256_500.0, 1.05),
    ("Ulverdrake", Rural, 425_900.0, 252_700.0, 1.05),
    ("Fennimoor", Rural, 435_100.0, 251_300.0, 1.35),
    ("St Orrin's", Rural, 437_000.0, 254_800.0, 1.10),
    ("Saxelthorn", Rural, 435_100.0, 251_400.0, 0.0),
];
/// Saxelthorn lies inside Fennimoor, all around.
const ENCLAVE: usize = 19;
const ENCLAVE_HOST: usize = 17;
const ENCLAVE_RADIUS_M: f64 = 830.0;
/// A part of Thrapwold lies by itself at the borough's edge.
const SPLIT_WARD: usize = 14;
const EXCLAVE: Coord = Coord { x: 436_100.0, y: 258_500.0 };
const EXCLAVE_RADIUS_M: f64 = 900.0;

pub struct Area {
    pub code: String,
    pub name: String,
    /// National Grid, metres; outer rings anticlockwise.
    pub shape: MultiPolygon,
}

pub struct Ward {
    pub area: Area,
    pub character: Character,
}

pub struct Lsoa {
    pub area: Area,
    /// Index in [`Land::wards`].
    pub ward: usize,
    pub msoa_code: String,
}

pub struct Land {
    /// In order of code, which is the order of names.
    pub wards: Vec<Ward>,
    pub lsoas: Vec<Lsoa>,
    /// The borough first.
    pub districts: Vec<Area>,
}

impl Land {
    pub fn survey() -> Self {
        let comb = Honeycomb::cover();
        let districts = comb.districts();
        let parts = comb.ward_parts(&districts);
        let lsoas = comb.lsoas(&parts);
        let corners = comb.corners(&[&districts, &lsoas]);
        let shape = |wanted: &dyn Fn(usize) -> bool| comb.shape(wanted, &corners);

        let mut by_name: Vec<usize> = (0..WARDS.len()).collect();
        by_name.sort_by_key(|ward| WARDS[*ward].0);
        let wards: Vec<Ward> = (1..)
            .zip(&by_name)
            .map(|(number, &ward)| Ward {
                area: Area {
                    code: format!("E05999{number:03}"),
                    name: WARDS[ward].0.to_owned(),
                    shape: shape(&|cell| parts[cell].is_some_and(|part| ward_of_part(part) == ward)),
                },
                character: WARDS[ward].1,
            })
            .collect();

        let mut homes: BTreeMap<usize, usize> = BTreeMap::new();
        for cell in 0..lsoas.len() {
            if let (Some(lsoa), Some(part)) = (lsoas[cell], parts[cell]) {
                let ward = by_name.iter().position(|&ward| ward == ward_of_part(part));
                homes.insert(lsoa, ward.expect("every part is of a ward"));
            }
        }
        let mut in_order: Vec<(usize, usize)> = homes.into_iter().map(|(lsoa, ward)| (ward, lsoa)).collect();
        in_order.sort_unstable();
        let lsoas = in_order
            .into_iter()
            .enumerate()
            .map(|(index, (ward, label))| {
                let (msoa, letter) = (index / 5 + 1, char::from(b'A' + (index % 5) as u8));
                Lsoa {
                    area: Area {
                        code: format!("E01999{:03}", index + 1),
                        name: format!("{BOROUGH_NAME} {msoa:03}{letter}"),
                        shape: shape(&|cell| lsoas[cell] == Some(label)),
                    },
                    ward,
                    msoa_code: format!("E02999{msoa:03}"),
                }
            })
            .collect();

        let names = NEIGHBOURS.iter().map(|(code, name, ..)| (*code, *name));
        let districts = std::iter::once((BOROUGH_CODE, BOROUGH_NAME))
            .chain(names)
            .enumerate()
            .map(|(label, (code, name))| Area {
                code: code.to_owned(),
                name: name.to_owned(),
                shape: shape(&|cell| districts[cell] == Some(label)),
            })
            .collect();
        Self { wards, lsoas, districts }
    }

    pub fn ward_at(&self, place: Coord) -> Option<usize> {
        self.wards.iter().position(|ward| ward.area.shape.contains(&Point(place)))
    }

    pub fn lsoa_at(&self, place: Coord) -> Option<usize> {
        self.lsoas.iter().position(|lsoa| lsoa.area.shape.contains(&Point(place)))
    }

    pub fn district_at(&self, place: Coord) -> Option<usize> {
        self.districts.iter().position(|district| district.shape.contains(&Point(place)))
    }
}

/// The parts are the wards, and one more: what lies by itself.
fn ward_of_part(part: usize) -> usize {
    if part == WARDS.len() { SPLIT_WARD } else { part }
}

/// A place on the honeycomb: columns of half a cell's width, rows of half a side. Cells and corners alike.
type Knot = (i64, i64);
/// What each cell belongs to; `None` is nothing.
type Labels = Vec<Option<usize>>;

/// From a cell to its neighbours, each with the side between them, anticlockwise: from which corner to which.
const SIDES: [(Knot, Knot, Knot); 6] = [
    ((2, 0), (1, -1), (1, 1)),
    ((1, 3), (1, 1), (0, 2)),
    ((-1, 3), (0, 2), (-1, 1)),
    ((-2, 0), (-1, 1), (-1, -1)),
    ((-1, -3), (-1, -1), (0, -2)),
    ((1, -3), (0, -2), (1, -1)),
];

struct Honeycomb {
    cells: Vec<Knot>,
    index: BTreeMap<Knot, usize>,
}

fn step(from: Knot, by: Knot) -> Knot {
    (from.0 + by.0, from.1 + by.1)
}

fn metres((column, row): Knot) -> Coord {
    let half_width = 3.0_f64.sqrt() / 2.0 * SIDE_M;
    Coord { x: CENTRE.x + column as f64 * half_width, y: CENTRE.y + row as f64 * SIDE_M / 2.0 }
}

/// How far out a place is: 1 on a rounded rectangle with these half axes, made irregular.
fn outwards(place: Coord, axes: Coord, roughness: f64) -> f64 {
    let (x, y) = ((place.x - CENTRE.x) / axes.x, (place.y - CENTRE.y) / axes.y);
    let wobble = hills(place.x, place.y, 2_600.0, 1) + 0.35 * hills(place.x, place.y, 700.0, 2);
    (x.powi(4) + y.powi(4)).sqrt().sqrt() + roughness * wobble
}

/// The place, moved a little, so that lines between areas wander.
fn wander(place: Coord, salt: u64) -> Coord {
    let push = |salt| {
        300.0 * hills(place.x, place.y, 1_100.0, salt) + 150.0 * hills(place.x, place.y, 330.0, salt + 1)
    };
    Coord { x: place.x + push(salt), y: place.y + push(salt + 10) }
}

fn distance(a: Coord, b: Coord) -> f64 {
    ((a.x - b.x).powi(2) + (a.y - b.y).powi(2)).sqrt()
}

fn nearest(values: impl Iterator<Item = f64>) -> usize {
    values.enumerate().min_by(|a, b| a.1.total_cmp(&b.1)).expect("there is at least one").0
}

impl Honeycomb {
    fn cover() -> Self {
        let rows = (REGION.y * 1.2 / (1.5 * SIDE_M)) as i64;
        let columns = (REGION.x * 1.2 / (3.0_f64.sqrt() * SIDE_M)) as i64;
        let cells: Vec<Knot> = (-rows..=rows)
            .flat_map(|row| (-columns..=columns).map(move |column| (2 * column + row.rem_euclid(2), 3 * row)))
            .filter(|cell| outwards(metres(*cell), REGION, 0.05) < 1.0)
            .collect();
        let index = cells.iter().enumerate().map(|(index, cell)| (*cell, index)).collect();
        Self { cells, index }
    }

    fn neighbours(&self, cell: usize) -> impl Iterator<Item = usize> {
        SIDES.iter().filter_map(move |(by, ..)| self.index.get(&step(self.cells[cell], *by)).copied())
    }

    fn districts(&self) -> Labels {
        let district = |cell: &Knot| {
            let place = metres(*cell);
            if outwards(place, BOROUGH, 0.09) < 1.0 {
                return Some(0);
            }
            let place = wander(place, 30);
            Some(1 + nearest(NEIGHBOURS.iter().map(|(_, _, x, y)| distance(place, Coord { x: *x, y: *y }))))
        };
        let mut labels = self.cells.iter().map(district).collect();
        self.join_up(&mut labels, |_, _| true);
        labels
    }

    fn ward_parts(&self, districts: &Labels) -> Labels {
        let part = |(cell, district): (&Knot, &Option<usize>)| {
            if *district != Some(0) {
                return None;
            }
            let place = wander(metres(*cell), 50);
            if distance(place, EXCLAVE) < EXCLAVE_RADIUS_M {
                return Some(WARDS.len());
            }
            let reach = |&(_, _, x, y, reach): &(_, _, f64, f64, f64)| {
                if reach > 0.0 { distance(place, Coord { x, y }) / reach } else { f64::INFINITY }
            };
            let ward = nearest(WARDS.iter().map(reach));
            let (_, _, x, y, _) = WARDS[ENCLAVE];
            let enclave = ward == ENCLAVE_HOST && distance(place, Coord { x, y }) < ENCLAVE_RADIUS_M;
            Some(if enclave { ENCLAVE } else { ward })
        };
        let mut labels = self.cells.iter().zip(districts).map(part).collect();
        self.join_up(&mut labels, |from, to| districts[from] == districts[to]);
        labels
    }

    /// Cuts each part of a ward into LSOAs: smaller where more people live.
    fn lsoas(&self, parts: &Labels) -> Labels {
        let mut labels = vec![None; self.cells.len()];
        let mut used = 0;
        for part in 0..=WARDS.len() {
            let cells: Vec<usize> = (0..self.cells.len()).filter(|cell| parts[*cell] == Some(part)).collect();
            let count = match part {
                ENCLAVE => 3,
                SPLIT_WARD => 4,
                part if part == WARDS.len() => 1,
                _ => 5,
            };
            for (cell, group) in cells.iter().zip(self.cluster(&cells, count)) {
                labels[*cell] = Some(used + group);
            }
            used += count;
        }
        self.join_up(&mut labels, |from, to| parts[from] == parts[to]);
        labels
    }

    /// Lloyd's algorithm on cells weighed by the people in them, started from places far from one another.
    fn cluster(&self, cells: &[usize], count: usize) -> Vec<usize> {
        let places: Vec<Coord> = cells.iter().map(|cell| wander(metres(self.cells[*cell]), 70)).collect();
        let people: Vec<f64> = places.iter().map(|place| 0.02 + town::density(*place)).collect();
        let mut centres = vec![places[0]];
        while centres.len() < count {
            let apart =
                |place: &Coord| centres.iter().map(|c| distance(*c, *place)).fold(f64::INFINITY, f64::min);
            let farthest = nearest(places.iter().map(|place| -apart(place)));
            centres.push(places[farthest]);
        }
        let group = |centres: &[Coord], place: &Coord| nearest(centres.iter().map(|c| distance(*c, *place)));
        for _ in 0..15 {
            let mut sums = vec![(Coord { x: 0.0, y: 0.0 }, 0.0); count];
            for (place, weight) in places.iter().zip(&people) {
                let sum = &mut sums[group(&centres, place)];
                sum.0 = sum.0 + *place * *weight;
                sum.1 += weight;
            }
            for (centre, (sum, weight)) in centres.iter_mut().zip(sums) {
                *centre = sum / weight;
            }
        }
        places.iter().map(|place| group(&centres, place)).collect()
    }

    /// Keeps the largest piece of each label; the crumbs go to the label that they touch most.
    fn join_up(&self, labels: &mut Labels, may_take: impl Fn(usize, usize) -> bool) {
        loop {
            let crumbs = self.crumbs(labels);
            if crumbs.is_empty() {
                return;
            }
            for crumb in crumbs {
                let own = labels[crumb[0]];
                let mut touching: BTreeMap<Option<usize>, usize> = BTreeMap::new();
                for &cell in &crumb {
                    for next in
                        self.neighbours(cell).filter(|next| labels[*next] != own && may_take(cell, *next))
                    {
                        *touching.entry(labels[next]).or_default() += 1;
                    }
                }
                if let Some((&label, _)) = touching.iter().max_by_key(|(_, times)| **times) {
                    crumb.into_iter().for_each(|cell| labels[cell] = label);
                }
            }
        }
    }

    fn crumbs(&self, labels: &Labels) -> Vec<Vec<usize>> {
        let mut pieces: BTreeMap<usize, Vec<Vec<usize>>> = BTreeMap::new();
        let mut seen = vec![false; labels.len()];
        for start in 0..labels.len() {
            let Some(label) = labels[start].filter(|_| !seen[start]) else { continue };
            seen[start] = true;
            let (mut piece, mut queue) = (Vec::new(), VecDeque::from([start]));
            while let Some(cell) = queue.pop_front() {
                piece.push(cell);
                for next in self.neighbours(cell) {
                    if labels[next] == Some(label) && !seen[next] {
                        seen[next] = true;
                        queue.push_back(next);
                    }
                }
            }
            pieces.entry(label).or_default().push(piece);
        }
        let without_largest = |mut pieces: Vec<Vec<usize>>| {
            pieces.sort_by_key(Vec::len);
            pieces.pop();
            pieces
        };
        pieces.into_values().flat_map(without_largest).collect()
    }

    /// Where the corners on any boundary are, metres: the sides' zigzag smoothed, and corners left out where there
    /// are more than a council would draw.
    fn corners(&self, layers: &[&Labels]) -> BTreeMap<Knot, Coord> {
        let mut links: BTreeMap<Knot, BTreeSet<Knot>> = BTreeMap::new();
        for (cell, &knot) in self.cells.iter().enumerate() {
            for (by, from, to) in SIDES {
                let other = self.index.get(&step(knot, by));
                if layers.iter().any(|labels| other.is_none_or(|other| labels[cell] != labels[*other])) {
                    let (from, to) = (step(knot, from), step(knot, to));
                    links.entry(from).or_default().insert(to);
                    links.entry(to).or_default().insert(from);
                }
            }
        }
        let mut corners: BTreeMap<Knot, Coord> = links.keys().map(|knot| (*knot, metres(*knot))).collect();
        for _ in 0..2 {
            let before = corners.clone();
            for (knot, others) in &links {
                let sum = others.iter().fold(Coord { x: 0.0, y: 0.0 }, |sum, other| sum + before[other]);
                corners.insert(*knot, before[knot] * 0.4 + sum / others.len() as f64 * 0.6);
            }
        }
        corners.retain(|&(x, y), place| {
            let junction = links[&(x, y)].len() > 2;
            let enclave = Coord { x: WARDS[ENCLAVE].2, y: WARDS[ENCLAVE].3 };
            let dropped = if outwards(*place, BOROUGH, 0.0) > 1.3 {
                0.7
            } else if distance(*place, enclave) < 1.6 * ENCLAVE_RADIUS_M {
                0.0
            } else {
                0.4 - 2.0 * town::density(*place).min(0.2)
            };
            junction || at(x, y, 90) > dropped * 2.0 - 1.0
        });
        for (&(x, y), place) in &mut corners {
            let round = |metres: f64| (metres * 100.0).round() / 100.0;
            *place = Coord { x: round(place.x + 6.0 * at(x, y, 91)), y: round(place.y + 6.0 * at(x, y, 92)) };
        }
        corners
    }

    fn shape(&self, wanted: &dyn Fn(usize) -> bool, corners: &BTreeMap<Knot, Coord>) -> MultiPolygon {
        let mut next: BTreeMap<Knot, Knot> = BTreeMap::new();
        for (_, &knot) in self.cells.iter().enumerate().filter(|(cell, _)| wanted(*cell)) {
            for (by, from, to) in SIDES {
                if !self.index.get(&step(knot, by)).is_some_and(|other| wanted(*other)) {
                    next.insert(step(knot, from), step(knot, to));
                }
            }
        }
        let mut rings = Vec::new();
        while let Some((&start, _)) = next.first_key_value() {
            let (mut ring, mut knot) = (Vec::new(), start);
            while let Some(following) = next.remove(&knot) {
                ring.extend(corners.get(&knot));
                knot = following;
            }
            let mut ring = LineString::new(ring);
            ring.close();
            rings.push(Polygon::new(ring, vec![]));
        }
        let (mut outer, holes): (Vec<_>, Vec<_>) =
            rings.into_iter().partition(|ring| ring.signed_area() > 0.0);
        outer.sort_by(|a, b| b.unsigned_area().total_cmp(&a.unsigned_area()));
        for hole in holes {
            let host = outer.iter_mut().find(|polygon| polygon.contains(&Point(hole.exterior().0[0])));
            host.expect("a hole is in a polygon").interiors_push(hole.exterior().clone());
        }
        MultiPolygon(outer)
    }
}
