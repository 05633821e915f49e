//! Which payees are assets that we hold: by a register's number, else by a name that is exactly the same once capitals,
//! punctuation and the words for a company are put aside.

use measures::KnownPayee;
use model::{Asset, AssetId, Kind, OrgId, Payee, Position, Standing, Visibility};
use std::collections::HashMap;

/// Two records of one name are of one organisation when they are no farther apart than this: about 100 metres.
const SAME_PLACE_DEGREES: (f64, f64) = (0.0015, 0.0009);

#[derive(Default)]
pub(super) struct Payees {
    found: Vec<(AssetId, KnownPayee)>,
    by_number: HashMap<OrgId, usize>,
    /// `None` where two that are not one have the name.
    by_name: HashMap<String, Option<usize>>,
}

impl Payees {
    /// Adds an asset.
    pub fn add(&mut self, asset: &Asset) {
        if asset.record.visibility != Visibility::Public {
            return;
        }
        let record = &asset.record;
        let known = KnownPayee {
            asset: asset.id.to_string(),
            name: record.name.clone(),
            position: asset.located.map(|located| located.position),
            works_across: record.serves.clone(),
            is_voluntary: record.kind == Kind::Group || record.identifiers.iter().any(is_charity),
        };
        let new = self.found.len();
        self.found.push((asset.id, known));
        for number in &record.identifiers {
            let kept = match self.by_number.get(number) {
                Some(&before) => self.better(before, new),
                None => new,
            };
            self.by_number.insert(number.clone(), kept);
        }
        let name = normal(&record.name);
        if name.contains(' ') {
            let kept = match self.by_name.get(&name) {
                None => Some(new),
                Some(None) => None,
                Some(Some(before)) => self.are_one(*before, new).then(|| self.better(*before, new)),
            };
            self.by_name.insert(name, kept);
        }
    }

    /// The one that says more of where it is; of equals the one whose id sorts first, whatever the order they came in.
    fn better(&self, a: usize, b: usize) -> usize {
        let worth = |at: usize| {
            let (id, known) = &self.found[at];
            (known.position.is_none(), known.works_across.is_empty(), *id)
        };
        if worth(b) < worth(a) { b } else { a }
    }

    fn are_one(&self, a: usize, b: usize) -> bool {
        match (self.found[a].1.position, self.found[b].1.position) {
            (Some(a), Some(b)) => are_near(a, b),
            _ => true,
        }
    }

    /// The asset that a payee is. One that may not be named is never looked for.
    pub fn find(&self, payee: &Payee) -> Option<(AssetId, &KnownPayee)> {
        if payee.standing != Standing::Named {
            return None;
        }
        let by_number = payee.identifiers.iter().find_map(|number| self.by_number.get(number).copied());
        let at = by_number.or_else(|| self.by_name.get(&normal(&payee.name)).copied().flatten())?;
        let (id, known) = &self.found[at];
        Some((*id, known))
    }
}

fn are_near(a: Position, b: Position) -> bool {
    let (lon, lat) = SAME_PLACE_DEGREES;
    (a.lon() - b.lon()).abs() <= lon && (a.lat() - b.lat()).abs() <= lat
}

/// Whether a number is a register of charities'.
pub(super) fn is_charity(number: &OrgId) -> bool {
    ["GB-CHC-", "GB-SC-", "GB-NIC-"].iter().any(|register| number.as_str().starts_with(register))
}

/// A name as names are compared.
pub(super) fn normal(name: &str) -> String {
    let spaced: String = name
        .replace('&', " and ")
        .chars()
        .filter(|c| !matches!(c, '\'' | '’' | '.'))
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .flat_map(char::to_lowercase)
        .collect();
    let mut words: Vec<&str> = spaced.split_whitespace().collect();
    if words.first() == Some(&"the") {
        words.remove(0);
    }
    while words.len() > 1
        && matches!(words.last(), Some(&("ltd" | "limited" | "plc" | "llp" | "cic" | "cio")))
    {
        words.pop();
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{AssetRecord, Located, Position, PositionQuality};

    fn asset(key: &str, name: &str, lon: Option<f64>) -> Asset {
        let record = AssetRecord { name: name.into(), ..AssetRecord::blank("x", key) };
        let located = lon.map(|lon| Located {
            position: Position::new(lon, 53.0).unwrap(),
            quality: PositionQuality::Surveyed,
        });
        Asset { id: record.id(), record, located }
    }

    fn found(assets: &[Asset], name: &str) -> Option<f64> {
        let mut payees = Payees::default();
        assets.iter().for_each(|asset| payees.add(asset));
        let payee = Payee { standing: Standing::Named, name: name.into(), identifiers: vec![] };
        payees.find(&payee).map(|(_, known)| known.position.map_or(0.0, Position::lon))
    }

    #[test]
    fn names_are_the_same_without_capitals_and_words_for_a_company() {
        for (a, b) in [
            ("The Ash Tree Trust Ltd.", "ASH TREE TRUST"),
            ("St Mary’s Hall & Club", "St Marys Hall and Club"),
            ("Limited Ltd", "limited"),
        ] {
            assert_eq!(normal(a), normal(b));
        }
        assert_ne!(normal("Ash Tree Trust"), normal("Ash Trees Trust"));
    }

    #[test]
    fn of_two_with_one_name_the_one_with_a_place_is_meant_unless_they_are_apart() {
        let register = asset("1", "Ash Trust", None);
        let club = asset("2", "ASH TRUST", Some(-2.0));
        let far = asset("3", "Ash Trust", Some(-1.0));
        for order in [[&register, &club], [&club, &register]] {
            assert_eq!(found(&order.map(Clone::clone), "Ash Trust Limited"), Some(-2.0));
        }
        assert_eq!(found(&[club.clone(), far.clone()], "Ash Trust"), None);
        assert_eq!(found(&[club, far, register], "Ash Trust"), None, "nor by a third");
        assert_eq!(found(&[asset("4", "Library", Some(1.0))], "Library"), None, "one word is no name");
    }
}
