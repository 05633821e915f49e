//! Rooms that people can hire: what a voluntary sector council collects by hand.

use geo::Coord;

use crate::land::{Character, Land};
use crate::random::Random;
use crate::table;
use crate::town::{Postcode, Town};
use crate::words::SAINTS;

const HEADING: [&str; 19] = [
    "id",
    "name",
    "type",
    "address",
    "postcode",
    "easting",
    "northing",
    "uprn",
    "capacity",
    "hire price",
    "bookings email",
    "phone",
    "website",
    "opening hours",
    "step-free access",
    "accessible toilet",
    "kitchen",
    "parking",
    "last checked",
];

pub struct Hall {
    pub id: String,
    pub name: String,
    pub kind: &'static str,
    pub street: String,
    pub settlement: &'static str,
    pub number: usize,
    pub postcode: String,
    /// National Grid, metres.
    pub place: Coord,
    /// Index of its ward; `None` across the border.
    pub ward: Option<usize>,
    pub uprn: String,
    pub phone: String,
    pub website: String,
    rest: [String; 9],
}

impl Hall {
    pub fn is_councils(&self) -> bool {
        self.ward.is_some() && matches!(self.kind, "Community centre" | "Pavilion")
    }

    pub fn address(&self) -> String {
        let village = if self.settlement == crate::town::TOWN { "" } else { self.settlement };
        let comma = if village.is_empty() { "" } else { ", " };
        format!("{} {}{comma}{village}, Wexmarsh", self.number, self.street)
    }
}

pub fn build(land: &Land, town: &Town) -> Vec<Hall> {
    let mut random = Random::named("halls");
    let mut halls = Vec::new();
    for (ward, of_land) in land.wards.iter().enumerate() {
        let kinds: &[&str] = match of_land.character {
            Character::Urban => &["Community centre", "Church hall", "Club", "Scout hut", "Arts centre"],
            Character::Suburban => &["Community centre", "Church hall", "Pavilion", "Club"],
            Character::Rural => &["Village hall", "Church hall", "Pavilion"],
        };
        let mut near = town.in_ward(ward);
        random.shuffle(&mut near);
        for (kind, postcode) in kinds.iter().zip(near) {
            let area = of_land.area.name.split(" & ").next().expect("a name");
            halls.push(hall(&mut random, halls.len(), kind, area, land, postcode));
        }
    }
    // what a ward needs may be just across the border
    let across = town.across_the_border().into_iter().step_by(5);
    for (kind, postcode) in ["Village hall", "Church hall", "Club", "Pavilion"].into_iter().zip(across) {
        let area = postcode.street.split(' ').next().expect("a street has a name");
        halls.push(hall(&mut random, halls.len(), kind, area, land, postcode));
    }
    halls
}

pub fn write(halls: &[Hall]) -> Vec<u8> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    bytes.extend(table::spreadsheet(&HEADING, halls.iter().map(row)));
    bytes
}

fn row(hall: &Hall) -> [String; 19] {
    let [capacity, price, email, opening, step_free, toilet, kitchen, parking, checked] = hall.rest.clone();
    [
        hall.id.clone(),
        hall.name.clone(),
        hall.kind.to_owned(),
        hall.address(),
        hall.postcode.clone(),
        hall.place.x.to_string(),
        hall.place.y.to_string(),
        hall.uprn.clone(),
        capacity,
        price,
        email,
        hall.phone.clone(),
        hall.website.clone(),
        opening,
        step_free,
        toilet,
        kitchen,
        parking,
        checked,
    ]
}

/// A telephone number from the range kept for drama.
pub fn phone(random: &mut Random) -> String {
    format!("01632 960{:03}", random.below(1000))
}

/// For web and mail addresses.
pub fn slug(name: &str) -> String {
    let words = name.to_lowercase().replace(['’', '\''], "").replace('é', "e");
    let words = words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// Text for known cells; an empty cell where nobody has asked.
pub fn known(random: &mut Random, percent: usize, text: String) -> String {
    if random.percent(percent) { text } else { String::new() }
}

fn hall(
    random: &mut Random,
    index: usize,
    kind: &'static str,
    area: &str,
    land: &Land,
    postcode: &Postcode,
) -> Hall {
    let street_stem = postcode.street.rsplit_once(' ').map_or("", |(stem, _)| stem);
    let saint = SAINTS[(index * 5 + 2) % SAINTS.len()];
    let name = match kind {
        "Community centre" if index.is_multiple_of(4) => format!("{area} Neighbourhood Centre"),
        "Community centre" => format!("{area} Community Centre"),
        "Church hall" if index.is_multiple_of(3) => format!("{area} Methodist Church Hall"),
        "Church hall" => format!("{saint}’s Church Hall, {area}"),
        "Club" => format!(
            "{street_stem} {}",
            random.pick(&["Social Club", "Bowling Club", "Working Men’s Club", "Cricket Club"])
        ),
        "Scout hut" => format!("{} {area} Scout Headquarters", ["1st", "3rd", "7th"][index % 3]),
        "Arts centre" => {
            format!("The {street_stem} {}", random.pick(&["Rooms", "Arts Centre", "Studio Theatre"]))
        }
        "Village hall" if index.is_multiple_of(2) => format!("{area} Village Hall"),
        "Village hall" => format!("{area} Memorial Hall"),
        _ => {
            format!("{area} {}", random.pick(&["Pavilion", "Sports Pavilion", "Recreation Ground Pavilion"]))
        }
    };
    let slug = slug(&name);
    let capacity = random.between(3, 24) * 10;
    let hour = random.between(8, 38);
    let price = match random.below(5) {
        0 => format!("£{hour}.50 per hour"),
        1 => format!("from £{hour}/hr, less for charities"),
        2 => format!("£{hour} an hour, £{} a day", hour * 6),
        3 => format!("{hour}.00"),
        _ => "Free to local groups".to_owned(),
    };
    let opening = random.pick(&[
        "Mo-Fr 09:00-21:00; Sa 10:00-16:00",
        "Mon to Fri 9am-9pm, weekends by arrangement",
        "Mo-Su 08:00-22:00",
        "Tu,Th 10:00-15:00",
        "Weekday evenings and all day Sunday",
        "Term time only, after 4pm",
    ]);
    let email = format!("bookings@{slug}.example.org");
    let step_free = random.pick(&["Yes", "Yes", "Yes", "No", "Partial – ramp at the back", "yes"]).to_owned();
    let toilet = random.pick(&["Yes", "Yes", "No"]).to_owned();
    let kitchen = random.pick(&["Yes", "Yes", "Kitchenette", "No"]).to_owned();
    let parking = random.pick(&["Yes", "12 spaces", "On street", "No", "Shared with the church"]).to_owned();
    let checked =
        format!("20{}-{:02}-{:02}", random.between(22, 25), random.between(1, 12), random.between(1, 28));
    let rest = [
        known(random, 72, capacity.to_string()),
        known(random, 62, price),
        known(random, 70, email),
        known(random, 60, opening.to_owned()),
        known(random, 68, step_free),
        known(random, 55, toilet),
        known(random, 75, kitchen),
        known(random, 65, parking),
        known(random, 80, checked),
    ];
    let place = Coord {
        x: ((postcode.place.x + 35.0 * random.signed()) * 10.0).round() / 10.0,
        y: ((postcode.place.y + 35.0 * random.signed()) * 10.0).round() / 10.0,
    };
    let phone = phone(random);
    Hall {
        id: format!("WVS-{:04}", index + 1),
        kind,
        street: postcode.street.clone(),
        settlement: postcode.settlement.name,
        number: random.between(1, 140),
        postcode: postcode.text.clone(),
        place,
        ward: land.ward_at(place),
        uprn: known(random, 58, format!("0999{:08}", 10_000 + index * 137)),
        phone: known(random, 78, phone),
        website: known(random, 55, format!("https://{slug}.example.org")),
        name,
        rest,
    }
}
