use super::RulesError;
use serde::Deserialize;

/// One of the plain services that money is for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Its id: `waste`.
    pub id: String,
    /// Its name: `Waste and street cleaning`.
    pub name: String,
    /// What it does, in a sentence.
    pub about: String,
    /// Whether it looks after people whom a payment must not help to find.
    #[serde(default)]
    pub protected: bool,
    /// Who uses it, where that is everybody, or everybody of an age.
    pub universal: Option<Universal>,
}

/// The place of a service in [`Rules::services`](super::Rules::services).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceIx(pub u16);

/// That everybody, or everybody of an age, uses a service, so that its money may be shared out by where they live.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Universal {
    /// Whom to count: `population`, or with ages `population 65-120`.
    pub weights: String,
    /// Why that is fair.
    pub why: String,
    /// What it does not show.
    pub limits: Option<String>,
    /// Where the method is from.
    pub source: String,
}

impl Universal {
    pub(super) fn check(&self) -> Result<(), RulesError> {
        crate::People::parse(&self.weights)
            .map(|_| ())
            .ok_or_else(|| RulesError::BadWeight(self.weights.clone()))
    }
}
