use crate::AppState;
use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

/// The process lives.
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// It answers, and for which revision.
pub(crate) async fn readyz(State(state): State<AppState>) -> Json<Value> {
    let atlas = state.atlas();
    Json(json!({"status": "ready", "revision": atlas.revision(), "assets": atlas.asset_count()}))
}
