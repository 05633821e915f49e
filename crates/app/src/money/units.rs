use model::{Pence, Standing};
use std::collections::HashMap;
use store::{Money, Store, StoreError};

/// Lines of one unit that the lookup does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnmappedUnit {
    /// Who pays.
    pub payer: String,
    /// Who in the payer spends it, as published; empty when it does not say.
    pub unit: String,
    /// The sort of expense, as published; empty when it does not say.
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

/// The units that the newest allocation could not map to a service or class, the largest first: what to add to the
/// lookup next.
///
/// # Errors
/// When the store can't be read.
pub fn unmapped_units(store: &dyn Store) -> Result<Vec<UnmappedUnit>, StoreError> {
    let mut units: HashMap<(String, String, String), UnmappedUnit> = HashMap::new();
    store.money(&mut |one| {
        let Money::Line(line) = one else { return };
        let record = line.record;
        let is_mapped = line.placed.is_some_and(|placed| placed.class != measures::Class::Unmapped.as_str());
        if is_mapped || record.payee.standing == Standing::Redacted && record.unit.is_none() {
            return;
        }
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let key = (record.payer.clone(), text(&record.unit), text(&record.category));
        let unit = units.entry(key.clone()).or_insert_with(|| UnmappedUnit {
            payer: key.0,
            unit: key.1,
            category: key.2,
            lines: 0,
            pence: Pence(0),
            turnover: Pence(0),
            purpose: record.purpose.clone(),
        });
        unit.lines += 1;
        unit.pence.0 += record.pence.0;
        unit.turnover.0 += record.pence.0.abs();
    })?;
    let mut units: Vec<UnmappedUnit> = units.into_values().collect();
    units.sort_by(|a, b| {
        let by_name = || (&a.payer, &a.unit, &a.category).cmp(&(&b.payer, &b.unit, &b.category));
        b.turnover.cmp(&a.turnover).then_with(by_name)
    });
    Ok(units)
}
