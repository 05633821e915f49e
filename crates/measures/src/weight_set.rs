use model::{AreaCode, Fingerprint};

/// How much weight each *atom* has: the smallest areas with figures, such as LSOAs. Money is shared out over atoms and
/// atoms are summed up to the areas that are asked for, so that areas which are made of the same atoms agree exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightSet {
    name: String,
    scope: Vec<AreaCode>,
    year: u16,
    atoms: Vec<(AreaCode, u64)>,
}

/// Why there is no weight set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadWeightSet {
    /// An atom is there twice.
    #[error("{0} has two weights: each area may have one")]
    Twice(AreaCode),
    /// Nobody there.
    #[error("no area has any weight")]
    Empty,
}

impl WeightSet {
    /// Weights of atoms in any order.
    ///
    /// # Errors
    /// When an atom is there twice, or none has any weight.
    pub fn new(
        name: String,
        mut scope: Vec<AreaCode>,
        year: u16,
        mut atoms: Vec<(AreaCode, u64)>,
    ) -> Result<Self, BadWeightSet> {
        scope.sort();
        scope.dedup();
        atoms.sort();
        if let Some(pair) = atoms.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(BadWeightSet::Twice(pair[0].0.clone()));
        }
        if atoms.iter().all(|(_, weight)| *weight == 0) {
            return Err(BadWeightSet::Empty);
        }
        Ok(Self { name, scope, year, atoms })
    }

    /// What is counted: `population`, `population 65-120`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The areas that the atoms make up, in the order of their codes.
    pub fn scope(&self) -> &[AreaCode] {
        &self.scope
    }

    /// The year of the figures.
    pub fn year(&self) -> u16 {
        self.year
    }

    /// The atoms and their weights, in the order of their codes.
    pub fn atoms(&self) -> &[(AreaCode, u64)] {
        &self.atoms
    }

    /// A hash of what the set says: sets that say the same have the same id.
    pub fn id(&self) -> String {
        let (year, count) = (self.year.to_le_bytes(), (self.scope.len() as u64).to_le_bytes());
        let weights: Vec<_> = self.atoms.iter().map(|(_, weight)| weight.to_le_bytes()).collect();
        let atoms = self.atoms.iter().zip(&weights);
        let atoms = atoms.flat_map(|((code, _), weight)| [code.as_str().as_bytes(), weight.as_slice()]);
        let scope = self.scope.iter().map(|code| code.as_str().as_bytes());
        let head = [self.name.as_bytes(), year.as_slice(), count.as_slice()];
        let hash = Fingerprint::of(head.into_iter().chain(scope).chain(atoms));
        hash.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
