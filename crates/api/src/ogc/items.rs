use super::asked::{Asked, Format};
use super::collections::Collection;
use super::crs::Crs;
use super::link::Link;
use super::query::{AssetsRequest, Common, ITEMS};
use super::{about_area, area_items, csv, cursor, document, geojson, items_page, sources};
use crate::AppState;
use crate::problem::Problem;
use crate::spend::Money;
use atlas::{Atlas, Previous, Region};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use model::Kind;
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
    let (atlas, ledger) = (state.atlas(), state.live().ledger());
    let collection = Collection::find(&atlas, &ledger, &id)?;
    match collection {
        Collection::Assets(kind) => assets(&atlas, collection, kind, &asked),
        Collection::Areas(level) => area_items::areas(&atlas, collection, level, &asked),
        Collection::Spend(_) => area_items::spend(&state, Money { atlas, ledger }, collection, &asked).await,
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

/// Where the pages beside this one start.
#[derive(Default)]
pub(super) struct Turns {
    pub before: Option<Start>,
    /// A cursor.
    pub next: Option<String>,
}

pub(super) enum Start {
    First,
    /// A cursor.
    After(String),
    Offset(usize),
}

impl Start {
    pub fn before_offset(offset: usize, limit: usize) -> Option<Self> {
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
pub(super) struct Sheet {
    of: Collection,
    pub text: Vec<u8>,
    matched: u64,
    pub returned: usize,
    /// Further members: name and JSON.
    about: Vec<(&'static str, String)>,
    crs: Crs,
}

impl Sheet {
    /// `room` is about how long the features will be.
    pub fn new(of: Collection, matched: u64, crs: Crs, room: usize) -> Self {
        let mut text = Vec::with_capacity(room);
        text.extend_from_slice(br#"{"type":"FeatureCollection","features":["#);
        Self { of, text, matched, returned: 0, about: Vec::new(), crs }
    }

    /// Without a feature: only how many there are.
    pub fn hits(of: Collection, matched: u64, crs: Crs) -> Self {
        Self::new(of, matched, crs, 0)
    }

    /// Before each feature.
    pub fn separate(&mut self) {
        if self.returned > 0 {
            self.text.push(b',');
        }
        self.returned += 1;
    }

    pub fn is_full(&self) -> bool {
        self.text.len() > PAGE_BYTES
    }

    pub fn respond(mut self, atlas: &Atlas, asked: &Asked, format: Format, turns: &Turns) -> Response {
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

pub(super) fn table_response(
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
