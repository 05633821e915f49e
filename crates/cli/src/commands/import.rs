use super::rejects::Rejects;
use super::{counted, print};
use anyhow::{Context, Result, bail};
use app::{
    ImportError, ImportReport, Options, Profile, Snapshot, StorePlace, Watcher, import_all, is_there,
    open_store,
};
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use model::{AreaCode, Finding, PartialDate, Vintage};
use std::cell::RefCell;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Load published files: boundaries, postcodes, groups and buildings.
///
/// What a file is, is found from its content and columns. Importing a file again changes only what changed in it.
/// Each file is loaded whole or not at all; Ctrl-C leaves the data as it was.
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub struct Args {
    /// The files, as their publisher made them (CSV or GeoJSON, also gzipped or in a ZIP archive)
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// How to read the columns: the id of a shipped profile (`assetmap profiles` lists them), or a TOML file
    #[arg(long, value_name = "ID|FILE.toml")]
    profile: Option<String>,

    /// The areas that the groups in the file work across, by code
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = parse_code)]
    serves: Vec<AreaCode>,

    /// The areas that the file covers completely, by code
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = parse_code)]
    covers: Vec<AreaCode>,

    /// The year of the boundaries in the file
    #[arg(long, value_name = "YEAR", value_parser = parse_vintage)]
    vintage: Option<Vintage>,

    /// The date that the file speaks of: 2023, 2023-04 or 2023-04-30
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    as_of: Option<PartialDate>,

    /// The coordinates in the file: 4326 (degrees) or 27700 (British National Grid), when the file says otherwise
    #[arg(long, value_name = "EPSG")]
    crs: Option<Crs>,

    /// Name the source, when one profile reads the files of several publishers
    #[arg(long, value_name = "ID")]
    source: Option<String>,

    /// What the source is called on public pages
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,

    /// The body whose money it is, where no column of a list of spending says so
    #[arg(long, value_name = "NAME")]
    payer: Option<String>,

    /// A list of payees, one a line, that look like private persons and are none: they may be named. Who is not on it any
    /// more is kept back again
    #[arg(long, value_name = "NAMES.txt")]
    released: Option<PathBuf>,

    /// How to report
    #[arg(long, value_enum, default_value = "text")]
    format: Format,

    /// Write the rows that were not loaded to a CSV file, with their reasons and cells, to be mended and imported
    #[arg(long, value_name = "OUT.csv")]
    rejects: Option<PathBuf>,
}

const HELP: &str = "\
Exit status:
  0  every row was loaded
  1  some rows were not loaded; the report says which and why
  2  a file was refused, or could not be read

Examples:
  assetmap import ward_2023.geojson postcodes.csv
  assetmap import halls.csv --covers E08000009 --as-of 2024-06
  assetmap import *.csv --format json > report.json
  assetmap import clubs.csv --rejects not-loaded.csv";

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Crs {
    #[value(name = "4326")]
    Degrees,
    #[value(name = "27700")]
    Grid,
}

impl Crs {
    pub(super) fn read(self) -> app::Crs {
        match self {
            Self::Degrees => app::Crs::Degrees,
            Self::Grid => app::Crs::BritishNationalGrid,
        }
    }
}

fn parse_code(text: &str) -> Result<AreaCode, String> {
    AreaCode::parse(text).map_err(|e| e.to_string())
}

fn parse_date(text: &str) -> Result<PartialDate, String> {
    PartialDate::parse(text).map_err(|e| e.to_string())
}

fn parse_vintage(text: &str) -> Result<Vintage, String> {
    let year = text.parse().ok().and_then(Vintage::from_year);
    year.ok_or_else(|| format!("{text:?} is not a year from 1900 to 2099"))
}

/// Imports the files one after another.
pub fn run(place: &StorePlace, args: Args) -> Result<ExitCode> {
    let options = options(&args)?;
    refuse_to_overwrite(&args)?;
    if !args.files.iter().any(|file| is_there(file)) {
        bail!("there is no file {}", args.files[0].display());
    }
    let store = open_store(place, true)?;
    let cancelled = Arc::new(AtomicBool::new(false));
    let flag = cancelled.clone();
    ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
        eprintln!("\nStopping; the data stays as it was. Ctrl-C again to leave at once.");
    })?;
    let mut watcher = Terminal::new(cancelled, args.rejects.as_deref())?;
    let mut reports = Vec::new();
    let mut worst = 0;
    let mut ended = None;
    for file in &args.files {
        watcher.begin(file);
        let outcome = import_all(store.as_ref(), file, &options, &watcher);
        watcher.end();
        match outcome {
            Ok(of_file) => {
                for report in of_file {
                    worst = worst.max(status(&report));
                    if report.updated > 0 {
                        forget_snapshot(place);
                    }
                    match args.format {
                        Format::Text => print(&text(&report)),
                        Format::Json => reports.push(serde_json::to_value(report)?),
                    }
                }
            }
            Err(error) => {
                eprintln!("assetmap: {error}");
                reports.push(serde_json::json!({"file": file, "error": error.to_string()}));
                worst = 2;
                match error {
                    ImportError::Unreadable { .. } => {}
                    ImportError::Cancelled(_) => ended = Some(130),
                    ImportError::Store(_) => ended = Some(2),
                }
            }
        }
        if ended.is_some() {
            break;
        }
    }
    if ended.is_none()
        && let Some(done) = app::money::allocate_if_due(store.as_ref())?
        && matches!(args.format, Format::Text)
    {
        print(&super::spend::told(&done));
    }
    // What was loaded before an early end is reported all the same.
    watcher.finish()?;
    if matches!(args.format, Format::Json) {
        print(&format!("{}\n", serde_json::to_string_pretty(&reports)?));
    }
    Ok(ExitCode::from(ended.unwrap_or(worst)))
}

/// What rows said before, or what they now hide, must not stay in the snapshot when no server runs that removes it.
fn forget_snapshot(place: &StorePlace) {
    let Some(file) = place.usual_snapshot() else { return };
    if let Err(error) = Snapshot::forget(&file) {
        eprintln!(
            "assetmap: {} may hold what is not public any more, and can't be removed: {error}",
            file.display()
        );
    }
}

/// The file for rejected rows must not be one that is to be read.
fn refuse_to_overwrite(args: &Args) -> Result<()> {
    let Some(rejects) = &args.rejects else { return Ok(()) };
    let same = |file: &PathBuf| match (file.canonicalize(), rejects.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => file == rejects,
    };
    if args.files.iter().any(same) {
        bail!("--rejects {} is one of the files to import: name another", rejects.display());
    }
    Ok(())
}

fn options(args: &Args) -> Result<Options> {
    let profile = args.profile.as_deref().map(profile).transpose()?;
    Ok(Options {
        profile,
        serves: args.serves.clone(),
        covers: args.covers.clone(),
        vintage: args.vintage,
        as_of: args.as_of,
        source: args.source.clone(),
        title: args.title.clone(),
        payer: args.payer.clone(),
        released: args.released.as_deref().map(names).transpose()?.unwrap_or_default(),
        crs: args.crs.map(Crs::read),
        this_year: this_year(),
    })
}

/// The lines of a file that say something.
fn names(path: &Path) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

pub(super) fn this_year() -> u16 {
    jiff::Zoned::now().year().unsigned_abs()
}

/// A shipped profile by its id, or one's own from a file.
pub(super) fn profile(name: &str) -> Result<Profile> {
    if let Some(shipped) = Profile::shipped().iter().find(|p| p.id() == name) {
        return Ok(shipped.clone());
    }
    let text = std::fs::read_to_string(name).with_context(|| {
        format!("{name} is neither a shipped profile (see `assetmap profiles`) nor a file")
    })?;
    Profile::parse(&text).with_context(|| format!("in the profile {name}"))
}

fn status(report: &ImportReport) -> u8 {
    match report {
        ImportReport { refused: Some(_), .. } => 2,
        ImportReport { rejected: 1.., .. } => 1,
        _ => 0,
    }
}

/// How many findings of a sort are printed; the JSON report and `--rejects` have them all.
const SHOWN: usize = 10;

fn text(report: &ImportReport) -> String {
    use std::fmt::Write;
    let mut out = String::new();
    let line = &mut out;
    if let Some(refused) = &report.refused {
        let _ = writeln!(line, "{}\n  NOT LOADED  {}", report.file, refused.finding);
        return out;
    }
    let _ = writeln!(line, "{}\n  read as {} (source {})", report.file, report.profile, report.source);
    let _ = writeln!(
        line,
        "  {} = {} created + {} updated + {} unchanged + {} merged + {} not loaded",
        counted(report.read, "row"),
        report.created,
        report.updated,
        report.unchanged,
        report.merged,
        report.rejected
    );
    if report.absent > 0 && report.counts_absent() {
        let _ = writeln!(
            line,
            "  {} of this source not in the file; kept",
            counted(report.absent, "earlier row")
        );
    }
    if report.withdrawn > 0 {
        let lines = counted(report.withdrawn, "line");
        let _ = writeln!(
            line,
            "  {lines} of an earlier file of these months are not in this one; they count no longer"
        );
    }
    for (rule, count) in &report.hidden {
        let _ = writeln!(line, "  {count} loaded but shown to nobody outside, by the rule {rule}");
    }
    for finding in &report.notices {
        let _ = writeln!(line, "  note: {finding}");
    }
    list(line, "not loaded", &report.rejections, "--format json or --rejects OUT.csv lists them");
    list(line, "warning", &report.warnings, "--format json lists them");
    out
}

fn list(out: &mut String, word: &str, findings: &[Finding], how: &str) {
    use std::fmt::Write;
    for finding in findings.iter().take(SHOWN) {
        let _ = writeln!(out, "  {word}: {finding}");
    }
    if findings.len() > SHOWN {
        let more = findings.len() - SHOWN;
        let _ = writeln!(out, "  {word}: {more} more ({how})");
    }
}

/// Shows progress on a terminal, keeps the rejected rows in a file, and listens to Ctrl-C.
struct Terminal {
    cancelled: Arc<AtomicBool>,
    bar: ProgressBar,
    rejects: Option<RefCell<Rejects>>,
    file: String,
}

impl Terminal {
    fn new(cancelled: Arc<AtomicBool>, rejects: Option<&Path>) -> Result<Self> {
        let rejects = rejects.map(Rejects::create).transpose()?.map(RefCell::new);
        Ok(Self { cancelled, bar: ProgressBar::hidden(), rejects, file: String::new() })
    }

    fn begin(&mut self, file: &Path) {
        self.file = file.display().to_string();
        let target = match std::io::stderr().is_terminal() {
            true => ProgressDrawTarget::stderr_with_hz(2),
            false => ProgressDrawTarget::hidden(),
        };
        let style = "{prefix} {bar:24} {percent:>3} %  {msg}  {eta} left";
        let style = ProgressStyle::with_template(style).expect("the template is right");
        self.bar = ProgressBar::with_draw_target(None, target).with_style(style);
        self.bar.set_prefix(file.file_name().unwrap_or_default().to_string_lossy().into_owned());
    }

    fn end(&self) {
        self.bar.finish_and_clear();
    }

    fn finish(self) -> Result<()> {
        self.rejects.map_or(Ok(()), |rejects| rejects.into_inner().finish())
    }
}

impl Watcher for Terminal {
    fn progress(&self, rows: u64, bytes: u64, length: u64) {
        self.bar.set_length(length.max(1));
        self.bar.set_position(bytes);
        let seconds = self.bar.elapsed().as_secs_f64().max(0.001);
        self.bar.set_message(format!("{rows} rows, {:.0} a second", rows as f64 / seconds));
    }

    fn rejected(&self, finding: &Finding, columns: &[String], cells: &[String]) {
        if let Some(rejects) = &self.rejects {
            rejects.borrow_mut().write(&self.file, finding, columns, cells);
        }
    }

    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::SeqCst)
    }
}
