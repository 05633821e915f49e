use anyhow::{Context, Result};
use app::{Live, StorePlace, open_store_when_up, relocate_if_due};
use std::io::IsTerminal;
use std::net::{SocketAddr, TcpListener};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tracing_subscriber::EnvFilter;

/// Serve the page and the APIs.
///
/// What is imported meanwhile, by this machine or another, is answered within seconds. SIGTERM or Ctrl-C lets running
/// answers finish, for ten seconds at most.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  assetmap --store borough.gpkg serve --listen 127.0.0.1:8080
  ASSETMAP_STORE=postgres://assets@localhost/assets assetmap serve

Any number of machines may serve one database; each goes on answering while it is away.")]
pub struct Args {
    /// Address and port
    #[arg(long, env = "ASSETMAP_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,

    /// Start with an empty store where there is none yet
    #[arg(long)]
    create: bool,

    /// The address by which others reach this server, when a proxy stands in front: https://assets.example.gov.uk
    #[arg(long, env = "ASSETMAP_URL", value_name = "URL")]
    url: Option<String>,
}

/// How long a database may take to start, when it and this program are started together.
const STARTING: Duration = Duration::from_secs(60);

/// Serves until told to stop.
pub fn run(place: &StorePlace, args: Args) -> Result<ExitCode> {
    let filter = EnvFilter::try_from_env("ASSETMAP_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    // Before the store is read, so that an address in use is said at once.
    let listener =
        TcpListener::bind(args.listen).with_context(|| format!("can't listen on {}", args.listen))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let waiting = |error: &_| tracing::warn!("{error}; waiting for it");
    let store = open_store_when_up(place, args.create, STARTING, waiting)?;
    if let Err(error) = relocate_if_due(store.as_ref()) {
        tracing::warn!(%error, "places may be those of earlier postcodes");
    }
    let live = Arc::new(Live::start(store)?);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        eprintln!("assetmap: http://{address}/ answers; Ctrl-C stops");
        api::serve(listener, live, args.url, api::Editors::default()).await;
        Ok(ExitCode::SUCCESS)
    })
}
