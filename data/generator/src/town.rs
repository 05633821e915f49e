//! Settlements, streets and postcodes.

use std::collections::BTreeSet;

use geo::Coord;

use crate::land::Land;
use crate::random::Random;
use crate::words::{STREET_ENDS, STREET_STEMS};

pub const POSTCODES: usize = 1_500;
/// Across the border: directories are cut by sector, and sectors ignore boundaries.
const POSTCODES_OUTSIDE: usize = 24;
const TERMINATED: usize = 60;
const WITHOUT_GRID_REFERENCE: usize = 7;
/// Of those without a grid reference: a mail centre, large users. The others have ended.
const UNPLACED_IN_USE: usize = 3;
/// Letters that the inward part of a postcode uses.
const UNIT_LETTERS: &[u8; 20] = b"ABDEFGHJLNPQRSTUWXYZ";

pub struct Settlement {
    /// Parts of the town have the town's name.
    pub name: &'static str,
    middle: Coord,
    spread_m: f64,
    people: usize,
    outward: &'static str,
}

const fn settlement(
    name: &'static str,
    x: f64,
    y: f64,
    spread_m: f64,
    people: usize,
    outward: &'static str,
) -> Settlement {
    Settlement { name, middle: Coord { x, y }, spread_m, people, outward }
}

pub const TOWN: &str = "Wexmarsh";

pub static SETTLEMENTS: [Settlement; 19] = [
    settlement(TOWN, 431_100.0, 254_900.0, 800.0, 26, "QX1"),
    settlement(TOWN, 431_000.0, 256_500.0, 950.0, 18, "QX2"),
    settlement(TOWN, 433_000.0, 255_100.0, 850.0, 14, "QX3"),
    settlement(TOWN, 429_300.0, 255_100.0, 850.0, 14, "QX4"),
    settlement(TOWN, 431_300.0, 253_300.0, 900.0, 15, "QX5"),
    settlement("Cutterby", 427_900.0, 256_700.0, 550.0, 7, "QX4"),
    settlement("Zealhurst", 430_900.0, 258_400.0, 550.0, 7, "QX2"),
    settlement("Pellowdene", 434_400.0, 253_700.0, 550.0, 8, "QX3"),
    settlement("Nethercawle", 428_200.0, 252_800.0, 600.0, 9, "QX6"),
    settlement("Overcawle", 431_300.0, 251.2e3, 550.0, 7, "QX5"),
    settlement("Dunnockley", 434_700.0, 257_000.0, 600.0, 9, "QX7"),
    settlement("Mirescote", 433_400.0, 258_900.0, 500.0, 7, "QX7"),
    settlement("Thrapwold", 428_200.0, 259_000.0, 350.0, 4, "QX8"),
    settlement("Yaxenby", 425_900.0, 257_000.0, 350.0, 4, "QX9"),
    settlement("Quenet", 425_300.0, 255_700.0, 300.0, 3, "QX9"),
    settlement("Ulverdrake", 426_000.0, 252_600.0, 350.0, 4, "QX10"),
    settlement("Fennimoor", 433_700.0, 250_700.0, 300.0, 4, "QX11"),
    settlement("Saxelthorn", 435_100.0, 251_400.0, 280.0, 4, "QX11"),
    settlement("St Orrin’s Green", 436_800.0, 254_900.0, 350.0, 4, "QX12"),
];

/// People, between 0 and about 1, without a function that machines compute differently.
pub fn density(place: Coord) -> f64 {
    let around = |s: &Settlement| {
        let (x, y) = (place.x - s.middle.x, place.y - s.middle.y);
        let reach = s.spread_m * s.spread_m;
        s.people as f64 / 26.0 / (1.0 + (x * x + y * y) / reach).powi(2)
    };
    SETTLEMENTS.iter().map(around).sum()
}

pub struct Postcode {
    /// One blank: `QX1 2AB`.
    pub text: String,
    pub street: String,
    pub settlement: &'static Settlement,
    /// Whole metres on the National Grid.
    pub place: Coord,
    pub district: usize,
    pub ward: Option<usize>,
    pub lsoa: Option<usize>,
    /// Year and month: 198001.
    pub introduced: u32,
    pub terminated: Option<u32>,
    pub has_grid_reference: bool,
}

impl Postcode {
    /// Whether it is in use, on the map and in the borough.
    pub fn is_usable(&self) -> bool {
        self.terminated.is_none() && self.has_grid_reference && self.ward.is_some()
    }

    pub fn outward(&self) -> &str {
        self.text.split(' ').next().expect("a postcode has a blank")
    }

    /// Street, and the settlement unless it is the town itself.
    pub fn street_and_village(&self) -> String {
        if self.settlement.name == TOWN {
            self.street.clone()
        } else {
            format!("{}, {}", self.street, self.settlement.name)
        }
    }
}

pub struct Town {
    pub postcodes: Vec<Postcode>,
}

impl Town {
    pub fn build(land: &Land) -> Self {
        let mut random = Random::named("postcodes");
        let mut streets = BTreeSet::new();
        let mut postcodes: Vec<Postcode> = Vec::new();
        let mut inside = 0;
        let mut outside = 0;
        while postcodes.len() < POSTCODES {
            let crosses = outside < POSTCODES_OUTSIDE;
            let settlement = if crosses { village(&mut random) } else { weighted(&mut random) };
            let place = Coord {
                x: (settlement.middle.x + settlement.spread_m * 1.6 * random.bell()).round(),
                y: (settlement.middle.y + settlement.spread_m * 1.6 * random.bell()).round(),
            };
            let place =
                if crosses { across(land, place, 60.0 + 250.0 * (1.0 + random.signed())) } else { place };
            let street = street(&mut random, settlement, &mut streets);
            let (dx, dy) =
                [(1.0, 0.0), (0.0, 1.0), (0.8, 0.6), (0.6, -0.8), (-0.6, 0.8), (0.96, 0.28)][random.below(6)];
            for along in 0..random.between(1, 3) {
                let metres = along as f64 * random.between(70, 140) as f64;
                let place = Coord { x: (place.x + dx * metres).round(), y: (place.y + dy * metres).round() };
                let (ward, Some(district)) = (land.ward_at(place), land.district_at(place)) else { continue };
                match ward {
                    Some(_) if inside < POSTCODES - POSTCODES_OUTSIDE => inside += 1,
                    None if outside < POSTCODES_OUTSIDE => outside += 1,
                    _ => continue,
                }
                postcodes.push(Postcode {
                    text: String::new(),
                    street: street.clone(),
                    settlement,
                    place,
                    district,
                    ward,
                    lsoa: land.lsoa_at(place),
                    introduced: introduced(&mut random),
                    terminated: None,
                    has_grid_reference: true,
                });
            }
        }
        number(&mut postcodes);
        retire(&mut postcodes, &mut random);
        postcodes.sort_by(|a, b| a.text.cmp(&b.text));
        Self { postcodes }
    }

    /// Postcodes in use in a ward.
    pub fn in_ward(&self, ward: usize) -> Vec<&Postcode> {
        self.postcodes.iter().filter(|p| p.is_usable() && p.ward == Some(ward)).collect()
    }

    /// Postcodes in use across the borough's border.
    pub fn across_the_border(&self) -> Vec<&Postcode> {
        self.postcodes
            .iter()
            .filter(|p| p.terminated.is_none() && p.has_grid_reference && p.ward.is_none())
            .collect()
    }
}

fn weighted(random: &mut Random) -> &'static Settlement {
    let mut left = random.below(SETTLEMENTS.iter().map(|s| s.people).sum());
    SETTLEMENTS
        .iter()
        .find(|s| {
            let found = left < s.people;
            left = left.saturating_sub(s.people);
            found
        })
        .expect("the weights add up")
}

/// Any of the settlements that lie towards the border.
fn village(random: &mut Random) -> &'static Settlement {
    let villages = &SETTLEMENTS[12..];
    &villages[random.below(villages.len())]
}

/// Away from the middle of the town, until so far across the borough's border.
fn across(land: &Land, place: Coord, metres: f64) -> Coord {
    let middle = SETTLEMENTS[0].middle;
    let (dx, dy) = (place.x - middle.x, place.y - middle.y);
    let length = (dx * dx + dy * dy).sqrt().max(1.0);
    let at = |far: f64| Coord {
        x: (middle.x + dx / length * far).round(),
        y: (middle.y + dy / length * far).round(),
    };
    let mut far = 3_000.0;
    while land.district_at(at(far)) == Some(0) {
        far += 25.0;
    }
    at(far + metres)
}

fn street(random: &mut Random, settlement: &Settlement, used: &mut BTreeSet<String>) -> String {
    loop {
        let name = format!("{} {}", random.pick(&STREET_STEMS), random.pick(&STREET_ENDS));
        if used.insert(format!("{} {name}", settlement.outward)) {
            return name;
        }
    }
}

fn introduced(random: &mut Random) -> u32 {
    if random.percent(70) {
        198_001
    } else {
        (random.between(1981, 2024) * 100 + random.between(1, 12)) as u32
    }
}

/// Gives each street's postcodes neighbouring texts: a sector holds a hundred or so.
fn number(postcodes: &mut [Postcode]) {
    for settlement in &SETTLEMENTS {
        // a suburb shares its outward part with a side of the town, and takes later sectors
        let sharing = SETTLEMENTS.iter().filter(|s| s.outward == settlement.outward);
        let nth = sharing.take_while(|s| s.name != settlement.name).count();
        let mine = postcodes.iter_mut().filter(|p| std::ptr::eq(p.settlement, settlement));
        for (index, postcode) in mine.enumerate() {
            let sector = 1 + nth * 4 + index / 110;
            let unit = (index % 110) * 3 + 7;
            let letters = [UNIT_LETTERS[unit / 20], UNIT_LETTERS[unit % 20]].map(char::from);
            postcode.text = format!("{} {sector}{}{}", settlement.outward, letters[0], letters[1]);
        }
    }
}

fn retire(postcodes: &mut [Postcode], random: &mut Random) {
    let mut order: Vec<usize> =
        (0..postcodes.len()).filter(|index| postcodes[*index].ward.is_some()).collect();
    random.shuffle(&mut order);
    for (nth, index) in order.into_iter().take(TERMINATED + UNPLACED_IN_USE).enumerate() {
        let postcode = &mut postcodes[index];
        if nth < TERMINATED {
            let year = (postcode.introduced / 100 + 1).max(1996) as usize;
            postcode.terminated =
                Some((random.between(year.min(2025), 2025) * 100 + random.between(1, 10)) as u32);
        }
        postcode.has_grid_reference = (WITHOUT_GRID_REFERENCE - UNPLACED_IN_USE..TERMINATED).contains(&nth);
    }
}
