use super::archive::Archive;
use super::input::Input;
use super::{ImportError, Refused, postcodes_of, warn_of_far, with_next_step};
use ingest::{Batch, FileReader, Look, Options, Profile, Proposal, Record, Refusal, look};
use model::{Finding, RecordKind};
use serde::Serialize;
use std::io;
use std::path::Path;
use store::Store;

/// As many rows are read at once.
const BATCH: usize = 5_000;

/// What would become of a file: nothing is stored.
#[derive(Debug, Clone, Serialize)]
pub struct CheckReport {
    /// The file, as it was named.
    pub file: String,
    /// What it looks like; `None` when it is nothing that can be read.
    pub look: Option<Look>,
    /// The id of the profile that would read it.
    pub profile: String,
    /// Whether the profile is a proposal, and not one that is there already.
    pub is_proposed: bool,
    /// Column by column, when no profile knows the file.
    pub proposal: Option<Proposal>,
    /// The profile, as TOML.
    pub toml: String,
    /// Rows read.
    pub read: u64,
    /// Rows that would load.
    pub would_load: u64,
    /// Rows that would be folded into another.
    pub would_merge: u64,
    /// Rows that would not load.
    pub would_reject: u64,
    /// Of the assets that would load, how many have a place.
    pub places: Places,
    /// Why rows would not load, most frequent first.
    pub reasons: Vec<Reason>,
    /// What is odd about rows that would load, most frequent first.
    pub warnings: Vec<Reason>,
    /// Columns that hold something and that the profile does not read.
    pub unread: Vec<String>,
    /// What was assumed about the file.
    pub notices: Vec<Finding>,
    /// Why nothing of it can be loaded.
    pub refused: Option<Refused>,
}

/// How many groups and buildings would have a place.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Places {
    /// By coordinates of their own.
    pub by_coordinates: u64,
    /// By their postcode, if a directory with it is loaded.
    pub by_postcode: u64,
    /// By the ward in which they are registered: an address for letters is no place.
    pub by_letters: u64,
    /// By none of these; they are found by name.
    pub without: u64,
}

/// A rule, how often it was met, and the first time.
#[derive(Debug, Clone, Serialize)]
pub struct Reason {
    /// How many rows.
    pub count: u64,
    /// The first.
    pub first: Finding,
}

/// Reads a file, or each file of data in a ZIP archive, as an import would, and stores nothing: a store is only asked
/// where postcodes are. A file that no profile
/// knows is read by a profile that is proposed for it.
///
/// # Errors
/// When the file can't be opened.
pub fn check(
    path: &Path,
    options: &Options,
    store: Option<&dyn Store>,
) -> Result<Vec<CheckReport>, ImportError> {
    let unreadable = |source| ImportError::Unreadable { file: path.display().to_string(), source };
    let with = With { options, store };
    match Archive::open(path).map_err(unreadable)? {
        None => Ok(vec![one(path, &with, &|| Input::open(path)).map_err(unreadable)?]),
        Some(Err(refusal)) => Ok(vec![CheckReport::refused(path, None, refusal)]),
        Some(Ok(archive)) => archive
            .parts
            .iter()
            .map(|part| {
                one(&archive.path.join(&part.name), &with, &|| archive.input(part)).map_err(unreadable)
            })
            .collect(),
    }
}

/// What a check is made with.
#[derive(Clone, Copy)]
struct With<'a> {
    options: &'a Options,
    store: Option<&'a dyn Store>,
}

fn one(path: &Path, with: &With<'_>, open: &dyn Fn() -> io::Result<Input>) -> io::Result<CheckReport> {
    let With { options, .. } = *with;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let (seen, proposal) = match look(&name, open()?.reader(), options) {
        Ok(found) => found,
        Err(refusal) => return Ok(CheckReport::refused(path, None, refusal)),
    };
    let known = match FileReader::open(&name, open()?.reader(), options) {
        Ok(reader) => CheckReport::of(path, &seen, reader, with),
        Err(refusal) if is_unknown(&refusal) => Err(refusal),
        Err(refusal) if lacks_of_money(&refusal) && proposal.record == RecordKind::Spend => {
            let is_unknown = refusal.finding.rule == "not-spending";
            let report = CheckReport::refused(path, Some(seen), refusal);
            return Ok(CheckReport {
                toml: proposal.toml.clone(),
                proposal: is_unknown.then_some(proposal),
                ..report
            });
        }
        Err(refusal) => return Ok(CheckReport::refused(path, Some(seen), refusal)),
    };
    match known {
        // the general profile lists the names of all councils: to edit is the file's own part of it
        Ok(report) if options.profile.is_none() && is_of_general_money(&report, &proposal) => {
            Ok(CheckReport { toml: proposal.toml, ..report })
        }
        Ok(report) if report.would_load > 0 || report.read == 0 || options.profile.is_some() => Ok(report),
        Ok(report) => Ok(match proposed(path, &name, &seen, &proposal, with, open)? {
            // the columns are those of a known file, and the rows are not
            Some(better) if better.would_load > 0 => {
                let message =
                    format!("its columns are those of {}, and no row of it would load so", report.profile);
                let notice = Finding::of_file("nothing-loaded", message, "");
                CheckReport { notices: better.notices.iter().cloned().chain([notice]).collect(), ..better }
            }
            _ => report,
        }),
        Err(refusal) => {
            if let Some(report) = proposed(path, &name, &seen, &proposal, with, open)? {
                return Ok(report);
            }
            if !is_unknown(&refusal) || Profile::parse(&proposal.toml).is_err() {
                return Ok(CheckReport::refused(path, Some(seen), refusal));
            }
            let report = CheckReport::refused(path, Some(seen), with_next_step(refusal, path));
            Ok(CheckReport { toml: proposal.toml.clone(), proposal: Some(proposal), ..report })
        }
    }
}

/// What would become of a file with the profile that is proposed for it; `None` when that can't read it.
fn proposed(
    path: &Path,
    name: &str,
    seen: &Look,
    proposal: &Proposal,
    with: &With<'_>,
    open: &dyn Fn() -> io::Result<Input>,
) -> io::Result<Option<CheckReport>> {
    let Ok(profile) = Profile::parse(&proposal.toml) else { return Ok(None) };
    let options = Options { profile: Some(profile), ..with.options.clone() };
    let Ok(reader) = FileReader::open(name, open()?.reader(), &options) else { return Ok(None) };
    let report = CheckReport::of(path, seen, reader, &With { options: &options, ..*with });
    Ok(report.ok().map(|report| CheckReport {
        toml: proposal.toml.clone(),
        is_proposed: true,
        proposal: Some(proposal.clone()),
        ..report
    }))
}

fn is_unknown(refusal: &Refusal) -> bool {
    matches!(refusal.finding.rule.as_ref(), "no-profile-fits" | "several-profiles-fit")
}

/// Whether a file is spending, and says too little to be read unasked.
fn lacks_of_money(refusal: &Refusal) -> bool {
    matches!(refusal.finding.rule.as_ref(), "not-spending" | "no-payer")
}

fn is_of_general_money(report: &CheckReport, proposal: &Proposal) -> bool {
    let mut shipped = Profile::shipped().iter();
    proposal.record == RecordKind::Spend
        && shipped.any(|profile| profile.id() == report.profile && profile.is_general())
}

fn known<'p>(id: &str, options: &'p Options) -> Option<&'p Profile> {
    options.profile.as_ref().or_else(|| Profile::shipped().iter().find(|profile| profile.id() == id))
}

impl CheckReport {
    fn empty(path: &Path) -> Self {
        Self {
            file: path.display().to_string(),
            look: None,
            profile: String::new(),
            is_proposed: false,
            proposal: None,
            toml: String::new(),
            read: 0,
            would_load: 0,
            would_merge: 0,
            would_reject: 0,
            places: Places::default(),
            reasons: Vec::new(),
            warnings: Vec::new(),
            unread: Vec::new(),
            notices: Vec::new(),
            refused: None,
        }
    }

    /// What a profile that reads a file makes of it.
    fn of(path: &Path, seen: &Look, reader: FileReader<'_>, with: &With<'_>) -> Result<Self, Refusal> {
        let mut report = Self { look: Some(seen.clone()), ..Self::empty(path) };
        report.toml = known(reader.profile(), with.options)
            .map(|profile| profile.toml().to_owned())
            .unwrap_or_default();
        report.count(reader, with.store)?;
        Ok(report)
    }

    fn refused(path: &Path, look: Option<Look>, refusal: Refusal) -> Self {
        Self { look, refused: Some(Refused { finding: refusal.finding }), ..Self::empty(path) }
    }

    fn count(&mut self, mut reader: FileReader<'_>, store: Option<&dyn Store>) -> Result<(), Refusal> {
        self.profile = reader.profile().to_owned();
        while let Some(mut batch) = reader.next_batch(BATCH)? {
            // a store that fails only knows no postcodes: nothing is lost but this warning
            if let Some(postcodes) = store.and_then(|store| postcodes_of(store, &batch).ok()) {
                warn_of_far(&mut batch, &postcodes);
            }
            self.add(batch);
        }
        self.notices = reader.notices().to_vec();
        self.unread = reader.unread().into_iter().map(str::to_owned).collect();
        for list in [&mut self.reasons, &mut self.warnings] {
            list.sort_by_key(|reason| std::cmp::Reverse(reason.count));
        }
        Ok(())
    }

    fn add(&mut self, batch: Batch) {
        self.read += batch.read;
        self.would_load += batch.rows.len() as u64;
        self.would_merge += batch.merged;
        self.would_reject += batch.rejections.len() as u64;
        for row in &batch.rows {
            let Record::Asset(asset) = &row.record else { continue };
            match (asset.position, &asset.postcode) {
                (Some(_), _) => self.places.by_coordinates += 1,
                (None, Some(_)) => self.places.by_postcode += 1,
                (None, None) if asset.correspondence.is_some() => self.places.by_letters += 1,
                (None, None) => self.places.without += 1,
            }
        }
        for (list, findings) in [(&mut self.reasons, batch.rejections), (&mut self.warnings, batch.warnings)]
        {
            for finding in findings {
                match list.iter_mut().find(|reason| reason.first.rule == finding.rule) {
                    Some(reason) => reason.count += 1,
                    None => list.push(Reason { count: 1, first: finding }),
                }
            }
        }
    }
}
