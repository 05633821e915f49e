use super::told::Told;
use measures::Class;
use model::{Pence, Standing};
use std::collections::HashMap;
use store::{Money, SpendLine, Store, StoreError};

/// Lines of one unit that the lookup does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnmappedUnit {
    /// Who pays.
    pub payer: String,
    /// Who in the payer spends it; empty when it does not say.
    pub unit: String,
    /// The sort of expense; empty when it does not say.
    pub category: String,
    /// How many lines.
    pub lines: u64,
    /// How much.
    pub pence: Pence,
    /// How much, without signs: by this they are sorted.
    pub turnover: Pence,
    /// What one of the lines is for.
    pub purpose: Option<String>,
}

/// Gathers the units that no rule maps, line by line.
pub(super) struct Units {
    /// Whether they are told to everybody.
    is_public: bool,
    found: HashMap<(String, String, String), UnmappedUnit>,
}

impl Units {
    /// For everybody: units that look like the address of a home are told as one.
    pub fn public() -> Self {
        Self { is_public: true, found: HashMap::new() }
    }

    /// For who looks after the rules: as published.
    fn as_published() -> Self {
        Self { is_public: false, found: HashMap::new() }
    }

    /// Takes a line; one that is mapped counts for nothing.
    pub fn add(&mut self, line: &SpendLine) {
        let (record, placed) = (&line.record, line.placed.as_ref());
        let is_mapped = placed.is_some_and(|placed| placed.class != Class::Unmapped.as_str());
        if is_mapped || record.payee.standing == Standing::Redacted && record.unit.is_none() {
            return;
        }
        let told = if self.is_public { Told::of(line) } else { Told::to_keepers(line) };
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let key = (record.payer.clone(), text(told.unit), text(told.category));
        let unit = self.found.entry(key).or_insert_with_key(|(payer, unit, category)| UnmappedUnit {
            payer: payer.clone(),
            unit: unit.clone(),
            category: category.clone(),
            lines: 0,
            pence: Pence(0),
            turnover: Pence(0),
            purpose: told.purpose.map(str::to_owned),
        });
        unit.lines += 1;
        unit.pence.0 += record.pence.0;
        unit.turnover.0 += record.pence.0.abs();
    }

    /// The largest first.
    pub fn by_turnover(self) -> Vec<UnmappedUnit> {
        let mut units: Vec<UnmappedUnit> = self.found.into_values().collect();
        units.sort_by(|a, b| {
            let by_name = || (&a.payer, &a.unit, &a.category).cmp(&(&b.payer, &b.unit, &b.category));
            b.turnover.cmp(&a.turnover).then_with(by_name)
        });
        units
    }
}

/// The units that the newest allocation could not map to a service or class, the largest first: what to add to the
/// lookup next. As published, addresses too: for who looks after the store.
///
/// # Errors
/// When the store can't be read.
pub fn unmapped_units(store: &dyn Store) -> Result<Vec<UnmappedUnit>, StoreError> {
    let mut units = Units::as_published();
    store.money(&mut |one| {
        if let Money::Line(line) = one {
            units.add(&line);
        }
    })?;
    Ok(units.by_turnover())
}
