use super::asked::{Asked, Format};
use super::collections::Collection;
use super::crs::Crs;
use super::query::{AssetsRequest, Common, ITEMS};
use super::{csv, cursor, document, geojson, items_page, sources};
use crate::AppState;
use crate::params::Params;
use crate::problem::Problem;
use atlas::{Atlas, Hit, Place, Previous, Region, Relation};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use model::{Days, Kind, Level};
use serde_json::{Value, json};
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
    let mut sheet = Sheet::new(of, page.matched, crs);
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
    if let Region::Around { area, within_m } = request.query.region {
        sheet.about = about_area(atlas, area, within_m, &request);
    }
    Ok(sheet.respond(atlas, asked, format, &turns))
}

/// What an answer to the area question says beside its features: how many by relation, kind and category, and for
/// which part nothing was loaded.
fn about_area(
    atlas: &Atlas,
    area: u32,
    within_m: f64,
    request: &AssetsRequest,
) -> Vec<(&'static str, Value)> {
    if request.after.is_some() {
        return Vec::new();
    }
    let hits = atlas.around(area, within_m, &request.query.filter);
    let count = |test: &dyn Fn(&Hit) -> bool| hits.iter().filter(|hit| test(hit)).count();
    let relations = [Relation::Inside, Relation::Near, Relation::Serves, Relation::Registered];
    let by_relation: serde_json::Map<String, Value> = relations
        .iter()
        .map(|relation| (relation.as_str().to_owned(), count(&|hit| hit.relation == Some(*relation)).into()))
        .collect();
    let by_kind: serde_json::Map<String, Value> = Kind::ALL
        .iter()
        .map(|kind| (kind.as_str().to_owned(), count(&|hit| atlas.asset_kind(hit.asset) == *kind).into()))
        .collect();
    let by_category: serde_json::Map<String, Value> = model::Category::all()
        .map(|c| (c.id().to_owned(), count(&|hit| atlas.asset_categories(hit.asset).contains(c))))
        .filter(|(_, count)| *count > 0)
        .map(|(id, count)| (id, count.into()))
        .collect();
    let place = atlas.place(area);
    vec![
        ("locality", json!({"id": place.id, "code": place.code(), "name": place.name, "within_m": within_m})),
        ("counts", json!({"relation": by_relation, "kind": by_kind, "category": by_category})),
        ("not_loaded", not_loaded(atlas, area, within_m, request.query.filter.kind)),
    ]
}

fn not_loaded(atlas: &Atlas, area: u32, within_m: f64, kind: Option<Kind>) -> Value {
    let coverage = atlas.coverage(area, within_m);
    let percent = |share: f64| (share * 1000.0).round() / 1000.0;
    let kinds = coverage.kinds.iter().filter(|of| kind.is_none_or(|kind| kind == of.kind));
    let of_kind = |of: &atlas::KindCoverage| {
        let parts = of.gaps.iter().map(|gap| {
            let (code, name) = gap.area.clone().unzip();
            json!({"code": code, "name": name, "share": percent(gap.share)})
        });
        json!({
            "kind": of.kind.as_str(),
            "share": percent(of.share_not_loaded),
            "parts": parts.collect::<Vec<_>>(),
            "sources_that_do_not_say": of.unstated,
        })
    };
    Value::Array(kinds.map(of_kind).collect())
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
    let mut sheet = Sheet::new(of, matched, common.crs);
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
    fn links(&self, asked: &Asked, format: Format) -> Vec<Value> {
        let kind = ITEMS.iter().find(|offer| offer.0 == format).map_or(ITEMS[0].1, |offer| offer.1);
        let link = |rel: &str, title: &str, cursor: Option<&str>, offset: Option<&str>| {
            let href = asked.with(&[("cursor", cursor), ("offset", offset)]);
            json!({"rel": rel, "type": kind, "title": title, "href": href})
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
    about: Vec<(&'static str, Value)>,
    crs: Crs,
}

impl Sheet {
    fn new(of: Collection, matched: u64, crs: Crs) -> Self {
        let mut text = Vec::with_capacity(1 << 16);
        text.extend_from_slice(br#"{"type":"FeatureCollection","features":["#);
        Self { of, text, matched, returned: 0, about: Vec::new(), crs }
    }

    /// Without a feature: only how many there are.
    fn hits(of: Collection, matched: u64, crs: Crs) -> Self {
        Self::new(of, matched, crs)
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
        let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ");
        let collection = format!("/ogc/collections/{}", self.of.id());
        let mut links = asked.own_links(format, ITEMS, "This page");
        links.extend(turns.links(asked, format));
        links.push(asked.link("collection", "application/json", "The collection", &collection));
        links.extend(sources::licences(sources.iter().copied()));
        let (matched, returned) = (self.matched, self.returned);
        let tail = json!({"attribution": sources::attribution(sources.into_iter()), "links": links});
        let out = &mut self.text;
        write!(out, r#"],"numberMatched":{matched},"numberReturned":{returned},"timeStamp":"{now}""#)
            .expect("memory");
        for (name, value) in &self.about {
            write!(out, r#","{name}":{value}"#).expect("memory");
        }
        write!(out, ",{}", &tail.to_string()[1..]).expect("memory");
        let mut response = match format {
            Format::Html => items_page::list(self.of, &self.text, &links),
            _ => ([(header::CONTENT_TYPE, ITEMS[0].1)], self.text).into_response(),
        };
        document::add_link_header(&mut response, &links);
        counted(&mut response, self.crs, matched, returned);
        response
    }
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
