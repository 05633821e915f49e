use crate::area_names::AreaNames;
use crate::batch::Row;
use crate::columns::Columns;
use crate::duplicates::{Keys, Repeats, Seen};
use crate::file_name::FileName;
use crate::fingerprint::{CellOrder, json_of};
use crate::look::explain;
use crate::map::{self, ColumnSummary, Mapped, Mapper};
use crate::notes::Notes;
use crate::once::Once;
use crate::profile::{Context, Known, choose, mistakes};
use crate::raw_row::{Item, RawRow, Rows};
use crate::read::ahead::Ahead;
use crate::read::both_sexes::BothSexes;
use crate::read::csv::CsvRows;
use crate::read::document::Document;
use crate::read::geojson::{GeoJsonRows, called};
use crate::read::grants::GrantRows;
use crate::read::grouped::Grouped;
use crate::read::{Format, recognise};
use crate::source::{kept_apart, source_id, source_of};
use crate::{Batch, Options, Record, Refusal};
use model::{Finding, Fingerprint, RecordKind, Source, Standing};
use std::io::Read;

/// Reads one file, whatever it is, in batches.
///
/// ```
/// let halls = "name,postcode,capacity\nOak Hall,M33 7ZF,120\nElm Hall,,\n";
/// let options = ingest::Options::default();
/// let mut file = ingest::FileReader::open("village_halls.csv", Box::new(halls.as_bytes()), &options)?;
/// let batch = file.next_batch(1000)?.expect("two rows");
/// assert_eq!((file.profile(), batch.rows.len(), batch.rejections.len()), ("buildings", 2, 0));
/// assert!(file.next_batch(1000)?.is_none());
/// # Ok::<(), ingest::Refusal>(())
/// ```
pub struct FileReader<'a> {
    rows: Box<dyn Rows + 'a>,
    mapper: Box<dyn Mapper>,
    columns: Columns,
    order: CellOrder,
    keys: Keys,
    repeats: Repeats,
    area_names: AreaNames,
    once: Once,
    source: Source,
    profile: String,
    notices: Vec<Finding>,
    /// Columns that the profile does not read, and whether any row has something in them.
    unread: Vec<(usize, bool)>,
    /// Why the last row was rejected, if it was: so are the rows that are folded into it.
    rejected: Option<Finding>,
}

impl<'a> FileReader<'a> {
    /// Recognises a file by its content and gets ready to read its rows. The name is only looked at for words and
    /// years.
    ///
    /// # Errors
    /// When the file can't be used at all, or not be read.
    pub fn open(name: &str, input: Box<dyn Read + Send + 'a>, options: &Options) -> Result<Self, Refusal> {
        let file = FileName::new(name);
        let Opened { mut rows, mut columns, summary, facts } = open_format(input, options)?;
        let profile = match choose(&columns, &summary, facts.are_points, &file, options) {
            Ok(profile) => profile,
            Err(refusal) => return Err(explain(refusal, &columns, rows.as_mut())),
        };
        if let Some(group) = &profile.group {
            let (grouped, wider) = Grouped::new(rows, group, &profile, columns)?;
            (rows, columns) = (Box::new(grouped), wider);
        }
        if profile.record == RecordKind::Area && summary.is_empty() && !profile.area.lookup {
            return Err(areas_without_geometry());
        }
        let given = profile.given_for(&file);
        let has_code = profile.area.lookup || map::has_code(&profile.area, &columns, &summary);
        let given = if options.profile.is_none() && profile.record == RecordKind::Area && !has_code {
            given.by_nobody()
        } else {
            given
        };
        let mut money = None;
        if profile.record == RecordKind::Spend {
            let ahead = Ahead::new(rows)?;
            money = Some(map::money(&profile, &given, &columns, &file, options, ahead.rows())?);
            rows = Box::new(ahead);
        }
        if profile.record == RecordKind::Population
            && let Some(to_add) = map::to_add(&profile, &columns)
        {
            rows = Box::new(BothSexes::new(rows, &to_add, &columns)?);
        }
        let source = source_id(&profile, &given, &file, options, has_code, money.as_ref());
        let unread = profile.unread(&given, &columns).into_iter().map(|i| (i, false)).collect();
        let context = Context { profile: &profile, given, file: &file, options, source, money };
        let mut notices = rows.take_notices();
        notices.extend(mistakes(&profile, &columns)?);
        notices.extend(kept_apart(&context.source, &profile, &file));
        let mapper = map::mapper(&context, &columns, &summary, &mut notices)?;
        let source = source_of(&context);
        let order = CellOrder::new(&columns);
        let profile = profile.id().to_owned();
        let area_names = AreaNames::new(&columns);
        Ok(Self {
            rows,
            mapper,
            columns,
            order,
            keys: Keys::default(),
            repeats: Repeats::default(),
            area_names,
            once: Once::default(),
            source,
            profile,
            notices,
            unread,
            rejected: None,
        })
    }

    /// What the file is a file of. `covers`, `area_names` and `as_of` may come from its rows: they are complete
    /// after the last batch.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The id of the profile.
    pub fn profile(&self) -> &str {
        &self.profile
    }

    /// The names of the columns, as published.
    pub fn columns(&self) -> &[String] {
        self.columns.names()
    }

    /// What was assumed about the file. Rows may add to it: it is complete after the last batch.
    pub fn notices(&self) -> &[Finding] {
        &self.notices
    }

    /// The columns that hold something and that the profile does not read, as published. Rows may add to them: they are
    /// complete after the last batch.
    pub fn unread(&self) -> Vec<&str> {
        let filled = self.unread.iter().filter(|(_, is_filled)| *is_filled);
        filled.map(|(i, _)| self.columns.names()[*i].as_str()).collect()
    }

    /// The next rows, at most `max_rows` of the file; `None` after the last.
    ///
    /// # Errors
    /// When the rest of the file can't be read.
    pub fn next_batch(&mut self, max_rows: usize) -> Result<Option<Batch>, Refusal> {
        let mut batch = Batch::default();
        while batch.read < max_rows.max(1) as u64 {
            let item = self.rows.next();
            self.notices.extend(self.rows.take_notices());
            let Some(item) = item? else { break };
            batch.read += 1;
            match item {
                Item::Bad(finding, cells) => batch.reject(finding, cells),
                Item::Row(row) => {
                    let before = batch.rejections.len();
                    self.take(row, &mut batch);
                    self.rejected = batch.rejections.get(before).cloned();
                }
                Item::Folded(line) => match &self.rejected {
                    Some(finding) => {
                        batch.reject(Finding { line: Some(line), ..finding.clone() }, Vec::new());
                    }
                    None => batch.merged += 1,
                },
            }
        }
        Ok((batch.read > 0).then_some(batch))
    }

    /// Maps one row into the batch: as a row, a rejection or a repetition.
    fn take(&mut self, mut row: RawRow, batch: &mut Batch) {
        for (i, is_filled) in self.unread.iter_mut().filter(|(_, is_filled)| !is_filled) {
            *is_filled = !row.cell(*i).trim().is_empty();
        }
        self.area_names.learn(&row, &mut self.source.area_names);
        let mut warnings = std::mem::take(&mut row.warnings);
        let mut notes = Notes { line: row.line, warnings: &mut warnings, notices: &mut self.notices };
        let Mapped { mut record, key, may_repeat, hidden_by, content, covers, as_of } =
            match self.mapper.map(&row, &mut notes) {
                Ok(mapped) => mapped,
                Err(finding) => return batch.reject(named(finding, &row), row.cells()),
            };
        let fingerprint = match &record {
            // a line is what was read in it: a grant is the same in CSV and in JSON
            Record::Spend(_) => Fingerprint::of([&content[..]]),
            _ => self.order.fingerprint(&row, &content),
        };
        let seen = match &mut record {
            Record::Spend(line) if may_repeat => {
                line.key = self.repeats.number(&key);
                Seen::First
            }
            record => self.keys.see(&key, sameness(record, &content, fingerprint), row.line),
        };
        match seen {
            Seen::Repeated => return batch.merged += 1,
            Seen::Used(line) => {
                return batch.reject(named(key_used_twice(row.line, line), &row), row.cells());
            }
            Seen::First => {}
        }
        for area in covers {
            if !self.source.covers.contains(&area) {
                self.source.covers.push(area);
            }
        }
        self.source.as_of = self.source.as_of.max(as_of);
        self.once.take(&mut warnings, &mut self.notices);
        let mut warnings: Vec<Finding> = warnings.into_iter().map(|warning| named(warning, &row)).collect();
        if hidden_by.is_some() || is_sealed(&record) {
            warnings.iter_mut().for_each(say_less);
        }
        let raw = self.raw(&mut row);
        batch.warnings.append(&mut warnings);
        batch.rows.push(Row { line: row.line, fingerprint, raw, record, hidden_by });
    }

    fn raw(&self, row: &mut RawRow) -> String {
        match row.json.take() {
            _ if self.source.kind == RecordKind::Postcode => String::new(),
            Some(json) => json,
            None => json_of(row, &self.columns),
        }
    }
}

/// A file whose format is known.
pub(crate) struct Opened<'a> {
    pub rows: Box<dyn Rows + 'a>,
    pub columns: Columns,
    /// Of the columns of a format with geometries; a table has none.
    pub summary: Vec<ColumnSummary>,
    pub facts: Facts,
}

/// What the format tells of a file.
pub(crate) struct Facts {
    pub format: &'static str,
    pub delimiter: Option<&'static str>,
    pub header_line: Option<u64>,
    pub coordinates: Option<&'static str>,
    /// Whether the first geometry is a point, and features have properties.
    pub are_points: bool,
}

/// Recognises a file and stands before its first row.
pub(crate) fn open_format<'a>(
    input: Box<dyn Read + Send + 'a>,
    options: &Options,
) -> Result<Opened<'a>, Refusal> {
    let file = recognise(input)?;
    match file.format {
        Format::Csv => {
            let (rows, columns) = CsvRows::open(file, &Known::of(options.profile.as_ref()))?;
            let facts = Facts {
                format: "CSV",
                delimiter: Some(rows.delimiter()),
                header_line: rows.header_line(),
                coordinates: None,
                are_points: false,
            };
            Ok(Opened { rows: Box::new(rows), columns, summary: Vec::new(), facts })
        }
        Format::Json => {
            let document = match GrantRows::of(Document::read(file)?) {
                Ok((rows, columns)) => return Ok(of_grants(rows, columns)),
                Err(document) => document,
            };
            let (rows, columns) = GeoJsonRows::open(document, options)?;
            let mut summary = rows.summary();
            // the geometry is a column too
            summary.push(ColumnSummary::default());
            let coordinates = match rows.crs() {
                crate::Crs::Degrees => "degrees (WGS84)",
                crate::Crs::BritishNationalGrid => "British National Grid metres",
            };
            let facts = Facts {
                format: "GeoJSON",
                delimiter: None,
                header_line: None,
                coordinates: Some(coordinates),
                are_points: rows.are_points() && columns.len() > 1,
            };
            Ok(Opened { rows: Box::new(rows), columns, summary, facts })
        }
    }
}

fn of_grants<'a>(rows: GrantRows, columns: Columns) -> Opened<'a> {
    let facts = Facts {
        format: "360Giving JSON",
        delimiter: None,
        header_line: None,
        coordinates: None,
        are_points: false,
    };
    Opened { rows: Box::new(rows), columns, summary: Vec::new(), facts }
}

/// A finding that says which row it is about, where its line does not.
fn named(finding: Finding, row: &RawRow) -> Finding {
    match row.feature {
        Some(number) => {
            let called = called(number, row.json.as_deref().unwrap_or_default());
            Finding { message: format!("{called}: {}", finding.message), ..finding }
        }
        None => finding,
    }
}

/// By what a row that has an earlier one's key repeats it: what was read in it, whatever its capitals and the columns
/// that nobody reads. Areas are the same only with the same geometry.
fn sameness(record: &Record, content: &[u8], whole: Fingerprint) -> Fingerprint {
    match record {
        Record::Area(_) => whole,
        Record::Postcode(_) => Fingerprint::of([content]),
        Record::Spend(_) | Record::Population(_) => Fingerprint::of([content]),
        Record::Asset(_) => Fingerprint::of([String::from_utf8_lossy(content).to_lowercase().as_bytes()]),
    }
}

/// Whether the record keeps back who was paid.
fn is_sealed(record: &Record) -> bool {
    matches!(record, Record::Spend(line) if line.payee.standing != Standing::Named)
}

/// A warning about a hidden row must not say what the row hides: a postcode, a name.
fn say_less(warning: &mut Finding) {
    warning.message = "something in a row that is hidden breaks this rule".into();
    warning.remedy = "Look at the line in the file.".into();
}

fn key_used_twice(line: u64, first: u64) -> Finding {
    Finding::new(
        line,
        "key-used-twice",
        format!("the row has the same key as line {first}, and says something else"),
        "Give each its own identifier, or delete the one that is out of date.",
    )
}

fn areas_without_geometry() -> Refusal {
    Refusal::of_file(
        "no-geometry",
        "areas need boundaries, and a table has none",
        "Import the boundaries as GeoJSON.",
    )
}
