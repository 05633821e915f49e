//! Which payees are assets that we hold: by a register's number, else, of those in the payer's own area, by a name that is
//! exactly the same once capitals, punctuation and the words for a company are put aside. There is a St Michael's Church in
//! every county: a council pays its own.

use measures::KnownPayee;
use model::{Asset, AssetId, Kind, OrgId, Payee, Position, Standing, Visibility};
use std::collections::HashMap;

/// Two records of one name are of one organisation when they are no farther apart than this: about 100 metres.
const SAME_PLACE_DEGREES: (f64, f64) = (0.0015, 0.0009);

#[derive(Default)]
pub(super) struct Payees {
    found: Vec<(AssetId, KnownPayee)>,
    by_number: HashMap<OrgId, usize>,
    by_name: HashMap<String, Vec<usize>>,
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
            self.by_name.entry(name).or_default().push(new);
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

    /// The asset that a payee is; by its name only one that is near the payer. One that may not be named is never looked for.
    pub fn find(
        &self,
        payee: &Payee,
        is_near: impl Fn(&KnownPayee) -> bool,
    ) -> Option<(AssetId, &KnownPayee)> {
        if payee.standing != Standing::Named {
            return None;
        }
        let by_number = payee.identifiers.iter().find_map(|number| self.by_number.get(number).copied());
        let at = by_number.or_else(|| {
            let named = self.by_name.get(&normal(&payee.name))?.iter().copied();
            self.one_of(named.filter(|&at| is_near(&self.found[at].1)).collect())
        })?;
        let (id, known) = &self.found[at];
        Some((*id, known))
    }

    /// Of several that have one name the one that is meant; `None` where they are apart, and so are not one.
    fn one_of(&self, named: Vec<usize>) -> Option<usize> {
        let mut places = named.iter().filter_map(|&at| self.found[at].1.position);
        let first = places.next();
        if places.any(|place| first.is_some_and(|first| !are_near(first, place))) {
            return None;
        }
        named.into_iter().reduce(|a, b| self.better(a, b))
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
        found_near(assets, name, |_| true)
    }

    fn found_near(assets: &[Asset], name: &str, is_near: impl Fn(&KnownPayee) -> bool) -> Option<f64> {
        let mut payees = Payees::default();
        assets.iter().for_each(|asset| payees.add(asset));
        let payee = Payee { standing: Standing::Named, name: name.into(), identifiers: vec![] };
        payees.find(&payee, is_near).map(|(_, known)| known.position.map_or(0.0, Position::lon))
    }

    #[test]
    fn a_name_means_one_near_the_payer() {
        let assets =
            [asset("1", "St Michael's Church", Some(-2.0)), asset("2", "St Michaels Church", Some(1.0))];
        let east = |known: &KnownPayee| known.position.is_some_and(|position| position.lon() > 0.0);
        assert_eq!(found(&assets, "St Michael's Church"), None, "there are two");
        assert_eq!(found_near(&assets, "St Michael's Church", east), Some(1.0));
        assert_eq!(found_near(&assets[..1], "St Michael's Church", east), None, "the other is far away");
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
