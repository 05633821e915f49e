use super::input::Input;
use flate2::read::DeflateDecoder;
use flate2::{Crc, CrcReader};
use ingest::Refusal;
use model::Finding;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use zip::{CompressionMethod, ZipArchive};

/// An archive may have so many entries, and so many of them may be data.
const MOST_ENTRIES: usize = 20_000;
const MOST_PARTS: usize = 1_000;

/// No entry may say that it unpacks to more than this.
const MOST_UNPACKED: u64 = 8 << 30;

/// The endings of what is read out of an archive.
const DATA: &[&str] = &["csv", "tsv", "json", "geojson", "gz"];

/// A ZIP archive with data in it.
pub(super) struct Archive {
    /// Where the archive is.
    pub path: PathBuf,
    /// The files that are data.
    pub parts: Vec<Part>,
    /// How many other files there are: documents, pictures.
    pub others: usize,
}

/// A file in an archive.
pub(super) struct Part {
    /// Its path in the archive.
    pub name: String,
    start: u64,
    packed: u64,
    size: u64,
    crc: u32,
    is_deflated: bool,
}

/// An archive and the name of a file in it, of a path such as `lists.zip/halls.csv`; `None` when a part of the path
/// names no file.
pub(super) fn split(path: &Path) -> Option<(PathBuf, String)> {
    let archive = path.ancestors().skip(1).find(|part| part.is_file())?;
    let inside = path.strip_prefix(archive).ok()?;
    Some((archive.to_owned(), inside.to_string_lossy().replace('\\', "/")))
}

impl Archive {
    /// The archive at a path, or with one of its files alone; `None` when there is none, or it is a workbook, which is refused by its content.
    ///
    /// # Errors
    /// When it can't be read. An archive without data is a refusal that says what is in it.
    pub fn open(path: &Path) -> io::Result<Option<Result<Self, Refusal>>> {
        if let Some((archive, wanted)) = split(path) {
            let Some(Ok(mut found)) = Self::open(&archive)? else { return Ok(None) };
            found.parts.retain(|part| part.name == wanted);
            found.others = 0;
            return Ok((!found.parts.is_empty()).then_some(Ok(found)));
        }
        let mut file = File::open(path)?;
        let mut magic = [0; 4];
        if file.metadata()?.is_dir() || file.read(&mut magic)? < 4 || !magic.starts_with(b"PK") {
            return Ok(None);
        }
        file.rewind()?;
        let mut zip = match ZipArchive::new(BufReader::new(file)) {
            Ok(zip) => zip,
            Err(error) => return Ok(Some(Err(damaged(&error.to_string())))),
        };
        if zip
            .file_names()
            .flatten()
            .any(|name| name.starts_with("xl/") || matches!(&*name, "[Content_Types].xml" | "mimetype"))
        {
            return Ok(None);
        }
        if zip.len() > MOST_ENTRIES {
            return Ok(Some(Err(too_many(zip.len(), MOST_ENTRIES))));
        }
        Ok(Some(Self::list(path, &mut zip)))
    }

    fn list(path: &Path, zip: &mut ZipArchive<BufReader<File>>) -> Result<Self, Refusal> {
        let (mut parts, mut others) = (Vec::new(), Vec::new());
        for i in 0..zip.len() {
            let entry = zip.by_index_raw(i).map_err(|error| damaged(&error.to_string()))?;
            let name = entry.name().map_err(|error| damaged(&error.to_string()))?.into_owned();
            if entry.is_dir() || is_junk(&name) {
                continue;
            }
            let ending =
                name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
            let readable =
                matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated);
            if !DATA.contains(&ending.as_str())
                || entry.encrypted()
                || !readable
                || entry.size() > MOST_UNPACKED
            {
                others.push(name);
                continue;
            }
            let Some(start) = entry.data_start() else { return Err(damaged("an entry has no place")) };
            parts.push(Part {
                name,
                start,
                packed: entry.compressed_size(),
                size: entry.size(),
                crc: entry.crc32(),
                is_deflated: entry.compression() == CompressionMethod::Deflated,
            });
        }
        match parts.len() {
            0 => Err(no_data(&others)),
            many if many > MOST_PARTS => Err(too_many(many, MOST_PARTS)),
            _ => Ok(Self { path: path.to_owned(), parts, others: others.len() }),
        }
    }

    /// A part, to be read.
    ///
    /// # Errors
    /// When the archive can't be opened.
    pub fn input(&self, part: &Part) -> io::Result<Input> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(part.start))?;
        let packed = BufReader::new(file).take(part.packed);
        let plain: Box<dyn Read + Send> =
            if part.is_deflated { Box::new(DeflateDecoder::new(packed)) } else { Box::new(packed) };
        // a part that unpacks to more than it says is stopped there
        let checked =
            Checked { inner: CrcReader::new(plain.take(part.size + 1)), size: part.size, crc: part.crc };
        Ok(Input::of(Box::new(checked), part.size))
    }
}

/// Fails when what was read is not what the archive says of it.
struct Checked<R> {
    inner: CrcReader<R>,
    size: u64,
    crc: u32,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        let crc: &Crc = self.inner.crc();
        let is_right = crc.sum() == self.crc && u64::from(crc.amount()) == self.size & u64::from(u32::MAX);
        if n == 0 && !buffer.is_empty() && !is_right {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the archive is damaged: its checksum is wrong",
            ));
        }
        Ok(n)
    }
}

/// What computers put in archives besides what people do.
fn is_junk(name: &str) -> bool {
    name.split(['/', '\\']).any(|part| part == "__MACOSX" || part.starts_with('.'))
        || name.ends_with("Thumbs.db")
}

fn refusal(rule: &'static str, message: impl Into<String>, remedy: &'static str) -> Refusal {
    Refusal { finding: Finding::of_file(rule, message, remedy) }
}

fn no_data(others: &[String]) -> Refusal {
    let has = |ending: &str| others.iter().any(|name| name.to_ascii_lowercase().ends_with(ending));
    match () {
        () if has(".shp") => refusal(
            "shapefile",
            "the ZIP archive holds a Shapefile",
            "Export it as GeoJSON (in QGIS: Save features as; or `ogr2ogr out.geojson in.shp`) and import that.",
        ),
        () if others.is_empty() => refusal("zip", "the ZIP archive is empty", "Download it again."),
        () => {
            let shown: Vec<&str> = others.iter().take(3).map(String::as_str).collect();
            let message = format!("the ZIP archive holds no CSV and no GeoJSON, but {}", shown.join(", "));
            refusal("zip", message, "Unpack it, and export what is inside as CSV or GeoJSON.")
        }
    }
}

fn damaged(why: &str) -> Refusal {
    refusal("zip", format!("the ZIP archive can't be read: {why}"), "Download it again.")
}

fn too_many(have: usize, most: usize) -> Refusal {
    let message = format!("the ZIP archive has {have} files; {most} are the most that are looked at");
    refusal("zip", message, "Unpack it and import the files that you want.")
}
