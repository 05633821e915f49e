//! Which areas lie in which larger ones: as they are said to, else by where their middles are.

use atlas::{Atlas, LocalityIx, Place};
use model::{AreaCode, Level};
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

/// Whether an area lies in another: it is it, it is said to be part of it, or its middle lies in it and nothing says that
/// it is part of another of that level.
pub(super) fn lies_in(atlas: &Atlas, small: &AreaCode, code: &AreaCode) -> bool {
    if small == code {
        return true;
    }
    let Some(ix) = atlas.locality(small.as_str()) else { return false };
    let holds_middle = |large: LocalityIx| {
        atlas.localities_at(atlas.place(ix).inside).contains(&large) && counts_in(atlas, ix, large)
    };
    atlas.is_part_of(ix, code) || atlas.locality(code.as_str()).is_some_and(holds_middle)
}

/// The larger areas that an area lies in, some of them twice.
fn larger(atlas: &Atlas, area: &AreaCode) -> Vec<AreaCode> {
    let Some(ix) = atlas.locality(area.as_str()) else { return Vec::new() };
    let said = atlas.part_of(ix).into_iter().map(|(code, _)| code);
    let around = atlas.localities_at(atlas.place(ix).inside).into_iter();
    let around = around.filter(|large| counts_in(atlas, ix, *large)).map(|large| atlas.place(large).code());
    let mut codes: Vec<AreaCode> = said.chain(around).filter_map(|code| AreaCode::parse(code).ok()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// Whether an area counts in another that holds its middle: that is larger, no older one of its code, and nothing says that
/// it is part of another of that level.
fn counts_in(atlas: &Atlas, ix: LocalityIx, holds: LocalityIx) -> bool {
    let (small, large) = (atlas.place(ix), atlas.place(holds));
    large.level() > small.level()
        && atlas.locality(large.code()) == Some(holds)
        && !(holds_today(atlas, large) && said_to_be_in(atlas, ix, large.level()).is_some())
}

/// Of the areas of a level that hold today the one that an area is said to be part of; `None` where nothing is said, or of
/// several.
pub(super) fn said_to_be_in(atlas: &Atlas, ix: LocalityIx, level: Level) -> Option<AreaCode> {
    let larger = atlas.part_of(ix).into_iter().filter_map(|(code, _)| AreaCode::parse(code).ok());
    let place_of = |code: &AreaCode| atlas.locality(code.as_str()).map(|ix| atlas.place(ix));
    let mut said = larger.filter(|code| {
        place_of(code).is_some_and(|place| place.level() == level && holds_today(atlas, place))
    });
    let first = said.next()?;
    said.next().is_none().then_some(first)
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
