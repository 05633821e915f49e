use super::import::{Crs, Format, profile, this_year};
use super::{counted, print, shell};
use anyhow::{Context, Result, bail};
use app::{CheckReport, Options, Reason, Store, StorePlace, check, open_store};
use std::fmt::Write;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Say what a file looks like and what would become of it, without loading anything.
///
/// For a file that no shipped profile knows, a profile is proposed: which column is the name, the postcode, the
/// coordinates and so on, or who was paid, how much and when, each with a reason. Write it to a file, correct it, and
/// import with it.
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub struct Args {
    /// The files, as they are (CSV or GeoJSON, also gzipped or in a ZIP archive)
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Write the profile to a file, to be edited
    #[arg(long, value_name = "FILE.toml")]
    write: Option<PathBuf>,

    /// Write over a file that is there
    #[arg(long, requires = "write")]
    force: bool,

    /// Check with this profile: the id of a shipped one, or a TOML file
    #[arg(long, value_name = "ID|FILE.toml")]
    profile: Option<String>,

    /// The coordinates in the file: 4326 (degrees) or 27700 (British National Grid), when the file says otherwise
    #[arg(long, value_name = "EPSG")]
    crs: Option<Crs>,

    /// The body whose money it is, where no column of a list of spending says so
    #[arg(long, value_name = "NAME")]
    payer: Option<String>,

    /// How to report
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

const HELP: &str = "\
Exit status:
  0  every row would be loaded
  1  some rows would not; the report says why
  2  a file would be refused, or could not be read

Examples:
  assetmap check our-halls.csv
  assetmap check our-halls.csv --write ours.toml
  assetmap check our-halls.csv --profile ours.toml
  assetmap import our-halls.csv --profile ours.toml
  assetmap check *.csv --format json";

/// What was said on the command line, for the commands that are advised.
struct Said {
    /// `assetmap`, with the store when it is not the usual one.
    program: String,
    /// `--profile`, `--crs` and so on, with a blank in front.
    options: String,
    written: Option<PathBuf>,
}

impl Said {
    fn of(place: &StorePlace, args: &Args) -> Self {
        let place = place.to_string();
        let mut program = String::from("assetmap");
        if place != USUAL_STORE {
            let _ = write!(program, " --store {}", shell(&place));
        }
        let mut options = String::new();
        if let Some(profile) = &args.profile {
            let _ = write!(options, " --profile {}", shell(profile));
        }
        match args.crs {
            Some(Crs::Degrees) => options.push_str(" --crs 4326"),
            Some(Crs::Grid) => options.push_str(" --crs 27700"),
            None => {}
        }
        if let Some(payer) = &args.payer {
            let _ = write!(options, " --payer {}", shell(payer));
        }
        Self { program, options, written: args.write.clone() }
    }
}

/// Checks the files one after another.
pub fn run(place: &StorePlace, args: Args) -> Result<ExitCode> {
    let said = Said::of(place, &args);
    let options = Options {
        profile: args.profile.as_deref().map(profile).transpose()?,
        crs: args.crs.map(Crs::read),
        payer: args.payer.clone(),
        this_year: this_year(),
        ..Options::default()
    };
    let store = known_postcodes(place);
    let mut reports = Vec::new();
    let mut unreadable = false;
    for file in &args.files {
        match check(file, &options, store.as_deref()) {
            Ok(found) => reports.extend(found),
            Err(error) => {
                eprintln!("assetmap: {error}");
                unreadable = true;
            }
        }
    }
    match args.format {
        Format::Text => reports.iter().for_each(|report| print(&text(report, &said))),
        Format::Json => print(&format!("{}\n", serde_json::to_string_pretty(&reports)?)),
    }
    if let Some(path) = &args.write {
        write(path, args.force, &reports, &said)?;
    }
    let worst = reports.iter().map(status).max().unwrap_or(0);
    Ok(ExitCode::from(if unreadable { 2 } else { worst }))
}

/// The store, if there is one: coordinates are compared with the postcodes that it knows.
fn known_postcodes(place: &StorePlace) -> Option<Box<dyn Store>> {
    if matches!(place, StorePlace::File(path) if !path.exists()) {
        return None;
    }
    let opened = open_store(place, false);
    opened.map_err(|error| eprintln!("assetmap: coordinates are not compared with postcodes: {error}")).ok()
}

fn status(report: &CheckReport) -> u8 {
    match report {
        CheckReport { refused: Some(_), .. } => 2,
        CheckReport { would_reject: 1.., .. } => 1,
        _ => 0,
    }
}

/// Writes the profile of the only file.
fn write(path: &Path, force: bool, reports: &[CheckReport], said: &Said) -> Result<()> {
    let [report] = reports else { bail!("{}", one_of(reports)) };
    if report.toml.is_empty() {
        bail!("there is no profile to write: {} can't be read as a list of places or payments", report.file);
    }
    if path.exists() && !force {
        bail!("{} is there already; --force writes over it", path.display());
    }
    let mut open = OpenOptions::new();
    open.write(true).create(true).truncate(true);
    let mut file = open.open(path).with_context(|| format!("can't write {}", path.display()))?;
    file.write_all(report.toml.as_bytes()).with_context(|| format!("can't write {}", path.display()))?;
    let (program, file) = (&said.program, shell(&report.file));
    let profile = shell(&path.display().to_string());
    let crs = said.options.split_once(" --crs").map(|(_, crs)| format!(" --crs{crs}")).unwrap_or_default();
    eprintln!("Written to {}. Look through it: its title is shown on public pages. Then:", path.display());
    if report.would_load == 0 {
        eprintln!("  correct it until `{program} check {file} --profile {profile}{crs}` loads something");
    } else {
        eprintln!("  {program} import {file} --profile {profile}{crs}");
    }
    Ok(())
}

/// Which of several files to name.
fn one_of(reports: &[CheckReport]) -> String {
    let first = reports.first().map(|report| shell(&report.file)).unwrap_or_default();
    format!("--write takes the profile of one file; there are {}: name one, such as {first}", reports.len())
}

/// Where the data is when nobody says so.
const USUAL_STORE: &str = "assetmap.gpkg";

/// How many reasons of a sort are printed.
const SHOWN: usize = 10;

fn text(report: &CheckReport, said: &Said) -> String {
    let mut out = format!("{}\n", report.file);
    let line = &mut out;
    if let Some(look) = &report.look {
        let _ = write!(line, "  looks like {} in {}", look.format, look.encoding);
        if let Some(delimiter) = look.delimiter {
            let _ = write!(line, ", cells divided by a {delimiter}");
        }
        match look.header_line {
            Some(header) => _ = write!(line, ", column names in line {header}"),
            None if look.delimiter.is_some() => line.push_str(", without column names"),
            None => {}
        }
        let _ = write!(line, "; {} columns", look.columns.len());
        if let Some(coordinates) = look.coordinates {
            let _ = write!(line, "; coordinates in {coordinates}");
        }
        line.push('\n');
    }
    match &report.proposal {
        None if report.refused.is_some() => {}
        None => _ = writeln!(line, "  known: it is read as {}", report.profile),
        Some(proposal) => {
            let _ = writeln!(line, "  no shipped profile knows it; proposed:");
            for taken in &proposal.columns {
                let field = taken.field.as_deref().unwrap_or("-");
                let _ = writeln!(
                    line,
                    "    {:28} \u{2192} {field:14} {}",
                    shortened(&taken.column),
                    taken.reason
                );
            }
            for remark in &proposal.remarks {
                let _ = writeln!(line, "  {remark}");
            }
            for lack in &proposal.lacks {
                let _ = writeln!(line, "  MISSING  {lack}");
            }
        }
    }
    if let Some(refused) = &report.refused {
        let _ = writeln!(line, "  WOULD BE REFUSED  {}", refused.finding);
        return out;
    }
    let _ = writeln!(
        line,
        "  {}: {} would load, {} would be merged into another, {} would not load",
        counted(report.read, "row"),
        report.would_load,
        report.would_merge,
        report.would_reject
    );
    let places = report.places;
    if places.by_letters > 0 {
        let _ = writeln!(
            line,
            "  of those that load, {} are found by the ward of their address for letters, {} by name only",
            places.by_letters, places.without
        );
    } else if places.by_coordinates + places.by_postcode + places.without > 0 {
        let _ = writeln!(
            line,
            "  of those that load, {} have coordinates, {} a postcode (to be placed by a postcode directory), {} neither",
            places.by_coordinates, places.by_postcode, places.without
        );
    }
    reasons(line, "would not load", &report.reasons);
    reasons(line, "warning", &report.warnings);
    if report.proposal.is_none() && !report.unread.is_empty() {
        let _ = writeln!(
            line,
            "  not read: {}; to show them, name them in a profile of your own",
            report.unread.join(", ")
        );
    }
    for notice in &report.notices {
        let _ = writeln!(line, "  note: {notice}");
    }
    next_step(line, report, said);
    out
}

fn reasons(line: &mut String, word: &str, reasons: &[Reason]) {
    for Reason { count, first } in reasons.iter().take(SHOWN) {
        let _ = writeln!(line, "  {word}: {}, the first: {first}", counted(*count, "row"));
    }
}

fn next_step(line: &mut String, report: &CheckReport, said: &Said) {
    if said.written.is_some() {
        return;
    }
    let (program, options, file) = (&said.program, &said.options, shell(&report.file));
    let _ = match (report.is_proposed, report.would_load) {
        (true, _) => writeln!(line, "  next: {program} check {file}{options} --write ours.toml"),
        (false, 0) => writeln!(
            line,
            "  next: nothing of it would load. If it is read as something that it is not, start from {program} check {file} --write ours.toml, or name another profile with --profile"
        ),
        (false, _) => writeln!(line, "  next: {program} import {file}{options}"),
    };
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= 28 {
        text.to_owned()
    } else {
        text.chars().take(27).chain(['\u{2026}']).collect()
    }
}
