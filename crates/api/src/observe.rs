//! What the server says of itself: a line in the log for each answer, and numbers for Prometheus at `/metrics`.

use crate::AppState;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use metrics::{counter, gauge, histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::sync::LazyLock;
use std::time::Instant;

const REQUESTS: &str = "assetmap_requests_total";
const SECONDS: &str = "assetmap_request_seconds";

/// From an answer out of memory to one that someone waits for.
const BUCKETS: &[f64] =
    &[0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// One for the whole process, however many routers there are.
static RECORDER: LazyLock<PrometheusHandle> = LazyLock::new(|| {
    let builder = PrometheusBuilder::new().set_buckets_for_metric(Matcher::Full(SECONDS.into()), BUCKETS);
    let recorder = builder.expect("there are buckets").build_recorder();
    let handle = recorder.handle();
    let _ = metrics::set_global_recorder(recorder);
    metrics::describe_counter!(REQUESTS, "Answers, by route, method and status");
    metrics::describe_histogram!(SECONDS, metrics::Unit::Seconds, "Time until the answer's head, by route");
    metrics::describe_gauge!("assetmap_atlas_revision", "The store's revision that is answered for");
    metrics::describe_gauge!(
        "assetmap_atlas_age_seconds",
        "Since the atlas was last seen to agree with the store"
    );
    metrics::describe_gauge!("assetmap_atlas_changes", "Assets changed since the atlas was last built whole");
    metrics::describe_gauge!("assetmap_started_from", "What this process made its first answers from");
    metrics::describe_gauge!("assetmap_assets", "Public assets");
    metrics::describe_gauge!(
        "assetmap_pool_connections",
        "Connections to the database that are kept for questions, by state: in_use or idle"
    );
    metrics::describe_gauge!("assetmap_pool_most", "How many of them may be in use at once");
    metrics::describe_gauge!("assetmap_pool_waiting", "Questions that wait for one of them now");
    metrics::describe_gauge!(
        "assetmap_pool_waited_seconds",
        metrics::Unit::Seconds,
        "How long all questions together have waited for one since the start"
    );
    metrics::describe_counter!("assetmap_pool_gave_up_total", "Questions that have waited for one in vain");
    metrics::describe_gauge!("assetmap_resident_bytes", "Memory of this process that is in use");
    handle
});

/// Starts to count. What happens before is not counted.
pub(crate) fn start() {
    LazyLock::force(&RECORDER);
}

/// Counts and logs an answer. The question's parameters are not logged: people search for people.
pub(crate) async fn each(request: Request, next: Next) -> Response {
    let start = Instant::now();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    let path = tracing::enabled!(tracing::Level::DEBUG).then(|| request.uri().path().to_owned());
    let response = next.run(request).await;
    let seconds = start.elapsed().as_secs_f64();
    let status = response.status();
    let route = route.as_ref().map_or("other", MatchedPath::as_str).to_owned();
    if let Some(path) = path {
        tracing::debug!(%method, path, status = status.as_u16(), ms = seconds * 1e3, "answered");
    }
    if status.is_server_error() {
        tracing::warn!(%method, route, status = status.as_u16(), ms = seconds * 1e3, "could not answer");
    }
    histogram!(SECONDS, "route" => route.clone()).record(seconds);
    counter!(REQUESTS, "route" => route, "method" => word(&method), "status" => status.as_str().to_owned())
        .increment(1);
    response
}

/// Methods that nobody knows are counted together.
fn word(method: &axum::http::Method) -> &'static str {
    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
        .into_iter()
        .find(|known| *known == method.as_str())
        .unwrap_or("other")
}

/// `GET /metrics`
pub(crate) async fn metrics(State(state): State<AppState>) -> Response {
    let atlas = state.atlas();
    gauge!("assetmap_atlas_revision").set(atlas.revision() as f64);
    gauge!("assetmap_atlas_age_seconds").set(state.live().age_seconds() as f64);
    gauge!("assetmap_atlas_changes").set(atlas.changed_assets() as f64);
    gauge!("assetmap_started_from", "from" => state.live().started_from().as_str()).set(1.0);
    gauge!("assetmap_assets").set(atlas.asset_count() as f64);
    if let Some(pool) = state.live().store().pool() {
        gauge!("assetmap_pool_connections", "state" => "in_use").set(pool.in_use as f64);
        gauge!("assetmap_pool_connections", "state" => "idle").set(pool.idle as f64);
        gauge!("assetmap_pool_most").set(pool.most as f64);
        gauge!("assetmap_pool_waiting").set(pool.waiting as f64);
        gauge!("assetmap_pool_waited_seconds").set(pool.waited.as_secs_f64());
        counter!("assetmap_pool_gave_up_total").absolute(pool.gave_up);
    }
    if let Some(bytes) = resident_bytes() {
        gauge!("assetmap_resident_bytes").set(bytes as f64);
    }
    RECORDER.run_upkeep();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], RECORDER.render()).into_response()
}

/// Where the system says so.
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes * 1024)
}
