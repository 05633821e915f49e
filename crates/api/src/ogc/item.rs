use super::asked::{Asked, Format, HTML, Offer};
use super::collections::Collection;
use super::crs::Crs;
use super::items::close_with;
use super::{area_items, document, geojson, items_page, sources};
use crate::AppState;
use crate::params::Params;
use crate::problem::Problem;
use crate::spend::{Money, read_of_area, strict};
use app::money::Ask;
use atlas::{Atlas, Hit};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use model::AssetId;
use serde_json::json;

/// How one feature is offered.
const ITEM: &[Offer] = &[(Format::Json, "application/geo+json"), HTML];

/// A feature: its text, the id of its source, and the page that people read of it.
struct Found {
    text: Vec<u8>,
    source: String,
    page: String,
}

/// `GET /ogc/collections/{collection}/items/{id}`
pub async fn item(
    State(state): State<AppState>,
    Path((collection, id)): Path<(String, String)>,
    asked: Asked,
) -> Result<Response, Problem> {
    let (atlas, ledger) = (state.atlas(), state.live().ledger());
    let of = Collection::find(&atlas, &ledger, &collection)?;
    let mut params = Params::parse(asked.query.as_deref())?;
    let money = Money { atlas: atlas.clone(), ledger };
    let ask = match of {
        Collection::Spend(_) => Some(strict(read_of_area(&mut params))?),
        _ => None,
    };
    let crs = params.take_as("crs", Crs::parse)?.unwrap_or(Crs::Crs84);
    let format = asked.format(&mut params, ITEM)?;
    params.finish()?;
    let found = match ask {
        Some(ask) => find_spend(&state, &money, ask, &id, crs).await?,
        None => find(&atlas, of, &id, crs),
    };
    let Found { mut text, source, page } =
        found.ok_or_else(|| Problem::not_found(format!("{collection} has no feature {id}")))?;
    let mut links = asked.own_links(format, ITEM, "This feature");
    links.push(asked.link("alternate", "text/html", "Its page for people", &page));
    let collection = format!("/ogc/collections/{collection}");
    links.push(asked.link("collection", "application/json", "The collection", &collection));
    links.extend(sources::licences(atlas.source(&source).into_iter()));
    text.pop();
    let attribution = sources::attribution(atlas.source(&source).into_iter());
    close_with(&mut text, &json!({"attribution": attribution, "links": links}));
    let mut response = match format {
        Format::Html => items_page::one(of, &text, &links),
        _ => ([(header::CONTENT_TYPE, ITEM[0].1)], text).into_response(),
    };
    document::add_link_header(&mut response, &links);
    response.headers_mut().insert("content-crs", crs.header());
    Ok(response)
}

fn find(atlas: &Atlas, of: Collection, id: &str, crs: Crs) -> Option<Found> {
    let mut text = Vec::new();
    match of {
        Collection::Assets(kind) => {
            let asset = AssetId::parse(id).and_then(|id| atlas.asset(id))?;
            if kind.is_some_and(|kind| kind != atlas.asset_kind(asset)) {
                return None;
            }
            let hit = Hit { asset, relation: None, distance_m: None, via: None, registered_here: false };
            geojson::write_asset(&mut text, atlas, &hit, crs);
            let properties: serde_json::Value =
                serde_json::from_slice(&atlas.asset_feature(asset).properties()).unwrap_or_default();
            let source = properties["source"].as_str().unwrap_or_default().to_owned();
            Some(Found { text, source, page: format!("/asset/{}", atlas.asset_id(asset)) })
        }
        Collection::Spend(_) => None,
        Collection::Areas(level) => {
            let place = atlas.place(atlas.locality(id)?);
            if place.level() != level {
                return None;
            }
            geojson::write_place(&mut text, place, geojson::place_properties(atlas, place), crs);
            Some(Found { text, source: place.source.clone(), page: format!("/area/{}", place.id) })
        }
    }
}

/// What is spent in an area of any level.
async fn find_spend(
    state: &AppState,
    money: &Money,
    ask: Ask,
    id: &str,
    crs: Crs,
) -> Result<Option<Found>, Problem> {
    let Some(ix) = money.atlas.locality(id) else { return Ok(None) };
    let place = money.atlas.place(ix);
    let ask = Ask { level: Some(place.level()), ..ask };
    let spending = money.spending(state, &ask).await??;
    let said = area_items::properties(money, &ask, &spending).remove(&ix);
    Ok(said.map(|said| {
        let mut text = Vec::new();
        geojson::write_place(&mut text, place, said, crs);
        Found { text, source: place.source.clone(), page: format!("/spend/{}", place.code()) }
    }))
}
