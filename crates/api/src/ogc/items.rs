use super::collections::Collection;
use super::crs::Crs;
use super::cursor;
use super::query::{AssetsRequest, Common, Format};
use super::{csv, geojson};
use crate::AppState;
use crate::base_url::BaseUrl;
use crate::params::Params;
use crate::problem::Problem;
use atlas::{Atlas, Hit, Place, Region, Relation};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use model::{AssetId, Kind, Level};
use serde_json::{Value, json};
use std::io::Write;

/// A page ends before it grows beyond this; its `next` link goes on. At least one feature is on a page.
const PAGE_BYTES: usize = 16 << 20;

/// `GET /ogc/collections/{collection}/items`
pub async fn items(
    State(state): State<AppState>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let atlas = state.atlas();
    let here = Here { base: state.base_url(&headers), path: format!("/ogc/collections/{id}/items"), query };
    match Collection::find(&atlas, &id)? {
        Collection::Assets(kind) => assets(&atlas, kind, &here),
        Collection::Areas(level) => areas(&atlas, level, &here),
    }
}

/// `GET /ogc/collections/{collection}/items/{id}`
pub async fn item(
    State(state): State<AppState>,
    Path((collection, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let atlas = state.atlas();
    let kind = Collection::find(&atlas, &collection)?;
    let mut params = Params::parse(query.as_deref())?;
    let crs = params.take_as("crs", Crs::parse)?.unwrap_or(Crs::Crs84);
    params.take_as("f", |f| if f == "json" { Ok(()) } else { Err("there is json".into()) })?;
    params.finish()?;
    let mut out = Vec::new();
    let missing = || Problem::not_found(format!("{collection} has no feature {id}"));
    match kind {
        Collection::Assets(kind) => {
            let asset = AssetId::parse(&id).and_then(|id| atlas.asset(id)).ok_or_else(missing)?;
            if kind.is_some_and(|kind| kind != atlas.asset_kind(asset)) {
                return Err(missing());
            }
            let hit = Hit { asset, relation: None, distance_m: None, via: None, registered_here: false };
            geojson::write_asset(&mut out, &atlas, &hit, crs);
        }
        Collection::Areas(level) => {
            let place = atlas.locality(&id).map(|ix| atlas.place(ix)).filter(|place| place.level() == level);
            geojson::write_place(&mut out, &atlas, place.ok_or_else(missing)?, crs);
        }
    }
    let base = state.base_url(&headers);
    let link =
        |rel: &str, kind: &str, href: String| json!({"rel": rel, "type": kind, "href": base.link(&href)});
    let page = match kind {
        Collection::Assets(_) => format!("/asset/{id}"),
        Collection::Areas(_) => format!("/area/{id}"),
    };
    let links = [
        link("self", "application/geo+json", format!("/ogc/collections/{collection}/items/{id}")),
        link("alternate", "text/html", page),
        link("collection", "application/json", format!("/ogc/collections/{collection}")),
    ];
    out.pop();
    write!(out, ",\"links\":{}}}", Value::from(links.to_vec())).expect("writing to memory");
    Ok(respond(out, "application/geo+json", crs, &[]))
}

/// Where a request came in, for the links of its answer.
struct Here {
    base: BaseUrl,
    path: String,
    query: Option<String>,
}

impl Here {
    /// This request with some parameters in place of its own.
    fn with(&self, instead: &[(&str, Option<&str>)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let own = form_urlencoded::parse(self.query.as_deref().unwrap_or_default().as_bytes());
        for (name, value) in own.filter(|pair| instead.iter().all(|(name, _)| *name != pair.0)) {
            query.append_pair(&name, &value);
        }
        for (name, value) in instead {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        let query = query.finish();
        let mark = if query.is_empty() { "" } else { "?" };
        self.base.link(&format!("{}{mark}{query}", self.path))
    }

    fn links(&self, next: Option<&str>) -> Vec<Value> {
        let link = |rel: &str, kind: &str, title: &str, href: String| json!({"rel": rel, "type": kind, "title": title, "href": href});
        let mut links = vec![
            link("self", "application/geo+json", "This page", self.with(&[])),
            link("alternate", "text/csv", "This page as a table", self.with(&[("f", Some("csv"))])),
        ];
        if let Some(next) = next {
            let href = self.with(&[("cursor", Some(next)), ("offset", None)]);
            links.push(link("next", "application/geo+json", "The next page", href));
        }
        links
    }
}

fn assets(atlas: &Atlas, kind: Option<Kind>, here: &Here) -> Result<Response, Problem> {
    let request = AssetsRequest::parse(atlas, kind, here.query.as_deref())?;
    let Common { format, limit, offset, crs, bbox, .. } = request.common;
    let exact = bbox.filter(|asked| !asked.is_exact());
    let holds = |position| exact.is_none_or(|asked| asked.holds(position));
    let test: Option<&dyn Fn(model::Position) -> bool> = if exact.is_some() { Some(&holds) } else { None };
    let mut page = atlas.page_where(&request.query, test, request.after, limit.saturating_add(offset));
    page.hits.drain(..offset.min(page.hits.len()));
    if format == Format::Csv {
        let next =
            page.next.map(|key| here.with(&[("cursor", Some(&cursor::write_key(&key))), ("offset", None)]));
        let table = csv::table(atlas, &page.hits);
        return Ok(table_response(table, page.matched, page.hits.len(), next.as_deref()));
    }
    let mut out = start();
    let mut written = 0;
    for hit in &page.hits {
        if written > 0 {
            out.push(b',');
        }
        geojson::write_asset(&mut out, atlas, hit, crs);
        written += 1;
        if out.len() > PAGE_BYTES {
            break;
        }
    }
    let next = match written < page.hits.len() {
        true => Some(atlas.key(&page.hits[written - 1])),
        false => page.next,
    };
    let next = next.map(|key| cursor::write_key(&key));
    let about = match request.query.region {
        Region::Around { area, within_m } => about_area(atlas, area, within_m, &request),
        _ => Vec::new(),
    };
    Ok(finish(out, page.matched, written, here.links(next.as_deref()), about, crs))
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

fn areas(atlas: &Atlas, level: Level, here: &Here) -> Result<Response, Problem> {
    let mut params = Params::parse(here.query.as_deref())?;
    let common = Common::take(&mut params)?;
    let wanted = ["area_id", "code", "name", "vintage", "source"].map(|name| (name, params.take(name)));
    let part_of = params.take("part_of");
    params.finish()?;
    if common.format == Format::Csv {
        return Err(Problem::bad_request("f=csv: areas are served as json"));
    }
    let after = common.cursor.as_deref().map(cursor::read_text).transpose();
    let after = after.map_err(|why| Problem::bad_request(format!("cursor: {why}")))?;
    let is_wanted = |place: &&Place| {
        let vintage = place.vintage().to_string();
        let own = [&place.id, place.code(), &place.name, vintage.as_str(), &place.source];
        let in_box = common.bbox.is_none_or(|asked| touches(place, asked.lonlat()));
        let in_area = |code: &String| {
            let ix = atlas.locality(&place.id).expect("it is one of this atlas");
            atlas.part_of(ix).iter().any(|(of, _)| of == code)
        };
        wanted.iter().zip(own).all(|((_, value), own)| value.as_deref().is_none_or(|value| value == own))
            && part_of.as_ref().is_none_or(in_area)
            && in_box
    };
    let matching: Vec<&Place> = atlas.places_of(level).iter().filter(is_wanted).collect();
    // The order is that of code and vintage, and so of the id.
    let first = after.map_or(common.offset, |id| {
        let key = |place: &&Place| (place.code().to_owned(), place.vintage());
        let at = atlas.locality(&id).map(|ix| atlas.place(ix));
        at.map_or(matching.len(), |last| matching.partition_point(|place| key(place) <= key(&last)))
    });
    let page = matching.iter().skip(first).take(common.limit);
    let mut out = start();
    let (mut written, mut last) = (0, None);
    for place in page {
        if written > 0 {
            out.push(b',');
        }
        geojson::write_place(&mut out, atlas, place, common.crs);
        written += 1;
        last = Some(place);
        if out.len() > PAGE_BYTES {
            break;
        }
    }
    let more = first + written < matching.len();
    let next = last.filter(|_| more).map(|place| cursor::write_text(&place.id));
    Ok(finish(out, matching.len() as u64, written, here.links(next.as_deref()), Vec::new(), common.crs))
}

fn touches(place: &Place, bbox: atlas::Bbox) -> bool {
    place.bbox().overlaps(&bbox) && place.touches_box(&bbox)
}

fn start() -> Vec<u8> {
    let mut out = Vec::with_capacity(1 << 16);
    out.extend_from_slice(br#"{"type":"FeatureCollection","features":["#);
    out
}

fn finish(
    mut out: Vec<u8>,
    matched: u64,
    returned: usize,
    links: Vec<Value>,
    about: Vec<(&'static str, Value)>,
    crs: Crs,
) -> Response {
    let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ");
    let next = links.iter().find(|link| link["rel"] == "next").and_then(|link| link["href"].as_str());
    let link_header = next.map(|href| format!("<{href}>; rel=\"next\"; type=\"application/geo+json\""));
    write!(out, r#"],"numberMatched":{matched},"numberReturned":{returned},"timeStamp":"{now}""#)
        .expect("memory");
    for (name, value) in about {
        write!(out, r#","{name}":{value}"#).expect("memory");
    }
    let links = Value::from(links.clone());
    write!(out, r#","links":{links}}}"#).expect("memory");
    let mut headers =
        vec![("ogc-numbermatched", matched.to_string()), ("ogc-numberreturned", returned.to_string())];
    headers.extend(link_header.map(|link| ("link", link)));
    respond(out, "application/geo+json", crs, &headers)
}

fn respond(body: Vec<u8>, kind: &'static str, crs: Crs, more: &[(&'static str, String)]) -> Response {
    let mut response = ([(header::CONTENT_TYPE, kind)], body).into_response();
    let headers = response.headers_mut();
    let crs = HeaderValue::from_str(&format!("<{}>", crs.uri())).expect("an address is plain text");
    headers.insert("content-crs", crs);
    for (name, value) in more {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(*name, value);
        }
    }
    response
}

fn table_response(table: Vec<u8>, matched: u64, returned: usize, next: Option<&str>) -> Response {
    let mut more = vec![
        ("ogc-numbermatched", matched.to_string()),
        ("ogc-numberreturned", returned.to_string()),
        ("content-disposition", "attachment; filename=\"assets.csv\"".to_owned()),
    ];
    more.extend(next.map(|href| ("link", format!("<{href}>; rel=\"next\"; type=\"text/csv\""))));
    respond(table, "text/csv; charset=utf-8; header=present", Crs::Crs84, &more)
}
