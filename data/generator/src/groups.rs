//! Groups that are on no register: what people told the council about themselves, typed into a spreadsheet on Windows.

use encoding_rs::WINDOWS_1252;

use crate::halls::{Hall, known, phone, slug};
use crate::land::{Character, Land};
use crate::random::Random;
use crate::table;
use crate::town::Town;
use crate::words::ACTIVITIES;

const HEADING: [&str; 13] = [
    "ID",
    "Name",
    "Description",
    "Category",
    "Where they meet",
    "Address",
    "Postcode",
    "Website",
    "Contact email",
    "Phone",
    "Meeting times",
    "Areas served",
    "Last updated",
];
/// How many people entered twice, under another spelling.
const TWICE: usize = 9;
const WHOLE_BOROUGH: &str = "whole borough";

#[derive(Clone)]
struct Group {
    name: String,
    about: String,
    category: &'static str,
    venue: String,
    address: String,
    postcode: String,
    website: String,
    email: String,
    phone: String,
    meets: String,
    areas: String,
    updated: String,
}

pub fn write(land: &Land, town: &Town, halls: &[Hall]) -> Vec<u8> {
    let mut random = Random::named("groups");
    let mut groups = Vec::new();
    for (ward, of_land) in land.wards.iter().enumerate() {
        let venues: Vec<&Hall> = halls.iter().filter(|hall| hall.ward == Some(ward)).collect();
        let count = match of_land.character {
            Character::Urban => 9,
            Character::Suburban => 7,
            Character::Rural => 5,
        };
        for nth in 0..count {
            let activity = (ward * 8 + nth * 3 + ward / 5) % ACTIVITIES.len();
            groups.push(group(&mut random, land, ward, activity, venues[nth % venues.len()]));
        }
    }
    groups.extend(across_the_border(&mut random, land, halls));
    groups.extend(sensitive(land, town));
    for nth in 0..TWICE {
        let again = entered_again(&groups[nth * 13 + 4], nth);
        groups.push(again);
    }
    random.shuffle(&mut groups);
    let rows = groups.into_iter().enumerate().map(|(index, group)| row(index, group));
    let utf8 = table::spreadsheet(&HEADING, rows);
    let text = String::from_utf8(utf8).expect("written from text");
    let (bytes, _, unmappable) = WINDOWS_1252.encode(&text);
    assert!(!unmappable, "only what Windows-1252 has may be written");
    bytes.into_owned()
}

fn group(random: &mut Random, land: &Land, ward: usize, activity: usize, venue: &Hall) -> Group {
    let activity = &ACTIVITIES[activity];
    let area = &land.wards[ward].area;
    let place = area.name.split(" & ").next().expect("a name").replace('\'', "’");
    let name = activity.name.replace("{}", &place);
    let slug = slug(&name);
    let neighbour = &land.wards[(ward + 7) % land.wards.len()].area.code;
    let areas = match random.below(10) {
        0..=4 => area.code.clone(),
        5 | 6 => format!("{}; {neighbour}", area.code),
        7 => WHOLE_BOROUGH.to_owned(),
        _ => String::new(),
    };
    let has_postcode = random.percent(86);
    let number = phone(random);
    let email = random.pick(&["info", "hello", "contact"]);
    Group {
        about: activity.about.to_owned(),
        category: activity.category,
        venue: venue.name.clone(),
        address: if random.percent(85) { venue.address() } else { String::new() },
        postcode: if has_postcode { typed(random, &venue.postcode) } else { String::new() },
        website: known(random, 40, format!("https://{slug}.example.org")),
        email: known(random, 65, format!("{email}@{slug}.example.org")),
        phone: known(random, 55, number),
        meets: activity.meets.to_owned(),
        areas,
        updated: updated(random),
        name,
    }
}

/// A few meet over the border and serve the wards this side of it.
fn across_the_border(random: &mut Random, land: &Land, halls: &[Hall]) -> Vec<Group> {
    let over: Vec<&Hall> = halls.iter().filter(|hall| hall.ward.is_none()).collect();
    let mut groups = Vec::new();
    for (nth, activity) in [0, 7, 13, 25].into_iter().enumerate() {
        let mut group = group(random, land, nth * 4 + 1, activity, over[nth % over.len()]);
        group.areas = format!("{}; {}", land.wards[nth * 4 + 1].area.code, land.wards[nth * 4 + 2].area.code);
        groups.push(group);
    }
    groups
}

/// Rows that no output may show. The council should not have published their addresses, and councils do.
fn sensitive(land: &Land, town: &Town) -> [Group; 2] {
    let of_ward = |ward: usize, nth: usize| {
        let near = town.in_ward(ward);
        let postcode = near[nth % near.len()];
        (format!("{} {}, Wexmarsh", nth, postcode.street_and_village()), postcode.text.clone())
    };
    let (refuge, refuge_postcode) = of_ward(2, 17);
    let (home, home_postcode) = of_ward(7, 9);
    let group = |name: &str, about: &str, category, venue: &str, address, postcode, areas: String| Group {
        name: name.to_owned(),
        about: about.to_owned(),
        category,
        venue: venue.to_owned(),
        address,
        postcode,
        website: String::new(),
        email: format!("office@{}.example.org", slug(venue)),
        phone: String::new(),
        meets: String::new(),
        areas,
        updated: "14/02/2025".to_owned(),
    };
    [
        group(
            "Lantern House Women’s Refuge",
            "Safe accommodation and support for women and children fleeing domestic abuse. Open day and night.",
            "Domestic abuse",
            "Lantern House",
            refuge,
            refuge_postcode,
            WHOLE_BOROUGH.to_owned(),
        ),
        group(
            "Friends of Dunnock House Children’s Home",
            "Treats, outings and birthday presents for the children who live at the home.",
            "Young people",
            "Dunnock House Children’s Home",
            home,
            home_postcode,
            land.wards[7].area.code.clone(),
        ),
    ]
}

/// The same group, typed by someone else.
fn entered_again(group: &Group, nth: usize) -> Group {
    let mut again = group.clone();
    match nth % 3 {
        0 => {}
        1 => {
            again.name = group.name.replace('’', "'").to_uppercase();
            again.updated = "03/11/2021".to_owned();
        }
        _ => {
            again.name = format!("The {}", group.name.replace('’', "").replace(" & ", " and "));
            again.email = String::new();
            again.postcode = group.postcode.to_lowercase();
        }
    }
    again
}

fn typed(random: &mut Random, postcode: &str) -> String {
    match random.below(12) {
        0 => postcode.replace(' ', ""),
        1 => postcode.to_lowercase(),
        2 => format!(" {postcode}"),
        _ => postcode.to_owned(),
    }
}

fn updated(random: &mut Random) -> String {
    let (day, month, year) = (random.between(1, 28), random.between(1, 12), random.between(2019, 2025));
    match random.below(20) {
        0 => String::new(),
        1 => format!("{day}/{month}/{}", year % 100),
        _ => format!("{day:02}/{month:02}/{year}"),
    }
}

fn row(index: usize, group: Group) -> [String; 13] {
    // one date that no calendar has
    let updated = if index == 77 { "31/02/2024".to_owned() } else { group.updated };
    [
        (index + 1).to_string(),
        group.name,
        group.about,
        group.category.to_owned(),
        group.venue,
        group.address,
        group.postcode,
        group.website,
        group.email,
        group.phone,
        group.meets,
        group.areas,
        updated,
    ]
}
