use super::empties::Empties;
use crate::columns::Columns;
use crate::notes::Notes;
use crate::profile::{OneOrMore, PositionColumns};
use crate::raw_row::{RawRow, Shape};
use crate::validate::coordinates::{Unit, degrees, metres, numbers, several};
use crate::validate::pin::{self, Pin};
use crate::{Crs, grid};
use geo::InteriorPoint;
use model::{Finding, Position, Postcode};
use osgb::GridRef;

/// A grid reference of a larger square does not say where in a ward a place is.
const LARGEST_SQUARE_M: f64 = 100.0;

/// Where rows of this file have their coordinates.
pub(super) struct Place {
    degrees: Option<(usize, usize)>,
    metres: Option<(usize, usize)>,
    either: Option<(usize, usize)>,
    crs_column: Option<usize>,
    /// A column that holds both numbers, or another sort of pin.
    point: Option<usize>,
    /// Whether that column's name puts the longitude or the easting first.
    point_is_x_first: Option<bool>,
    said: Option<Crs>,
}

impl Place {
    pub fn new(of: &PositionColumns, columns: &Columns, said: Option<Crs>) -> Self {
        let find = |names: &Option<OneOrMore>| columns.find_any(names.as_ref()?.names());
        let point = find(&of.point);
        Self {
            degrees: find(&of.longitude).zip(find(&of.latitude)),
            metres: find(&of.easting).zip(find(&of.northing)),
            either: find(&of.x).zip(find(&of.y)),
            crs_column: find(&of.crs),
            point,
            point_is_x_first: point.and_then(|i| is_x_first(&columns.names()[i])),
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
            let unit = match self.said_for(crs) {
                Some(Crs::BritishNationalGrid) => Unit::Metres,
                Some(Crs::Degrees) => Unit::Degrees,
                None => Unit::Either,
            };
            if let Some((x, y)) = numbers(cell(x), cell(y), unit, notes)? {
                return read(x, y, self.said_for(crs), notes).map(Some);
            }
        }
        if let Some(position) = self.pinned(row, empties, notes)? {
            return Ok(Some(position));
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

    /// Where the pin in a cell is. What is no pin is said, and the row has its postcode or nothing.
    fn pinned(
        &self,
        row: &RawRow,
        empties: &Empties,
        notes: &mut Notes<'_>,
    ) -> Result<Option<Position>, Finding> {
        let Some(text) = self.point.and_then(|i| empties.value(row.cell(i))) else { return Ok(None) };
        match pin::read(text) {
            Pin::Pair { x, y, x_first } => {
                if self.point_is_x_first.is_some_and(|expected| expected != x_first) {
                    notes.warn(
                        "turned-pin",
                        turned(text),
                        "Write the numbers in the order that the column's name gives.",
                    );
                }
                read(x, y, self.said, notes).map(Some)
            }
            Pin::Square(square) => of_square(square, notes),
            Pin::Postcode(_) => Ok(None),
            Pin::Telephone => {
                notes.warn(
                    "place-not-understood",
                    "a telephone number stands where the place should",
                    "Write the place as 53.4219, -2.4260, as a grid reference or as a postcode.",
                );
                Ok(None)
            }
            Pin::Nothing => {
                let shown: String = text.chars().take(60).collect();
                let message = format!("{shown:?} was not understood as a place");
                notes.warn(
                    "place-not-understood",
                    message,
                    "Write it as 53.4219, -2.4260, as a grid reference or as a postcode.",
                );
                Ok(None)
            }
        }
    }

    /// The postcode that stands where a pin belongs.
    pub fn postcode_for_pin(&self, row: &RawRow, empties: &Empties) -> Option<Postcode> {
        match pin::read(empties.value(row.cell(self.point?))?) {
            Pin::Postcode(postcode) => Some(postcode),
            _ => None,
        }
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

/// Whether a header such as `Lat,Lng` or `Easting/Northing` names the longitude or the easting first; `None` when
/// it does not say.
fn is_x_first(header: &str) -> Option<bool> {
    let lower = header.to_lowercase();
    let at = |words: [&str; 3]| words.iter().filter_map(|word| lower.find(word)).min();
    let (x, y) = (at(["lon", "lng", "easting"])?, at(["lat", "y coord", "northing"])?);
    Some(x < y)
}

fn turned(text: &str) -> String {
    let shown: String = text.chars().take(60).collect();
    format!(
        "{shown:?} has its numbers in another order than the column's name says; it was read so that it lies in the UK"
    )
}

/// The middle of a small square. A large one places nothing: its middle would be taken for the place.
fn of_square(square: GridRef, notes: &mut Notes<'_>) -> Result<Option<Position>, Finding> {
    if square.size_m() > LARGEST_SQUARE_M {
        let message =
            format!("{square} is a square of {} km, too large to place anything", square.size_m() / 1000.0);
        notes.warn("coarse-grid-reference", message, "Give it six figures or more, such as SJ 790 910.");
        return Ok(None);
    }
    if square.size_m() > LARGEST_SQUARE_M / 2.0 {
        notes.notice_once(
            "grid-reference",
            "six-figure grid references are squares of 100 m; their middles are the positions",
            "Give them eight figures or more where the exact place matters.",
        );
    }
    let centre = square.centre();
    metres(centre.e, centre.n, notes).map(Some)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_may_say_which_number_comes_first() {
        for (header, expected) in [
            ("Map pin (Lat,Lng)", Some(false)),
            ("lng/lat", Some(true)),
            ("Easting, Northing", Some(true)),
            ("Location", None),
        ] {
            assert_eq!(is_x_first(header), expected, "{header}");
        }
    }
}
