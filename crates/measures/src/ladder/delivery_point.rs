//! The building or group that is paid has a public position: the school, the care home, the hall.

use super::{Case, Found, LadderOptions, Target};
use crate::Rules;

pub(super) fn place(_: &Rules, case: &Case<'_>, _: LadderOptions) -> Found {
    let payee = case.payee.filter(|_| case.payee_may_tell())?;
    payee.position.map(|position| ("delivery-point".to_owned(), Target::Point(position)))
}
