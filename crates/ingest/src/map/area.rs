use super::empties::Empties;
use super::ons::{CodeColumn, code_columns};
use super::{Mapped, Mapper};
use crate::Refusal;
use crate::batch::Record;
use crate::columns::Columns;
use crate::notes::Notes;
use crate::profile::{AreaColumns, Context, DateFrom};
use crate::raw_row::{RawRow, Shape};
use crate::validate::name;
use geo_types::MultiPolygon;
use model::{AreaCode, Finding, Level, LocalityKey, LocalityRecord, PartialDate, Vintage};

/// What all values of a column have in common.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ColumnSummary {
    /// No two rows have the same code.
    pub distinct: bool,
    /// More than half of the values, codes or not, are different ones.
    pub mostly_differ: bool,
    /// They are area codes, and there is at least one.
    pub area_codes: bool,
}

/// Rows to areas.
pub(super) struct AreaMapper {
    source: String,
    code: Option<CodeColumn>,
    names: Vec<usize>,
    parents: Vec<usize>,
    level: Level,
    vintage_column: Option<usize>,
    vintage: Vintage,
    /// Whether the year stands in the file, or was said, and is not assumed.
    vintage_is_of_row: bool,
    as_of: Option<PartialDate>,
    empties: Empties,
}

impl AreaMapper {
    pub fn new(
        context: &Context<'_>,
        columns: &Columns,
        summary: &[ColumnSummary],
        notices: &mut Vec<Finding>,
    ) -> Result<Self, Refusal> {
        let rule = &context.profile.area;
        let code = code_of(rule, columns, summary);
        let vintage_column = rule.vintage.as_ref().and_then(|name| columns.find(name));
        let (vintage, how) = vintage(context, code.as_ref())?;
        if vintage_column.is_none() {
            notices.push(vintage_notice(vintage, how));
        }
        let own = code.as_ref().map(|code| code.index);
        let given_parents = rule.parents.iter().filter_map(|name| columns.find(name));
        let parents = code_columns(columns).into_iter().map(|c| c.index).chain(given_parents);
        let of_code = code.as_ref().and_then(|code| code.name);
        let names = of_code
            .into_iter()
            .chain(rule.name.iter().filter_map(|name| columns.find(name)))
            .collect::<Vec<_>>();
        if names.is_empty() && code.is_some() {
            notices.push(code_for_name());
        }
        let as_of = match &context.given.as_of {
            Some(DateFrom::Date(date)) => Some(*date),
            _ => None,
        };
        Ok(Self {
            source: context.source.clone(),
            names,
            parents: parents.filter(|i| Some(*i) != own).collect(),
            level: context.profile.level_without_code(context.file),
            vintage_column,
            vintage,
            vintage_is_of_row: vintage_column.is_some() || !ASSUMED.contains(&how),
            as_of: context.options.as_of.or(as_of),
            empties: Empties::new(&context.profile.empties),
            code,
        })
    }

    fn name(&self, row: &RawRow, notes: &mut Notes<'_>) -> Result<String, Finding> {
        let given = self.names.iter().find_map(|i| self.empties.value(row.cell(*i)));
        let code = self.code.as_ref().and_then(|code| AreaCode::parse(row.cell(code.index)).ok());
        name::check(given.or(code.as_ref().map(AreaCode::as_str)), notes)
    }

    fn key(&self, name: &str, row: &RawRow, notes: &Notes<'_>) -> Result<LocalityKey, Finding> {
        let vintage =
            self.vintage_column.and_then(|i| row.cell(i).trim().parse().ok().and_then(Vintage::from_year));
        let vintage = vintage.unwrap_or(self.vintage);
        let Some(column) = &self.code else {
            let code = format!("{}:{}", self.source, slug(name));
            return Ok(LocalityKey { level: self.level, code, vintage });
        };
        let code = AreaCode::parse(row.cell(column.index)).map_err(|bad| {
            notes.reject("bad-area-code", bad.to_string(), "Correct the code, or leave the row out.")
        })?;
        let level = code.level().unwrap_or(column.level);
        Ok(LocalityKey { level, code: code.as_str().to_owned(), vintage })
    }

    /// What the row itself says: not the year, nor the slug, that come from the file's name or the day.
    fn content(&self, locality: &LocalityKey, name: &str, parents: &[AreaCode]) -> Vec<u8> {
        let year = if self.vintage_is_of_row { locality.vintage.to_string() } else { String::new() };
        let code = if self.code.is_some() { locality.code.as_str() } else { "" };
        format!("{}\n{code}\n{name}\n{parents:?}\n{year}", locality.level.as_str()).into_bytes()
    }

    fn parents(&self, own: &str, row: &RawRow) -> Vec<AreaCode> {
        let mut parents = Vec::new();
        for code in self.parents.iter().filter_map(|i| AreaCode::parse(row.cell(*i)).ok()) {
            if code.as_str() != own && !parents.contains(&code) {
                parents.push(code);
            }
        }
        parents
    }
}

impl Mapper for AreaMapper {
    fn map(&self, row: &RawRow, notes: &mut Notes<'_>) -> Result<Mapped, Finding> {
        let name = self.name(row, notes)?;
        let locality = self.key(&name, row, notes)?;
        let boundary = boundary(&row.shape, notes)?;
        let parents = self.parents(&locality.code, row);
        let content = self.content(&locality, &name, &parents);
        let key = format!("{}:{}:{}", locality.level.as_str(), locality.code, locality.vintage);
        let record = LocalityRecord {
            source: self.source.clone(),
            key: key.clone(),
            locality,
            name,
            parents,
            boundary,
            as_of: self.as_of,
        };
        Ok(Mapped {
            record: Record::Area(record),
            key,
            may_repeat: false,
            hidden_by: None,
            content,
            covers: Vec::new(),
            as_of: None,
        })
    }
}

/// Whether a file's areas have codes.
pub(crate) fn has_code(rule: &AreaColumns, columns: &Columns, summary: &[ColumnSummary]) -> bool {
    code_of(rule, columns, summary).is_some()
}

/// The column of the areas' own codes: of the columns named as the Office for National Statistics does, the smallest
/// level whose codes are all different; else the profile's first column that holds codes.
fn code_of(rule: &AreaColumns, columns: &Columns, summary: &[ColumnSummary]) -> Option<CodeColumn> {
    let of = |i: usize| summary.get(i).copied().unwrap_or_default();
    let mut found: Vec<CodeColumn> =
        code_columns(columns).into_iter().filter(|c| of(c.index).area_codes).collect();
    found.sort_by_key(|column| (!of(column.index).distinct, column.level));
    let given = rule.code.iter().filter_map(|name| columns.find(name)).find(|i| of(*i).area_codes);
    found.retain(|column| column.name.is_some() || given.is_none());
    found.into_iter().next().or_else(|| {
        given.map(|index| CodeColumn { index, level: Level::Neighbourhood, vintage: None, name: None })
    })
}

const FROM_NAME: &str = "the year in the file's name";
const OF_IMPORT: &str = "the year of import";
const ASSUMED: [&str; 2] = [FROM_NAME, OF_IMPORT];

/// The year of a file's areas, and who says so.
pub(super) fn vintage(
    context: &Context<'_>,
    code: Option<&CodeColumn>,
) -> Result<(Vintage, &'static str), Refusal> {
    let options = context.options;
    let candidates = [
        (options.vintage, "as was said"),
        (code.and_then(|code| code.vintage), "the year in the name of the column"),
        (context.given.vintage.and_then(Vintage::from_year), "as the profile says"),
        (context.file.year().and_then(Vintage::from_year), FROM_NAME),
        (Vintage::from_year(options.this_year), OF_IMPORT),
    ];
    candidates.into_iter().find_map(|(vintage, how)| vintage.map(|vintage| (vintage, how))).ok_or_else(|| {
        let message = "neither the columns nor the file's name say of which year the boundaries are";
        Refusal::of_file("no-vintage", message, "Say so with `--vintage YEAR`.")
    })
}

fn vintage_notice(vintage: Vintage, how: &str) -> Finding {
    let remedy = "If that is wrong, import it again with `--vintage YEAR`.";
    Finding::of_file("vintage", format!("the boundaries were taken to be those of {vintage}: {how}"), remedy)
}

fn code_for_name() -> Finding {
    Finding::of_file("no-names", "the file gives codes and no names; the code stands for the name", "")
}

fn boundary(shape: &Shape, notes: &Notes<'_>) -> Result<MultiPolygon<f64>, Finding> {
    let not_an_area = |what: &str| {
        let message = format!("the geometry is {what}, not an area: it can't contain a point");
        Err(notes.reject("not-an-area", message, "Import the file with the areas' polygons."))
    };
    match shape {
        Shape::Polygons(polygons) => Ok(polygons.clone()),
        Shape::Unusable(finding) | Shape::Flawed(finding, _) => Err(finding.clone()),
        Shape::Point(_) => not_an_area("a point"),
        Shape::Other("LineString" | "MultiLineString") => not_an_area("a line"),
        Shape::Other(kind) => not_an_area(&format!("a {kind}")),
        Shape::None | Shape::Null => Err(notes.reject(
            "no-geometry",
            "the area has no boundary (its geometry is null)",
            "Give it a polygon.",
        )),
    }
}

/// Small letters and digits, with hyphens between words.
fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join("-")
}
