//! `/asset/{id}/edit`, `/asset/new`, `/asset/{id}/history`, `/sign-in`: looking after entries.

mod form;
mod history;
mod sign_in;

pub(super) use history::show as history;
pub(super) use sign_in::{show as sign_in, submit as submit_sign_in};

use super::frame::{Frame, page};
use super::missing;
use crate::AppState;
use crate::app_api::assets::new_record;
use crate::editors::Editor;
use crate::problem::Problem;
use app::{Action, AssetState, Edit, EditedField, StoreError};
use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use form::{Filled, Form};
use model::{AssetId, AssetRecord};

#[derive(Template)]
#[template(path = "edit.html")]
struct EditPage {
    frame: Frame,
    /// Of the asset; `None` for a new one.
    id: Option<String>,
    name: String,
    form: Form,
    /// What can't be so: field and why.
    problem: Option<(String, String)>,
    /// Fields that somebody else has changed meanwhile: title, theirs, yours.
    conflicts: Vec<[String; 3]>,
    /// Fields in which the source says something else than a person did: title, the source's, the person's.
    disagreements: Vec<[String; 3]>,
    retired: bool,
}

/// The form for an asset.
pub(in crate::pages) async fn show(
    State(state): State<AppState>,
    Path(id): Path<String>,
    editor: Result<Editor, Problem>,
) -> Response {
    if editor.is_err() {
        return sign_in::first(&format!("/asset/{id}/edit"));
    }
    match known(&state, &id).await {
        Ok(Some(now)) => page(StatusCode::OK, &EditPage::of(&now, Form::of(&now.asset.record, now.revision))),
        Ok(None) => missing::page("There is no group or building with this address.".into()),
        Err(problem) => problem.into_response(),
    }
}

/// The form for a new one.
pub(in crate::pages) async fn show_new(editor: Result<Editor, Problem>) -> Response {
    if editor.is_err() {
        return sign_in::first("/asset/new");
    }
    page(StatusCode::OK, &EditPage::new(Form::of(&AssetRecord::blank("", ""), 0)))
}

/// The filled form of an asset.
pub(in crate::pages) async fn submit(
    State(state): State<AppState>,
    Path(id): Path<String>,
    editor: Result<Editor, Problem>,
    body: Bytes,
) -> Response {
    let Ok(Editor(by)) = editor else { return sign_in::first(&format!("/asset/{id}/edit")) };
    let now = match known(&state, &id).await {
        Ok(Some(now)) => now,
        Ok(None) => return missing::page("There is no group or building with this address.".into()),
        Err(problem) => return problem.into_response(),
    };
    let filled = Filled::read(&body);
    let id = now.asset.id;
    let (expected, key) = (filled.revision, filled.key.clone());
    let action = match filled.what.as_str() {
        "retire" => Action::Retire { id, expected },
        "restore" => Action::Restore { id, expected },
        _ => match filled.fields() {
            Ok(fields) => Action::Change { id, expected, fields },
            Err(bad) => return EditPage::of(&now, filled.again(expected)).refused(bad.field, bad.why),
        },
    };
    let edit = Edit { action, by, reason: filled.reason.clone(), key };
    match state.edit(edit).await {
        Ok(edited) if edited.asset.retired => Redirect::to(&format!("/asset/{id}/edit")).into_response(),
        Ok(_) => Redirect::to(&format!("/asset/{id}")).into_response(),
        Err(StoreError::Conflict(now)) => {
            let conflicts = filled.differences(&now.asset.record);
            let again = filled.again(now.revision);
            let shown = EditPage { conflicts, ..EditPage::of(&now, again) };
            page(StatusCode::CONFLICT, &shown)
        }
        Err(StoreError::BadField(bad)) => {
            EditPage::of(&now, filled.again(expected)).refused(bad.field, bad.why)
        }
        Err(StoreError::Busy { .. }) => EditPage::of(&now, filled.again(expected)).not_now(),
        Err(error) => Problem::from(error).into_response(),
    }
}

/// The filled form of a new one.
pub(in crate::pages) async fn submit_new(
    State(state): State<AppState>,
    editor: Result<Editor, Problem>,
    body: Bytes,
) -> Response {
    let Ok(Editor(by)) = editor else { return sign_in::first("/asset/new") };
    let filled = Filled::read(&body);
    let refused = |field: String, why: String| EditPage::new(filled.again(0)).refused(field, why);
    let fields = match filled.fields() {
        Ok(fields) => fields,
        Err(bad) => return refused(bad.field, bad.why),
    };
    let key = filled.key.clone().unwrap_or_default();
    if fields.get("name").is_none_or(serde_json::Value::is_null) {
        return refused("name".into(), "a name is needed".into());
    }
    let record = match new_record(key.clone(), fields) {
        Ok(record) => record,
        Err(problem) => return problem.into_response(),
    };
    let action = Action::Create(Box::new(record));
    match state.edit(Edit { action, by, reason: filled.reason.clone(), key: Some(key) }).await {
        Ok(edited) => Redirect::to(&format!("/asset/{}", edited.asset.asset.id)).into_response(),
        Err(StoreError::Busy { .. }) => EditPage::new(filled.again(0)).not_now(),
        Err(error) => Problem::from(error).into_response(),
    }
}

async fn known(state: &AppState, id: &str) -> Result<Option<AssetState>, Problem> {
    let Some(id) = AssetId::parse(id) else { return Ok(None) };
    Ok(state.reading(move |live| live.store().asset(id)).await?)
}

impl EditPage {
    fn of(now: &AssetState, form: Form) -> Self {
        let row = |edited: &EditedField| {
            let [source, person] = [&edited.source_says, &edited.value].map(form::in_words);
            [form::title(&edited.field).to_owned(), source, person]
        };
        Self {
            id: Some(now.asset.id.to_string()),
            name: now.asset.record.name.clone(),
            disagreements: now.edited.iter().filter(|edited| edited.disagrees).map(row).collect(),
            retired: now.retired,
            ..Self::new(form)
        }
    }

    fn new(form: Form) -> Self {
        Self {
            frame: Frame::new(),
            id: None,
            name: String::new(),
            form,
            problem: None,
            conflicts: Vec::new(),
            disagreements: Vec::new(),
            retired: false,
        }
    }

    fn refused(self, field: String, why: String) -> Response {
        page(StatusCode::UNPROCESSABLE_ENTITY, &Self { problem: Some((field, why)), ..self })
    }
    /// Nothing is wrong with what was written: it stays in the form, to be sent again.
    fn not_now(self) -> Response {
        let why = "Somebody else is writing, perhaps an import. Nothing was saved; below is what you wrote. Save again in \
                   some seconds.";
        let problem = Some(("save".to_owned(), why.to_owned()));
        let mut response = page(StatusCode::SERVICE_UNAVAILABLE, &Self { problem, ..self });
        response.headers_mut().insert(header::RETRY_AFTER, 2.into());
        response
    }
}
