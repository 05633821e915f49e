use anyhow::{Context, Result, anyhow, bail};
use api::Editors;
use app::{Live, Snapshot, StorePlace, open_store_when_up, relocate_if_due};
use std::io::IsTerminal;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
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
    /// Start with an empty store where there is none yet
    #[arg(long)]
    create: bool,

    #[command(flatten)]
    settings: Settings,
}

/// What a server needs to know; each may also stand in a file of settings.
#[derive(clap::Args)]
pub struct Settings {
    /// Address and port. Beyond this machine (0.0.0.0, say) only with a token
    #[arg(long, env = "ASSETMAP_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDRESS:PORT")]
    listen: SocketAddr,

    /// The address by which others reach this server, when a proxy stands in front: https://assets.example.gov.uk
    #[arg(long, env = "ASSETMAP_URL", value_name = "URL")]
    url: Option<String>,

    /// Who may change entries: a secret of at least 16 letters, perhaps with a name in front that the history shows:
    /// ann=SECRET. Several with commas. Without one, a new one is made at each start and printed
    #[arg(
        long,
        env = "ASSETMAP_TOKEN",
        hide_env_values = true,
        value_delimiter = ',',
        value_name = "[NAME=]SECRET"
    )]
    token: Vec<String>,

    /// Where to keep the answers ready for the next start: a file whose name ends in .snapshot, or `off`. Without it beside
    /// the store's file; for a database nowhere
    #[arg(long, env = "ASSETMAP_SNAPSHOT", value_name = "FILE.snapshot|off")]
    snapshot: Option<SnapshotPlace>,

    /// What to log: error, warn, info, debug or trace, or a level for each part: info,api=debug
    #[arg(long, env = "ASSETMAP_LOG", default_value = "info", value_name = "LEVEL")]
    log: String,

    /// How to write the log
    #[arg(
        id = "log-format",
        long,
        env = "ASSETMAP_LOG_FORMAT",
        default_value = "text",
        value_enum,
        value_name = "FORMAT"
    )]
    log_format: LogFormat,
}

/// Where a snapshot is kept.
#[derive(Debug, Clone, PartialEq)]
enum SnapshotPlace {
    Nowhere,
    File(PathBuf),
}

impl std::str::FromStr for SnapshotPlace {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let path = PathBuf::from(text);
        match path.extension() {
            _ if text == "off" => Ok(Self::Nowhere),
            // No file that is something else is written over.
            Some(extension) if extension == "snapshot" => Ok(Self::File(path)),
            _ => Err("give a file whose name ends in .snapshot, or off".into()),
        }
    }
}

/// The snapshot of a store, where one is wanted.
fn snapshot(place: &StorePlace, wanted: Option<SnapshotPlace>) -> Option<Snapshot> {
    let path = match wanted {
        Some(SnapshotPlace::Nowhere) => None,
        Some(SnapshotPlace::File(path)) => Some(path),
        None => place.usual_snapshot(),
    };
    path.map(Snapshot::new)
}

/// How the log is written.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum LogFormat {
    /// Lines for people.
    Text,
    /// A JSON object a line, for programs.
    Json,
}

/// How long a database may take to start, when it and this program are started together.
const STARTING: Duration = Duration::from_secs(60);

/// Serves until told to stop.
pub fn run(place: &StorePlace, args: Args) -> Result<ExitCode> {
    let Args { create, settings } = args;
    start_log(&settings)?;
    let editors =
        Editors::new(settings.token.iter().map(String::as_str)).map_err(|why| anyhow!("--token: {why}"))?;
    if editors.is_empty() && !settings.listen.ip().is_loopback() {
        bail!(
            "{} can be reached from other machines, and there is no token to say who may change entries. Give one with \
             --token or ASSETMAP_TOKEN, or listen on 127.0.0.1",
            settings.listen
        );
    }
    // Before the store is read, so that an address in use is said at once.
    let listener =
        TcpListener::bind(settings.listen).with_context(|| format!("can't listen on {}", settings.listen))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let waiting = |error: &_| tracing::warn!("{error}; waiting for it");
    let store = open_store_when_up(place, create, STARTING, waiting)?;
    if let Err(error) = relocate_if_due(store.as_ref()) {
        tracing::warn!(%error, "places may be those of earlier postcodes");
    }
    let snapshot = snapshot(place, settings.snapshot);
    let live = Arc::new(Live::start_with(store, snapshot)?);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        eprintln!("assetmap: http://{address}/ answers; Ctrl-C stops");
        api::serve(listener, live, settings.url, editors_or_new(editors, address)).await;
        Ok(ExitCode::SUCCESS)
    })
}

/// Without a token, one for whoever sees this terminal.
fn editors_or_new(editors: Editors, address: SocketAddr) -> Editors {
    if !editors.is_empty() {
        return editors;
    }
    let token = uuid::Uuid::new_v4().simple().to_string();
    eprintln!("assetmap: to change entries, open http://{address}/sign-in?token={token}");
    Editors::new([token.as_str()]).expect("it is long")
}

fn start_log(settings: &Settings) -> Result<()> {
    let filter = EnvFilter::try_new(&settings.log).with_context(|| format!("--log {}", settings.log))?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match settings.log_format {
        LogFormat::Text => log.with_ansi(std::io::stderr().is_terminal()).init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snapshot_is_kept_in_a_file_of_its_own_kind() {
        assert_eq!("off".parse(), Ok(SnapshotPlace::Nowhere));
        assert_eq!("a/b.snapshot".parse(), Ok(SnapshotPlace::File("a/b.snapshot".into())));
        assert!("assetmap.gpkg".parse::<SnapshotPlace>().is_err());
        assert!("".parse::<SnapshotPlace>().is_err());
    }
}
