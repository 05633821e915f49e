use super::{PATH, document, own, show};
use crate::AppState;
use axum::Router;
use axum::routing::{MethodRouter, get};
use serde_json::{Map, Value};

/// Routes, and what is said of each.
#[derive(Default)]
pub(in crate::app_api) struct Described {
    router: Router<AppState>,
    paths: Map<String, Value>,
}

impl Described {
    /// A route and its description: for each method what it does.
    pub fn route(mut self, path: &str, methods: MethodRouter<AppState>, item: Value) -> Self {
        self.router = self.router.route(path, methods);
        self.elsewhere(path, item)
    }

    /// A route that is the pages' own.
    pub fn elsewhere(mut self, path: &str, item: Value) -> Self {
        self.paths.insert(path.to_owned(), item);
        self
    }

    /// All routes, and the one that describes them.
    pub fn router(self) -> Router<AppState> {
        let Self { router, paths } = self.elsewhere(PATH, own());
        let description = document(paths);
        router.route(PATH, get(move |asked| show(description.clone(), asked)))
    }
}
