//! The postcode directory, in the columns of the ONS Postcode Directory of November 2025.

use csv::{QuoteStyle, Terminator};

use crate::boundaries::degrees;
use crate::land::Land;
use crate::table;
use crate::town::{Postcode, Town};

const HEADING: [&str; 15] = [
    "pcd7", "pcd8", "pcds", "dointr", "doterm", "lad25cd", "wd25cd", "east1m", "north1m", "gridind",
    "ctry25cd", "lsoa21cd", "msoa21cd", "lat", "long",
];
const ENGLAND: &str = "E92000001";

pub fn write(land: &Land, town: &Town) -> Vec<u8> {
    let rows = town.postcodes.iter().enumerate().map(|(index, postcode)| row(land, index, postcode));
    table::write(&HEADING, rows, Terminator::Any(b'\n'), QuoteStyle::NonNumeric)
}

fn row(land: &Land, index: usize, postcode: &Postcode) -> [String; 15] {
    let (outward, inward) = postcode.text.split_once(' ').expect("a postcode has a blank");
    let found = postcode.has_grid_reference;
    let when = |known: bool, text: String| if known { text } else { String::new() };
    let [long, lat] = if found { degrees(postcode.place) } else { [0.0, 99.999_999] };
    let lsoa = postcode.lsoa.map(|lsoa| &land.lsoas[lsoa]);
    let ward = match postcode.ward {
        Some(ward) => land.wards[ward].area.code.clone(),
        // wards of the neighbours, which the ward file does not hold
        None => format!("E05999{}", 900 + postcode.district),
    };
    [
        format!("{outward:<4}{inward}"),
        format!("{outward:<4} {inward}"),
        postcode.text.clone(),
        postcode.introduced.to_string(),
        postcode.terminated.map_or(String::new(), |month| month.to_string()),
        when(found, land.districts[postcode.district].code.clone()),
        when(found, ward),
        when(found, postcode.place.x.to_string()),
        when(found, postcode.place.y.to_string()),
        if found { if index % 97 == 5 { "3" } else { "1" } } else { "9" }.to_owned(),
        ENGLAND.to_owned(),
        when(found, lsoa.map_or(format!("E019999{:02}", postcode.district), |lsoa| lsoa.area.code.clone())),
        when(found, lsoa.map_or(format!("E029999{:02}", postcode.district), |lsoa| lsoa.msoa_code.clone())),
        format!("{lat:.6}"),
        format!("{long:.6}"),
    ]
}
