//! `/api/assets`: what is known of one group or building, for those who look after it, and changing it.

use crate::AppState;
use crate::editors::Editor;
use crate::params::Params;
use crate::problem::Problem;
use app::{Action, AssetState, ENTERED, Edit, Edited, Revision, StoreError};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use model::{AssetId, AssetRecord, EDITABLE, Fields};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// So many happenings are on a page of history at most.
pub(super) const MOST_HAPPENINGS: usize = 100;

/// `GET /api/assets/{id}`
pub(super) async fn one(
    State(state): State<AppState>,
    Path(id): Path<String>,
    _: Editor,
) -> Result<Response, Problem> {
    let id = asset_id(&id)?;
    let found = state.reading(move |live| live.store().asset(id)).await?;
    found.map(|found| answer(StatusCode::OK, &found)).ok_or_else(|| no_such(id))
}

/// `POST /api/assets`: a new one. The `Idempotency-Key` makes one of a repeated request.
pub(super) async fn create(
    State(state): State<AppState>,
    Editor(by): Editor,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let Body { fields, reason } = Body::read(&body)?;
    let key = idempotency_key(&headers)?;
    let record_key = key.clone().unwrap_or_else(|| uuid::Uuid::new_v4().to_string());
    let record = new_record(record_key, fields)?;
    let edit = Edit { action: Action::Create(Box::new(record)), by, reason, key };
    let Edited { asset, replayed } = state.edit(edit).await?;
    let status = if replayed { StatusCode::OK } else { StatusCode::CREATED };
    let mut response = answer(status, &asset);
    let place = HeaderValue::try_from(format!("/api/assets/{}", asset.asset.id)).expect("an id is plain");
    response.headers_mut().insert(header::LOCATION, place);
    Ok(response)
}

/// `PUT /api/assets/{id}`: all fields as they shall be. `If-Match` says what the client has seen.
pub(super) async fn put(
    State(state): State<AppState>,
    Path(id): Path<String>,
    editor: Editor,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let read = Body::read(&body)?;
    let missing: Vec<&str> = EDITABLE.iter().copied().filter(|f| read.fields.get(f).is_none()).collect();
    if !missing.is_empty() {
        let why =
            format!("PUT takes all fields; these are missing: {}. PATCH takes some.", missing.join(", "));
        return Err(Problem::bad_request(why));
    }
    change(&state, asset_id(&id)?, editor, &headers, read).await
}

/// `PATCH /api/assets/{id}`: some fields as they shall be.
pub(super) async fn patch(
    State(state): State<AppState>,
    Path(id): Path<String>,
    editor: Editor,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    change(&state, asset_id(&id)?, editor, &headers, Body::read(&body)?).await
}

async fn change(
    state: &AppState,
    id: AssetId,
    Editor(by): Editor,
    headers: &HeaderMap,
    Body { fields, reason }: Body,
) -> Result<Response, Problem> {
    let expected = expected(headers)?;
    let key = idempotency_key(headers)?;
    let yours = fields.clone();
    let edit = Edit { action: Action::Change { id, expected, fields }, by, reason, key };
    match state.edit(edit).await {
        Ok(edited) => Ok(answer(StatusCode::OK, &edited.asset)),
        Err(StoreError::Conflict(now)) => {
            let mut theirs = now.asset.record.as_object();
            theirs.retain(|field, _| yours.get(field).is_some());
            let problem = Problem::from(StoreError::Conflict(now));
            Err(problem.with("yours", json!(yours)).with("theirs", theirs.into()))
        }
        Err(error) => Err(error.into()),
    }
}

/// `DELETE /api/assets/{id}`: not public any more, but kept.
pub(super) async fn retire(
    State(state): State<AppState>,
    Path(id): Path<String>,
    editor: Editor,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    put_or_take(&state, &id, editor, &headers, |id, expected| Action::Retire { id, expected }).await
}

/// `POST /api/assets/{id}/restore`
pub(super) async fn restore(
    State(state): State<AppState>,
    Path(id): Path<String>,
    editor: Editor,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    put_or_take(&state, &id, editor, &headers, |id, expected| Action::Restore { id, expected }).await
}

/// A change of whether the asset is there, not of what it is.
async fn put_or_take(
    state: &AppState,
    id: &str,
    Editor(by): Editor,
    headers: &HeaderMap,
    action: fn(AssetId, Revision) -> Action,
) -> Result<Response, Problem> {
    let action = action(asset_id(id)?, expected(headers)?);
    let edit = Edit { action, by, reason: None, key: idempotency_key(headers)? };
    Ok(answer(StatusCode::OK, &state.edit(edit).await?.asset))
}

/// `GET /api/assets/{id}/history`: newest first, in pages.
pub(super) async fn history(
    State(state): State<AppState>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    _: Editor,
) -> Result<Response, Problem> {
    let id = asset_id(&id)?;
    let mut params = Params::parse(query.as_deref())?;
    let whole = |text: &str| text.parse::<u64>().map_err(|_| "this is not a whole number".to_owned());
    let before = params.take_as("before", whole)?;
    let limit =
        params.take_as("limit", whole)?.map_or(MOST_HAPPENINGS, |n| (n as usize).clamp(1, MOST_HAPPENINGS));
    params.finish()?;
    let happenings = state.reading(move |live| live.store().history(id, before, limit + 1)).await?;
    let next = (happenings.len() > limit).then(|| happenings[limit - 1].revision);
    let next = next.map(|revision| format!("/api/assets/{id}/history?before={revision}&limit={limit}"));
    let page = &happenings[..happenings.len().min(limit)];
    Ok(Json(json!({"history": page, "next": next})).into_response())
}

/// The body of a change: `{"fields": {…}, "reason": "…"}`.
struct Body {
    fields: Fields,
    reason: Option<String>,
}

impl Body {
    fn read(bytes: &[u8]) -> Result<Self, Problem> {
        let what = r#"the body is a JSON object: {"fields": {"phone": "0161 496 0000"}, "reason": "…"}"#;
        let body: Value = serde_json::from_slice(bytes)
            .map_err(|error| Problem::bad_request(format!("{what}: {error}")))?;
        let Value::Object(mut body) = body else { return Err(Problem::bad_request(what)) };
        let Some(Value::Object(fields)) = body.remove("fields") else {
            return Err(Problem::bad_request(what));
        };
        let reason = match body.remove("reason") {
            None | Some(Value::Null) => None,
            Some(Value::String(reason)) => Some(reason),
            Some(_) => return Err(Problem::bad_request("reason: this is a text")),
        };
        if let Some(name) = body.keys().next() {
            return Err(Problem::bad_request(format!(
                "there is no member {name}; there are fields and reason"
            )));
        }
        let fields: BTreeMap<String, Value> = fields.into_iter().collect();
        let fields = Fields::new(fields).map_err(|bad| Problem::from(StoreError::from(bad)))?;
        Ok(Self { fields, reason })
    }
}

/// A record of our own with nothing but what the fields say.
pub(crate) fn new_record(key: String, fields: Fields) -> Result<AssetRecord, Problem> {
    for needed in ["kind", "name"] {
        if fields.get(needed).is_none_or(Value::is_null) {
            return Err(
                Problem::unprocessable(format!("{needed}: this is needed")).with("field", needed.into())
            );
        }
    }
    let blank = AssetRecord::blank(ENTERED, &key);
    blank.with(&fields).map_err(|bad| Problem::from(StoreError::from(bad)))
}

fn answer(status: StatusCode, state: &AssetState) -> Response {
    let record = &state.asset.record;
    let located = state.asset.located.map(|l| json!({"position": l.position, "quality": l.quality}));
    let body = json!({
        "id": state.asset.id.to_string(),
        "revision": state.revision,
        "retired": state.retired,
        "source": record.source,
        "fields": record.fields(),
        "located": located,
        "edited": state.edited,
    });
    let mut response = (status, Json(body)).into_response();
    let tag = HeaderValue::try_from(format!("\"{}\"", state.revision)).expect("a number is plain");
    response.headers_mut().insert(header::ETAG, tag);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn asset_id(text: &str) -> Result<AssetId, Problem> {
    AssetId::parse(text).ok_or_else(|| Problem::not_found(format!("{text} is no id of an asset")))
}

fn no_such(id: AssetId) -> Problem {
    StoreError::NoSuchAsset(id).into()
}

/// The revision in `If-Match`.
fn expected(headers: &HeaderMap) -> Result<Revision, Problem> {
    let missing = || {
        Problem::precondition_required(
            "Send the ETag of the asset that you have seen as If-Match, so that nobody's change is lost.",
        )
    };
    let text = headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok()).ok_or_else(missing)?;
    let number = text.trim().trim_start_matches("W/").trim_matches('"');
    number.parse().map_err(|_| Problem::bad_request(format!("If-Match: {text} is no ETag of an asset")))
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let key = value.to_str().ok().map(|text| text.trim().trim_matches('"')).filter(|key| !key.is_empty());
    let key = key.filter(|key| key.len() <= 200);
    key.map(|key| Some(key.to_owned()))
        .ok_or_else(|| Problem::bad_request("Idempotency-Key: this is a text of 1 to 200 letters and digits"))
}
