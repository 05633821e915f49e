use ingest::{Batch, Refusal};
use model::{Finding, Source};
use serde::Serialize;
use std::collections::BTreeMap;
use store::{FileReport, Published};

/// How many rejections and warnings a report lists; the counts go on, and a watcher sees each rejection.
const LISTED: usize = 100_000;

/// What became of a file. `read = created + updated + unchanged + merged + rejected`, unless it was refused.
#[derive(Debug, Clone, Serialize)]
pub struct ImportReport {
    /// The file, as it was named.
    pub file: String,
    /// The profile that read it; empty when none could.
    pub profile: String,
    /// The source that its rows belong to; empty when it was refused.
    pub source: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// Rows read.
    pub read: u64,
    /// Rows whose key was new.
    pub created: u64,
    /// Rows whose key was known and whose content changed.
    pub updated: u64,
    /// Rows that were there already, the same.
    pub unchanged: u64,
    /// Rows folded into another row of the file.
    pub merged: u64,
    /// Rows not loaded.
    pub rejected: u64,
    /// Records of the same source that this file did not mention; they stay as they are.
    pub absent: u64,
    /// Lines of money that an earlier file had and this one, which publishes their month again, has no more: they do not
    /// count any longer.
    pub withdrawn: u64,
    /// Whether its rows are groups or buildings.
    #[serde(skip)]
    is_of_assets: bool,
    /// Rows loaded but hidden, by rule.
    pub hidden: BTreeMap<String, u64>,
    /// Why rows were not loaded.
    pub rejections: Vec<Finding>,
    /// What was odd about rows that were loaded.
    pub warnings: Vec<Finding>,
    /// Rejections and warnings that are counted but not listed, when there are very many.
    pub not_listed: u64,
    /// What was assumed about the file.
    pub notices: Vec<Finding>,
    /// The run's number, when it was published.
    pub run: Option<u64>,
    /// The store's revision afterwards, when it was published.
    pub revision: Option<u64>,
    /// Why the file was refused as a whole.
    pub refused: Option<Refused>,
}

/// Why a file was refused as a whole: nothing of it was loaded.
#[derive(Debug, Clone, Serialize)]
pub struct Refused {
    /// Why, and what to do.
    #[serde(flatten)]
    pub finding: Finding,
}

impl ImportReport {
    /// Whether every row is accounted for.
    pub fn adds_up(&self) -> bool {
        self.read == self.created + self.updated + self.unchanged + self.merged + self.rejected
    }

    /// Whether rows of the source that the file does not mention mean anything: a list may have lost them, but
    /// boundaries and postcodes come in many files.
    pub fn counts_absent(&self) -> bool {
        self.is_of_assets
    }
}

/// A report in the making.
pub(super) struct Tally {
    report: ImportReport,
    /// How often each rule rejected a row, also of those that are not listed.
    rejected_by: BTreeMap<String, u64>,
}

impl Tally {
    pub fn new(file: String) -> Self {
        let report = ImportReport {
            file,
            profile: String::new(),
            source: String::new(),
            sha256: String::new(),
            read: 0,
            created: 0,
            updated: 0,
            unchanged: 0,
            merged: 0,
            rejected: 0,
            absent: 0,
            withdrawn: 0,
            is_of_assets: false,
            hidden: BTreeMap::new(),
            rejections: Vec::new(),
            warnings: Vec::new(),
            not_listed: 0,
            notices: Vec::new(),
            run: None,
            revision: None,
            refused: None,
        };
        Self { report, rejected_by: BTreeMap::new() }
    }

    pub fn profile(&mut self, profile: &str) {
        self.report.profile = profile.to_owned();
    }

    pub fn source(&mut self, source: &Source, notices: &[Finding]) {
        self.report.source = source.id.clone();
        self.report.is_of_assets = source.kind.is_of_assets();
        self.report.notices = notices.to_vec();
    }

    pub fn notice(&mut self, notice: Option<Finding>) {
        self.report.notices.extend(notice);
    }

    pub fn read(&self) -> u64 {
        self.report.read
    }

    pub fn add(&mut self, batch: &Batch) {
        let report = &mut self.report;
        report.read += batch.read;
        report.merged += batch.merged;
        report.rejected += batch.rejections.len() as u64;
        for finding in &batch.rejections {
            *self.rejected_by.entry(finding.rule.to_string()).or_default() += 1;
        }
        for rule in batch.rows.iter().filter_map(|row| row.hidden_by) {
            *report.hidden.entry(rule.to_owned()).or_default() += 1;
        }
        for (list, more) in
            [(&mut report.rejections, &batch.rejections), (&mut report.warnings, &batch.warnings)]
        {
            let room = LISTED.saturating_sub(list.len()).min(more.len());
            list.extend_from_slice(&more[..room]);
            report.not_listed += (more.len() - room) as u64;
        }
    }

    pub fn file_report(&self, file: &str, sha256: String) -> FileReport {
        FileReport {
            file: file.to_owned(),
            profile: self.report.profile.clone(),
            sha256,
            read: self.report.read,
            merged: self.report.merged,
            rejected: self.report.rejected,
            reasons: most_frequent(&self.rejected_by),
        }
    }

    pub fn published(mut self, sha256: String, published: Published) -> ImportReport {
        let is_another = published.created > 0 && published.updated + published.unchanged == 0;
        if is_another && published.absent > 0 && self.report.is_of_assets {
            self.report.notices.push(another_list(&self.report.source, published.absent));
        }
        ImportReport {
            sha256,
            created: published.created,
            updated: published.updated,
            unchanged: published.unchanged,
            absent: published.absent,
            withdrawn: published.withdrawn,
            run: Some(published.run),
            revision: Some(published.revision),
            ..self.report
        }
    }

    /// Whether no row of the file can be loaded.
    pub fn loads_nothing(&self) -> bool {
        self.report.read == self.report.merged + self.report.rejected
    }

    /// Of a file of which nothing could be loaded: why not, row by row.
    pub fn not_published(self, sha256: String) -> ImportReport {
        let mut report = ImportReport { sha256, ..self.report };
        report.notices.push(Finding::of_file(
            "nothing-loaded",
            "no row of the file could be loaded, so the data is as it was",
            "Let `assetmap check` say how the file is read; if it is read as something else than it is, name a profile with `--profile`.",
        ));
        report
    }

    /// Of a file that was refused nothing counts, however much of it was read before.
    pub fn refused(self, sha256: String, refusal: Refusal) -> ImportReport {
        let empty = Self::new(self.report.file).report;
        let refused = Some(Refused { finding: refusal.finding });
        ImportReport { profile: self.report.profile, sha256, refused, ..empty }
    }
}

/// All rows are new to a source that has others: it may be another publisher's list of the same name.
fn another_list(source: &str, absent: u64) -> Finding {
    let rows = if absent == 1 { "row" } else { "rows" };
    Finding::of_file(
        "another-list",
        format!(
            "none of the rows was in the source {source} before, and its {absent} earlier {rows} are not in the file"
        ),
        "If it is another list, import it with `--source ID` of its own; what was loaded stays until then.",
    )
}

fn most_frequent(counts: &BTreeMap<String, u64>) -> Vec<(String, u64)> {
    let mut counts: Vec<_> = counts.iter().map(|(rule, n)| (rule.clone(), *n)).collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}
