//! `/api/spend/map`: what the map of `/spend` draws: the boundaries for display, with the figures and shades of the page.

use super::areas::{Asked, asked};
use super::shades::{RAMP, Shades};
use super::{address, words};
use crate::AppState;
use crate::pages::map::{decimals, geometry};
use crate::problem::Problem;
use crate::spend::Money;
use axum::Json;
use axum::extract::{RawQuery, State};
use serde_json::{Value, json};

/// The answer. As the page does, it leaves out what it does not understand.
pub(super) async fn show(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Json<Value>, Problem> {
    let money = Money::loaded(&state)?;
    let Asked { ask, spending, .. } = asked(&state, &money, query.as_deref()).await?;
    let shades = Shades::of(spending.areas.iter().filter_map(|area| area.per_head));
    let no_map = words::no_map(&spending, &shades);
    let features = spending.areas.iter().filter_map(|area| {
        let place = money.atlas.place(money.atlas.locality(area.code.as_str())?);
        let mut properties = area.to_json();
        properties["inside"] = json!([decimals(place.inside.lon()), decimals(place.inside.lat())]);
        properties["href"] = json!(address::ledger(area.code.as_str(), &ask));
        properties["said"] =
            json!(area.per_head.map_or("no figure".to_owned(), |figure| format!("{figure} per head")));
        properties["colour"] =
            json!(area.per_head.filter(|_| no_map.is_none()).map(|figure| RAMP[shades.shade(figure)]));
        Some(json!({
            "type": "Feature",
            "id": place.id,
            "geometry": geometry(&place.boundary),
            "properties": properties,
        }))
    });
    Ok(Json(json!({
        "type": "FeatureCollection",
        "revision": money.ledger.revision,
        "prices": spending.prices.as_ref().map(|prices| prices.year.to_string()),
        "no_map": no_map,
        "features": features.collect::<Vec<_>>(),
    })))
}
