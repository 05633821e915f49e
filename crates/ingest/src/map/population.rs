use super::ages::{BandColumn, bands, single_years, year_in};
use super::asset::{left_out, marks};
use super::empties::Empties;
use super::spend::recipes;
use super::text::Recipe;
use super::{Mapped, Mapper};
use crate::Refusal;
use crate::batch::Record;
use crate::columns::Columns;
use crate::notes::Notes;
use crate::profile::{Context, Profile};
use crate::raw_row::RawRow;
use crate::read::both_sexes::ToAdd;
use crate::validate::spent_on;
use model::{AgeBand, AreaCode, Finding, PartialDate, PopulationRecord};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What files call all people together.
const EVERYBODY: &[&str] =
    &["persons", "person", "all", "all persons", "people", "total", "both", "both sexes", "p", "t", "a"];

/// Rows to numbers of people.
pub(super) struct PopulationMapper {
    source: String,
    fields: BTreeMap<String, Recipe>,
    empties: Empties,
    /// The columns of the ages 0, 1, 2 …; the last may be of all who are older.
    ages: Vec<usize>,
    /// The columns of bands of ages, where there are none of single years.
    bands: Vec<BandColumn>,
    /// Columns of which a row must hold one of some values.
    only: Vec<(usize, Vec<String>)>,
    /// The year of rows that do not say theirs: the total's column says it, or whoever imports, or the file's name.
    year: Option<PartialDate>,
}

impl PopulationMapper {
    pub fn new(context: &Context<'_>, columns: &Columns) -> Result<Self, Refusal> {
        let total = context.profile.fields.get("total").and_then(|text| columns.find_any(&text.columns()));
        let year_of_total = total.and_then(|total| year_in(&columns.names()[total]));
        let year = year_of_total.and_then(|year| PartialDate::parse(&year.to_string()).ok());
        let year = year.or(context.options.as_of).or_else(|| context.file.date());
        let has_year = context
            .profile
            .fields
            .get("year")
            .is_some_and(|text| columns.find_any(&text.columns()).is_some());
        if !has_year && year.is_none() {
            return Err(no_year());
        }
        let ages = single_years(columns);
        let mut bands = bands(columns);
        bands.retain(|band| ages.is_empty() && (band.year.is_none() || band.year == year_of_total));
        Ok(Self {
            source: context.source.clone(),
            fields: recipes(&context.profile.fields, columns),
            empties: Empties::new(&context.profile.empties),
            ages,
            bands,
            only: marks(&context.profile.only, columns),
            year,
        })
    }

    fn field<'r>(&'r self, field: &str, row: &'r RawRow) -> Option<Cow<'r, str>> {
        self.fields.get(field)?.of(row, &self.empties)
    }

    fn record(&self, row: &RawRow, notes: &mut Notes<'_>) -> Result<PopulationRecord, Finding> {
        for (i, values) in &self.only {
            if !values.iter().any(|value| value.eq_ignore_ascii_case(row.cell(*i).trim())) {
                return Err(left_out(row.cell(*i), values, notes));
            }
        }
        if let Some(sex) = self.field("sex", row)
            && !EVERYBODY.iter().any(|word| word.eq_ignore_ascii_case(sex.trim()))
        {
            let shown: String = sex.chars().take(40).collect();
            let message = format!("the row is of {shown:?} alone, and not of all people");
            return Err(notes.reject(
                "left-out",
                message,
                "Nothing, when the file has rows of all people: these are read.",
            ));
        }
        let area = self.field("area", row).unwrap_or_default();
        let area = AreaCode::parse(&area).map_err(|bad| {
            notes.reject("bad-area-code", bad.to_string(), "Give the area's code, such as E05015239.")
        })?;
        let date = match self.field("year", row) {
            Some(text) => spent_on::read(&text).ok_or_else(|| {
                let shown: String = text.chars().take(40).collect();
                notes.reject(
                    "bad-year",
                    format!("{shown:?} is no year and no date"),
                    "Write it as 2024 or 2024-06-30.",
                )
            })?,
            None => self
                .year
                .ok_or_else(|| notes.reject("no-year", "the row has no year", "Write it as 2024."))?,
        };
        let total = self.field("total", row).unwrap_or_default();
        let total = count(&total).ok_or_else(|| bad_count(&total, notes))?;
        let by_age: Option<Vec<u32>> = self.ages.iter().map(|i| count(row.cell(*i))).collect();
        let by_age = by_age.ok_or_else(|| {
            notes.reject(
                "bad-count",
                "not every age has a number of people",
                "Write whole numbers, 0 where nobody is.",
            )
        })?;
        let sum: u64 = by_age.iter().map(|people| u64::from(*people)).sum();
        if !by_age.is_empty() && sum != u64::from(total) {
            let message = format!("the ages add up to {sum}, and the total is {total}; both were kept");
            notes.warn("ages-and-total", message, "Correct whichever is wrong.");
        }
        let by_band = self.bands.iter().filter_map(|band| of_band(band, total, row, notes)).collect();
        Ok(PopulationRecord { source: self.source.clone(), area, year: date.year(), total, by_age, by_band })
    }
}

/// How many people of a band a row says there are; without a number the band is not known.
fn of_band(band: &BandColumn, total: u32, row: &RawRow, notes: &mut Notes<'_>) -> Option<AgeBand> {
    let BandColumn { column, from, to, .. } = *band;
    let Some(people) = count(row.cell(column)) else {
        let message = format!("how many are aged {from} to {to} is no number of people; it is left out");
        notes.warn("bad-count", message, "Write a whole number, 0 where nobody is.");
        return None;
    };
    if people > total {
        let message = format!("{people} are aged {from} to {to}, and {total} of all ages; both were kept");
        notes.warn("ages-and-total", message, "Correct whichever is wrong.");
    }
    Some(AgeBand { from, to, people })
}

/// The columns in which women and men are added, when a file has a column of sexes.
pub(crate) fn to_add(profile: &Profile, columns: &Columns) -> Option<ToAdd> {
    let find = |field: &str| columns.find_any(&profile.fields.get(field)?.columns());
    let grouped = bands(columns).into_iter().map(|band| band.column);
    let numbers = find("total").into_iter().chain(single_years(columns)).chain(grouped).collect();
    Some(ToAdd { sex: find("sex")?, numbers })
}

/// How many people: a whole number, with commas between thousands or without. Estimates may have decimals that say
/// nothing: `1,204.0`.
fn count(text: &str) -> Option<u32> {
    let text = text.trim().replace([',', ' '], "");
    let whole = text
        .split_once('.')
        .map_or(text.as_str(), |(whole, rest)| if rest.bytes().all(|b| b == b'0') { whole } else { "" });
    whole.parse().ok()
}

fn bad_count(text: &str, notes: &Notes<'_>) -> Finding {
    let shown: String = text.chars().take(40).collect();
    notes.reject("bad-count", format!("{shown:?} is no number of people"), "Write a whole number.")
}

fn no_year() -> Refusal {
    Refusal::of_file(
        "no-year",
        "nothing says of which year the numbers of people are: no column, nor the file's name",
        "Say it with `--as-of 2024`.",
    )
}

impl Mapper for PopulationMapper {
    fn map(&self, row: &RawRow, notes: &mut Notes<'_>) -> Result<Mapped, Finding> {
        let record = self.record(row, notes)?;
        let year = PartialDate::parse(&record.year.to_string());
        Ok(Mapped {
            key: format!("{}|{}", record.area, record.year),
            may_repeat: false,
            content: serde_json::to_vec(&record).unwrap_or_default(),
            hidden_by: None,
            covers: Vec::new(),
            as_of: year.ok(),
            record: Record::Population(record),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_whole() {
        assert_eq!(
            ["1,204", "12.0", " 7 ", "12.5", "-3", "", "NA"].map(count),
            [Some(1204), Some(12), Some(7), None, None, None, None]
        );
    }
}
