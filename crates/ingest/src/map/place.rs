use super::empties::Empties;
use crate::columns::Columns;
use crate::notes::Notes;
use crate::profile::{OneOrMore, PositionColumns};
use crate::raw_row::{RawRow, Shape};
use crate::validate::coordinates::{both, degrees, metres, numbers, several};
use crate::{Crs, grid};
use geo::InteriorPoint;
use model::{Finding, Position};

/// Where rows of this file have their coordinates.
pub(super) struct Place {
    degrees: Option<(usize, usize)>,
    metres: Option<(usize, usize)>,
    either: Option<(usize, usize)>,
    crs_column: Option<usize>,
    /// A column that holds both numbers.
    point: Option<usize>,
    said: Option<Crs>,
}

impl Place {
    pub fn new(of: &PositionColumns, columns: &Columns, said: Option<Crs>) -> Self {
        let find = |names: &Option<OneOrMore>| columns.find_any(names.as_ref()?.names());
        Self {
            degrees: find(&of.longitude).zip(find(&of.latitude)),
            metres: find(&of.easting).zip(find(&of.northing)),
            either: find(&of.x).zip(find(&of.y)),
            crs_column: find(&of.crs),
            point: find(&of.point),
            said,
        }
    }

    /// A row's own position: in its cells, else its geometry.
    ///
    /// # Errors
    /// When there is one that can't be right.
    pub fn of(
        &self,
        row: &RawRow,
        empties: &Empties,
        notes: &mut Notes<'_>,
    ) -> Result<Option<Position>, Finding> {
        let columns = [(self.degrees, Some(Crs::Degrees)), (self.metres, Some(Crs::BritishNationalGrid))];
        for (pair, crs) in columns.into_iter().chain([(self.either, self.crs_of(row))]) {
            let Some((x, y)) = pair else { continue };
            let cell = |i| empties.value(row.cell(i)).unwrap_or_default();
            if let Some((x, y)) = several(cell(x), cell(y), notes) {
                return read(x, y, self.said_for(crs), notes).map(Some);
            }
            if let Some((x, y)) = numbers(cell(x), cell(y), notes)? {
                return read(x, y, self.said_for(crs), notes).map(Some);
            }
        }
        if let Some((x, y)) = self.point_in(row, empties) {
            return read(x, y, self.said, notes).map(Some);
        }
        match &row.shape {
            Shape::Unusable(finding) | Shape::Flawed(finding, None) => return Err(finding.clone()),
            Shape::Flawed(finding, Some(at)) => {
                let message = format!("{}; a point on it is the position", finding.message);
                notes.warn("flawed-polygon", message, "Correct the polygon where it is drawn.");
                return degrees(at.x(), at.y(), notes).map(Some);
            }
            _ => {}
        }
        of_shape(&row.shape).map_or(Ok(None), |(x, y)| degrees(x, y, notes).map(Some))
    }

    /// The two numbers of a cell that holds both, x first. In degrees near the UK the order is plain: the latitude
    /// is the larger.
    fn point_in(&self, row: &RawRow, empties: &Empties) -> Option<(f64, f64)> {
        both(empties.value(row.cell(self.point?))?)
    }

    /// Columns for metres stay so; columns for degrees may be metres after all.
    fn said_for(&self, crs: Option<Crs>) -> Option<Crs> {
        if crs == Some(Crs::BritishNationalGrid) { crs } else { self.said.or(crs) }
    }

    fn crs_of(&self, row: &RawRow) -> Option<Crs> {
        let text: String =
            row.cell(self.crs_column?).to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        match () {
            () if ["wgs84", "4326", "crs84", "etrs89", "4258"].iter().any(|name| text.contains(name)) => {
                Some(Crs::Degrees)
            }
            () if ["27700", "osgb", "nationalgrid", "bng"].iter().any(|name| text.contains(name)) => {
                Some(Crs::BritishNationalGrid)
            }
            () => None,
        }
    }
}

fn read(x: f64, y: f64, crs: Option<Crs>, notes: &mut Notes<'_>) -> Result<Position, Finding> {
    match crs {
        Some(Crs::BritishNationalGrid) => metres(x, y, notes),
        None if grid::is_grid_range(x, y) => {
            notes.notice_once(
                "national-grid",
                "coordinates were read as British National Grid metres by their size, and turned into degrees by OSTN15",
                "Name the reference system in a column of the file.",
            );
            metres(x, y, notes)
        }
        _ => degrees(x, y, notes),
    }
}

/// A point, or one inside the polygons.
fn of_shape(shape: &Shape) -> Option<(f64, f64)> {
    let point = match shape {
        Shape::Point(point) => Some(*point),
        Shape::Polygons(polygons) => polygons.interior_point(),
        _ => None,
    };
    point.map(|point| (point.x(), point.y()))
}
