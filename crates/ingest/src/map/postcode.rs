use super::asset::{left_out, marks};
use super::{Mapped, Mapper};
use crate::batch::Record;
use crate::columns::Columns;
use crate::grid;
use crate::notes::Notes;
use crate::profile::Context;
use crate::raw_row::RawRow;
use crate::validate::coordinates::{Unit, degrees, is_mark_for_none, numbers};
use model::{AreaCode, Finding, Position, Postcode, PostcodeRecord};

/// Rows to postcodes.
pub(super) struct PostcodeMapper {
    postcode: usize,
    terminated: Option<usize>,
    quality: Option<usize>,
    ward: Option<usize>,
    district: Option<usize>,
    lsoa: Option<usize>,
    msoa: Option<usize>,
    degrees: Option<(usize, usize)>,
    metres: Option<(usize, usize)>,
    only: Vec<(usize, Vec<String>)>,
}

impl PostcodeMapper {
    pub fn new(context: &Context<'_>, columns: &Columns) -> Self {
        let profile = context.profile;
        let field = |name: &str| columns.find_any(&profile.fields.get(name)?.columns());
        let find = |names: &Option<crate::profile::OneOrMore>| columns.find_any(names.as_ref()?.names());
        let position = &profile.position;
        Self {
            only: marks(&profile.only, columns),
            postcode: field("postcode").unwrap_or_default(),
            terminated: field("terminated"),
            quality: field("quality"),
            ward: field("ward"),
            district: field("district"),
            lsoa: field("lsoa"),
            msoa: field("msoa"),
            degrees: find(&position.longitude).zip(find(&position.latitude)),
            metres: find(&position.easting).zip(find(&position.northing)),
        }
    }

    /// The middle of the postcode. Quality 9 means that there is none, whatever the coordinates say.
    fn position(
        &self,
        row: &RawRow,
        code: &Postcode,
        notes: &mut Notes<'_>,
    ) -> Result<Option<Position>, Finding> {
        if self.quality.is_some_and(|i| row.cell(i).trim() == "9") {
            return Ok(None);
        }
        if let Some((lon, lat)) = self.degrees {
            let (lon, lat) = (row.cell(lon), row.cell(lat));
            return match pair(lon, lat) {
                Some((lon, lat)) if is_mark_for_none(lon, lat) => Ok(None),
                _ if lat.trim().is_empty() && (lon.trim().is_empty() || is_zero(lon)) => Ok(None),
                _ => numbers(lon, lat, Unit::Degrees, notes)?
                    .map(|(lon, lat)| degrees(lon, lat, notes))
                    .transpose(),
            };
        }
        let Some((e, n)) = self.metres.and_then(|(e, n)| pair(row.cell(e), row.cell(n))) else {
            return Ok(None);
        };
        // Northern Ireland and the islands have grids of their own
        let elsewhere = ["BT", "GY", "JE"].iter().any(|area| code.as_str().starts_with(area));
        Ok(if elsewhere { None } else { grid::to_position(e, n).ok() })
    }
}

/// Some extracts leave the latitude of 99.999999 out and keep the longitude of 0.
fn is_zero(text: &str) -> bool {
    text.trim().parse() == Ok(0.0)
}

fn pair(x: &str, y: &str) -> Option<(f64, f64)> {
    Some((x.trim().parse().ok()?, y.trim().parse().ok()?))
}

impl Mapper for PostcodeMapper {
    fn map(&self, row: &RawRow, notes: &mut Notes<'_>) -> Result<Mapped, Finding> {
        for (i, values) in &self.only {
            if !values.iter().any(|value| value.eq_ignore_ascii_case(row.cell(*i).trim())) {
                return Err(left_out(row.cell(*i), values, notes));
            }
        }
        let postcode = Postcode::parse(row.cell(self.postcode)).map_err(|bad| {
            let remedy = bad
                .suggestion()
                .map_or_else(|| "Correct it.".into(), |meant| format!("Did you mean {meant}?"));
            notes.reject("bad-postcode", bad.to_string(), remedy)
        })?;
        let area = |column: Option<usize>| AreaCode::parse(row.cell(column?)).ok();
        let record = PostcodeRecord {
            position: self.position(row, &postcode, notes)?,
            ward: area(self.ward),
            district: area(self.district),
            lsoa: area(self.lsoa),
            msoa: area(self.msoa),
            terminated: self.terminated.is_some_and(|i| !row.cell(i).trim().is_empty()),
            postcode,
        };
        Ok(Mapped {
            key: record.postcode.as_str().to_owned(),
            content: serde_json::to_vec(&record).unwrap_or_default(),
            record: Record::Postcode(record),
            may_repeat: false,
            hidden_by: None,
            covers: Vec::new(),
            as_of: None,
        })
    }
}
