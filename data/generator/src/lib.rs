//! Our own borough: Wexmarsh, which does not exist, as its council would publish it.
//!
//! Everything comes from one seed, so the same program always writes the same bytes:
//!
//! 1. [`land`]: cells of a honeycomb become wards, LSOAs and districts that share their edges exactly,
//! 2. [`town`]: settlements, streets and postcodes on that land,
//! 3. one module a file for what stands and meets there: [`halls`], [`libraries`], [`assets`], [`charities`], [`groups`],
//! 4. what it costs and for whom: [`spend`], [`grants`], [`providers`], [`population`],
//! 5. [`boundaries`] and [`postcodes`] write the geography, [`flaws`] the files that are wrong on purpose.
//!
//! `data/README.md` says what each file shows. No place, person, number or address in it is meant to be real.

#![allow(missing_docs, reason = "a program, split so that its tests can call it")]

pub mod assets;
pub mod boundaries;
pub mod charities;
pub mod flaws;
pub mod grants;
pub mod groups;
pub mod halls;
pub mod land;
pub mod libraries;
pub mod payees;
pub mod population;
pub mod postcodes;
pub mod providers;
pub mod random;
pub mod spend;
pub mod table;
pub mod town;
pub mod words;

use std::collections::BTreeMap;

use land::Land;
use town::Town;

/// Every file of the borough: its path under `data/`, and its bytes.
pub fn files() -> BTreeMap<&'static str, Vec<u8>> {
    let land = Land::survey();
    let town = Town::build(&land);
    let halls = halls::build(&land, &town);
    let libraries = libraries::build(&town);
    let register = charities::write(&land, &town, &halls);
    let population = population::Population::count(&land);
    let spend = spend::write(&register, &halls);
    let files = BTreeMap::from([
        ("wards_2025.geojson", boundaries::wards(&land)),
        ("wards_2025_bng.geojson", boundaries::wards_bng(&land)),
        ("borough_2025.geojson", boundaries::districts(&land)),
        ("lsoas_2021.geojson", boundaries::lsoas(&land)),
        ("postcodes.csv", postcodes::write(&land, &town)),
        ("halls.csv", halls::write(&halls)),
        ("libraries.csv", libraries::write(&libraries)),
        ("land_and_building_assets.csv", assets::write(&town, &halls, &libraries)),
        ("card_transactions.csv", spend::cards()),
        ("grants_360giving.csv", grants::write(&land, &register)),
        ("health_and_police_spend.csv", providers::write(&land)),
        ("population_2024_lsoas.csv", population.of_lsoas(&land)),
        ("population_2024_wards.csv", population.of_wards(&land)),
        ("indices_of_deprivation_2025.csv", population.deprivation(&land)),
        ("charity_register_extract.csv", register),
        ("community_groups.csv", groups::write(&land, &town, &halls)),
        ("flaws/grants_2025.csv", flaws::error_page()),
        ("flaws/contracts_register.csv", providers::contracts()),
        ("flaws/empty.csv", Vec::new()),
        ("flaws/wards_swapped_axes.geojson", flaws::swapped_axes(&land)),
        ("flaws/wards_metres_called_crs84.geojson", flaws::metres_called_crs84(&land)),
        ("flaws/halls_bad_coordinates.csv", flaws::bad_coordinates(&halls)),
        ("flaws/broken_rings.geojson", flaws::broken_rings()),
        ("flaws/double_encoded_bom.csv", flaws::double_encoded_bom(&libraries)),
    ]);
    files.into_iter().chain(spend).collect()
}
