//! What the tests share: a whole file read into one report.
#![allow(dead_code, reason = "not every test uses all of it")]

use ingest::{Batch, FileReader, Options, Refusal, Row};
use model::{Finding, Pence, Source, Standing};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Everything that reading a file gives.
pub struct Report {
    pub profile: String,
    pub source: Source,
    pub notices: Vec<Finding>,
    pub batch: Batch,
}

/// Options for a test: this year is 2025, so that nothing depends on the clock.
pub fn options() -> Options {
    Options { this_year: 2025, ..Options::default() }
}

/// Reads a whole file, in small batches, and checks that each conserves its rows.
pub fn read(name: &str, bytes: &[u8], options: &Options) -> Result<Report, Refusal> {
    read_from(name, Box::new(bytes), options)
}

pub fn read_from(name: &str, input: Box<dyn Read + Send + '_>, options: &Options) -> Result<Report, Refusal> {
    let mut file = FileReader::open(name, input, options)?;
    let mut all = Batch::default();
    while let Some(batch) = file.next_batch(997)? {
        assert_eq!(
            batch.read,
            batch.rows.len() as u64 + batch.rejections.len() as u64 + batch.merged,
            "{name}"
        );
        assert!(batch.read > 0 && batch.read <= 997, "{name}");
        all.rows.extend(batch.rows);
        all.rejections.extend(batch.rejections);
        all.warnings.extend(batch.warnings);
        all.read += batch.read;
        all.merged += batch.merged;
    }
    let (profile, source) = (file.profile().to_owned(), file.source().clone());
    Ok(Report { profile, source, notices: file.notices().to_vec(), batch: all })
}

impl Report {
    /// `read 3, rows 2, rejected 1, merged 0`.
    pub fn counts(&self) -> String {
        let b = &self.batch;
        format!(
            "read {}, rows {}, rejected {}, merged {}",
            b.read,
            b.rows.len(),
            b.rejections.len(),
            b.merged
        )
    }

    pub fn assets(&self) -> impl Iterator<Item = &model::AssetRecord> {
        self.batch.rows.iter().filter_map(|row| match &row.record {
            ingest::Record::Asset(asset) => Some(asset),
            _ => None,
        })
    }

    pub fn areas(&self) -> impl Iterator<Item = &model::LocalityRecord> {
        self.batch.rows.iter().filter_map(|row| match &row.record {
            ingest::Record::Area(area) => Some(area),
            _ => None,
        })
    }

    pub fn postcodes(&self) -> impl Iterator<Item = &model::PostcodeRecord> {
        self.batch.rows.iter().filter_map(|row| match &row.record {
            ingest::Record::Postcode(postcode) => Some(postcode),
            _ => None,
        })
    }

    pub fn lines(&self) -> impl Iterator<Item = &model::SpendRecord> {
        self.batch.rows.iter().filter_map(|row| match &row.record {
            ingest::Record::Spend(line) => Some(line),
            _ => None,
        })
    }

    pub fn populations(&self) -> impl Iterator<Item = &model::PopulationRecord> {
        self.batch.rows.iter().filter_map(|row| match &row.record {
            ingest::Record::Population(people) => Some(people),
            _ => None,
        })
    }

    /// Lines and money, and how much of it by the standing of the payee:
    /// `2 lines £10.00, redacted 1 £5.00, withheld 0 £0.00`.
    pub fn spending(&self) -> String {
        let of = |standing: Option<Standing>| {
            let lines = || self.lines().filter(|line| standing.is_none_or(|of| of == line.payee.standing));
            (lines().count(), lines().map(|line| line.pence).sum::<Pence>())
        };
        let ((all, sum), redacted, withheld) =
            (of(None), of(Some(Standing::Redacted)), of(Some(Standing::Withheld)));
        format!(
            "{all} lines {sum}, redacted {} {}, withheld {} {}",
            redacted.0, redacted.1, withheld.0, withheld.1
        )
    }

    pub fn fingerprints(&self) -> Vec<model::Fingerprint> {
        let mut all: Vec<_> = self.batch.rows.iter().map(|row: &Row| row.fingerprint).collect();
        all.sort();
        all
    }
}

/// `rule×count`, sorted.
pub fn by_rule(findings: &[Finding]) -> String {
    let mut rules = BTreeMap::new();
    for finding in findings {
        *rules.entry(finding.rule.to_string()).or_insert(0) += 1;
    }
    let parts: Vec<String> = rules.iter().map(|(rule, count)| format!("{rule}×{count}")).collect();
    parts.join(" ")
}

/// The folder of real files; says what is skipped without it.
pub fn real_data() -> Option<PathBuf> {
    let folder = std::env::var_os("ASSETMAP_REAL_DATA").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: ASSETMAP_REAL_DATA is not set, so no real files were read");
    }
    folder
}

/// A file's bytes, unpacked when its name ends in `.gz`.
pub fn bytes_of(path: &Path) -> Vec<u8> {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    if path.extension().is_none_or(|ending| ending != "gz") {
        return bytes;
    }
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut unpacked).expect("gzip");
    unpacked
}
