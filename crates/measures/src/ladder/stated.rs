//! The source states the place. Several places share the money in equal parts, once those are left out that hold
//! another: a ward and its district are one place, said twice.

use super::{Case, Found, LadderOptions, Place, Stated, Target};
use crate::Rules;
use model::AreaCode;

pub(super) fn place(_: &Rules, case: &Case<'_>, _: LadderOptions) -> Found {
    let places = finest(case.stated);
    let is_finer = !places.is_empty() && !places.iter().all(|place| is_whole(place, case));
    is_finer.then(|| ("stated-place".to_owned(), target(&places)))
}

/// Whether a stated place is the payer's whole area.
pub(super) fn is_whole(place: &Stated, case: &Case<'_>) -> bool {
    match (place, case.payer_area) {
        (Stated::Area { code, .. }, Some(whole)) => code == whole,
        _ => false,
    }
}

/// The places that hold no other of those stated, each once, areas first and in the order of their codes.
pub(super) fn finest(stated: &[Stated]) -> Vec<&Stated> {
    let holds = |area: &AreaCode, other: &Stated| match other {
        Stated::Area { code, within } => code != area && within.contains(area),
        Stated::Point { within, .. } => within.contains(area),
    };
    let is_finest = |place: &&Stated| match place {
        Stated::Area { code, .. } => !stated.iter().any(|other| holds(code, other)),
        Stated::Point { .. } => true,
    };
    let mut finest: Vec<&Stated> = stated.iter().filter(is_finest).collect();
    finest.sort_by_key(|place| key(place));
    finest.dedup_by_key(|place| key(place));
    finest
}

/// By what places are told apart and ordered; a point by the bits of its degrees.
fn key(place: &Stated) -> (bool, &str, u64, u64) {
    match place {
        Stated::Area { code, .. } => (false, code.as_str(), 0, 0),
        Stated::Point { position, .. } => (true, "", position.lon().to_bits(), position.lat().to_bits()),
    }
}

fn target(places: &[&Stated]) -> Target {
    let as_place = |stated: &Stated| match stated {
        Stated::Area { code, .. } => Place::Area(code.clone()),
        Stated::Point { position, .. } => Place::Point(*position),
    };
    if let [Stated::Point { position, .. }] = places {
        return Target::Point(*position);
    }
    let code = |stated: &&Stated| match stated {
        Stated::Area { code, .. } => Some(code.clone()),
        Stated::Point { .. } => None,
    };
    let codes: Option<Vec<_>> = places.iter().map(code).collect();
    codes.map_or_else(|| Target::Several(places.iter().map(|place| as_place(place)).collect()), Target::Areas)
}
