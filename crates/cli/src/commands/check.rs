use super::import::{Crs, Format, profile, this_year};
use anyhow::{Context, Result, bail};
use app::{CheckReport, Options, Reason, check};
use std::fmt::Write;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Say what a file looks like and what would become of it, without loading anything.
///
/// For a file that no shipped profile knows, a profile is proposed: which column is the name, the postcode, the
/// coordinates and so on, each with a reason. Write it to a file, correct it, and import with it.
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

/// Checks the files one after another.
pub fn run(args: Args) -> Result<ExitCode> {
    let options = Options {
        profile: args.profile.as_deref().map(profile).transpose()?,
        crs: args.crs.map(Crs::read),
        this_year: this_year(),
        ..Options::default()
    };
    let mut reports = Vec::new();
    let mut unreadable = false;
    for file in &args.files {
        match check(file, &options) {
            Ok(found) => reports.extend(found),
            Err(error) => {
                eprintln!("assetmap: {error}");
                unreadable = true;
            }
        }
    }
    match args.format {
        Format::Text => reports.iter().for_each(|report| print!("{}", text(report, args.write.as_deref()))),
        Format::Json => println!("{}", serde_json::to_string_pretty(&reports)?),
    }
    if let Some(path) = &args.write {
        write(path, args.force, &reports)?;
    }
    let worst = reports.iter().map(status).max().unwrap_or(0);
    Ok(ExitCode::from(if unreadable { 2 } else { worst }))
}

fn status(report: &CheckReport) -> u8 {
    match report {
        CheckReport { refused: Some(_), .. } => 2,
        CheckReport { would_reject: 1.., .. } => 1,
        _ => 0,
    }
}

/// Writes the profile of the only file.
fn write(path: &Path, force: bool, reports: &[CheckReport]) -> Result<()> {
    let [report] = reports else { bail!("--write takes the profile of one file; give one") };
    if report.toml.is_empty() {
        bail!("there is no profile to write: {} can't be read as a list of places", report.file);
    }
    let mut open = OpenOptions::new();
    open.write(true);
    if force {
        open.create(true).truncate(true)
    } else {
        open.create_new(true)
    };
    let mut file = open.open(path).with_context(|| {
        let hint = if path.exists() && !force { "; --force writes over it" } else { "" };
        format!("can't write {}{hint}", path.display())
    })?;
    file.write_all(report.toml.as_bytes()).with_context(|| format!("can't write {}", path.display()))?;
    eprintln!(
        "Written to {}. Look through it, then:\n  assetmap import {} --profile {}",
        path.display(),
        shell(&report.file),
        shell(&path.display().to_string())
    );
    Ok(())
}

/// How many reasons of a sort are printed.
const SHOWN: usize = 10;

fn text(report: &CheckReport, written: Option<&Path>) -> String {
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
    if let Some(refused) = &report.refused {
        let _ = writeln!(line, "  WOULD BE REFUSED  {}", refused.finding);
        return out;
    }
    match &report.proposal {
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
    let _ = writeln!(
        line,
        "  {} rows: {} would load, {} would be merged into another, {} would not load",
        report.read, report.would_load, report.would_merge, report.would_reject
    );
    let places = report.places;
    if places.by_coordinates + places.by_postcode + places.without > 0 {
        let _ = writeln!(
            line,
            "  of those that load, {} have coordinates, {} a postcode (to be placed by a postcode directory), {} neither",
            places.by_coordinates, places.by_postcode, places.without
        );
    }
    reasons(line, "would not load", &report.reasons);
    reasons(line, "warning", &report.warnings);
    for notice in &report.notices {
        let _ = writeln!(line, "  note: {notice}");
    }
    next_step(line, report, written);
    out
}

fn reasons(line: &mut String, word: &str, reasons: &[Reason]) {
    for Reason { count, first } in reasons.iter().take(SHOWN) {
        let _ = writeln!(line, "  {word}: {count} rows, the first: {first}");
    }
}

fn next_step(line: &mut String, report: &CheckReport, written: Option<&Path>) {
    let file = shell(&report.file);
    match (report.is_proposed, written) {
        (_, Some(_)) => {}
        (true, None) => _ = writeln!(line, "  next: assetmap check {file} --write ours.toml"),
        (false, None) => _ = writeln!(line, "  next: assetmap import {file}"),
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= 28 {
        text.to_owned()
    } else {
        text.chars().take(27).chain(['\u{2026}']).collect()
    }
}

/// A path as a shell takes it.
fn shell(path: &str) -> String {
    if path.contains([' ', '\'', '(', '&', '$']) { format!("\"{path}\"") } else { path.to_owned() }
}
