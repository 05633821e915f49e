//! `/api/map`: what the map beside the list draws, for the same question as the list: the area, its neighbours, and
//! exactly what the list shows.

use super::ask::Ask;
use super::list::Answer;
use super::{address, missing};
use crate::AppState;
use atlas::{Atlas, LocalityIx};
use axum::extract::{RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use geo::{MapCoords, Simplify};
use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use serde_json::{Value, json};

/// The answer.
pub(super) async fn show(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let atlas = state.atlas();
    let ask = Ask::read(query.as_deref().unwrap_or_default()).ask;
    match atlas.locality(&ask.area) {
        Some(area) => ([(header::CONTENT_TYPE, "application/json")], map(&atlas, area, &ask).to_string())
            .into_response(),
        None => missing::problem("No such area is loaded; area= takes the id or the code of one."),
    }
}

/// What the map draws.
pub(super) fn map(atlas: &Atlas, area: LocalityIx, ask: &Ask) -> Value {
    let ask = Ask { area: atlas.place(area).id.clone(), ..ask.clone() };
    let answer = Answer::of(atlas, area, &ask);
    let neighbours: Vec<Value> =
        atlas.neighbours(area).into_iter().map(|ix| outline(atlas, ix, &ask)).collect();
    let assets: Vec<Value> = answer.on_map().filter_map(|(shelf, hit)| {
        let position = atlas.asset_position(hit.asset)?;
        let id = atlas.asset_id(hit.asset).to_string();
        Some(json!({
            "type": "Feature",
            "id": id,
            "geometry": {"type": "Point", "coordinates": [decimals(position.lon()), decimals(position.lat())]},
            "properties": {
                "id": id,
                "name": atlas.asset_name(hit.asset),
                "kind": atlas.asset_kind(hit.asset).as_str(),
                "relation": hit.relation.map(atlas::Relation::as_str),
                "shelf": shelf.word(),
                "why": answer.why(hit),
                "href": address::asset(&id, Some(&ask.query())),
            },
        }))
    }).collect();
    json!({
        "revision": atlas.revision(),
        "area": outline(atlas, area, &ask),
        "neighbours": {"type": "FeatureCollection", "features": neighbours},
        "assets": {"type": "FeatureCollection", "features": assets},
    })
}

/// An area for display, with a point where its name can stand and a link to the same question about it.
fn outline(atlas: &Atlas, ix: LocalityIx, ask: &Ask) -> Value {
    let place = atlas.place(ix);
    json!({
        "type": "Feature",
        "id": place.id,
        "geometry": geometry(&place.boundary),
        "properties": {
            "id": place.id,
            "name": place.name,
            "inside": [decimals(place.inside.lon()), decimals(place.inside.lat())],
            "href": Ask { area: place.id.clone(), ..ask.clone() }.link(),
        },
    })
}

/// How far a line for display may run from the true one.
const TOLERANCE_M: f64 = 5.0;
const METRES_PER_DEGREE: f64 = 111_320.0;

/// A boundary for display.
pub(super) fn geometry(boundary: &MultiPolygon<f64>) -> Value {
    let latitude = boundary.iter().flat_map(|p| p.exterior().coords()).next().map_or(0.0, |c| c.y);
    // Degrees of longitude are shorter than degrees of latitude: even them out while simplifying.
    let squeeze = latitude.to_radians().cos().max(0.01);
    let even = boundary.map_coords(|c| Coord { x: c.x * squeeze, y: c.y });
    let simple =
        even.simplify(TOLERANCE_M / METRES_PER_DEGREE).map_coords(|c| Coord { x: c.x / squeeze, y: c.y });
    let ring = |ring: &LineString<f64>| -> Value {
        ring.coords().map(|c| json!([decimals(c.x), decimals(c.y)])).collect()
    };
    let polygon = |polygon: &Polygon<f64>| -> Value {
        std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect()
    };
    json!({"type": "MultiPolygon", "coordinates": simple.iter().map(polygon).collect::<Value>()})
}

/// Six decimals are about ten centimetres.
pub(super) fn decimals(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}
