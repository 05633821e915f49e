use super::asked::{Asked, Format};
use super::collections::Collection;
use super::crs::Crs;
use super::link::Link;
use super::query::{AssetsRequest, Common, ITEMS};
use super::{about_area, csv, cursor, document, geojson, items_page, sources};
use crate::AppState;
use crate::params::Params;
use crate::problem::Problem;
use atlas::{Atlas, Place, Previous, Region};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use model::{Days, Kind, Level};
use serde::Serialize;
use std::io::Write;

/// A page ends before it grows beyond this; its `next` link goes on. At least one feature is on a page.
const PAGE_BYTES: usize = 16 << 20;

/// `GET /ogc/collections/{collection}/items`
pub async fn items(
    State(state): State<AppState>,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let atlas = state.atlas();
    let collection = Collection::find(&atlas, &id)?;
    match collection {
        Collection::Assets(kind) => assets(&atlas, collection, kind, &asked),
        Collection::Areas(level) => areas(&atlas, collection, level, &asked),
    }
}

fn assets(atlas: &Atlas, of: Collection, kind: Option<Kind>, asked: &Asked) -> Result<Response, Problem> {
    let request = AssetsRequest::parse(atlas, kind, asked)?;
    let Common { format, limit, offset, crs, bbox, hits_only, .. } = request.common;
    let exact = bbox.filter(|asked| !asked.is_exact());
    let holds = |position| exact.is_none_or(|asked| asked.holds(position));
    let test: Option<&dyn Fn(model::Position) -> bool> = if exact.is_some() { Some(&holds) } else { None };
    let wanted = if hits_only { 0 } else { limit.saturating_add(offset) };
    let mut page = atlas.page_where(&request.query, test, request.after, wanted);
    page.hits.drain(..offset.min(page.hits.len()));
    let before = match page.previous {
        Previous::None => None,
        Previous::Start => Some(Start::First),
        Previous::After(key) => Some(Start::After(cursor::write_key(&key))),
    };
    let mut turns = Turns { before: before.or_else(|| Start::before_offset(offset, limit)), next: None };
    if hits_only {
        return Ok(Sheet::hits(of, page.matched, crs).respond(atlas, asked, format, &Turns::default()));
    }
    if format == Format::Csv {
        turns.next = page.next.map(|key| cursor::write_key(&key));
        let table = csv::assets(atlas, &page.hits);
        return Ok(table_response(asked, of, table, page.matched, page.hits.len(), &turns));
    }
    let room = page.hits.iter().map(|hit| geojson::len_hint(atlas, hit)).sum::<usize>();
    let mut sheet = Sheet::new(of, page.matched, crs, room.min(PAGE_BYTES));
    for hit in &page.hits {
        sheet.separate();
        geojson::write_asset(&mut sheet.text, atlas, hit, crs);
        if sheet.is_full() {
            break;
        }
    }
    let last = match sheet.returned < page.hits.len() {
        true => Some(atlas.key(&page.hits[sheet.returned - 1])),
        false => page.next,
    };
    turns.next = last.map(|key| cursor::write_key(&key));
    if let (Region::Around { area, within_m }, Some(breakdown), None) =
        (request.query.region, &page.breakdown, request.after)
    {
        sheet.about = about_area::members(atlas, area, within_m, request.query.filter.kind, breakdown);
    }
    Ok(sheet.respond(atlas, asked, format, &turns))
}

fn areas(atlas: &Atlas, of: Collection, level: Level, asked: &Asked) -> Result<Response, Problem> {
    let mut params = Params::parse(asked.query.as_deref())?;
    let common = Common::take(&mut params, asked)?;
    let wanted = ["area_id", "code", "name", "vintage", "source"].map(|name| (name, params.take(name)));
    let part_of = params.take("part_of");
    params.finish()?;
    let after = common.cursor.as_deref().map(cursor::read_text).transpose();
    let after = after.map_err(|why| Problem::bad_request(format!("cursor: {why}")))?;
    let boxes = common.bbox.map(|asked| asked.lonlat_parts());
    let in_a_box = |place: &Place| boxes.as_ref().is_none_or(|all| all.iter().any(|b| touches(place, *b)));
    let is_wanted = |place: &&Place| {
        let vintage = place.vintage().to_string();
        let own = [&place.id, place.code(), &place.name, vintage.as_str(), &place.source];
        let in_area = |code: &String| {
            let ix = atlas.locality(&place.id).expect("it is one of this atlas");
            atlas.part_of(ix).iter().any(|(of, _)| of == code)
        };
        // What has no date may be of any.
        let of_days = |days: Days| place.as_of.is_none_or(|date| Days::of(date).meets(days));
        wanted.iter().zip(own).all(|((_, value), own)| value.as_deref().is_none_or(|value| value == own))
            && part_of.as_ref().is_none_or(in_area)
            && common.ids.as_ref().is_none_or(|ids| ids.contains(&place.id))
            && common.days.is_none_or(of_days)
            && in_a_box(place)
    };
    let matching: Vec<&Place> = atlas.places_of(level).iter().filter(is_wanted).collect();
    let matched = matching.len() as u64;
    if common.hits_only {
        let sheet = Sheet::hits(of, matched, common.crs);
        return Ok(sheet.respond(atlas, asked, common.format, &Turns::default()));
    }
    // The order is that of code and vintage, and so of the id.
    let first = after.as_ref().map_or(common.offset, |id| {
        let key = |place: &&Place| (place.code().to_owned(), place.vintage());
        let at = atlas.locality(id).map(|ix| atlas.place(ix));
        at.map_or(matching.len(), |last| matching.partition_point(|place| key(place) <= key(&last)))
    });
    let cursor_at = |end: usize| cursor::write_text(&matching[end - 1].id);
    let before = match after.is_some() {
        true if first > common.limit => Some(Start::After(cursor_at(first - common.limit))),
        true => (first > 0).then_some(Start::First),
        false => Start::before_offset(first, common.limit),
    };
    let page: Vec<&Place> = matching.iter().skip(first).take(common.limit).copied().collect();
    let next = |written: usize| {
        let end = first + written;
        (written > 0 && end < matching.len()).then(|| cursor_at(end))
    };
    if common.format == Format::Csv {
        let turns = Turns { before, next: next(page.len()) };
        return Ok(table_response(asked, of, csv::areas(atlas, &page), matched, page.len(), &turns));
    }
    let mut sheet = Sheet::new(of, matched, common.crs, 1 << 16);
    for place in page {
        sheet.separate();
        geojson::write_place(&mut sheet.text, atlas, place, common.crs);
        if sheet.is_full() {
            break;
        }
    }
    let turns = Turns { before, next: next(sheet.returned) };
    Ok(sheet.respond(atlas, asked, common.format, &turns))
}

fn touches(place: &Place, bbox: atlas::Bbox) -> bool {
    place.bbox().overlaps(&bbox) && place.touches_box(&bbox)
}

/// Where the pages beside this one start.
#[derive(Default)]
struct Turns {
    before: Option<Start>,
    /// A cursor.
    next: Option<String>,
}

enum Start {
    First,
    /// A cursor.
    After(String),
    Offset(usize),
}

impl Start {
    fn before_offset(offset: usize, limit: usize) -> Option<Self> {
        match offset {
            0 => None,
            _ if offset <= limit => Some(Self::First),
            _ => Some(Self::Offset(offset - limit)),
        }
    }
}

impl Turns {
    fn links(&self, asked: &Asked, format: Format) -> Vec<Link> {
        let kind = ITEMS.iter().find(|offer| offer.0 == format).map_or(ITEMS[0].1, |offer| offer.1);
        let link = |rel, title, cursor: Option<&str>, offset: Option<&str>| {
            let href = asked.with(&[("cursor", cursor), ("offset", offset)]);
            Link { rel, kind, title, href }
        };
        let before = self.before.as_ref().map(|start| {
            let title = "The page before";
            match start {
                Start::First => link("prev", title, None, None),
                Start::After(cursor) => link("prev", title, Some(cursor), None),
                Start::Offset(offset) => link("prev", title, None, Some(&offset.to_string())),
            }
        });
        let next = self.next.as_ref().map(|cursor| link("next", "The next page", Some(cursor), None));
        before.into_iter().chain(next).collect()
    }
}

/// A page of features, as GeoJSON while it is written.
struct Sheet {
    of: Collection,
    text: Vec<u8>,
    matched: u64,
    returned: usize,
    /// Further members: name and JSON.
    about: Vec<(&'static str, String)>,
    crs: Crs,
}

impl Sheet {
    /// `room` is about how long the features will be.
    fn new(of: Collection, matched: u64, crs: Crs, room: usize) -> Self {
        let mut text = Vec::with_capacity(room);
        text.extend_from_slice(br#"{"type":"FeatureCollection","features":["#);
        Self { of, text, matched, returned: 0, about: Vec::new(), crs }
    }

    /// Without a feature: only how many there are.
    fn hits(of: Collection, matched: u64, crs: Crs) -> Self {
        Self::new(of, matched, crs, 0)
    }

    /// Before each feature.
    fn separate(&mut self) {
        if self.returned > 0 {
            self.text.push(b',');
        }
        self.returned += 1;
    }

    fn is_full(&self) -> bool {
        self.text.len() > PAGE_BYTES
    }

    fn respond(mut self, atlas: &Atlas, asked: &Asked, format: Format, turns: &Turns) -> Response {
        let sources = sources::of(self.of, atlas);
        let collection = format!("/ogc/collections/{}", self.of.id());
        let mut links = asked.own_links(format, ITEMS, "This page");
        links.extend(turns.links(asked, format));
        links.push(asked.link("collection", "application/json", "The collection", &collection));
        links.extend(sources::licences(sources.iter().copied()));
        let (matched, returned) = (self.matched, self.returned);
        let tail = Tail {
            number_matched: matched,
            number_returned: returned,
            time_stamp: format!("{:.0}", jiff::Timestamp::now()),
            attribution: sources::attribution(sources.into_iter()),
            links: &links,
        };
        let out = &mut self.text;
        out.push(b']');
        for (name, value) in &self.about {
            write!(out, r#","{name}":{value}"#).expect("memory");
        }
        close_with(out, &tail);
        let mut response = match format {
            Format::Html => items_page::list(self.of, &self.text, &links),
            _ => ([(header::CONTENT_TYPE, ITEMS[0].1)], self.text).into_response(),
        };
        document::add_link_header(&mut response, &links);
        counted(&mut response, self.crs, matched, returned);
        response
    }
}

/// What stands behind the features.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Tail<'a> {
    number_matched: u64,
    number_returned: usize,
    time_stamp: String,
    attribution: String,
    links: &'a [Link],
}

/// Adds members to a JSON object that is still open, and closes it.
pub(super) fn close_with(out: &mut Vec<u8>, members: &impl Serialize) {
    let at = out.len();
    serde_json::to_writer(&mut *out, members).expect("text is JSON");
    out[at] = b',';
}

fn counted(response: &mut Response, crs: Crs, matched: u64, returned: usize) {
    let headers = response.headers_mut();
    headers.insert("content-crs", crs.header());
    headers.insert("ogc-numbermatched", matched.into());
    headers.insert("ogc-numberreturned", returned.into());
}

fn table_response(
    asked: &Asked,
    of: Collection,
    table: Vec<u8>,
    matched: u64,
    returned: usize,
    turns: &Turns,
) -> Response {
    let name = format!("attachment; filename=\"{}.csv\"", of.id());
    let kind = "text/csv; charset=utf-8; header=present".to_owned();
    let mut response =
        ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], table).into_response();
    let mut links = asked.own_links(Format::Csv, ITEMS, "This page");
    links.extend(turns.links(asked, Format::Csv));
    document::add_link_header(&mut response, &links);
    counted(&mut response, Crs::Crs84, matched, returned);
    response
}
