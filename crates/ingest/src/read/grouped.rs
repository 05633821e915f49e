use crate::Refusal;
use crate::columns::Columns;
use crate::fingerprint::json_of;
use crate::map::empties::Empties;
use crate::map::key::{normal, tidy};
use crate::map::text::Template;
use crate::profile::{Group, Profile, pieces};
use crate::raw_row::{Item, RawRow, Rows};
use model::Finding;
use std::collections::{HashMap, HashSet};

/// So many rows are held at once; a larger file must be sorted out before.
const MOST_ROWS: usize = 250_000;

/// The rows of a file of which several may be about one thing: read to the end, then handed out with those that
/// belong together as one, wherever they stand. What comes out is the same for any order of the rows.
pub(crate) struct Grouped<'a> {
    inner: Box<dyn Rows + 'a>,
    by: Vec<usize>,
    /// Columns that the templates speak of: rows may differ in them.
    told: HashSet<usize>,
    templates: Vec<Vec<Template>>,
    columns: Columns,
    empties: Empties,
    is_tidy: bool,
    out: Option<std::vec::IntoIter<Item>>,
}

impl<'a> Grouped<'a> {
    /// The rows of a file as a profile groups them, and their columns, with those that the profile adds.
    ///
    /// # Errors
    /// When the file has not the columns to group by.
    pub fn new(
        inner: Box<dyn Rows + 'a>,
        group: &Group,
        profile: &Profile,
        columns: Columns,
    ) -> Result<(Self, Columns), Refusal> {
        let by: Option<Vec<usize>> = group.by.iter().map(|name| columns.find(name)).collect();
        let by = by.ok_or_else(|| no_column(profile, group))?;
        let of = |names: &crate::profile::OneOrMore| {
            names.names().iter().filter_map(|template| Template::new(template, &columns)).collect()
        };
        let pieces = group.columns.values().flat_map(|names| names.names()).flat_map(|name| pieces(name));
        let told = pieces.filter_map(|piece| columns.find(piece.column()?)).collect();
        let templates = group.columns.values().map(of).collect();
        let wider = Columns::new(columns.names().iter().chain(group.columns.keys()).cloned());
        let empties = Empties::new(&profile.empties);
        let is_tidy = profile.tidy_keys;
        Ok((Self { inner, by, told, templates, columns, empties, is_tidy, out: None }, wider))
    }

    fn read(&mut self) -> Result<std::vec::IntoIter<Item>, Refusal> {
        let mut places: Vec<Place> = Vec::new();
        let mut known: HashMap<Vec<String>, usize> = HashMap::new();
        let mut count = 0;
        while let Some(item) = self.inner.next()? {
            count += 1;
            if count > MOST_ROWS {
                return Err(too_many());
            }
            match item {
                Item::Row(row) => match self.key(&row).map(|key| *known.entry(key).or_insert(places.len())) {
                    Some(at) if at < places.len() => places[at].push(row),
                    _ => places.push(Place::Rows(vec![row])),
                },
                item => places.push(Place::Other(Box::new(item))),
            }
        }
        let items: Vec<Item> = places.into_iter().flat_map(|place| self.items(place)).collect();
        Ok(items.into_iter())
    }

    /// What a row has in common with those that it belongs to; `None` when it says nothing of that.
    fn key(&self, row: &RawRow) -> Option<Vec<String>> {
        let plain = if self.is_tidy { tidy } else { normal };
        let cell = |i: &usize| self.empties.value(row.cell(*i)).map(plain).unwrap_or_default();
        let key: Vec<String> = self.by.iter().map(cell).collect();
        key.iter().any(|part| !part.is_empty()).then_some(key)
    }

    fn items(&self, place: Place) -> Vec<Item> {
        match place {
            Place::Other(item) => vec![*item],
            Place::Rows(rows) => {
                let lines: Vec<u64> = rows.iter().map(|row| row.line).skip(1).collect();
                let one = self.fold(rows);
                std::iter::once(Item::Row(one)).chain(lines.into_iter().map(Item::Folded)).collect()
            }
        }
    }

    /// One row of several: each cell is the first that holds something, in an order that the rows' own does not
    /// change, and the new columns have what every row gives.
    fn fold(&self, mut rows: Vec<RawRow>) -> RawRow {
        let line = rows.first().map_or(0, |row| row.line);
        let text = |row: &RawRow| row.json.clone().unwrap_or_else(|| json_of(row, &self.columns));
        rows.sort_by_cached_key(|row| (text(row), row.geometry.clone()));
        let texts: Vec<String> = rows.iter().map(text).collect();
        let mut one = RawRow::starting(line);
        for i in 0..self.columns.len() {
            let cell = rows.iter().map(|row| row.cell(i)).find(|cell| self.empties.value(cell).is_some());
            one.push(cell.or(rows.first().map(|row| row.cell(i))).unwrap_or_default());
        }
        one.warnings = self.differing(&rows, line).into_iter().collect();
        for templates in &self.templates {
            let mut parts: Vec<String> = Vec::new();
            for part in rows.iter().filter_map(|row| templates.iter().find_map(|t| t.of(row, &self.empties)))
            {
                if !parts.contains(&part) {
                    parts.push(part);
                }
            }
            parts.sort();
            one.push(&parts.join("; "));
        }
        if texts.len() > 1 {
            one.besides = texts.join("\n");
        }
        one.json = Some(if let [only] = &texts[..] {
            only.clone()
        } else {
            format!("{{\"rows\":[{}]}}", texts.join(","))
        });
        let mut rows = rows.into_iter();
        if let Some(first) = rows.next() {
            (one.geometry, one.shape, one.feature) = (first.geometry, first.shape, first.feature);
            one.warnings.extend(first.warnings);
        }
        one.warnings.extend(rows.flat_map(|row| row.warnings));
        one
    }
}

impl Grouped<'_> {
    /// Columns in which rows that become one record say different things: one value is taken, all are in the row
    /// as published.
    fn differing(&self, rows: &[RawRow], line: u64) -> Option<Finding> {
        let values = |i: usize| rows.iter().filter_map(move |row| self.empties.value(row.cell(i)));
        let differs = |i: &usize| {
            let first = values(*i).next();
            values(*i).any(|value| Some(value) != first)
        };
        let columns: Vec<&str> = (0..self.columns.len())
            .filter(|i| !self.told.contains(i))
            .filter(differs)
            .map(|i| self.columns.names()[i].as_str())
            .collect();
        (!columns.is_empty()).then(|| {
            let message = format!(
                "{} rows are one record, and differ in {}; one value of each was taken",
                rows.len(),
                columns.join(", ")
            );
            Finding::new(line, "group-differs", message, "Make them say the same where they are kept.")
        })
    }
}

/// What stands at one place of the file, in the order of the file.
enum Place {
    Rows(Vec<RawRow>),
    Other(Box<Item>),
}

impl Place {
    fn push(&mut self, row: RawRow) {
        if let Self::Rows(rows) = self {
            rows.push(row);
        }
    }
}

impl Rows for Grouped<'_> {
    fn next(&mut self) -> Result<Option<Item>, Refusal> {
        if self.out.is_none() {
            self.out = Some(self.read()?);
        }
        Ok(self.out.as_mut().and_then(Iterator::next))
    }

    fn take_notices(&mut self) -> Vec<Finding> {
        self.inner.take_notices()
    }
}

fn no_column(profile: &Profile, group: &Group) -> Refusal {
    Refusal::of_file(
        "no-group-columns",
        format!(
            "the profile `{}` makes one record of rows with the same {}, which the file has not",
            profile.id(),
            group.by.join(" and ")
        ),
        "Name other columns under `group` in a profile of your own.",
    )
}

fn too_many() -> Refusal {
    Refusal::of_file(
        "too-many-rows-to-group",
        format!(
            "the file has more than {MOST_ROWS} rows; so many are the most of which rows can be put together"
        ),
        "Cut the file into several, each with whole sites.",
    )
}
