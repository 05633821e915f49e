//! The register of land and buildings that the transparency code asks of every council.

use geo::Coord;

use crate::boundaries::degrees;
use crate::halls::Hall;
use crate::libraries::Library;
use crate::random::Random;
use crate::table;
use crate::town::{Postcode, TOWN, Town};

const HEADING: [&str; 20] = [
    "OrganisationLabel",
    "OrganisationURI",
    "EffectiveDate",
    "UPRN",
    "AssetCode",
    "PropertyName",
    "StreetNumber",
    "StreetName",
    "PostTown",
    "PostCode",
    "CoordinateReferenceSystem",
    "GeoX",
    "GeoY",
    "TenureType",
    "TenureDetail",
    "OtherDetail",
    "HoldingType",
    "BuildingSize",
    "LandArea",
    "EnergyRating",
];

/// Rows before the two that are there twice.
const ROWS: usize = 150;

/// How much of an asset's place the register knows.
#[derive(Clone, Copy, PartialEq)]
enum Known {
    /// Postcode and coordinates.
    All,
    /// An outward postcode only, no coordinates.
    Roughly,
    /// Decided by chance.
    Chance,
}

struct Asset {
    name: String,
    number: String,
    street: String,
    town: String,
    postcode: String,
    place: Option<Coord>,
    uprn: String,
    detail: &'static str,
    other: &'static str,
    holding: &'static str,
}

/// What councils own besides halls and libraries: name, how many, `OtherDetail`, `HoldingType`.
/// `{}` is the street, or the village.
const KINDS: [(&str, usize, &str, &str); 18] = [
    ("Wexmarsh Town Hall", 1, "Town Hall", "Buildings"),
    ("{} Leisure Centre", 3, "Leisure", "Land/Buildings"),
    ("{} Primary School", 16, "School", "Land/Buildings"),
    ("{} Childrens Centre (Formerly Family Centre)", 2, "", "Buildings"),
    ("Dunnock House Childrens Home", 1, "", "Buildings"),
    ("{} Allotments", 11, "Managed allotments", "Land"),
    ("{} Recreation Ground", 9, "Parks", "Land"),
    ("{} Park (2 Blocks)", 3, "Parks", "Land/Buildings"),
    ("{} Car Park", 8, "", "Land"),
    ("{} Cemetery, Chapel & Lodge", 3, "", "Land/Buildings"),
    ("{} Depot", 2, "", "Land/Buildings"),
    ("Public Conveniences, {}", 4, "", "Buildings"),
    ("Shop Units 1-4 {}", 5, "", "Buildings"),
    ("War Memorial {}", 4, "Memorial", "Land"),
    ("{} Day Centre", 3, "Commissioned service", "Buildings"),
    ("Garage Plots off {}", 5, "Undocumented Tenancy", "Land"),
    ("The ‘Old Tannery’, {}", 1, "Being developed", "Land/Buildings"),
    ("Changing Rooms, {}", 3, "Leisure", "Buildings"),
];

/// What the rest is: bits of land, described by their neighbours.
const LAND: [&str; 7] = [
    "Land at {}",
    "Land on the north side of {}, to the rear of the garages",
    "Land adjoining {} (grazing)",
    "Strip of land fronting {}, subject to right of way",
    "Verge {}",
    "Land and Premises at junction of {} and the old railway",
    "Land known as \"The Stack Yard\", {}",
];

pub fn write(town: &Town, halls: &[Hall], libraries: &[Library]) -> Vec<u8> {
    let mut random = Random::named("assets");
    let mut usable: Vec<&Postcode> = town.postcodes.iter().filter(|postcode| postcode.is_usable()).collect();
    random.shuffle(&mut usable);
    let mut streets = usable.into_iter();
    let mut assets: Vec<Asset> = Vec::new();
    assets.extend(halls.iter().filter(|hall| hall.is_councils()).map(|hall| of_hall(hall, &mut random)));
    assets.extend(libraries.iter().filter(|library| library.name.ends_with("Library")).map(of_library));
    for (name, count, other, holding) in KINDS {
        for _ in 0..count {
            let postcode = streets.next().expect("there are more postcodes than assets");
            let known = if holding == "Land" { Known::Chance } else { Known::All };
            assets.push(asset(&mut random, name, postcode, known, other, holding));
        }
    }
    while assets.len() < ROWS {
        let postcode = streets.next().expect("there are more postcodes than assets");
        let known = if random.percent(75) { Known::Roughly } else { Known::Chance };
        let name = LAND[assets.len() % LAND.len()];
        let other = if random.percent(30) { "Land" } else { "" };
        assets.push(asset(&mut random, name, postcode, known, other, "Land"));
    }
    let mut rows: Vec<[String; 20]> =
        assets.into_iter().enumerate().map(|(index, asset)| row(&mut random, index, asset)).collect();
    // two rows were pasted twice
    rows.insert(61, rows[57].clone());
    rows.push(rows[112].clone());
    table::plain(&HEADING, rows)
}

fn of_hall(hall: &Hall, random: &mut Random) -> Asset {
    Asset {
        name: hall.name.replace('’', "'"),
        number: hall.number.to_string(),
        street: hall.street.clone(),
        town: hall.settlement.replace('’', "'"),
        postcode: hall.postcode.clone(),
        // surveyed by another department, so a few metres away
        place: Some(Coord {
            x: hall.place.x + 9.0 * random.signed(),
            y: hall.place.y + 9.0 * random.signed(),
        }),
        uprn: hall.uprn.clone(),
        detail: "Leasehold Out",
        other: "",
        holding: "Land/Buildings",
    }
}

fn of_library(library: &Library) -> Asset {
    let (number, street) = library.street.split_once(' ').expect("a number and a street");
    Asset {
        name: library.name.clone(),
        number: number.to_owned(),
        street: street.to_owned(),
        town: library.settlement.replace('’', "'"),
        postcode: library.postcode.clone(),
        place: Some(library.place),
        uprn: String::new(),
        detail: "Owner Occupied",
        other: "",
        holding: "Buildings",
    }
}

fn asset(
    random: &mut Random,
    name: &str,
    postcode: &Postcode,
    known: Known,
    other: &'static str,
    holding: &'static str,
) -> Asset {
    let street_stem = postcode.street.rsplit_once(' ').map_or("", |(stem, _)| stem);
    let village = postcode.settlement.name;
    let building = name.starts_with("{}");
    let called = match village {
        TOWN if building => street_stem,
        TOWN => &postcode.street,
        _ if building => village,
        _ => &postcode.street,
    };
    let exact = match known {
        Known::All => true,
        Known::Roughly => false,
        Known::Chance => random.percent(60),
    };
    let place =
        Coord { x: postcode.place.x + 60.0 * random.signed(), y: postcode.place.y + 60.0 * random.signed() };
    let has_place = exact && random.percent(88);
    Asset {
        name: name.replace("{}", called).replace('’', "'"),
        number: if holding != "Land" && random.percent(40) {
            random.between(1, 160).to_string()
        } else {
            String::new()
        },
        street: if random.percent(80) { postcode.street.clone() } else { String::new() },
        town: village.replace('’', "'"),
        postcode: if exact {
            postcode.text.clone()
        } else if random.percent(85) {
            postcode.outward().to_owned()
        } else {
            String::new()
        },
        place: has_place.then_some(place),
        uprn: if exact && random.percent(62) {
            format!("0999{:08}", 900_000 + random.below(90_000))
        } else {
            String::new()
        },
        detail: random.pick(&[
            "Vacant",
            "Owner Occupied",
            "Owner Occupied",
            "Leasehold Out",
            "Other",
            "Leasehold out",
        ]),
        other,
        holding,
    }
}

fn row(random: &mut Random, index: usize, asset: Asset) -> [String; 20] {
    // a spreadsheet took the zeros off some
    let uprn = if random.percent(20) { asset.uprn.trim_start_matches('0') } else { &asset.uprn };
    let second = ["", "", "", "/T", "/B", "/J", "/K"][index % 7];
    let second = if second.is_empty() { String::new() } else { format!("{second}{:07}", 3 + index * 2) };
    let [x, y] =
        asset.place.map_or([String::new(), String::new()], |place| degrees(place).map(|d| d.to_string()));
    let has_building = asset.holding != "Land";
    let size = if has_building && random.percent(60) {
        (random.between(12, 1900) as f64 / 2.0).to_string()
    } else {
        String::new()
    };
    let rating = if has_building && random.percent(35) {
        random.pick(&["B", "C", "D", "D", "D", "E", "F"])
    } else {
        ""
    };
    [
        "Wexmarsh Council".to_owned(),
        "https://example.org/id/metropolitan-district-council/wexmarsh".to_owned(),
        random.pick(&["2022-10-18", "2023-09-29", "2025-01-10"]).to_owned(),
        uprn.to_owned(),
        format!("WXMB{:04}{second}", index + 1),
        if index % 23 == 4 { format!("{} ", asset.name) } else { asset.name },
        asset.number,
        asset.street,
        asset.town,
        asset.postcode,
        if x.is_empty() { "" } else { "WGS84" }.to_owned(),
        x,
        y,
        if index % 41 == 40 { "Leasehold" } else { "Freehold" }.to_owned(),
        asset.detail.to_owned(),
        asset.other.to_owned(),
        asset.holding.to_owned(),
        size,
        String::new(),
        rating.to_owned(),
    ]
}
