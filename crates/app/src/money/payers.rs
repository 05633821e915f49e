//! Which area a body that pays governs: the one district, county or combined authority whose name is left when the words
//! that all councils have are put aside.

use super::payees::normal;
use atlas::Atlas;
use model::{AreaCode, Level};
use std::collections::HashMap;

/// The areas that bodies may govern, by what is particular in their names.
pub(super) struct Payers(HashMap<String, Option<AreaCode>>);

const USUAL: &[&str] = &[
    "council",
    "city",
    "borough",
    "metropolitan",
    "mbc",
    "mdc",
    "cc",
    "dc",
    "district",
    "county",
    "royal",
    "london",
    "of",
    "unitary",
    "authority",
    "combined",
    "and",
    "as",
    "accountable",
    "body",
    "clinical",
    "commissioning",
];

impl Payers {
    pub fn new(atlas: &Atlas) -> Self {
        let mut names: HashMap<String, Option<AreaCode>> = HashMap::new();
        for (code, name) in atlas.named_codes() {
            let Ok(code) = AreaCode::parse(code) else { continue };
            let governs =
                matches!(code.level(), Some(Level::District | Level::County | Level::CombinedAuthority));
            let name = particular(name);
            if governs && !name.is_empty() {
                names.entry(name).and_modify(|known| *known = None).or_insert(Some(code));
            }
        }
        Self(names)
    }

    /// The area of a payer; `None` when no area that is known has its name, or several have.
    pub fn area_of(&self, payer: &str) -> Option<&AreaCode> {
        self.0.get(&particular(payer))?.as_ref()
    }
}

fn particular(name: &str) -> String {
    let name = normal(name);
    name.split(' ').filter(|word| !USUAL.contains(word)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_councils_are_called_is_put_aside() {
        for name in [
            "Trafford",
            "Trafford Council",
            "TRAFFORD MBC",
            "Trafford Metropolitan Borough Council",
            "The Metropolitan Borough of Trafford",
            "Trafford Council as Accountable Body",
        ] {
            assert_eq!(particular(name), "trafford", "{name}");
        }
        assert_eq!(particular("East North East Homes Leeds"), "east north east homes leeds");
    }
}
