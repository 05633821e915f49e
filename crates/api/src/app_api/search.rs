use crate::AppState;
use crate::params::Params;
use crate::problem::Problem;
use atlas::{Atlas, Found, LocalityIx};
use axum::Json;
use axum::extract::{RawQuery, State};
use model::Level;
use serde_json::{Value, json};

pub(super) const DEFAULT: usize = 20;
pub(super) const MOST: usize = 100;

/// `GET /api/search?q=TEXT`: areas, postcodes and assets, best first; what is no ward of today says in which it lies.
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
    match found {
        Found::Area(ix) => {
            let wards = atlas.wards_today(*ix);
            let mut described = area(atlas, *ix);
            if !atlas.is_ward_today(*ix) && !wards.is_empty() {
                described["became"] = wards.iter().map(|ward| area(atlas, *ward)).collect();
                described["says"] = json!(says_of_area(atlas, *ix, &wards));
            }
            described
        }
        Found::Postcode(postcode, ward) => {
            let position = atlas.postcode(postcode).and_then(|place| place.position);
            json!({
                "type": "postcode", "name": postcode.as_str(), "area": ward.map(|ward| area(atlas, ward)),
                "says": ward.map(|ward| is_in(atlas, postcode.as_str(), &[ward])),
                "position": position.map(|p| [p.lon(), p.lat()])
            })
        }
        Found::Place { name, level, code, became } => json!({
            "type": "place", "name": name, "level": level.map(|level| level.as_str()), "code": code,
            "became": became.iter().map(|ward| area(atlas, *ward)).collect::<Vec<_>>(),
            "says": is_in(atlas, name, became)
        }),
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

fn area(atlas: &Atlas, ix: LocalityIx) -> Value {
    let place = atlas.place(ix);
    json!({
        "type": "area", "id": place.id, "code": place.code(), "name": place.name,
        "level": place.level().as_str(), "vintage": place.vintage().year(), "href": format!("/area/{}", place.id)
    })
}

/// "Partington is in Bucklow-St Martins"; "Village, a ward in 2017, is now in Hale and Timperley Central".
pub(crate) fn says_of_area(atlas: &Atlas, ix: LocalityIx, wards: &[LocalityIx]) -> Option<String> {
    let place = atlas.place(ix);
    if place.level() != Level::Ward {
        return is_in(atlas, &place.name, wards);
    }
    let names = names(atlas, wards)?;
    Some(format!("{}, a ward in {}, is now in {names}", place.name, place.vintage()))
}

/// "M33 is in Sale Central, Sale Moor and Manor"; nothing when no ward is known.
pub(crate) fn is_in(atlas: &Atlas, name: &str, wards: &[LocalityIx]) -> Option<String> {
    Some(format!("{name} is in {}", names(atlas, wards)?))
}

/// "A, B and C"; from ten on "A, B and 8 more".
fn names(atlas: &Atlas, wards: &[LocalityIx]) -> Option<String> {
    const MOST: usize = 9;
    let (last, first) = wards.split_last()?;
    let name = |ix: &LocalityIx| atlas.place(*ix).name.as_str();
    if wards.len() > MOST {
        let shown: Vec<&str> = wards.iter().take(MOST - 1).map(name).collect();
        return Some(format!("{} and {} more wards", shown.join(", "), wards.len() + 1 - MOST));
    }
    let shown: Vec<&str> = first.iter().map(name).collect();
    Some(if shown.is_empty() {
        name(last).to_owned()
    } else {
        format!("{} and {}", shown.join(", "), name(last))
    })
}
