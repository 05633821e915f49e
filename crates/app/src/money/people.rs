//! How many people live where, out of what several sources say for several years.

use super::ground::Ground;
use super::inside::{Inside, codes_of_today};
use crate::import::hex;
use atlas::Atlas;
use measures::{Lies, People, Places, Residents, WeightSet};
use model::{AreaCode, Fingerprint, Level, PopulationRecord};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use store::Weights;

/// The levels whose figures money is shared out by, the smallest first.
const LEVELS: [Level; 4] = [Level::OutputArea, Level::Lsoa, Level::Msoa, Level::Ward];

/// How many people live in areas, by code.
pub(super) type PeopleOfAreas = HashMap<String, Residents>;

/// The areas whose people money may be shared out by.
pub(super) struct SmallAreas {
    inside: Inside,
    /// Those over whose boundaries newer ones lie.
    older: HashSet<AreaCode>,
}

/// Populations by area and year: of several sources the one that knows most of ages, then the one that sorts first.
#[derive(Default)]
pub(super) struct Populations(BTreeMap<AreaCode, BTreeMap<u16, PopulationRecord>>);

impl Populations {
    /// Adds what a source says, sources in the order of their ids.
    pub fn add(&mut self, people: PopulationRecord) {
        let of_area = self.0.entry(people.area.clone()).or_default();
        match of_area.get(&people.year) {
            Some(known) if detail(known) >= detail(&people) => {}
            _ => {
                of_area.insert(people.year, people);
            }
        }
    }

    /// The people of an area in a year, or in the known year that is nearest to it; of two the later.
    pub fn of(&self, area: &AreaCode, year: u16) -> Option<&PopulationRecord> {
        self.0
            .get(area)?
            .values()
            .min_by_key(|known| (known.year.abs_diff(year), std::cmp::Reverse(known.year)))
    }

    /// The areas whose people money may be shared out by, known or not.
    pub fn small_areas(&self, atlas: &Atlas) -> SmallAreas {
        let levels: BTreeSet<Level> = self.0.keys().filter_map(AreaCode::level).collect();
        let levels = levels.into_iter().filter(|level| LEVELS.contains(level));
        let drawn: HashSet<AreaCode> = levels.flat_map(|level| codes_of_today(atlas, level)).collect();
        let known = self.0.keys().filter(|area| area.level().is_some_and(|level| LEVELS.contains(&level)));
        let is_drawn = |area: &AreaCode| atlas.locality(area.as_str()).is_some();
        let older = known.clone().filter(|area| is_drawn(area) && !drawn.contains(*area)).cloned().collect();
        let all: BTreeSet<AreaCode> = known.chain(&drawn).cloned().collect();
        SmallAreas { inside: Inside::new(atlas, all), older }
    }

    /// The people in a scope whom a weight counts: of small areas, and of wards where these are known too. A level counts only
    /// when all of its areas there do, and the newest year in which the smallest such level does. `None` when nobody is known.
    pub fn weights(&self, small: &SmallAreas, name: &str, scope: &[AreaCode]) -> Option<Weights> {
        let people = People::parse(name)?;
        let areas = small.by_level(scope);
        let known = areas.values().flatten().filter_map(|area| self.0.get(*area));
        let years: BTreeSet<u16> = known.flat_map(|years| years.keys().copied()).collect();
        // An area whose people are not known would get nothing: its level can't be shared out by.
        let whole = |year: u16, level: Level| -> Option<BTreeMap<AreaCode, u64>> {
            let count = |area: &AreaCode| people.counted(self.0.get(area)?.get(&year)?);
            let all = areas.get(&level)?.iter().map(|area| Some(((*area).clone(), count(area)?)));
            let all: BTreeMap<AreaCode, u64> = all.collect::<Option<_>>()?;
            all.values().any(|people| *people > 0).then_some(all)
        };
        let newest = |level| years.iter().rev().copied().find(|year| whole(*year, level).is_some());
        let year = LEVELS.into_iter().find_map(newest)?;
        let weights = LEVELS.into_iter().filter_map(|level| whole(year, level)).flatten().collect();
        let id = id_of(name, year, scope, &weights);
        Some(Weights { id, name: name.to_owned(), year, scope: scope.to_vec(), weights })
    }
}

impl SmallAreas {
    /// Those of a scope by level. The people of an older area are counted in those that lie over it, too: of a level the
    /// older ones are left out when any other is there.
    fn by_level(&self, scope: &[AreaCode]) -> BTreeMap<Level, Vec<&AreaCode>> {
        let here = self.inside.of(scope).into_iter();
        let (older, others): (Vec<&AreaCode>, Vec<_>) = here.partition(|area| self.older.contains(*area));
        let grouped = |areas: Vec<_>| {
            let mut grouped: BTreeMap<Level, Vec<&AreaCode>> = BTreeMap::new();
            for (level, area) in areas.into_iter().filter_map(|area: &AreaCode| Some((area.level()?, area))) {
                grouped.entry(level).or_default().push(area);
            }
            grouped
        };
        let mut all = grouped(older);
        all.extend(grouped(others));
        all
    }
}

impl Populations {
    /// How many people live in the areas of a level and in which year, as sums of the small areas that count in each: of the
    /// smallest level and newest year that know them all.
    pub fn summed(&self, atlas: &Atlas, ground: &Ground<'_>) -> PeopleOfAreas {
        let mut sums = HashMap::new();
        for level in LEVELS {
            if !self.0.keys().any(|area| area.level() == Some(level)) {
                continue;
            }
            let mut parts: HashMap<String, Vec<Option<&BTreeMap<u16, PopulationRecord>>>> = HashMap::new();
            for small in codes_of_today(atlas, level) {
                if let Lies::In(area) = ground.lies(&small) {
                    parts.entry(area).or_default().push(self.0.get(&small));
                }
            }
            for (area, parts) in parts {
                let years: BTreeSet<u16> =
                    parts.iter().flatten().flat_map(|years| years.keys().copied()).collect();
                let people = |year: u16| {
                    let of_each = parts.iter().map(|part| Some(u64::from((*part)?.get(&year)?.total)));
                    Some(Residents { people: of_each.sum::<Option<u64>>()?, year })
                };
                if let Some(found) = years.into_iter().rev().find_map(people) {
                    sums.entry(area).or_insert(found);
                }
            }
        }
        sums
    }
}

/// How much a source says of ages: single years before bands, and these before a total.
fn detail(people: &PopulationRecord) -> u8 {
    match (people.by_age.is_empty(), people.by_band.is_empty()) {
        (false, _) => 2,
        (true, false) => 1,
        (true, true) => 0,
    }
}

/// Of kept weights those to share out by among areas of a level: of that level itself where all of `areas` have one, since
/// these are the figures that were published for them; else of the smallest areas.
pub(super) fn chosen(kept: &Weights, level: Level, areas: &[AreaCode]) -> Option<WeightSet> {
    let of_level = |level: Level| -> Vec<(AreaCode, u64)> {
        let of = kept.weights.iter().filter(|(area, _)| area.level() == Some(level));
        of.map(|(area, weight)| (area.clone(), *weight)).collect()
    };
    let own = of_level(level);
    let has_all = !areas.is_empty() && areas.iter().all(|area| kept.weights.contains_key(area));
    let atoms = match LEVELS.contains(&level) && has_all {
        true => own,
        false => LEVELS.into_iter().map(of_level).find(|atoms| !atoms.is_empty())?,
    };
    WeightSet::new(kept.name.clone(), kept.scope.clone(), kept.year, atoms).ok()
}

/// The same content has the same id, and another another.
fn id_of(name: &str, year: u16, scope: &[AreaCode], weights: &BTreeMap<AreaCode, u64>) -> String {
    let content = serde_json::json!([name, year, scope, weights]).to_string();
    hex(&Fingerprint::of([content.as_bytes()]).0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlas::AtlasBuilder;
    use geo_types::{MultiPolygon, polygon};
    use model::{Locality, LocalityKey, Vintage};

    fn code(text: &str) -> AreaCode {
        AreaCode::parse(text).unwrap()
    }

    fn people(area: &str, year: u16, total: u32) -> PopulationRecord {
        PopulationRecord {
            source: "x".into(),
            area: code(area),
            year,
            total,
            by_age: vec![],
            by_band: vec![],
        }
    }

    #[test]
    fn the_nearest_year_counts_and_of_two_the_later() {
        let mut all = Populations::default();
        for (year, total) in [(2020, 1), (2022, 2), (2024, 3)] {
            all.add(people("E05000001", year, total));
        }
        let of = |year| all.of(&code("E05000001"), year).map(|known| known.total);
        assert_eq!((of(2019), of(2021), of(2023), of(2030)), (Some(1), Some(2), Some(3), Some(3)));
        assert_eq!(all.of(&code("E05000002"), 2024).map(|known| known.total), None);
    }

    #[test]
    fn published_figures_of_the_level_go_before_sums_of_small_areas() {
        let weights = [("E01000001", 1), ("E01000002", 2), ("E05000001", 4), ("E05000002", 8)];
        let weights = weights.map(|(area, weight)| (code(area), weight)).into();
        let kept = Weights { id: "x".into(), name: "population".into(), year: 2024, scope: vec![], weights };
        let of = |level, areas: &[&str]| {
            let areas: Vec<AreaCode> = areas.iter().map(|area| code(area)).collect();
            let set = chosen(&kept, level, &areas).expect("weights");
            set.atoms().iter().map(|(_, weight)| *weight).collect::<Vec<_>>()
        };
        assert_eq!(of(Level::Ward, &["E05000001", "E05000002"]), [4, 8]);
        assert_eq!(of(Level::Ward, &["E05000001", "E05000003"]), [1, 2], "one has no figure of its own");
        assert_eq!(of(Level::Lsoa, &["E01000001", "E01000002"]), [1, 2]);
        assert_eq!(of(Level::District, &["E08000001"]), [1, 2]);
    }

    /// A ward that reaches so far east.
    fn ward(code: &str, year: u16, east: f64) -> Locality {
        let drawn = polygon![(x: -2.0, y: 53.0), (x: east, y: 53.0), (x: east, y: 53.1), (x: -2.0, y: 53.1)];
        Locality {
            source: "drawn".into(),
            key: format!("{code}-{year}"),
            locality: LocalityKey {
                level: Level::Ward,
                code: code.into(),
                vintage: Vintage::from_year(year).unwrap(),
            },
            name: code.into(),
            parents: vec![],
            boundary: MultiPolygon(vec![drawn]),
            as_of: None,
        }
    }

    #[test]
    fn older_areas_and_those_that_nobody_drew_count_where_no_others_do() {
        let (old, new, undrawn) = ("E05000001", "E05000002", "E05000003");
        let mut builder = AtlasBuilder::default();
        builder.locality(ward(old, 2022, -1.9));
        builder.locality(ward(new, 2023, -1.8));
        let atlas = builder.build(1);
        let mut known = Populations::default();
        for area in [old, undrawn] {
            known.add(people(area, 2024, 100));
        }
        let of = |known: &Populations, scope: &[&str]| {
            let scope: Vec<AreaCode> = scope.iter().map(|area| code(area)).collect();
            let weights = known.weights(&known.small_areas(&atlas), "population", &scope);
            weights
                .map(|all| all.weights.into_keys().map(String::from).collect::<Vec<_>>())
                .unwrap_or_default()
        };
        assert_eq!(of(&known, &[old]), [old]);
        assert_eq!(of(&known, &[undrawn]), [undrawn]);
        assert!(of(&known, &[old, new]).is_empty(), "of the newer one nobody knows");
        known.add(people(new, 2024, 100));
        assert_eq!(of(&known, &[old, new]), [new]);
        assert_eq!(of(&known, &[undrawn, new]), [new, undrawn]);
    }
}
