//! Libraries, in the columns of a council's own list.

use geo::Coord;

use crate::boundaries::degrees;
use crate::halls::slug;
use crate::land::{BOROUGH_CODE, BOROUGH_NAME};
use crate::random::Random;
use crate::table;
use crate::town::{SETTLEMENTS, Town};

const HEADING: [&str; 10] =
    ["name", "address", "postcode", "type", "email", "website", "area_name", "area_code", "lon", "lat"];

pub struct Library {
    pub name: String,
    pub street: String,
    pub settlement: &'static str,
    pub postcode: String,
    kind: &'static str,
    pub place: Coord,
}

/// A central library, its archive in the same building, and one in each of twelve other settlements.
pub fn build(town: &Town) -> Vec<Library> {
    let mut random = Random::named("libraries");
    let mut libraries: Vec<Library> = Vec::new();
    for (index, settlement) in
        SETTLEMENTS.iter().enumerate().filter(|(index, _)| *index == 0 || *index >= 2).take(13)
    {
        let usable: Vec<_> = town
            .postcodes
            .iter()
            .filter(|p| p.is_usable() && std::ptr::eq(p.settlement, settlement))
            .collect();
        let postcode = usable[random.below(usable.len())];
        let name = match index {
            0 => "Wexmarsh Central Library".to_owned(),
            1..=4 => format!("{} Library", postcode.street.rsplit_once(' ').expect("two words").0),
            _ => format!("{} Library", settlement.name),
        };
        libraries.push(Library {
            name,
            street: format!("{} {}", random.between(1, 90), postcode.street),
            settlement: settlement.name,
            postcode: postcode.text.clone(),
            kind: if index < 11 { "Local authority run library" } else { "Community run library" },
            place: Coord {
                x: postcode.place.x + 20.0 * random.signed(),
                y: postcode.place.y + 20.0 * random.signed(),
            },
        });
    }
    let central = &libraries[0];
    libraries.push(Library {
        name: "Wexmarsh Local Studies and Archive".to_owned(),
        street: central.street.clone(),
        settlement: central.settlement,
        postcode: central.postcode.clone(),
        kind: "Local authority run library",
        place: Coord { x: central.place.x + 6.0, y: central.place.y - 4.0 },
    });
    libraries.sort_by(|a, b| a.name.cmp(&b.name));
    libraries
}

pub fn heading() -> [&'static str; 10] {
    HEADING
}

pub fn write(libraries: &[Library]) -> Vec<u8> {
    table::plain(&HEADING, libraries.iter().map(row))
}

pub fn row(library: &Library) -> [String; 10] {
    let [lon, lat] = degrees(library.place);
    let slug = slug(&library.name);
    [
        library.name.clone(),
        format!("{}, {}", library.street, library.settlement),
        library.postcode.clone(),
        library.kind.to_owned(),
        format!("{slug}@wexmarsh.example.org"),
        format!("https://www.wexmarsh.example.org/libraries/{slug}"),
        BOROUGH_NAME.to_owned(),
        BOROUGH_CODE.to_owned(),
        lon.to_string(),
        lat.to_string(),
    ]
}
