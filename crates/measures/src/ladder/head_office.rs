//! The supplier's address, when somebody asks for it. It is where letters go, and is marked so wherever it is shown.

use super::{Case, Found, LadderOptions, Target};
use crate::Rules;

pub(super) fn place(_: &Rules, case: &Case<'_>, options: LadderOptions) -> Found {
    let address = case.payee_address.filter(|_| options.head_office && case.payee_may_tell())?;
    Some(("head-office".to_owned(), Target::Point(address)))
}
