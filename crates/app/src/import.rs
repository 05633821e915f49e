mod archive;
mod check;
mod input;
mod report;

pub use check::{CheckReport, Places, Reason, check};

pub use report::{ImportReport, Refused};

use archive::Archive;
use ingest::{Batch, FileReader, Options, Record, Refusal, Row, far_from_postcode, locate};
pub(crate) use input::hex;

use input::Input;
use model::{Asset, Finding, Postcode, PostcodeRecord, Source};
use report::Tally;
use std::collections::HashMap;
use std::path::Path;
use std::sync::mpsc::SyncSender;
use store::{Import, Staged, Store, StoreError};

/// How many rows are read and staged at once.
const BATCH: usize = 5_000;

/// How many batches may be read before they are staged.
const AHEAD: usize = 2;

/// Who watches an import: shows progress, keeps rejected rows, may call it off.
pub trait Watcher {
    /// After each batch: rows so far, and bytes of the file out of its length.
    fn progress(&self, rows: u64, bytes: u64, length: u64) {
        let _ = (rows, bytes, length);
    }

    /// A row that is not loaded, with the names of the columns and its cells, as far as it has any.
    fn rejected(&self, finding: &Finding, columns: &[String], cells: &[String]) {
        let _ = (finding, columns, cells);
    }

    /// Whether to stop and leave the store as it was.
    fn is_cancelled(&self) -> bool {
        false
    }
}

/// Nobody watches.
impl Watcher for () {}

/// Why an import ended without a report.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file can't be opened.
    #[error("{file}: {source}")]
    Unreadable {
        /// Which file.
        file: String,
        /// Why.
        source: std::io::Error,
    },
    /// The store failed; it is as it was.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Called off; the store is as it was.
    #[error("stopped; nothing of {0} was loaded and the store is as it was")]
    Cancelled(String),
}

/// Loads one published file: all of its good rows in one publication, or nothing. A file that can't be used at all
/// is a report with [`ImportReport::refused`], not an error.
///
/// # Errors
/// When the file can't be opened, the store fails, or the watcher calls it off. The store is then as it was.
pub fn import(
    store: &dyn Store,
    path: &Path,
    options: &Options,
    watcher: &dyn Watcher,
) -> Result<ImportReport, ImportError> {
    let input = Input::open(path)
        .map_err(|source| ImportError::Unreadable { file: path.display().to_string(), source })?;
    import_input(store, path, &input, options, watcher)
}

/// Whether there is a file at a path, or in the ZIP archive that a part of the path names: `lists.zip/halls.csv`.
pub fn is_there(path: &Path) -> bool {
    path.exists() || archive::split(path).is_some()
}

/// Loads a published file, or each file of data in a ZIP archive (one of them: `lists.zip/halls.csv`), one report for
/// each.
///
/// # Errors
/// Those of [`import`]. What was published before one stays.
pub fn import_all(
    store: &dyn Store,
    path: &Path,
    options: &Options,
    watcher: &dyn Watcher,
) -> Result<Vec<ImportReport>, ImportError> {
    let unreadable = |source| ImportError::Unreadable { file: path.display().to_string(), source };
    let archive = match Archive::open(path).map_err(unreadable)? {
        None => return import(store, path, options, watcher).map(|report| vec![report]),
        Some(Err(refusal)) => {
            let sha256 = Input::open(path).and_then(|input| input.sha256()).map_err(unreadable)?;
            return Ok(vec![Tally::new(path.display().to_string()).refused(sha256, refusal)]);
        }
        Some(Ok(archive)) => archive,
    };
    let mut reports = Vec::new();
    for part in &archive.parts {
        let input = archive.input(part).map_err(unreadable)?;
        reports.push(import_input(store, &archive.path.join(&part.name), &input, options, watcher)?);
    }
    if let (Some(report), 1..) = (reports.first_mut(), archive.others) {
        report.notices.push(others_in_archive(archive.others));
    }
    Ok(reports)
}

fn others_in_archive(count: usize) -> Finding {
    let message = format!("{count} files in the archive are no CSV or GeoJSON and were not looked at");
    Finding::of_file("other-files", message, "")
}

fn import_input(
    store: &dyn Store,
    path: &Path,
    input: &Input,
    options: &Options,
    watcher: &dyn Watcher,
) -> Result<ImportReport, ImportError> {
    let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let unreadable = |source| ImportError::Unreadable { file: path.display().to_string(), source };
    let mut tally = Tally::new(path.display().to_string());
    let outcome = read_and_publish(store, &file, input, options, watcher, &mut tally);
    let sha256 = input.sha256().map_err(unreadable)?;
    match outcome {
        Ok(Some(published)) => {
            relocate_if_due(store)?;
            Ok(tally.published(sha256, published))
        }
        Ok(None) => Ok(tally.not_published(sha256)),
        Err(Stop::Refused(refusal)) => Ok(tally.refused(sha256, with_next_step(refusal, path))),
        Err(Stop::Failed(error)) => Err(error),
    }
}

/// A refusal for want of a profile ends with the command that proposes one.
fn with_next_step(mut refusal: Refusal, path: &Path) -> Refusal {
    let path = path.display().to_string();
    let file = if path.contains([' ', '\'', '(', '&', '$']) { format!("\"{path}\"") } else { path };
    let check = "run `assetmap check FILE --write ours.toml`, look through ours.toml, then `assetmap import FILE --profile ours.toml`";
    let check = check.replace("FILE", &file);
    match refusal.finding.rule.as_ref() {
        "no-profile-fits" => refusal.finding.remedy = format!("To load it, {check}."),
        "several-profiles-fit" => refusal.finding.remedy.push_str(&format!(" Or {check}.")),
        _ => {}
    }
    refusal
}

/// Finishes what an import of postcodes leaves to do: places assets by the postcodes that are known now. Does
/// nothing when nothing is due.
///
/// # Errors
/// When the store fails.
pub fn relocate_if_due(store: &dyn Store) -> Result<u64, StoreError> {
    if store.relocation_is_due()? { store.relocate(&locate) } else { Ok(0) }
}

enum Stop {
    Refused(Refusal),
    Failed(ImportError),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

/// Publishes what a file gives; a file that gives nothing leaves the store as it was, without a source or a run.
fn read_and_publish(
    store: &dyn Store,
    file: &str,
    input: &Input,
    options: &Options,
    watcher: &dyn Watcher,
    tally: &mut Tally,
) -> Result<Option<store::Published>, Stop> {
    let reader = FileReader::open(file, input.reader(), options)?;
    tally.profile(reader.profile());
    let columns = reader.columns().to_vec();
    let mut import = store.begin_import(reader.source())?;
    // One thread reads and checks while this one places and stages.
    let reader = std::thread::scope(|scope| {
        let (send, batches) = std::sync::mpsc::sync_channel(AHEAD);
        let reading = scope.spawn(move || read_batches(reader, &send));
        for mut batch in batches {
            if watcher.is_cancelled() {
                return Err(Stop::Failed(ImportError::Cancelled(file.to_owned())));
            }
            for (finding, cells) in batch.rejections.iter().zip(&batch.rejected_cells) {
                watcher.rejected(finding, &columns, cells);
            }
            let postcodes = postcodes_of(store, &batch)?;
            warn_of_far(&mut batch, &postcodes);
            tally.add(&batch);
            stage(import.as_mut(), batch, &postcodes)?;
            watcher.progress(tally.read(), input.bytes_read(), input.length());
        }
        let read = reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        read.map_err(Stop::from)
    })?;
    tally.source(reader.source(), reader.notices());
    tally.notice(of_the_future(reader.source(), options));
    if tally.loads_nothing() {
        return Ok(None);
    }
    let sha256 = input.sha256().map_err(Refusal::from)?;
    Ok(Some(import.publish(reader.source(), &tally.file_report(file, sha256))?))
}

/// A list can't speak of next year.
fn of_the_future(source: &Source, options: &Options) -> Option<Finding> {
    let date = source.as_of.filter(|date| options.this_year > 0 && date.year() > options.this_year)?;
    let message = format!("the file speaks of {date}, which is to come");
    Some(Finding::of_file(
        "future-date",
        message,
        "Say its date with `--as-of`, or correct it where it is kept.",
    ))
}

type Postcodes = HashMap<Postcode, PostcodeRecord>;

/// Adds a warning for each asset that lies far from its own postcode; not for those that are hidden, whose place is
/// nobody's business.
fn warn_of_far(batch: &mut Batch, postcodes: &Postcodes) {
    let far = |row: &Row| match &row.record {
        Record::Asset(record) if row.hidden_by.is_none() => {
            let known = record.postcode.as_ref().and_then(|postcode| postcodes.get(postcode));
            far_from_postcode(row.line, record, known)
        }
        _ => None,
    };
    let found: Vec<Finding> = batch.rows.iter().filter_map(far).collect();
    batch.warnings.extend(found);
}

/// Sends a file's batches until it ends or nobody wants them any more; gives the reader, which knows what it read.
fn read_batches<'a>(mut reader: FileReader<'a>, send: &SyncSender<Batch>) -> Result<FileReader<'a>, Refusal> {
    while let Some(batch) = reader.next_batch(BATCH)? {
        if send.send(batch).is_err() {
            break;
        }
    }
    Ok(reader)
}

fn stage(import: &mut dyn Import, batch: Batch, postcodes: &Postcodes) -> Result<(), StoreError> {
    let (mut assets, mut areas, mut directory) = (Vec::new(), Vec::new(), Vec::new());
    let (mut spend, mut people) = (Vec::new(), Vec::new());
    for Row { line, fingerprint, raw, record, .. } in batch.rows {
        match record {
            Record::Asset(record) => {
                let known = record.postcode.as_ref().and_then(|p| postcodes.get(p));
                let value = Asset { id: record.id(), located: locate(&record, known), record };
                assets.push(Staged { line, fingerprint, raw, value });
            }
            Record::Area(value) => areas.push(Staged { line, fingerprint, raw, value }),
            Record::Postcode(value) => directory.push(Staged { line, fingerprint, raw, value }),
            Record::Spend(value) => spend.push(Staged { line, fingerprint, raw, value }),
            Record::Population(value) => people.push(Staged { line, fingerprint, raw, value }),
        }
    }
    if !assets.is_empty() {
        import.assets(assets)?;
    }
    if !areas.is_empty() {
        import.areas(areas)?;
    }
    if !directory.is_empty() {
        import.postcodes(directory)?;
    }
    if !spend.is_empty() {
        import.spend(spend)?;
    }
    if !people.is_empty() {
        import.populations(people)?;
    }
    Ok(())
}

/// What the loaded directories say of the postcodes of a batch's assets: they place them, or bear their place out.
fn postcodes_of(store: &dyn Store, batch: &Batch) -> Result<Postcodes, StoreError> {
    let mut wanted: Vec<Postcode> = batch
        .rows
        .iter()
        .filter_map(|row| match &row.record {
            Record::Asset(record) => record.postcode.clone(),
            _ => None,
        })
        .collect();
    wanted.sort();
    wanted.dedup();
    if wanted.is_empty() { Ok(HashMap::new()) } else { store.postcodes(&wanted) }
}
