use crate::AppState;
use crate::params::Params;
use crate::problem::Problem;
use atlas::{Atlas, Found};
use axum::Json;
use axum::extract::{RawQuery, State};
use serde_json::{Value, json};

const DEFAULT: usize = 20;
const MOST: usize = 100;

/// `GET /api/search?q=TEXT`: areas, postcodes and assets, best first.
pub async fn search(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Json<Value>, Problem> {
    let mut params = Params::parse(query.as_deref())?;
    let text = params.take("q").unwrap_or_default();
    let limit = params.take_as("limit", |text| {
        let limit = text.parse().ok().filter(|n| (1..=MOST).contains(n));
        limit.ok_or_else(|| format!("this is not a number from 1 to {MOST}"))
    })?;
    params.finish()?;
    if text.trim().is_empty() {
        return Err(Problem::bad_request("q is missing: say what to look for"));
    }
    let atlas = state.atlas();
    let found = atlas.find(&text, limit.unwrap_or(DEFAULT));
    let results: Vec<Value> = found.iter().map(|found| describe(&atlas, found)).collect();
    Ok(Json(json!({"q": text, "results": results})))
}

fn describe(atlas: &Atlas, found: &Found) -> Value {
    let area = |ix: u32| {
        let place = atlas.place(ix);
        json!({
            "type": "area", "id": place.id, "code": place.code(), "name": place.name,
            "level": place.level().as_str(), "vintage": place.vintage().year(), "href": format!("/area/{}", place.id)
        })
    };
    match found {
        Found::Area(ix) => area(*ix),
        Found::Postcode(postcode, ward) => {
            let position = atlas.postcode(postcode).and_then(|place| place.position);
            json!({
                "type": "postcode", "name": postcode.as_str(), "area": ward.map(area),
                "position": position.map(|p| [p.lon(), p.lat()])
            })
        }
        Found::Asset(asset) => {
            let properties: Value =
                serde_json::from_slice(&atlas.asset_feature(*asset).properties()).unwrap_or_default();
            let id = atlas.asset_id(*asset).to_string();
            json!({
                "type": "asset", "id": id, "name": properties["name"], "kind": properties["kind"],
                "category": properties["category"], "address": properties["address"],
                "postcode": properties["postcode"], "ward_name": properties["ward_name"],
                "href": format!("/asset/{id}")
            })
        }
    }
}
