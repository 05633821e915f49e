use crate::{AppState, Editors, router};
use app::{Live, StoreError};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// How long a client may take to send the head of a request.
const SLOW_HEAD: Duration = Duration::from_secs(15);

/// How long running answers may take once the server was told to stop. What is still open then is closed.
const DRAIN: Duration = Duration::from_secs(8);

/// How long to wait for a change of the store before looking again.
const LOOK: Duration = Duration::from_secs(1);

/// How soon to look again after the store could not be read; each time it can't, twice as long, up to [`LOOK`].
const SOON: Duration = Duration::from_millis(50);

/// Serves until SIGTERM or Ctrl-C, then lets running answers finish. An idle connection, or one that has sent half a
/// request, does not hold it open: all is over within ten seconds.
pub async fn serve(listener: TcpListener, live: Arc<Live>, url: Option<String>, editors: Editors) {
    let follower = tokio::spawn(follow(live.clone()));
    let app = router(AppState::new(live.clone(), url, editors));
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(SLOW_HEAD);
    builder.http2().timer(TokioTimer::new());
    let graceful = GracefulShutdown::new();
    let mut terminate = signal(SignalKind::terminate()).expect("SIGTERM can be listened to");
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let Ok((stream, _)) = accepted else {
                    // Out of file handles, perhaps: wait rather than spin.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                };
                let _ = stream.set_nodelay(true);
                let service = TowerToHyperService::new(app.clone());
                let connection = builder.serve_connection_with_upgrades(TokioIo::new(stream), service);
                let connection = graceful.watch(connection.into_owned());
                tokio::spawn(async move {
                    if let Err(error) = connection.await {
                        tracing::debug!(%error, "connection ended");
                    }
                });
            }
            _ = tokio::signal::ctrl_c() => break,
            _ = terminate.recv() => break,
        }
    }
    drop(listener);
    follower.abort();
    tracing::info!("stopping: running answers may finish");
    if tokio::time::timeout(DRAIN, graceful.shutdown()).await.is_err() {
        tracing::info!("some connections were still open and are closed");
    }
    // What is being written is waited for, too.
    let kept = tokio::task::spawn_blocking(move || live.keep_snapshot_at_end()).await;
    if let Ok(Err(error)) = kept {
        tracing::warn!(%error, "the snapshot is not written; the next start takes longer");
    }
}

/// Keeps the atlas as new as the store. When the store can't be read, the old atlas goes on answering.
async fn follow(live: Arc<Live>) {
    let mut away = false;
    let mut pause = SOON;
    loop {
        let following = live.clone();
        let followed = tokio::task::spawn_blocking(move || following.follow(LOOK)).await;
        match followed {
            Ok(Ok(changed)) => {
                pause = SOON;
                if std::mem::take(&mut away) {
                    tracing::info!("the store answers again");
                }
                if changed {
                    tracing::debug!(revision = live.atlas().revision(), "answering for a new revision");
                    let compacting = live.clone();
                    tokio::task::spawn_blocking(move || compacting.compact().map_err(log_compaction));
                }
                if live.snapshot_is_due() {
                    let keeping = live.clone();
                    tokio::task::spawn_blocking(move || keeping.keep_snapshot().map_err(log_compaction));
                }
                continue;
            }
            Ok(Err(error)) if !away => {
                tracing::warn!(%error, "the store can't be read; answering as before");
                away = true;
            }
            Ok(Err(_)) => {}
            Err(error) => tracing::error!(%error, "following the store failed; answering as before"),
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LOOK);
    }
}

fn log_compaction(error: StoreError) {
    tracing::warn!(%error, "the store can't be read whole; answering as before");
}
