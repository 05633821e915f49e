use crate::columns::Columns;
use crate::file_name::FileName;
use crate::file_reader::{Opened, open_format};
use crate::profile::choose;
use crate::propose::{Look, Proposal, SAMPLE, is_money, not_places, propose, propose_money, sampled};
use crate::raw_row::{Item, RawRow, Rows, Shape};
use crate::{Options, Refusal};
use model::{Finding, RecordKind};
use std::io::Read;

/// What a file looks like, from its first rows, and a profile for it.
///
/// ```
/// let list = "Venue / Group;Post Code ;Seats\nOak Hall;M33 7ZF;120\nElm Rooms;M33 7ZG;40\n";
/// let (look, proposal) = ingest::look("our list.csv", Box::new(list.as_bytes()), &ingest::Options::default())?;
/// assert_eq!((look.delimiter, look.header_line), (Some("semicolon"), Some(1)));
/// assert!(proposal.toml.contains("postcode = \"Post Code\""));
/// # Ok::<(), ingest::Refusal>(())
/// ```
///
/// # Errors
/// When it is no table and no GeoJSON, or can't be read.
pub fn look<'a>(
    name: &str,
    input: Box<dyn Read + Send + 'a>,
    options: &Options,
) -> Result<(Look, Proposal), Refusal> {
    let mut opened = open_format(input, options)?;
    let (rows, _) = sample(opened.rows.as_mut())?;
    let proposal = proposal(&FileName::new(name), &opened, &rows, options);
    let notices = opened.rows.take_notices();
    let is_said = |rule: &str| notices.iter().any(|notice| notice.rule == rule);
    let encoding = match () {
        () if is_said("code-page-850") => "code page 850",
        () if is_said("windows-1252") => "Windows-1252",
        () => "UTF-8",
    };
    let Opened { columns, facts, .. } = opened;
    let look = Look {
        format: facts.format,
        encoding,
        delimiter: facts.delimiter,
        header_line: facts.header_line,
        columns: columns.names().to_vec(),
        coordinates: facts.coordinates.or_else(|| coordinates(&proposal)),
    };
    Ok((look, proposal))
}

/// A profile for a list of payments, where the file is one; else for places.
fn proposal(file: &FileName, opened: &Opened<'_>, rows: &[RawRow], options: &Options) -> Proposal {
    let Opened { columns, summary, facts, .. } = opened;
    let is_money = match choose(columns, summary, facts.are_points, file, options) {
        Ok(profile) => profile.record == RecordKind::Spend,
        Err(refusal) => {
            refusal.finding.rule == "no-profile-fits"
                && rows.iter().all(|row| matches!(row.shape, Shape::None))
                && is_money(&sampled(columns, rows))
        }
    };
    let money = is_money.then(|| propose_money(file, columns, rows, options.payer.as_deref())).flatten();
    money.unwrap_or_else(|| propose(file, columns, rows))
}

/// Why no profile fits a file: what it is, when that is nothing to map; what is wrong with it, when no row of it is
/// any good.
pub(crate) fn explain(refusal: Refusal, columns: &Columns, rows: &mut dyn Rows) -> Refusal {
    if refusal.finding.rule != "no-profile-fits" {
        return refusal;
    }
    let Ok((rows, bad)) = sample(rows) else { return refusal };
    if let ([], Some(finding)) = (&rows[..], bad) {
        return Refusal { finding };
    }
    if rows.iter().any(|row| !matches!(row.shape, Shape::None)) {
        return refusal;
    }
    not_places(&sampled(columns, &rows)).unwrap_or(refusal)
}

/// The first rows, and the first thing that stands in the place of one.
fn sample(rows: &mut dyn Rows) -> Result<(Vec<RawRow>, Option<Finding>), Refusal> {
    let mut sample = Vec::new();
    let mut bad = None;
    while sample.len() < SAMPLE {
        match rows.next()? {
            Some(Item::Row(row)) => sample.push(row),
            Some(Item::Bad(finding, _)) => bad = bad.or(Some(finding)),
            Some(Item::Folded(_)) => {}
            None => break,
        }
    }
    Ok((sample, bad))
}

fn coordinates(proposal: &Proposal) -> Option<&'static str> {
    let has = |field: &str| proposal.columns.iter().any(|taken| taken.field.as_deref() == Some(field));
    let squares = proposal
        .columns
        .iter()
        .any(|taken| taken.field.as_deref() == Some("point") && taken.reason.contains("grid references"));
    match () {
        () if squares => Some("grid references of the National Grid"),
        () if has("latitude") || has("point") => Some("degrees (WGS84)"),
        () if has("easting") => Some("British National Grid metres"),
        () => None,
    }
}
