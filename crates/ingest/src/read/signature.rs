use crate::Refusal;

/// A kind of file that we know and don't read: how it starts, what it is, what to do.
type Signature = (&'static [u8], &'static str, &'static str, &'static str);

#[rustfmt::skip]
const SIGNATURES: &[Signature] = &[
    (b"\x1f\x8b", "gzip", "a gzip file", "Unpack it and import what is inside."),
    (b"%PDF", "pdf", "a PDF document", "Ask the publisher for the data as CSV."),
    (b"SQLite format 3\0", "geopackage", "a GeoPackage or another SQLite database", "Export the layer as GeoJSON or CSV and import that."),
    (b"version https://git-lfs", "git-lfs-pointer", "a Git LFS pointer, not the data", "Fetch the real file with `git lfs pull`."),
    (b"\xff\xfe", "utf-16", "text in UTF-16", "Save it as UTF-8 (in Excel: \"CSV UTF-8\")."),
    (b"\xfe\xff", "utf-16", "text in UTF-16", "Save it as UTF-8 (in Excel: \"CSV UTF-8\")."),
    (b"\xd0\xcf\x11\xe0", "xls", "an old Excel or Word file", "Save the sheet as CSV."),
    (b"\0\0\x27\x0a", "shapefile", "a part of a Shapefile (.shp or .shx: the shapes)", SHAPEFILE),
    (b"PAR1", "parquet", "a Parquet file", "Export it as CSV or GeoJSON."),
    (b"fgb\x03", "flatgeobuf", "a FlatGeobuf file", "Export it as GeoJSON."),
    (b"\x89PNG", "image", "a picture", "Ask the publisher for the data as CSV."),
    (b"\xff\xd8\xff", "image", "a picture", "Ask the publisher for the data as CSV."),
    (b"7z\xbc\xaf", "archive", "a 7-Zip archive", "Unpack it and import what is inside."),
    (b"Rar!", "archive", "a RAR archive", "Unpack it and import what is inside."),
    (b"{\\rtf", "rtf", "a rich text document", "Save the table as CSV."),
];

const SHAPEFILE: &str = "Export the whole Shapefile as GeoJSON (in QGIS: Save features as; or `ogr2ogr out.geojson in.shp`) and import that.";

/// Text that is a document of another kind, compared without case.
#[rustfmt::skip]
const DOCUMENTS: &[(&str, &str, &str, &str)] = &[
    ("<!doctype html", "html-page", "a web page, not data", "The address probably leads to an error or a landing page: download the file itself."),
    ("<html", "html-page", "a web page, not data", "The address probably leads to an error or a landing page: download the file itself."),
    ("<kml", "xml", "a KML file", "Export it as GeoJSON."),
    ("<?xml", "xml", "an XML file", "Export it as CSV or GeoJSON."),
    ("PROJCS[", "shapefile", "a part of a Shapefile (.prj: its reference system)", SHAPEFILE),
    ("GEOGCS[", "shapefile", "a part of a Shapefile (.prj: its reference system)", SHAPEFILE),
];

/// Refuses a file that is one of the kinds listed here.
pub(super) fn refuse_known(start: &[u8]) -> Result<(), Refusal> {
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
        return Err(zip(start));
    }
    if let Some((_, rule, what, remedy)) = SIGNATURES.iter().find(|(magic, ..)| start.starts_with(magic)) {
        return Err(refusal(rule, what, remedy));
    }
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    let opens = |tag: &str| text.len() >= tag.len() && text[..tag.len()].eq_ignore_ascii_case(tag.as_bytes());
    if let Some((_, rule, what, remedy)) = DOCUMENTS.iter().find(|(tag, ..)| opens(tag)) {
        return Err(refusal(rule, what, remedy));
    }
    if is_dbf(start) {
        return Err(refusal(
            "shapefile",
            "a part of a Shapefile (.dbf: its table), or another dBASE table",
            SHAPEFILE,
        ));
    }
    if start.get(6..15) == Some(b"OSMHeader") {
        return Err(refusal(
            "osm-pbf",
            "an OpenStreetMap extract (PBF)",
            "Take the features that you want out of it as GeoJSON (`ogr2ogr out.geojson in.pbf points`) and import that.",
        ));
    }
    if is_code_page(text) {
        return Err(refusal(
            "shapefile",
            "a part of a Shapefile (.cpg: the name of its encoding)",
            SHAPEFILE,
        ));
    }
    if start.contains(&0) {
        return Err(refusal(
            "binary",
            "binary, not text: it holds NUL bytes",
            "Export the data as CSV or GeoJSON.",
        ));
    }
    Ok(())
}

/// A dBASE table: its version, a date, and a header whose fields are 32 bytes each and end with a carriage return.
fn is_dbf(start: &[u8]) -> bool {
    let [0x03 | 0x30 | 0x83 | 0x8b | 0xf5, _, 1..=12, 1..=31, _, _, _, _, low, high, ..] = *start else {
        return false;
    };
    let length = usize::from(u16::from_le_bytes([low, high]));
    length > 32 && start.get(length - 1) == Some(&b'\r')
}

/// The whole file is the name of an encoding.
fn is_code_page(text: &[u8]) -> bool {
    let name = text.trim_ascii().to_ascii_uppercase();
    matches!(&name[..], b"UTF-8" | b"UTF8" | b"65001" | b"1252" | b"ANSI 1252" | b"CP1252")
        || (name.len() <= 12 && name.starts_with(b"ISO-8859-"))
        || (name.len() <= 12 && name.starts_with(b"ISO 8859"))
}

/// Refuses a file without any content.
pub(super) fn refuse_empty(start: &[u8], whole: bool) -> Result<(), Refusal> {
    if whole && start.trim_ascii().is_empty() {
        return Err(refusal(
            "empty-file",
            "empty",
            "Download it again: the publisher's file may be empty too.",
        ));
    }
    Ok(())
}

fn zip(start: &[u8]) -> Refusal {
    let holds = |part: &[u8]| start.windows(part.len()).any(|window| window == part);
    if holds(b"xl/") || holds(b"[Content_Types].xml") {
        return refusal("xlsx", "an Excel workbook", "Save the sheet as CSV (\"CSV UTF-8\").");
    }
    if holds(b"opendocument") {
        return refusal("ods", "an OpenDocument spreadsheet", "Save the sheet as CSV.");
    }
    refusal("zip", "a ZIP archive", "Unpack it and import the CSV or GeoJSON inside.")
}

fn refusal(rule: &'static str, what: &str, remedy: &str) -> Refusal {
    Refusal::of_file(rule, format!("the file is {what}"), remedy)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(start: &[u8]) -> String {
        refuse_known(start).map_or_else(|refusal| refusal.finding.rule.to_string(), |()| "-".into())
    }

    #[test]
    fn what_is_no_data_is_known_by_its_first_bytes() {
        for (start, rule) in [
            (&b"name,postcode\n"[..], "-"),
            (b"\n  <!DOCTYPE HTML><title>404</title>", "html-page"),
            (b"<HTML>", "html-page"),
            (b"PK\x03\x04....xl/workbook.xml", "xlsx"),
            (b"PK\x03\x04....data.csv", "zip"),
            (b"\x1f\x8b\x08", "gzip"),
            (b"%PDF-1.4", "pdf"),
            (b"version https://git-lfs.github.com/spec/v1", "git-lfs-pointer"),
            (b"\xff\xfen\0a\0", "utf-16"),
            (b"a,b\n1,\0\n", "binary"),
            (b"\0\0\x27\x0a\0\0", "shapefile"),
            (b"PROJCS[\"British_National_Grid\"]", "shapefile"),
            (b"UTF-8", "shapefile"),
            (b"\x03\x7b\x05\x11\x15\0\0\0\x41\0\x4a\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0NAME\0\0\0\0\0\0\0C\0\0\0\0\x50\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\r", "shapefile"),
            (b"\0\0\0\x0e\x0a\x09OSMHeader\x18", "osm-pbf"),
        ] {
            assert_eq!(check(start), rule, "{start:?}");
        }
    }
}
