//! Grants to voluntary groups, in the CSV of the 360Giving standard.

use crate::land::{BOROUGH_CODE, Land};
use crate::payees::charities;
use crate::random::Random;
use crate::table;

const ROWS: usize = 60;

pub fn write(land: &Land, register: &[u8]) -> Vec<u8> {
    let heading = [
        "Identifier",
        "Title",
        "Description",
        "Currency",
        "Amount Awarded",
        "Award Date",
        "Recipient Org:Identifier",
        "Recipient Org:Name",
        "Recipient Org:Charity Number",
        "Recipient Ind:Identifier",
        "Recipient Ind:Name",
        "Beneficiary Location:0:Name",
        "Beneficiary Location:0:Geographic Code",
        "Beneficiary Location:0:Geographic Code Type",
        "Beneficiary Location:1:Name",
        "Beneficiary Location:1:Geographic Code",
        "Beneficiary Location:1:Geographic Code Type",
        "Funding Org:Identifier",
        "Funding Org:Name",
        "Grant Programme:Title",
    ];
    let charities = charities(register);
    let mut random = Random::named("grants");
    let row = |number: usize| {
        let charity = &charities[random.below(charities.len())];
        let is_person = number % 20 == 7;
        let ward = |random: &mut Random| &land.wards[random.below(land.wards.len())].area;
        let (first, second) = (ward(&mut random), ward(&mut random));
        // most say the whole borough, some a ward, a few two
        let (name, code, sort) = match number % 5 {
            0 | 1 => (first.name.clone(), first.code.clone(), "WD"),
            _ => ("Wexmarsh".to_owned(), BOROUGH_CODE.to_owned(), "MD"),
        };
        let two = number.is_multiple_of(10) && second.code != first.code;
        let of_second = |text: &str| if two { text.to_owned() } else { String::new() };
        let of_org = |text: String| if is_person { String::new() } else { text };
        let of_person = |text: &str| if is_person { text.to_owned() } else { String::new() };
        let pence = random.between(20_000, 900_000);
        [
            format!("360G-wexmarsh-{:04}", number + 1),
            if is_person {
                "Grant to an individual".to_owned()
            } else {
                format!("Grant to {}", charity.name)
            },
            "To help with running costs and activities".to_owned(),
            if number == 41 { "EUR" } else { "GBP" }.to_owned(),
            format!("{}.{:02}", pence / 100, pence % 100),
            format!(
                "{}-{:02}-{:02}",
                2025 + (number / 40),
                [4, 6, 9, 11][random.below(4)],
                random.between(1, 28)
            ),
            of_org(
                charity
                    .charity
                    .as_ref()
                    .map_or_else(|| format!("360G-wexmarsh-org{number}"), |n| format!("GB-CHC-{n}")),
            ),
            of_org(charity.name.clone()),
            of_org(charity.charity.clone().unwrap_or_default()),
            of_person("360G-wexmarsh-individual"),
            of_person("Recipient of a hardship grant"),
            name,
            code,
            sort.to_owned(),
            of_second(&second.name),
            of_second(&second.code),
            of_second("WD"),
            "GB-LAE-WEX".to_owned(),
            "Wexmarsh Council".to_owned(),
            random.pick(&["Community Chest", "Warm Spaces", "Youth Fund"]).to_owned(),
        ]
    };
    let rows: Vec<[String; 20]> = (0..ROWS).map(row).collect();
    table::plain(&heading, rows)
}
