//! An extract of a register of charities: those that say they work in the borough, wherever their office is.

use crate::halls::{Hall, slug};
use crate::land::Land;
use crate::random::Random;
use crate::table;
use crate::town::{Postcode, Town};
use crate::words::SAINTS;

const HEADING: [&str; 9] = [
    "registered_charity_number",
    "charity_company_registration_number",
    "charity_name",
    "charity_type",
    "charity_activities",
    "date_of_registration",
    "charity_contact_address",
    "charity_contact_postcode",
    "charity_contact_web",
];
const ROWS: usize = 240;
/// What the extract writes for an empty cell.
const EMPTY: &str = "NA";

/// What local charities are called and do; `{}` is the place. Capitals are the register's older entries.
const LOCAL: [(&str, &str); 17] = [
    (
        "{} COMMUNITY ASSOCIATION",
        "Meeting place for social groups including over 60s, dance schools, playgroups, exercise classes and drama.",
    ),
    (
        "{} Scout Group",
        "Promoting the development of young people in achieving their full physical, intellectual, social and spiritual potential.",
    ),
    (
        "FRIENDS OF {} PRIMARY SCHOOL",
        "To advance the education of pupils at the school by providing equipment and activities that the council does not.",
    ),
    ("{} PRE-SCHOOL PLAYGROUP", "Sessional care and education for children aged 2 to 5 years,term time only"),
    (
        "The {} Foodbank",
        "Provides three days' emergency food to people referred by doctors, health visitors and advice workers.",
    ),
    (
        "{} RELIEF IN NEED CHARITY",
        "Small grants, usually £50 to £300, to people living in the ancient parish who are in hardship.",
    ),
    ("{} Carers Centre", "Information, breaks and a voice for unpaid carers of all ages."),
    ("{} CHORAL SOCIETY", "Three concerts a year.Rehearsals are open to all who enjoy singing."),
    ("THE {} ALMSHOUSES", "Accommodation for older people of limited means with a connection to the parish."),
    ("{} Credit Union Support Trust", "To relieve poverty by education in managing money."),
    (
        "{} VILLAGE HALL",
        "Provision and maintenance of a village hall for the use of the inhabitants, without distinction of sex, sexual orientation, nationality, age, disability, race or of political, religious or other opinions.",
    ),
    (
        "{} Baptist Church",
        "The advancement of the Christian faith in the neighbourhood. Toddler group, youth club, lunch club and a \"warm space\" in winter.",
    ),
    ("Ageing Gladly {}", "Befriending, foot care, handyperson service and advice for people over 65."),
    (
        "{} & DISTRICT SWIMMING CLUB FOR DISABLED PEOPLE",
        "Weekly swimming with trained helpers in a heated pool.",
    ),
    (
        "{} Wildlife Trust Group",
        "Looks after two meadows and a stretch of the old canal.\nWork parties on the second Sunday.",
    ),
    (
        "{} MASJID AND EDUCATION TRUST",
        "Prayer, supplementary school and advice for the muslim community and their neighbours.",
    ),
    ("Open Door {}", "Mentoring and counselling for young people aged 11-25."),
];

/// Charities of the whole country or of a region, whose area of operation happens to take in the borough.
const DISTANT: [(&str, &str); 14] = [
    ("THE {} FOUNDATION", "GRANT MAKING"),
    (
        "{} HOSPICE AT HOME LIMITED",
        "Care at home for people with a life-limiting illness, across five districts.",
    ),
    ("{} Air Ambulance", "Helicopter emergency medical service."),
    ("THE {} EDUCATIONAL ENDOWMENT", EMPTY),
    (
        "{} DIOCESAN BOARD OF FINANCE",
        "To promote and assist the work and purposes of the church for the advancement of religion in the diocese.",
    ),
    ("{} Lifeboat House Trust", "Preservation of a lifeboat house and its boat for the public benefit"),
    ("{} COUNTY ASSOCIATION OF CHANGE RINGERS", "To promote bell ringing and the recruitment of ringers"),
    ("{} Housing Trust", "Supported housing for people leaving care or prison."),
    (
        "THE {} SEAFARERS' BENEVOLENT SOCIETY",
        "Pensions and grants to retired seafarers and their dependents.",
    ),
    ("{} Talking Newspaper", "Weekly audio news for blind and partially sighted people."),
    ("{} Nature Recovery", "Nature reserves, wildlife surveys and advice to farmers."),
    ("{} MASONIC CHARITABLE FUND", "To relieve persons in need."),
    ("Page Partners {}", "Volunteers who listen to children read in schools."),
    ("{} Law Centre", "Free legal advice on housing, debt, employment and immigration."),
];
const DISTANT_PLACES: [&str; 16] = [
    "Duncarrow",
    "Kestrelvale",
    "Ormesdale",
    "Thorle Valley",
    "Harnmouth",
    "Stellingford Bay",
    "Cawdle and Wrenth",
    "North Ormesdale",
    "Brackenfold",
    "Vesterhythe",
    "Ullenmarsh",
    "Greater Kestrelvale",
    "Dorrimouth",
    "Penhallish",
    "Marrinworth",
    "Thistleby Sound",
];

struct Charity {
    name: String,
    activities: &'static str,
    address: String,
    postcode: String,
}

pub fn write(land: &Land, town: &Town, halls: &[Hall]) -> Vec<u8> {
    let mut random = Random::named("charities");
    let mut charities = at_halls(halls);
    for (ward, of_land) in land.wards.iter().enumerate() {
        let mut near = town.in_ward(ward);
        random.shuffle(&mut near);
        for (nth, postcode) in near.into_iter().take(4).enumerate() {
            charities.push(local(&mut random, ward * 4 + nth * 7, &of_land.area.name, postcode));
        }
    }
    let mut distant = 0;
    while charities.len() < ROWS {
        charities.push(self::distant(&mut random, distant));
        distant += 1;
    }
    // a register runs by number, and numbers run by date
    random.shuffle(&mut charities);
    let mut number = 9_900_112;
    let rows: Vec<[String; 9]> = charities
        .into_iter()
        .enumerate()
        .map(|(index, charity)| {
            number += random.between(40, 520);
            row(&mut random, number, 1962 + index * 62 / ROWS, charity)
        })
        .collect();
    table::plain(&HEADING, rows)
}

/// Some halls are run by a charity of the same name, so that the two can be found to belong together.
fn at_halls(halls: &[Hall]) -> Vec<Charity> {
    let run_by_charity = |hall: &&Hall| {
        hall.ward.is_some() && matches!(hall.kind, "Village hall" | "Community centre" | "Scout hut")
    };
    halls
        .iter()
        .filter(run_by_charity)
        .step_by(2)
        .map(|hall| Charity {
            name: hall.name.to_uppercase().replace('’', "'").replace(" HEADQUARTERS", " GROUP"),
            activities: if hall.kind == "Scout hut" { LOCAL[1].1 } else { LOCAL[10].1 },
            address: hall.address().replace('’', "'"),
            postcode: hall.postcode.clone(),
        })
        .collect()
}

fn local(random: &mut Random, index: usize, ward: &str, postcode: &Postcode) -> Charity {
    let (name, activities) = LOCAL[index % LOCAL.len()];
    let saint = SAINTS[index % SAINTS.len()];
    let place = if index.is_multiple_of(5) { format!("{saint}'s") } else { ward.to_owned() };
    let place = if name.to_uppercase() == name { place.to_uppercase() } else { place };
    Charity {
        name: name.replace("{}", &place),
        activities,
        address: format!(
            "{} {}, Wexmarsh",
            random.between(1, 120),
            postcode.street_and_village().replace('’', "'")
        ),
        postcode: postcode.text.clone(),
    }
}

fn distant(random: &mut Random, index: usize) -> Charity {
    let (name, activities) = DISTANT[index % DISTANT.len()];
    let place = DISTANT_PLACES[(index * 5 + index / 112) % DISTANT_PLACES.len()];
    let town = place.rsplit(' ').next().expect("a place has a name");
    let letters = b"ABDEFGHJLNPQRSTUWXYZ";
    let unit = [letters[random.below(20)], letters[random.below(20)]].map(char::from);
    let area = random.pick(&["QY", "QZ", "QV"]);
    let outward = random.between(1, 24);
    Charity {
        name: name.replace(
            "{}",
            &if name.to_uppercase() == name { place.to_uppercase() } else { place.to_owned() },
        ),
        activities,
        address: format!(
            "{} {} Street, {town}",
            random.between(1, 240),
            random.pick(&["Bishopwell", "Cornhythe", "Station", "Quayside"])
        ),
        postcode: format!("{area}{outward} {}{}{}", random.below(10), unit[0], unit[1]),
    }
}

fn row(random: &mut Random, number: usize, year: usize, charity: Charity) -> [String; 9] {
    let kind = match random.below(10) {
        3..=7 if year > 2012 => "CIO",
        0..5 => "Other",
        5 | 6 => "Charitable company",
        7 | 8 => "Trust",
        _ => "Previously excepted",
    };
    let company = if kind == "Charitable company" {
        format!("99{:06}", random.below(900_000))
    } else {
        EMPTY.to_owned()
    };
    let slug = slug(&charity.name);
    let web = match random.below(9) {
        0 | 1 => format!("www.{slug}.example.org"),
        2 => format!("https://{slug}.example.org/"),
        3 => format!("http://www.example.org/{slug}"),
        4 => format!("{slug}.example.org"),
        _ => EMPTY.to_owned(),
    };
    [
        number.to_string(),
        company,
        charity.name,
        kind.to_owned(),
        charity.activities.to_owned(),
        format!("{year}-{:02}-{:02}", random.between(1, 12), random.between(1, 28)),
        charity.address,
        mistyped(random, &charity.postcode),
        web,
    ]
}

/// One postcode in six is not quite one.
fn mistyped(random: &mut Random, postcode: &str) -> String {
    let letter_for_digit = match postcode.contains('0') {
        true => postcode.replace('0', "O"),
        false => postcode.replace(" 1", " I"),
    };
    match random.below(100) {
        0..=7 => format!("{postcode} "),
        8..=11 => postcode.replace(' ', ""),
        12..=13 => postcode.to_lowercase(),
        14..=19 if letter_for_digit != postcode => letter_for_digit,
        20..=22 => EMPTY.to_owned(),
        // a nought after a one looks most like a letter
        23..=80 if postcode.starts_with("QX10") => letter_for_digit,
        _ => postcode.to_owned(),
    }
}
