use crate::AppState;
use crate::params::Params;
use crate::problem::Problem;
use axum::Json;
use axum::extract::{RawQuery, State};
use model::Level;
use serde_json::{Value, json};

/// `GET /api/areas[?level=ward]`: the areas, without their boundaries.
pub async fn areas(State(state): State<AppState>, RawQuery(query): RawQuery) -> Result<Json<Value>, Problem> {
    let mut params = Params::parse(query.as_deref())?;
    let level = params.take_as("level", |word| {
        Level::parse(word).ok_or_else(|| Level::all().map(Level::as_str).collect::<Vec<_>>().join(", "))
    })?;
    params.finish()?;
    let atlas = state.atlas();
    let wanted =
        atlas.places().iter().enumerate().filter(|(_, place)| level.is_none_or(|l| l == place.level()));
    let areas: Vec<Value> = wanted
        .map(|(ix, place)| {
            let counts = atlas.counts(ix as u32);
            json!({
                "id": place.id, "code": place.code(), "name": place.name, "level": place.level().as_str(),
                "vintage": place.vintage().year(), "groups": counts.groups, "buildings": counts.buildings,
                "land": counts.land, "centre": [place.inside.lon(), place.inside.lat()]
            })
        })
        .collect();
    Ok(Json(json!({"areas": areas})))
}
