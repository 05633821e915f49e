//! `/list.xlsx` and `/shortlist.xlsx`: what a page shows as a spreadsheet. Codes, postcodes and property numbers are
//! text, so that no program turns them into numbers; a second sheet says where it all comes from.

use super::about::SourceView;
use super::ask::{Ask, Shelf};
use super::facts::Facts;
use super::hire::{self, ASKED};
use super::list::{self, Answer};
use super::loaded::{self, RowsBySource};
use super::meeting::Meeting;
use super::{missing, words};
use crate::AppState;
use atlas::{AssetIx, Atlas, LocalityIx};
use axum::extract::{RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use std::collections::BTreeSet;

/// One line of the first sheet.
pub(super) struct Line {
    asset: AssetIx,
    /// Under which heading the list has it.
    group: &'static str,
    /// Why it is in the list.
    why: String,
}

/// What the second sheet says beside the sources.
pub(super) struct Origin {
    pub title: String,
    /// For what no list was loaded.
    pub not_loaded: Vec<String>,
    pub rows: RowsBySource,
    pub areas: Vec<LocalityIx>,
}

/// The whole answer about an area.
pub(super) async fn show_list(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let atlas = state.atlas();
    let ask = Ask::read(query.as_deref().unwrap_or_default()).ask;
    let Some(area) = atlas.locality(&ask.area) else {
        return missing::page(format!("No area “{}” is loaded.", ask.area));
    };
    let ask = Ask { area: atlas.place(area).id.clone(), ..ask };
    let rows = loaded::rows(&state).await;
    let name = format!("{}.xlsx", file_name(&atlas.place(area).name));
    answer(&name, list_book(&atlas, area, &ask, rows))
}

/// The shortlist.
pub(super) async fn show_shortlist(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let atlas = state.atlas();
    let ask = Ask::read(query.as_deref().unwrap_or_default()).ask;
    let rows = loaded::rows(&state).await;
    answer("shortlist.xlsx", shortlist_book(&atlas, &ask, rows))
}

fn answer(name: &str, book: Result<Vec<u8>, XlsxError>) -> Response {
    const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    match book {
        Ok(bytes) => {
            let place = format!("attachment; filename=\"{name}\"");
            ([(header::CONTENT_TYPE, KIND.to_owned()), (header::CONTENT_DISPOSITION, place)], bytes)
                .into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a spreadsheet could not be written");
            (axum::http::StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong here. The fault is ours.\n")
                .into_response()
        }
    }
}

/// Letters, digits and hyphens only: safe in a header and on every disk.
fn file_name(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "list".into() } else { parts.join("-") }
}

pub(super) fn list_book(
    atlas: &Atlas,
    area: LocalityIx,
    ask: &Ask,
    rows: RowsBySource,
) -> Result<Vec<u8>, XlsxError> {
    let answer = Answer::of(atlas, area, ask);
    let lines: Vec<Line> = Shelf::ALL
        .into_iter()
        .flat_map(|shelf| answer.shelf(shelf).iter().map(move |hit| (shelf, hit)))
        .map(|(shelf, hit)| Line { asset: hit.asset, group: group(shelf), why: answer.why(hit) })
        .collect();
    let origin = Origin {
        title: list::title(atlas, area, ask),
        not_loaded: list::not_loaded(atlas, area, ask),
        rows,
        areas: vec![area],
    };
    book(atlas, &lines, answer.meeting.as_ref(), &origin)
}

pub(super) fn shortlist_book(atlas: &Atlas, ask: &Ask, rows: RowsBySource) -> Result<Vec<u8>, XlsxError> {
    let line = |asset| Line { asset, group: "Shortlist", why: String::new() };
    let lines: Vec<Line> = ask.picks.assets(atlas).into_iter().map(line).collect();
    let area = atlas.locality(&ask.area);
    let origin = Origin {
        title: "Shortlist".into(),
        not_loaded: area.map(|area| list::not_loaded(atlas, area, ask)).unwrap_or_default(),
        rows,
        areas: area.into_iter().collect(),
    };
    book(atlas, &lines, Meeting::of(atlas, ask).ok().flatten().as_ref(), &origin)
}

fn group(shelf: Shelf) -> &'static str {
    match shelf {
        Shelf::List => "List",
        Shelf::Across => "Works across the area",
        Shelf::Registered => "Registered here",
        Shelf::Green => "Green space",
        Shelf::Land => "Land and council property",
        Shelf::Closed => "Closed",
    }
}

/// A cell.
enum Cell {
    Text(String),
    Number(f64),
    Nothing,
}

impl From<Option<String>> for Cell {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::Nothing, Self::Text)
    }
}

/// A column: its title, its width in letters, and what stands in it.
type Column = (&'static str, f64, fn(&Item) -> Cell);

/// What a line is written from.
struct Item<'a> {
    atlas: &'a Atlas,
    line: &'a Line,
    number: usize,
    facts: Facts,
    facilities: Vec<(String, String)>,
    meeting: Option<&'a Meeting>,
}

impl Item<'_> {
    fn asked(&self, nth: usize) -> Cell {
        Cell::Text(hire::said(&self.facilities, ASKED[nth].0).unwrap_or(hire::NOT_KNOWN).to_owned())
    }

    fn source(&self) -> Option<&model::Source> {
        self.atlas.source(&self.facts.source)
    }
}

const COLUMNS: [Column; 29] = [
    ("Number", 8.0, |i| Cell::Number(i.number as f64)),
    ("Name", 36.0, |i| Cell::Text(i.facts.name.clone())),
    ("Kind", 10.0, |i| Cell::Text(words::kind_title(i.atlas.asset_kind(i.line.asset)).into())),
    ("Category", 24.0, |i| i.facts.category_titles().into()),
    ("In the list under", 18.0, |i| Cell::Text(i.line.group.into())),
    ("Why it is listed", 34.0, |i| Some(i.line.why.clone()).filter(|why| !why.is_empty()).into()),
    ("Straight line from the meeting place (m)", 20.0, |i| {
        i.meeting
            .and_then(|m| m.metres_to(i.atlas, i.line.asset))
            .map_or(Cell::Nothing, |metres| Cell::Number(metres.round()))
    }),
    ("Address", 34.0, |i| i.facts.address.clone().into()),
    ("Postcode", 11.0, |i| i.facts.postcode.clone().into()),
    ("Property number (UPRN)", 16.0, |i| i.facts.uprn.clone().into()),
    ("Telephone", 16.0, |i| i.facts.phone.clone().into()),
    ("Email", 30.0, |i| i.facts.email.clone().into()),
    ("Website", 30.0, |i| i.facts.website.clone().into()),
    ("Times", 30.0, |i| Cell::Text(i.facts.opening_hours.clone().unwrap_or_else(|| hire::NOT_KNOWN.into()))),
    ("Step-free access", 18.0, |i| i.asked(0)),
    ("How many people it holds", 16.0, |i| i.asked(1)),
    ("Cost to hire", 20.0, |i| i.asked(2)),
    ("Accessible toilet", 16.0, |i| i.asked(3)),
    ("Kitchen", 16.0, |i| i.asked(4)),
    ("Parking", 16.0, |i| i.asked(5)),
    ("Summary", 40.0, |i| i.facts.summary.clone().into()),
    ("Register numbers", 18.0, |i| Some(i.facts.identifiers.join(", ")).filter(|t| !t.is_empty()).into()),
    ("Ward", 20.0, |i| i.facts.ward_name.clone().into()),
    ("Ward code", 12.0, |i| i.facts.ward.clone().into()),
    ("Latitude", 11.0, |i| position(i, |p| p.lat())),
    ("Longitude", 11.0, |i| position(i, |p| p.lon())),
    ("How old this is", 34.0, |i| Cell::Text(i.facts.age(i.atlas))),
    ("Source", 34.0, |i| Cell::Text(i.facts.source_title(i.atlas))),
    ("Licence", 28.0, |i| {
        i.source().and_then(|s| s.licence.as_deref()).map(|id| words::licence(id).to_owned()).into()
    }),
];

fn position(item: &Item, of: fn(model::Position) -> f64) -> Cell {
    let rounded = |p| Cell::Number((of(p) * 1e6).round() / 1e6);
    item.atlas.asset_position(item.line.asset).map_or(Cell::Nothing, rounded)
}

fn book(
    atlas: &Atlas,
    lines: &[Line],
    meeting: Option<&Meeting>,
    origin: &Origin,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let head = Format::new().set_bold().set_text_wrap();
    let sheet = book.add_worksheet().set_name("Places")?;
    for (column, (title, width, _)) in (0u16..).zip(&COLUMNS) {
        sheet.write_string_with_format(0, column, *title, &head)?;
        sheet.set_column_width(column, *width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let text = Format::new().set_num_format("@");
    let mut sources = BTreeSet::new();
    for (row, line) in (1u32..).zip(lines) {
        let facts = Facts::of(atlas, line.asset);
        sources.insert(facts.source.clone());
        let facilities = facts.facility_list();
        let item = Item { atlas, line, number: row as usize, facts, facilities, meeting };
        for (column, (_, _, cell)) in (0u16..).zip(&COLUMNS) {
            write(sheet, row, column, &cell(&item), &text)?;
        }
    }
    if !lines.is_empty() {
        sheet.autofilter(0, 0, lines.len() as u32, COLUMNS.len() as u16 - 1)?;
    }
    sources.extend(origin.areas.iter().map(|ix| atlas.place(*ix).source.clone()));
    let sheet = book.add_worksheet().set_name("Where this comes from")?;
    write_origin(sheet, atlas, &sources, meeting, origin)?;
    book.save_to_buffer()
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, text: &Format) -> Result<(), XlsxError> {
    /// A cell holds no more.
    const MOST: usize = 32_000;
    match cell {
        // Never a formula or a link, whatever a source says.
        Cell::Text(words) if words.len() > MOST => {
            let cut: String = words.chars().take(MOST / 4).collect();
            sheet.write_string_with_format(row, column, cut, text)?;
        }
        Cell::Text(words) => drop(sheet.write_string_with_format(row, column, words, text)?),
        Cell::Number(number) => drop(sheet.write_number(row, column, *number)?),
        Cell::Nothing => {}
    }
    Ok(())
}

const SOURCE_COLUMNS: [(&str, f64); 9] = [
    ("Source", 36.0),
    ("Publisher", 28.0),
    ("Licence", 28.0),
    ("Date", 18.0),
    ("Covers", 24.0),
    ("Rows loaded", 18.0),
    ("Rows not loaded", 40.0),
    ("Attribution", 60.0),
    ("Id", 24.0),
];

fn write_origin(
    sheet: &mut Worksheet,
    atlas: &Atlas,
    sources: &BTreeSet<String>,
    meeting: Option<&Meeting>,
    origin: &Origin,
) -> Result<(), XlsxError> {
    let head = Format::new().set_bold().set_text_wrap();
    let text = Format::new().set_num_format("@");
    for (column, (title, width)) in (0u16..).zip(&SOURCE_COLUMNS) {
        sheet.write_string_with_format(0, column, *title, &head)?;
        sheet.set_column_width(column, *width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let mut row = 1;
    let views = SourceView::all(atlas, &origin.rows);
    for view in views.into_iter().filter(|view| sources.contains(&view.id)) {
        let cells = [
            view.title,
            view.publisher.unwrap_or_else(|| "Not stated".into()),
            view.licence.unwrap_or_else(|| "Not stated".into()),
            view.as_of,
            view.covers,
            view.loaded.unwrap_or_else(|| "Not known".into()),
            view.not_loaded.unwrap_or_else(|| "Not known".into()),
            view.attribution.unwrap_or_default(),
            view.id,
        ];
        for (column, cell) in (0u16..).zip(cells) {
            write(sheet, row, column, &Cell::Text(cell), &text)?;
        }
        row += 1;
    }
    let from = meeting.map(|m| format!("Distances are straight lines from {}, in metres.", m.postcode));
    let notes = [
        Some(origin.title.clone()),
        from,
        Some("“Not known, ask” means that no source says so. It never means “no”.".into()),
        Some(format!("Revision {} of the data.", atlas.revision())),
    ];
    let not_loaded = origin.not_loaded.iter().map(|text| format!("Not loaded: {text}"));
    for note in notes.into_iter().flatten().chain(not_loaded) {
        row += 1;
        write(sheet, row, 0, &Cell::Text(note), &text)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_s_name_is_plain() {
        assert_eq!(file_name("St Mary’s & \"Marsh\"\r\n"), "st-mary-s-marsh");
        assert_eq!(file_name("Ынгы"), "list");
    }
}
