use model::{AssetId, Pence};
use std::collections::{BTreeMap, HashMap};
use store::{Allocation, Placed, Store, StoreError};

/// What moved between two allocations.
#[derive(Debug, Clone)]
pub struct Diff {
    /// The earlier one.
    pub before: Allocation,
    /// The later one.
    pub after: Allocation,
    /// Lines that both placed alike.
    pub same: u64,
    /// What they placed otherwise, most money first. Lines that only one of them knew come from or go to nothing.
    pub moved: Vec<Moved>,
}

/// Money that one allocation put here and the other there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// What the earlier one said: class, service, method and rule; `None` for lines that it did not know.
    pub from: Option<[String; 4]>,
    /// What the later one says.
    pub to: Option<[String; 4]>,
    /// How many lines.
    pub lines: u64,
    /// How much, without signs.
    pub turnover: Pence,
    /// How much.
    pub pence: Pence,
    /// One of the lines.
    pub example: AssetId,
}

/// Compares two allocations. `None` when there is no such allocation.
///
/// # Errors
/// When the store can't be read.
pub fn diff(store: &dyn Store, before: u64, after: u64) -> Result<Option<Diff>, StoreError> {
    let one = |number: u64| -> Result<Option<Allocation>, StoreError> {
        let found = store.allocations(Some(number + 1), 1)?.pop();
        Ok(found.filter(|found| found.allocation == number))
    };
    let (Some(first), Some(second)) = (one(before)?, one(after)?) else { return Ok(None) };
    let mut known: HashMap<u64, (AssetId, i64, Placed)> = HashMap::new();
    store.placements(before, &mut |line| {
        known.insert(line.number, (line.id, line.pence, line.placed));
    })?;
    let mut same = 0;
    let mut moved: BTreeMap<(Said, Said), Moved> = BTreeMap::new();
    let mut add = |id: AssetId, pence: i64, from: Option<&Placed>, to: Option<&Placed>| {
        let (from, to) = (from.map(words), to.map(words));
        let entry = moved.entry((from.clone(), to.clone())).or_insert_with(|| Moved {
            from,
            to,
            lines: 0,
            turnover: Pence(0),
            pence: Pence(0),
            example: id,
        });
        entry.lines += 1;
        entry.turnover.0 += pence.abs();
        entry.pence.0 += pence;
    };
    store.placements(after, &mut |line| match known.remove(&line.number) {
        Some((_, _, placed))
            if words(&placed) == words(&line.placed) && placed.target == line.placed.target =>
        {
            same += 1;
        }
        Some((_, _, placed)) => add(line.id, line.pence, Some(&placed), Some(&line.placed)),
        None => add(line.id, line.pence, None, Some(&line.placed)),
    })?;
    let mut gone: Vec<_> = known.into_iter().collect();
    gone.sort_by_key(|(number, _)| *number);
    gone.iter().for_each(|(_, (id, pence, placed))| add(*id, *pence, Some(placed), None));
    let mut moved: Vec<Moved> = moved.into_values().collect();
    moved.sort_by_key(|moved| std::cmp::Reverse(moved.turnover));
    Ok(Some(Diff { before: first, after: second, same, moved }))
}

/// What an allocation says of a line; `None` when it did not know it.
type Said = Option<[String; 4]>;

/// What is said of a line, in the words that a table shows.
fn words(placed: &Placed) -> [String; 4] {
    [
        placed.class.clone(),
        placed.service.clone().unwrap_or_default(),
        placed.method.clone(),
        placed.rule.clone(),
    ]
}
