//! `/asset/{id}/history`: what happened to an entry, when, and by whom.

use super::{form, sign_in};
use crate::AppState;
use crate::editors::Editor;
use crate::pages::frame::{Frame, page};
use crate::pages::missing;
use crate::problem::Problem;
use app::{Happening, What};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use model::AssetId;

#[derive(Template)]
#[template(path = "history.html")]
struct HistoryPage {
    frame: Frame,
    id: String,
    name: String,
    entries: Vec<Entry>,
    /// The page before in time.
    older: Option<String>,
}

struct Entry {
    what: String,
    at: String,
    reason: Option<String>,
    /// Title, before, after.
    changes: Vec<[String; 3]>,
}

const PAGE: usize = 50;

pub(in crate::pages) async fn show(
    State(state): State<AppState>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    editor: Result<Editor, Problem>,
) -> Response {
    if editor.is_err() {
        return sign_in::first(&format!("/asset/{id}/history"));
    }
    let before = form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes())
        .find(|(name, _)| name == "before")
        .and_then(|(_, text)| text.parse().ok());
    let Some(id) = AssetId::parse(&id) else { return nothing() };
    let read = state.reading(move |live| {
        let store = live.store();
        Ok((store.asset(id)?, store.history(id, before, PAGE + 1)?))
    });
    let (asset, happenings) = match read.await {
        Ok((Some(asset), happenings)) => (asset, happenings),
        Ok((None, _)) => return nothing(),
        Err(error) => return Problem::from(error).into_response(),
    };
    let older = (happenings.len() > PAGE)
        .then(|| format!("/asset/{id}/history?before={}", happenings[PAGE - 1].revision));
    let entries = happenings.iter().take(PAGE).map(Entry::of).collect();
    let name = asset.asset.record.name;
    page(StatusCode::OK, &HistoryPage { frame: Frame::new(), id: id.to_string(), name, entries, older })
}

fn nothing() -> Response {
    missing::page("There is no group or building with this address.".into())
}

impl Entry {
    fn of(happening: &Happening) -> Self {
        let by = happening.by.as_deref().unwrap_or("an import");
        let what = match happening.what {
            What::Created => format!("Entered by {by}"),
            What::Changed => format!("Changed by {by}"),
            What::Retired => format!("Taken out by {by}"),
            What::Restored => format!("Put back by {by}"),
            What::Imported => match happening.run {
                Some(run) => format!("Changed by its source, in import {run}"),
                None => "Changed by its source".to_owned(),
            },
        };
        let said = |text: String| if text.is_empty() { "nothing".to_owned() } else { text };
        let change = |(field, (before, after)): (&String, &(_, _))| {
            [form::title(field).to_owned(), said(form::in_words(before)), said(form::in_words(after))]
        };
        Self {
            what,
            at: happening.at.clone(),
            reason: happening.reason.clone(),
            changes: happening.fields.iter().map(change).collect(),
        }
    }
}
