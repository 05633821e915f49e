//! A town for tests of money.

#![allow(dead_code, reason = "no test needs all of it")]

use app::money::{Ask, read};
use app::{Options, StorePlace, import, open_store};
use std::path::PathBuf;
use store::Store;

/// Two wards in a district, each of two small areas: the west has 300 and 100 people, the east 100 and 100.
pub struct Town {
    pub folder: PathBuf,
    pub store: Box<dyn Store>,
}

pub const WEST: &str = "E05000001";
pub const EAST: &str = "E05000002";

impl Town {
    pub fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("assetmap-money-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a temporary folder");
        let file: StorePlace =
            folder.join("store.gpkg").to_str().expect("a plain path").parse().expect("a place");
        let town = Self { store: open_store(&file, true).expect("a store"), folder };
        let square = |stem: &str, code: &str, name: &str, west: f64, east: f64| {
            format!(
                r#"{{"type":"Feature","properties":{{"{stem}CD":"{code}","{stem}NM":"{name}"}},"geometry":{{"type":"Polygon",
                "coordinates":[[[{west},53.0],[{east},53.0],[{east},53.1],[{west},53.1],[{west},53.0]]]}}}}"#
            )
        };
        let areas = |features: Vec<String>| {
            format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
        };
        town.import(
            "districts_2023.geojson",
            &areas(vec![square("LAD23", "E08000001", "Wexmarsh", -2.4, -2.0)]),
        );
        town.import(
            "wards_2023.geojson",
            &areas(vec![square("WD23", WEST, "West", -2.4, -2.2), square("WD23", EAST, "East", -2.2, -2.0)]),
        );
        let small =
            |n: u32, west: f64| square("LSOA21", &format!("E0100000{n}"), &format!("L{n}"), west, west + 0.1);
        town.import(
            "lsoa_2021.geojson",
            &areas(vec![small(1, -2.4), small(2, -2.3), small(3, -2.2), small(4, -2.1)]),
        );
        town.import(
            "population_2024.csv",
            "area_code,year,population\nE01000001,2024,300\nE01000002,2024,100\nE01000003,2024,100\nE01000004,2024,100\n",
        );
        town.import("village_halls.csv", "name,postcode,latitude,longitude\nAsh Tree Hall,,53.05,-2.15\n");
        town
    }

    pub fn import(&self, name: &str, text: &str) -> app::ImportReport {
        let path = self.folder.join(name);
        std::fs::write(&path, text).expect("a temporary file");
        let options = Options { this_year: 2026, ..Options::default() };
        let report = import(self.store.as_ref(), &path, &options, &()).expect("it can be read");
        assert!(report.refused.is_none() && report.adds_up(), "{report:?}");
        report
    }

    pub fn spend(&self, lines: &str) -> app::ImportReport {
        let head = "Body Name,Directorate,Supplier Name,Payment Date,Net Amount,Purpose";
        self.import("spend_2026.csv", &format!("{head}\n{lines}"))
    }

    pub fn of(&self, ask: &Ask) -> String {
        let (atlas, ledger) = read(self.store.as_ref()).expect("it can be read");
        let spending = ledger.spending(&atlas, ask).expect("a question");
        let nowhere: i64 = spending.nowhere.iter().map(|(_, sum)| sum.pence.0).sum();
        let areas = spending.areas.iter().map(|area| {
            let per_head = area.per_head.map_or(-1, |pence| pence.0);
            format!("{} {}+{} {per_head}", area.name, area.sum.located.pence.0, area.sum.modelled.pence.0)
        });
        let together =
            spending.located.pence.0 + spending.modelled.pence.0 + spending.elsewhere.pence.0 + nowhere;
        assert_eq!(together, spending.asked.pence.0, "all parts are the whole");
        format!("{} | {nowhere} of {}", areas.collect::<Vec<_>>().join(" | "), spending.asked.pence.0)
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}
