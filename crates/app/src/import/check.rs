use super::archive::Archive;
use super::input::Input;
use super::{ImportError, Refused, with_next_step};
use ingest::{Batch, FileReader, Look, Options, Profile, Proposal, Record, Refusal, look};
use model::Finding;
use serde::Serialize;
use std::io;
use std::path::Path;

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
    /// By neither; they are found by name.
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

/// Reads a file, or each file of data in a ZIP archive, as an import would, and stores nothing. A file that no profile
/// knows is read by a profile that is proposed for it.
///
/// # Errors
/// When the file can't be opened.
pub fn check(path: &Path, options: &Options) -> Result<Vec<CheckReport>, ImportError> {
    let unreadable = |source| ImportError::Unreadable { file: path.display().to_string(), source };
    match Archive::open(path).map_err(unreadable)? {
        None => Ok(vec![one(path, options, &|| Input::open(path)).map_err(unreadable)?]),
        Some(Err(refusal)) => Ok(vec![CheckReport::refused(path, None, refusal)]),
        Some(Ok(archive)) => archive
            .parts
            .iter()
            .map(|part| one(&path.join(&part.name), options, &|| archive.input(part)).map_err(unreadable))
            .collect(),
    }
}

fn one(path: &Path, options: &Options, open: &dyn Fn() -> io::Result<Input>) -> io::Result<CheckReport> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let (seen, proposal) = match look(&name, open()?.reader(), options) {
        Ok(found) => found,
        Err(refusal) => return Ok(CheckReport::refused(path, None, refusal)),
    };
    let first = open()?;
    let (reader, proposed) = match FileReader::open(&name, first.reader(), options) {
        Ok(reader) => (reader, None),
        Err(refusal) if !is_unknown(&refusal) => return Ok(CheckReport::refused(path, Some(seen), refusal)),
        Err(refusal) => {
            let Ok(profile) = Profile::parse(&proposal.toml) else {
                return Ok(CheckReport::refused(path, Some(seen), refusal));
            };
            let options = Options { profile: Some(profile), ..options.clone() };
            match FileReader::open(&name, open()?.reader(), &options) {
                Ok(reader) => (reader, Some(proposal)),
                Err(_) => {
                    let report = CheckReport::refused(path, Some(seen), with_next_step(refusal, path));
                    return Ok(CheckReport {
                        toml: proposal.toml.clone(),
                        proposal: Some(proposal),
                        ..report
                    });
                }
            }
        }
    };
    let mut report = CheckReport::empty(path);
    report.toml = match &proposed {
        Some(proposal) => proposal.toml.clone(),
        None => known(reader.profile(), options).map(|profile| profile.toml().to_owned()).unwrap_or_default(),
    };
    report.is_proposed = proposed.is_some();
    report.proposal = proposed;
    match report.count(reader) {
        Ok(()) => Ok(CheckReport { look: Some(seen), ..report }),
        Err(refusal) => Ok(CheckReport::refused(path, Some(seen), refusal)),
    }
}

fn is_unknown(refusal: &Refusal) -> bool {
    matches!(refusal.finding.rule.as_ref(), "no-profile-fits" | "several-profiles-fit")
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
            notices: Vec::new(),
            refused: None,
        }
    }

    fn refused(path: &Path, look: Option<Look>, refusal: Refusal) -> Self {
        Self { look, refused: Some(Refused { finding: refusal.finding }), ..Self::empty(path) }
    }

    fn count(&mut self, mut reader: FileReader<'_>) -> Result<(), Refusal> {
        self.profile = reader.profile().to_owned();
        while let Some(batch) = reader.next_batch(BATCH)? {
            self.add(batch);
        }
        self.notices = reader.notices().to_vec();
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
