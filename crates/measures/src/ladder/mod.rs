//! The ladder: the methods by which money is tied to a place, the surest first. One method a file; the first that can
//! say where a line goes says it.

mod across;
mod case;
mod delivery_point;
mod head_office;
mod placement;
mod stated;
mod stated_whole;
mod weights;

pub use case::{Case, KnownPayee, LadderOptions, Stated};
pub use placement::{Certainty, Method, Place, Placement, Target, Why};

use crate::{Class, Rules};
use model::Standing;

/// What a method gives: the rule that it went by, and where the money goes.
type Found = Option<(String, Target)>;

/// A method: what it may look at, where the money goes.
type Step = fn(&Rules, &Case<'_>, LadderOptions) -> Found;

/// The methods, in the order in which they are tried.
const LADDER: [(Method, Step); 6] = [
    (Method::Stated, stated::place),
    (Method::StatedWhole, stated_whole::place),
    (Method::DeliveryPoint, delivery_point::place),
    (Method::Weights, weights::place),
    (Method::Across, across::place),
    (Method::HeadOffice, head_office::place),
];

/// Where a line's money goes, and how we know.
///
/// What is redacted is never placed. What is protected is not placed either, whatever is known: the council's own total
/// shows it.
pub fn place(rules: &Rules, case: &Case<'_>, options: LadderOptions) -> Placement {
    let closed = if case.standing == Standing::Redacted {
        Some(Why::Redacted)
    } else {
        case.what.is_protected.then_some(Why::Protected)
    };
    if let Some(why) = closed {
        return nowhere(why);
    }
    let mut found = LADDER.iter().filter_map(|(method, step)| Some((*method, step(rules, case, options)?)));
    match found.next() {
        Some((method, (rule, target))) => Placement { method, rule, target },
        None => nowhere(why(rules, case)),
    }
}

fn nowhere(why: Why) -> Placement {
    Placement { method: Method::Unplaced, rule: why.as_str().to_owned(), target: Target::Nowhere(why) }
}

/// Why no method could place it.
fn why(rules: &Rules, case: &Case<'_>) -> Why {
    match case.what.class {
        Class::Payroll | Class::Levy | Class::Treasury | Class::Transfer => Why::NotForAPlace,
        Class::Service | Class::Capital if rules.universal(case.what).is_some() => Why::NoArea,
        _ if case.standing == Standing::Withheld => Why::Withheld,
        Class::Unmapped => Why::Unmapped,
        Class::Service | Class::Capital => Why::NoRule,
    }
}

impl Case<'_> {
    /// Whether who is paid may say where the money goes: it buys something, from somebody who may be named.
    fn payee_may_tell(&self) -> bool {
        self.standing == Standing::Named && self.what.class.buys_something()
    }
}

#[cfg(test)]
mod tests;
