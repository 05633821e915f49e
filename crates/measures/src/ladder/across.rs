//! The organisation that is paid says which areas it works across: its money goes to the people of all of them.

use super::{Case, Found, LadderOptions, Target};
use crate::{People, Rules};

pub(super) fn place(_: &Rules, case: &Case<'_>, _: LadderOptions) -> Found {
    let payee = case.payee.filter(|_| case.payee_may_tell())?;
    let mut scope = payee.works_across.clone();
    scope.sort();
    scope.dedup();
    let target = Target::Weights { weights: People::All.to_string(), scope };
    (!payee.works_across.is_empty()).then(|| ("works-across".to_owned(), target))
}
