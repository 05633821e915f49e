//! The source states the payer's whole area. That says no more than who pays, so its money is shared out by population
//! and counts as reckoned, not as known.

use super::stated::{finest, is_whole};
use super::{Case, Found, LadderOptions, Target};
use crate::{People, Rules};

pub(super) fn place(_: &Rules, case: &Case<'_>, _: LadderOptions) -> Found {
    let places = finest(case.stated);
    let is_stated = !places.is_empty() && places.iter().all(|place| is_whole(place, case));
    let scope = case.payer_area.filter(|_| is_stated)?;
    let target = Target::Weights { weights: People::All.to_string(), scope: vec![scope.clone()] };
    Some(("stated-whole-area".to_owned(), target))
}
