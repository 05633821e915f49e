use crate::Refusal;
use crate::columns::Columns;
use crate::fingerprint::json_of;
use crate::map::key::normal;
use crate::raw_row::{Item, RawRow, Rows};
use model::Finding;
use std::collections::HashMap;

/// So many rows are held at once: all small areas of England for two sexes.
const MOST_ROWS: usize = 250_000;

const FEMALE: &[&str] = &["females", "female", "f", "women"];
const MALE: &[&str] = &["males", "male", "m", "men"];

/// The rows of a file of population, one for an area: where it has women and men and nobody together, each two are added;
/// where it has all people too, women and men are folded into these.
pub(crate) struct BothSexes {
    items: std::vec::IntoIter<Item>,
    notices: Vec<Finding>,
}

/// The column of the sexes, and those whose numbers are added.
pub(crate) struct ToAdd {
    pub sex: usize,
    pub numbers: Vec<usize>,
}

impl BothSexes {
    /// Reads the file.
    ///
    /// # Errors
    /// When it can't be read, or is too large.
    pub fn new(mut inner: Box<dyn Rows + '_>, to_add: &ToAdd, columns: &Columns) -> Result<Self, Refusal> {
        let mut items = Vec::new();
        while let Some(item) = inner.next()? {
            if items.len() == MOST_ROWS {
                return Err(too_many());
            }
            items.push(item);
        }
        let notices = inner.take_notices();
        let only_one = items.iter().all(|item| match item {
            Item::Row(row) => sex(row, to_add).is_some(),
            Item::Folded(_) | Item::Bad(..) => true,
        });
        let items = if only_one { paired(items, to_add, columns) } else { folded(items, to_add) };
        Ok(Self { items: items.into_iter(), notices })
    }
}

impl Rows for BothSexes {
    fn next(&mut self) -> Result<Option<Item>, Refusal> {
        Ok(self.items.next())
    }

    fn take_notices(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.notices)
    }
}

/// Whether a row is of one sex, and of which.
fn sex(row: &RawRow, to_add: &ToAdd) -> Option<&'static str> {
    let word = row.cell(to_add.sex).trim().to_lowercase();
    let of = |words: &[&str]| words.contains(&word.as_str());
    if of(FEMALE) { Some("f") } else { of(MALE).then_some("m") }
}

/// What tells a row apart but for sex and numbers.
fn key(row: &RawRow, to_add: &ToAdd) -> Vec<String> {
    let says = |i: &usize| *i != to_add.sex && !to_add.numbers.contains(i);
    (0..row.len()).filter(says).map(|i| normal(row.cell(i))).collect()
}

/// Rows of one sex folded into that of all people of the same area; one that has none stays as it is.
fn folded(items: Vec<Item>, to_add: &ToAdd) -> Vec<Item> {
    let row_of = |item: &Item| match item {
        Item::Row(row) => Some((sex(row, to_add), key(row, to_add), row.line)),
        Item::Folded(_) | Item::Bad(..) => None,
    };
    let mut of_all: HashMap<Vec<String>, Vec<u64>> = HashMap::new();
    for (_, key, _) in items.iter().filter_map(row_of).filter(|(sex, ..)| sex.is_none()) {
        of_all.entry(key).or_default();
    }
    let mut out = Vec::with_capacity(items.len());
    for item in items {
        match row_of(&item) {
            Some((Some(_), key, line)) if of_all.contains_key(&key) => {
                of_all.entry(key).or_default().push(line);
            }
            _ => out.push(item),
        }
    }
    let with_folded = |item: Item| {
        let all = row_of(&item).filter(|(sex, ..)| sex.is_none());
        let lines = all.and_then(|(_, key, _)| of_all.remove(&key)).unwrap_or_default();
        std::iter::once(item).chain(lines.into_iter().map(Item::Folded)).collect::<Vec<_>>()
    };
    out.into_iter().flat_map(with_folded).collect()
}

/// Rows that say the same but for sex and numbers, two by two; one that is alone stays as it is.
fn paired(items: Vec<Item>, to_add: &ToAdd, columns: &Columns) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::new();
    let mut open: HashMap<Vec<String>, (usize, &'static str)> = HashMap::new();
    let mut folded: HashMap<usize, u64> = HashMap::new();
    for item in items {
        let Item::Row(row) = item else {
            out.push(item);
            continue;
        };
        let key = key(&row, to_add);
        let of = sex(&row, to_add).unwrap_or_default();
        match open.get(&key).copied() {
            Some((at, other)) if other != of && !folded.contains_key(&at) => {
                folded.insert(at, row.line);
                if let Some(Item::Row(first)) = out.get_mut(at) {
                    *first = added(first, &row, to_add, columns);
                }
            }
            _ => {
                open.insert(key, (out.len(), of));
                out.push(Item::Row(row));
            }
        }
    }
    let with_folded =
        |(at, item)| std::iter::once(item).chain(folded.get(&at).map(|line| Item::Folded(*line)));
    out.into_iter().enumerate().flat_map(with_folded).collect()
}

fn added(first: &RawRow, second: &RawRow, to_add: &ToAdd, columns: &Columns) -> RawRow {
    let mut both = RawRow::starting(first.line);
    for i in 0..first.len() {
        let (a, b) = (first.cell(i), second.cell(i));
        let count = |text: &str| text.trim().replace(',', "").parse::<u64>().ok();
        match count(a).zip(count(b)) {
            Some((a, b)) if to_add.numbers.contains(&i) => both.push(&a.saturating_add(b).to_string()),
            // what is no number is for the mapper to reject
            _ if to_add.numbers.contains(&i) => both.push(if count(a).is_none() { a } else { b }),
            _ if i == to_add.sex => both.push("Persons"),
            _ => both.push(a),
        }
    }
    let mut texts = [json_of(first, columns), json_of(second, columns)];
    texts.sort();
    both.besides = texts.join("\n");
    both.json = Some(format!("{{\"rows\":[{}]}}", texts.join(",")));
    both
}

fn too_many() -> Refusal {
    Refusal::of_file(
        "too-many-rows-to-add",
        format!("the file has women and men apart in more than {MOST_ROWS} rows, the most that can be added"),
        "Cut the file into several, or use the one for all persons.",
    )
}
