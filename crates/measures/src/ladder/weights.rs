//! A rule says that everybody, or everybody of an age, uses the service: its money goes to where they live.

use super::{Case, Found, LadderOptions, Target};
use crate::{Class, Rules};

pub(super) fn place(rules: &Rules, case: &Case<'_>, _: LadderOptions) -> Found {
    let is_spent_here = matches!(case.what.class, Class::Service | Class::Capital);
    let universal = rules.universal(case.what).filter(|_| is_spent_here)?;
    let scope = vec![case.payer_area?.clone()];
    let by = case.what.by.unwrap_or_default();
    Some((format!("universal {by}"), Target::Weights { weights: universal.weights.clone(), scope }))
}
