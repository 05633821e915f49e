//! Which areas lie in which larger ones: as they are said to, else by where their middles are.

#[cfg(test)]
mod tests;

use atlas::{Atlas, LocalityIx, Place};
use model::{AreaCode, Level, Position};
use std::collections::{BTreeSet, HashMap};

/// Areas by the larger ones that they lie in, looked up once for all of them.
pub(super) struct Inside(HashMap<AreaCode, Vec<AreaCode>>);

impl Inside {
    /// Of these areas, each of which lies in itself, too.
    pub fn new(atlas: &Atlas, areas: impl IntoIterator<Item = AreaCode>) -> Self {
        let mut inside: HashMap<AreaCode, Vec<AreaCode>> = HashMap::new();
        for area in areas {
            for code in larger(atlas, &area) {
                inside.entry(code).or_default().push(area.clone());
            }
            inside.entry(area.clone()).or_default().push(area);
        }
        Self(inside)
    }

    /// The areas that lie in a scope.
    pub fn of(&self, scope: &[AreaCode]) -> BTreeSet<&AreaCode> {
        scope.iter().filter_map(|code| self.0.get(code)).flatten().collect()
    }

    /// Whether any lies in an area.
    pub fn is_any_in(&self, code: &AreaCode) -> bool {
        self.0.contains_key(code)
    }
}

/// Whether a point lies in one of these areas: in what is one, or is part of one.
pub(super) fn is_at(atlas: &Atlas, position: Position, areas: &[AreaCode]) -> bool {
    let around = atlas.localities_at(position);
    around.into_iter().any(|ix| areas.iter().any(|area| atlas.is_part_of(ix, area)))
}

/// Whether an area is another or lies in it.
pub(super) fn lies_in(atlas: &Atlas, small: &AreaCode, code: &AreaCode) -> bool {
    small == code || larger(atlas, small).contains(code)
}

/// The larger areas that an area lies in: that lookups count it with, that it or these are part of, and that hold its middle;
/// but of a level of which one is said no other that holds today.
fn larger(atlas: &Atlas, area: &AreaCode) -> BTreeSet<AreaCode> {
    let Some(ix) = atlas.locality(area.as_str()) else { return BTreeSet::new() };
    let mut of_level: HashMap<Level, Option<AreaCode>> = HashMap::new();
    // Of an area that holds today which of its level is said, if one is.
    let mut said = |code: &str| {
        let level = today_of(atlas, code)?.level();
        Some(of_level.entry(level).or_insert_with(|| said_to_be_in(atlas, ix, level)).clone())
    };
    // Of lookups that contradict each other none counts.
    let is_said = |code: &&str| said(code).is_none_or(|said| said.is_some_and(|said| said.as_str() == *code));
    let counted: Vec<&str> = atlas.counted_with(ix).filter(is_said).collect();
    let and_these = counted.iter().filter_map(|code| atlas.locality(code)).chain([ix]);
    let part_of = and_these.flat_map(|ix| atlas.part_of(ix)).map(|(code, _)| code);
    let around = atlas.localities_at(atlas.place(ix).inside).into_iter();
    let around = around.filter(|holds| is_larger(atlas, *holds, ix)).map(|holds| atlas.place(holds).code());
    let all = part_of.chain(around).filter(|code| {
        said(code).flatten().is_none_or(|said| said.as_str() == *code) && *code != area.as_str()
    });
    counted.iter().copied().chain(all).filter_map(|code| AreaCode::parse(code).ok()).collect()
}

/// Whether an area is of a larger level than another, and no older one of its code.
fn is_larger(atlas: &Atlas, large: LocalityIx, small: LocalityIx) -> bool {
    let place = atlas.place(large);
    place.level() > atlas.place(small).level() && atlas.locality(place.code()) == Some(large)
}

/// Of the areas of a level that hold today the one that an area is said to be in: by a lookup of its own, else because it is
/// part of it. `None` where nothing is said, or of several.
pub(super) fn said_to_be_in(atlas: &Atlas, ix: LocalityIx, level: Level) -> Option<AreaCode> {
    let counted = only_one(atlas, level, atlas.counted_with(ix));
    counted.or_else(|| only_one(atlas, level, atlas.part_of(ix).into_iter().map(|(code, _)| code)))
}

/// The only one of these areas that is of a level and holds today.
fn only_one<'a>(atlas: &Atlas, level: Level, codes: impl Iterator<Item = &'a str>) -> Option<AreaCode> {
    let is_of_level = |code: &str| atlas.locality(code).is_some_and(|ix| atlas.place(ix).level() == level);
    let mut those = codes.filter(|code| is_of_level(code) && today_of(atlas, code).is_some());
    let one = those.next()?;
    if those.next().is_some() { None } else { AreaCode::parse(one).ok() }
}

/// The area of a code, if it is drawn and holds today.
fn today_of<'a>(atlas: &'a Atlas, code: &str) -> Option<&'a Place> {
    let place = atlas.place(atlas.locality(code)?);
    holds_today(atlas, place).then_some(place)
}

/// The areas of a level that hold today: not those over which a newer one lies.
pub(super) fn today(atlas: &Atlas, level: Level) -> impl Iterator<Item = &Place> {
    atlas.places_of(level).iter().filter(|place| holds_today(atlas, place))
}

/// Those that have a national code, by it.
pub(super) fn codes_of_today(atlas: &Atlas, level: Level) -> impl Iterator<Item = AreaCode> {
    today(atlas, level).filter_map(|place| AreaCode::parse(place.code()).ok())
}

fn holds_today(atlas: &Atlas, place: &Place) -> bool {
    let is_newest = |other: LocalityIx| atlas.place(other).vintage() <= place.vintage();
    atlas.locality_at(place.inside, place.level()).is_none_or(is_newest)
}
