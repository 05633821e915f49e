use crate::Atlas;
use crate::assets::NOWHERE;
use crate::parallel;
use geo::{Area as _, InteriorPoint};
use geo_types::{MultiPolygon, Point};
use model::{AreaCode, Level, Locality, LocalityKey, PartialDate, Position, Vintage};
use spatial_index::{Area, AreaIndex};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// The place of an area in one atlas. Good for this revision only; what lasts is [`Place::id`].
pub type LocalityIx = u32;

/// An area, with the finest boundary that any source drew of it.
pub struct Place {
    /// Level, code and vintage.
    pub key: LocalityKey,
    /// Code and vintage in one: `E05015239-2023`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The source of its boundary.
    pub source: String,
    /// The source's own date.
    pub as_of: Option<PartialDate>,
    /// WGS84 longitude, latitude.
    pub boundary: MultiPolygon<f64>,
    /// A point inside.
    pub inside: Position,
    pub(crate) area: Arc<Area>,
    /// Numbers of codes: of its own, and of the areas that it is part of.
    pub(crate) codes: BTreeSet<u32>,
    /// Numbers of the codes of larger areas with which lookups count it, though a part of it may lie in others.
    pub(crate) counted_with: BTreeSet<u32>,
}

/// All areas, their index, and the codes that anything mentions.
pub(crate) struct Localities {
    pub places: Vec<Place>,
    pub index: AreaIndex,
    pub codes: Codes,
    by_id: HashMap<String, LocalityIx>,
    /// Of each code, newest vintage first.
    by_code: HashMap<u32, Vec<LocalityIx>>,
    /// Which areas have a code among their own.
    pub with_code: HashMap<u32, Vec<LocalityIx>>,
}

/// Codes as small numbers, with the best name known of each.
#[derive(Default)]
pub(crate) struct Codes {
    pub numbers: HashMap<String, u32>,
    pub codes: Vec<String>,
    pub names: HashMap<u32, String>,
}

impl Codes {
    pub fn number(&mut self, code: &str) -> u32 {
        if let Some(number) = self.numbers.get(code) {
            return *number;
        }
        let number = self.codes.len() as u32;
        self.codes.push(code.to_owned());
        self.numbers.insert(code.to_owned(), number);
        number
    }

    pub fn known(&self, code: &str) -> Option<u32> {
        self.numbers.get(code).copied()
    }

    pub fn has(&self, number: u32) -> bool {
        (number as usize) < self.codes.len()
    }

    pub fn code(&self, number: u32) -> &str {
        &self.codes[number as usize]
    }

    pub fn set_name(&mut self, code: &str, name: &str) {
        let number = self.number(code);
        self.names.insert(number, name.to_owned());
    }

    /// The name, or the code itself where no name is known.
    pub fn name(&self, number: u32) -> &str {
        self.names.get(&number).map_or_else(|| self.code(number), String::as_str)
    }
}

impl Localities {
    /// Of all records, one or several for an area; `ward_in` says of ward codes in which areas a postcode directory
    /// puts their postcodes. Boundaries that can't be indexed are left out and given back.
    pub fn new(records: Vec<Locality>, mut codes: Codes, ward_in: &HashMap<u32, BTreeSet<u32>>) -> Self {
        let places = finest(records, &mut codes);
        for place in &places {
            codes.set_name(&place.key.code, &place.name);
        }
        let mut localities = Self::of(places, codes);
        localities.add_ancestors(ward_in);
        localities
    }

    /// Of areas by key, all their codes among those given.
    pub fn of(places: Vec<Place>, codes: Codes) -> Self {
        let index = places.iter().enumerate().map(|(i, place)| (i as u32, place.area.clone())).collect();
        let mut by_code: HashMap<u32, Vec<LocalityIx>> = HashMap::new();
        for (i, place) in places.iter().enumerate() {
            if let Some(code) = codes.known(&place.key.code) {
                by_code.entry(code).or_default().push(i as u32);
            }
        }
        for list in by_code.values_mut() {
            list.sort_by_key(|ix| std::cmp::Reverse(places[*ix as usize].key.vintage));
        }
        let by_id = places.iter().enumerate().map(|(i, place)| (place.id.clone(), i as u32)).collect();
        let with_code = with_code(&places);
        Self { places, index, codes, by_id, by_code, with_code }
    }

    /// Completes each area's codes: by what a postcode directory says of its ward, by the larger areas that hold a point
    /// of it, and by what those are part of in turn.
    fn add_ancestors(&mut self, ward_in: &HashMap<u32, BTreeSet<u32>>) {
        add_ancestors(&mut self.places, &self.index, &self.by_code, &self.codes, ward_in);
        self.with_code = with_code(&self.places);
    }

    pub fn get(&self, ix: LocalityIx) -> &Place {
        &self.places[ix as usize]
    }

    /// By its id, or by its code alone: then the newest vintage.
    pub fn find(&self, id_or_code: &str) -> Option<LocalityIx> {
        let by_code = || {
            let number = self.codes.known(id_or_code)?;
            self.by_code.get(&number)?.first().copied()
        };
        self.by_id.get(id_or_code).copied().or_else(by_code)
    }

    /// Codes whose names are known and whose areas are not, by code.
    pub fn names_without_area(&self) -> Vec<u32> {
        let mut found: Vec<u32> =
            self.codes.names.keys().copied().filter(|number| !self.by_code.contains_key(number)).collect();
        found.sort_by_key(|number| self.codes.code(*number));
        found
    }

    /// The areas that hold a point, of every level and vintage.
    pub fn holding(&self, point: Point<f64>) -> Vec<LocalityIx> {
        self.index.containing(point)
    }

    /// The ward that holds a point, in its newest vintage.
    pub fn ward_at(&self, point: Point<f64>) -> u32 {
        self.newest(&self.holding(point), Level::Ward).unwrap_or(NOWHERE)
    }

    /// Of some areas the one of this level, in its newest vintage.
    pub fn newest(&self, of: &[LocalityIx], level: Level) -> Option<LocalityIx> {
        of.iter()
            .copied()
            .filter(|ix| self.get(*ix).key.level == level)
            .max_by_key(|ix| self.get(*ix).key.vintage)
    }
}

/// Of the records of each area the one with the most vertices; of equals the one whose source sorts first. By key. A record
/// without a boundary says with what the area is counted, whatever the year of its boundary.
fn finest(records: Vec<Locality>, codes: &mut Codes) -> Vec<Place> {
    let mut best: BTreeMap<LocalityKey, (usize, Locality)> = BTreeMap::new();
    let mut parents: HashMap<LocalityKey, BTreeSet<u32>> = HashMap::new();
    let mut lookups: HashMap<String, BTreeSet<u32>> = HashMap::new();
    for record in records {
        if record.boundary.0.is_empty() {
            let larger = record.parents.iter().map(|code| codes.number(code.as_str()));
            lookups.entry(record.locality.code).or_default().extend(larger);
            continue;
        }
        let of_record = parents.entry(record.locality.clone()).or_default();
        of_record.extend(record.parents.iter().map(|code| codes.number(code.as_str())));
        let vertices = vertex_count(&record.boundary);
        let better = best.get(&record.locality).is_none_or(|(most, kept)| {
            (vertices, std::cmp::Reverse(&record.source)) > (*most, std::cmp::Reverse(&kept.source))
        });
        if better {
            best.insert(record.locality.clone(), (vertices, record));
        }
    }
    let best = best.into_values().map(|(_, record)| record).collect();
    let mut places: Vec<Place> = parallel::each(best, Place::new).into_iter().flatten().collect();
    for place in &mut places {
        place.codes = parents.remove(&place.key).unwrap_or_default();
        place.counted_with = lookups.get(&place.key.code).cloned().unwrap_or_default();
        place.codes.insert(codes.number(&place.key.code));
    }
    places
}

fn vertex_count(shape: &MultiPolygon<f64>) -> usize {
    shape.iter().map(|p| p.exterior().0.len() + p.interiors().iter().map(|r| r.0.len()).sum::<usize>()).sum()
}

/// Which areas have a code among their own.
fn with_code(places: &[Place]) -> HashMap<u32, Vec<LocalityIx>> {
    let mut with_code: HashMap<u32, Vec<LocalityIx>> = HashMap::new();
    for (i, place) in places.iter().enumerate() {
        for code in &place.codes {
            with_code.entry(*code).or_default().push(i as u32);
        }
    }
    with_code
}

fn add_ancestors(
    places: &mut [Place],
    index: &AreaIndex,
    by_code: &HashMap<u32, Vec<LocalityIx>>,
    codes: &Codes,
    ward_in: &HashMap<u32, BTreeSet<u32>>,
) {
    let larger: Vec<BTreeSet<u32>> = places
        .iter()
        .map(|place| {
            let holding = index.containing(Point::new(place.inside.lon(), place.inside.lat()));
            let larger = holding
                .into_iter()
                .map(|ix| &places[ix as usize])
                .filter(|other| other.key.level > place.key.level && nests(place.key.level, other.key.level));
            larger.filter_map(|other| codes.known(&other.key.code)).collect()
        })
        .collect();
    for (place, larger) in places.iter_mut().zip(larger) {
        place.codes.extend(larger);
        if let Some(more) = codes.known(&place.key.code).and_then(|own| ward_in.get(&own)) {
            place.codes.extend(more);
        }
    }
    let own: Vec<BTreeSet<u32>> = places.iter().map(|place| place.codes.clone()).collect();
    for place in places {
        let mut todo: Vec<u32> = place.codes.iter().copied().collect();
        while let Some(code) = todo.pop() {
            for parent in by_code.get(&code).into_iter().flatten().flat_map(|ix| &own[*ix as usize]) {
                if place.codes.insert(*parent) {
                    todo.push(*parent);
                }
            }
        }
    }
}

/// Whether areas of one level are wholly inside areas of a larger one, as a rule of how they are made. Wards, for
/// one, do not nest into MSOAs or constituencies.
fn nests(small: Level, large: Level) -> bool {
    use Level::*;
    match large {
        Lsoa => small == OutputArea,
        Msoa => matches!(small, OutputArea | Lsoa),
        District | County | CombinedAuthority | Region | Country => {
            !matches!(small, Constituency | IntegratedCareBoard)
        }
        _ => false,
    }
}

impl Place {
    /// How large it is, in square degrees: to compare areas that lie at one place.
    pub fn size(&self) -> f64 {
        self.boundary.unsigned_area()
    }

    fn new(record: Locality) -> Option<Self> {
        let area = Area::new(&record.boundary).ok().filter(|area| !area.is_empty())?;
        let inside = record.boundary.interior_point()?;
        Some(Self {
            id: record.locality.id(),
            key: record.locality,
            name: record.name,
            source: record.source,
            as_of: record.as_of,
            inside: Position::new(inside.x(), inside.y()).ok()?,
            area: Arc::new(area),
            boundary: record.boundary,
            codes: BTreeSet::new(),
            counted_with: BTreeSet::new(),
        })
    }

    /// What kind of area it is.
    pub fn level(&self) -> Level {
        self.key.level
    }

    /// Its code, or the slug it has instead.
    pub fn code(&self) -> &str {
        &self.key.code
    }

    /// The year of its boundaries.
    pub fn vintage(&self) -> Vintage {
        self.key.vintage
    }

    /// The box around it.
    pub fn bbox(&self) -> spatial_index::Bbox {
        self.area.bbox()
    }

    /// Whether it has a point in common with a box.
    pub fn touches_box(&self, bbox: &spatial_index::Bbox) -> bool {
        if bbox.contains_box(&self.bbox()) {
            return true;
        }
        let corners = [
            (bbox.west, bbox.south),
            (bbox.east, bbox.south),
            (bbox.east, bbox.north),
            (bbox.west, bbox.north),
        ];
        let ring = geo_types::LineString::from(corners.to_vec());
        let shape = MultiPolygon::new(vec![geo_types::Polygon::new(ring, vec![])]);
        Area::new(&shape).map_or_else(
            // A box without an extent is a point.
            |_| self.area.contains(Point::new(bbox.west, bbox.south)),
            |asked| asked.intersects(&self.area),
        )
    }

    /// Metres from a point to its edge; 0 inside.
    pub fn distance_m(&self, from: Position) -> f64 {
        self.area.distance(Point::new(from.lon(), from.lat()))
    }
}

impl Atlas {
    /// All areas, by level, code and vintage.
    pub fn places(&self) -> &[Place] {
        &self.localities.places
    }

    /// The areas of a level.
    pub fn places_of(&self, level: Level) -> &[Place] {
        let places = self.places();
        let from = places.partition_point(|place| place.key.level < level);
        let to = places.partition_point(|place| place.key.level <= level);
        &places[from..to]
    }

    /// The levels of which there is at least one area, smallest first.
    pub fn levels(&self) -> Vec<Level> {
        Level::all().filter(|level| !self.places_of(*level).is_empty()).collect()
    }

    /// An area.
    ///
    /// # Panics
    /// When it is not one of this atlas.
    pub fn place(&self, ix: LocalityIx) -> &Place {
        self.localities.get(ix)
    }

    /// An area by its id (`E05015239-2023`), or by its code alone: then the newest vintage.
    pub fn locality(&self, id_or_code: &str) -> Option<LocalityIx> {
        self.localities.find(id_or_code)
    }

    /// The areas that hold a point, of every level and vintage. A point on an edge that two areas of a level share is
    /// in one of them only.
    pub fn localities_at(&self, position: Position) -> Vec<LocalityIx> {
        self.localities.holding(Point::new(position.lon(), position.lat()))
    }

    /// Of the areas that hold a point the one of this level, in its newest vintage.
    pub fn locality_at(&self, position: Position, level: Level) -> Option<LocalityIx> {
        self.localities.newest(&self.localities_at(position), level)
    }

    /// Areas that share an edge or a corner with this one, of the same level and vintage, by name.
    pub fn neighbours(&self, of: LocalityIx) -> Vec<LocalityIx> {
        let place = self.place(of);
        let mut found: Vec<LocalityIx> = self.localities.index.touching(&place.area);
        found.retain(|ix| {
            let other = self.place(*ix);
            *ix != of && other.key.level == place.key.level && other.key.vintage == place.key.vintage
        });
        found.sort_by(|a, b| self.place(*a).name.cmp(&self.place(*b).name));
        found
    }

    /// The name of an area by its code: of a loaded boundary, or as a source mentions it; the code itself where
    /// neither is known.
    pub fn name_of_code<'a>(&'a self, code: &'a AreaCode) -> &'a str {
        self.localities.codes.known(code.as_str()).map_or(code.as_str(), |n| self.localities.codes.name(n))
    }

    /// Every code whose name is known, of a loaded boundary or as a source mentions it, with that name.
    pub fn named_codes(&self) -> impl Iterator<Item = (&str, &str)> {
        let codes = &self.localities.codes;
        codes.names.iter().map(|(number, name)| (codes.code(*number), name.as_str()))
    }

    /// Whether an area is one of this code, or part of one.
    pub fn is_part_of(&self, ix: LocalityIx, code: &AreaCode) -> bool {
        let number = self.localities.codes.known(code.as_str());
        number.is_some_and(|number| self.place(ix).codes.contains(&number))
    }

    /// The codes of larger areas with which lookups count this one, because they fit it best. It need not lie in them whole,
    /// and what lies in it may be counted with others.
    pub fn counted_with(&self, ix: LocalityIx) -> impl Iterator<Item = &str> {
        self.place(ix).counted_with.iter().map(|number| self.localities.codes.code(*number))
    }

    /// The larger areas that this one is part of, as code and name.
    pub fn part_of(&self, ix: LocalityIx) -> Vec<(&str, &str)> {
        let place = self.place(ix);
        let codes = &self.localities.codes;
        let others = place.codes.iter().filter(|number| codes.code(**number) != place.key.code);
        others.map(|number| (codes.code(*number), codes.name(*number))).collect()
    }
}
