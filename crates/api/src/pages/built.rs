//! What `web/` was built to: files with a hash in their name, inside this program, cached for a year.

use axum::extract::Path;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Dist;

/// The files that every page names, as addresses.
#[derive(Debug, Default)]
pub(crate) struct Built {
    pub script: Option<String>,
    pub styles: Vec<String>,
}

/// One entry of Vite's manifest.
#[derive(Deserialize)]
struct Chunk {
    file: String,
    #[serde(default)]
    css: Vec<String>,
}

const ENTRY: &str = "src/main.ts";
const MANIFEST: &str = "manifest.json";
const ICON: &[u8] = include_bytes!("../../templates/favicon.svg");

/// What was built; nothing when `web/` was not built before this program.
pub(super) fn built() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| {
        let manifest = Dist::get(MANIFEST).map(|file| file.data).unwrap_or_default();
        let chunks: BTreeMap<String, Chunk> = serde_json::from_slice(&manifest).unwrap_or_default();
        let address = |file: &String| format!("/assets/{file}");
        chunks.get(ENTRY).map_or_else(Built::default, |entry| Built {
            script: Some(address(&entry.file)),
            styles: entry.css.iter().map(address).collect(),
        })
    })
}

/// The pages work without, but plainly.
pub(super) fn warn_if_missing() {
    if built().script.is_none() {
        tracing::warn!(
            "the page was not built: no styles, no map. Run npm ci and npm run build in web/, then build again"
        );
    }
}

/// A built file.
pub(super) async fn show(Path(file): Path<String>) -> Response {
    const FOR_EVER: (HeaderName, &str) = (header::CACHE_CONTROL, "public, max-age=31536000, immutable");
    match Dist::get(&file).filter(|_| file != MANIFEST) {
        Some(found) => {
            let kind = mime_guess::from_path(&file).first_or_octet_stream();
            ([(header::CONTENT_TYPE, kind.as_ref())], [FOR_EVER], found.data).into_response()
        }
        None => (StatusCode::NOT_FOUND, "There is no such file.\n").into_response(),
    }
}

/// The mark in the browser's tab.
pub(super) async fn favicon() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=86400")], ICON)
}
