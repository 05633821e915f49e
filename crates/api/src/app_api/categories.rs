use crate::params::Params;
use crate::problem::Problem;
use axum::Json;
use axum::extract::RawQuery;
use model::{Category, Family};
use serde_json::{Value, json};

/// `GET /api/categories`: the taxonomy.
pub async fn categories(RawQuery(query): RawQuery) -> Result<Json<Value>, Problem> {
    Params::parse(query.as_deref())?.finish()?;
    let families: Vec<Value> = Family::ALL
        .iter()
        .map(|family| {
            let of_family = Category::all().filter(|c| c.family() == *family);
            let categories: Vec<Value> =
                of_family.map(|c| json!({"id": c.id(), "title": c.title()})).collect();
            json!({"id": family.id(), "title": family.title(), "categories": categories})
        })
        .collect();
    Ok(Json(json!({"families": families})))
}
