//! `/about`: where everything comes from.

use super::frame::{Frame, page};
use super::loaded::{self, RowsBySource};
use super::words;
use crate::AppState;
use askama::Template;
use atlas::Atlas;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use model::RecordKind;

#[derive(Template)]
#[template(path = "about.html")]
struct AboutPage {
    frame: Frame,
    sources: Vec<SourceView>,
    revision: String,
    groups: String,
    buildings: String,
    areas: String,
    postcodes: String,
}

/// A source, as people are told of it.
pub(super) struct SourceView {
    pub id: String,
    pub title: String,
    pub holds: &'static str,
    pub publisher: Option<String>,
    pub licence: Option<String>,
    pub attribution: Option<String>,
    pub as_of: String,
    pub covers: String,
    /// How many of its rows were loaded; absent when the record of imports can't be read.
    pub loaded: Option<String>,
    pub not_loaded: Option<String>,
    /// Rows folded into others.
    pub merged: Option<String>,
    pub files: Option<String>,
}

/// The page.
pub(super) async fn show(State(state): State<AppState>) -> Response {
    let atlas = state.atlas();
    let rows = loaded::rows(&state).await;
    let count = |kind| words::number(atlas.count_of(kind) as usize);
    page(
        StatusCode::OK,
        &AboutPage {
            frame: Frame::new(),
            sources: SourceView::all(&atlas, &rows),
            revision: atlas.revision().to_string(),
            groups: count(model::Kind::Group),
            buildings: count(model::Kind::Building),
            areas: words::number(atlas.places().len()),
            postcodes: words::number(atlas.postcode_count()),
        },
    )
}

impl SourceView {
    /// All of them, by title.
    pub fn all(atlas: &Atlas, rows: &RowsBySource) -> Vec<Self> {
        let mut all: Vec<Self> = atlas.sources().iter().map(|source| Self::of(atlas, source, rows)).collect();
        all.sort_by_key(|view| view.title.to_lowercase());
        all
    }

    fn of(atlas: &Atlas, source: &model::Source, rows: &RowsBySource) -> Self {
        let rows = rows.get(&source.id);
        let covers: Vec<String> =
            source.covers.iter().map(|code| atlas.name_of_code(code).to_owned()).collect();
        Self {
            id: source.id.clone(),
            title: super::facts::source_title(atlas, &source.id),
            holds: match source.kind {
                RecordKind::Group => "Groups",
                RecordKind::Building => "Buildings",
                RecordKind::Asset => "Groups and buildings",
                RecordKind::Area => "Boundaries of areas",
                RecordKind::Postcode => "Postcodes",
                RecordKind::Spend => "Public money",
                RecordKind::Population => "How many people live in areas",
            },
            publisher: source.publisher.clone(),
            licence: source.licence.as_deref().map(|id| words::licence(id).to_owned()),
            attribution: source.attribution.clone(),
            as_of: source.as_of.map_or_else(|| "Not stated".into(), |date| date.in_words()),
            loaded: rows.map(loaded::Rows::loaded_words),
            not_loaded: rows.map(loaded::Rows::not_loaded_words),
            merged: rows.filter(|rows| rows.merged > 0).map(|rows| {
                let n = words::count(rows.merged as usize, "row", "rows");
                format!("{n} put together with another row of the same thing")
            }),
            files: rows.map(loaded::Rows::files_words),
            covers: if covers.is_empty() { "Not stated".into() } else { covers.join(", ") },
        }
    }
}
