//! Files that are wrong: each is refused, rejected or flagged with a reason that names *its* flaw.

mod common;

use common::{by_rule, bytes_of, options, read, real_data};

/// The rules that a file meets: of its refusal, or of its rows' rejections and warnings.
fn rules(name: &str, bytes: &[u8]) -> String {
    match read(name, bytes, &options()) {
        Err(refusal) => format!("refused {} | {}", refusal.finding.rule, refusal.finding.message),
        Ok(report) => format!(
            "{} | {} | {}",
            report.counts(),
            by_rule(&report.batch.rejections),
            by_rule(&report.batch.warnings)
        ),
    }
}

fn check(name: &str, bytes: &[u8], flaw: &str) {
    let found = rules(name, bytes);
    assert!(found.contains(flaw), "{name}: {flaw:?} not in {found:?}");
}

#[test]
fn the_hints_suite_is_named_flaw_by_flaw() {
    let Some(folder) = real_data() else { return };
    for (file, flaw) in [
        ("bad-duplicate-properties", "\"type\" twice"),
        ("bad-json", "bad-json"),
        ("bad-polygon-interiorring-rhr", "winds the wrong way"),
        ("bad-polygonloop", "wrong-nesting"),
        ("badcoord", "coordinates[2] is a text"),
        ("badcoordtype", "wrong-nesting"),
        ("badfeatureid", "bad-id"),
        ("bbox-4or6elements", "\"bbox\" has 3 numbers"),
        ("bbox-string", "\"bbox\" is a text"),
        ("different-first-last", "not closed"),
        ("expected_object", "properties-not-an-object"),
        ("false", "geometries[0] is true or false"),
        ("featurecollection-type-case", "must be written \"FeatureCollection\""),
        ("featurecollection", "no member \"features\""),
        ("multiple_problems", "bad-id×1 no-name×1 unknown-type×2"),
        ("multipoint-nondimension", "wrong-nesting"),
        ("notype", "no member \"type\""),
        ("point-labeled-as-a-multipolygon", "wrong-nesting"),
        ("point-toofew", "only one number"),
        ("point-toomany", "has 4 numbers"),
        ("polygon_winding_order", "winds the wrong way"),
        ("rootstring", "it is null"),
        ("short-linearring", "ring-too-short"),
        ("stringcoord", "coordinate-is-text×1 no-name×1"),
    ] {
        check(file, &bytes_of(&folder.join(format!("hostile/geojson_bad/{file}.geojson"))), flaw);
    }
    for (file, flaw) in [
        // points with properties that nobody knows are no areas: a profile is wanted
        ("good-featurecollection-bbox3d", "refused no-profile-fits"),
        ("nullgeometry", "| no-name×"),
        ("nullproperties", "| no-name×"),
    ] {
        let bytes = bytes_of(&folder.join(format!("hostile/geojson_odd_but_valid/{file}.geojson")));
        check(file, &bytes, flaw);
    }
}

#[test]
fn what_is_no_data_is_refused_by_name() {
    for (bytes, rule) in [
        (&b""[..], "empty-file"),
        (b"\xef\xbb\xbf\r\n \n", "empty-file"),
        (b"<!doctype html><html>", "html-page"),
        (b"PK\x03\x04xl/worksheets", "xlsx"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"%PDF-1.7", "pdf"),
        (b"\xff\xfen\0a\0m\0e\0", "utf-16"),
        (b"name,postcode\nHall\0,M33 7ZF\n", "binary"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0", "git-lfs-pointer"),
        (b"data_redirect_url\nhttps://example.org\n", "redirect"),
        (b"{\"data_redirect_url\": \"https://example.org\"}", "redirect"),
        (b"{\"type\":\"Topology\",\"objects\":{}}", "topojson"),
        (b"[1, 2]", "not-geojson"),
        (b"null", "not-geojson"),
        (b"{\"type\":\"FeatureCollection\",\"features\":[{\"a\":NaN}]}", "not-a-number"),
        (b"{\"type\":\"FeatureCollection\",\"features\":{}}", "no-features"),
        (b"colour,shape\nred,round\n", "no-profile-fits"),
        (b"name,postcode\nHall,M33 7ZF\n", "several-profiles-fit"),
    ] {
        check("file", bytes, &format!("refused {rule} "));
    }
}

fn ward(geometry: &str) -> Vec<u8> {
    let properties = r#"{"WD25CD":"E05000001","WD25NM":"Oak"}"#;
    format!(
        r#"{{"type":"FeatureCollection","features":[
{{"type":"Feature","properties":{properties},"geometry":{geometry}}}]}}"#
    )
    .into_bytes()
}

#[test]
fn bad_geometries_are_named() {
    let square = "[-1,53],[-0.9,53],[-0.9,53.1],[-1,53.1],[-1,53]";
    let polygon = |rings: &str| ward(&format!(r#"{{"type":"Polygon","coordinates":[{rings}]}}"#));
    check("good", &polygon(&format!("[{square}]")), "rows 1, rejected 0, merged 0 |  | ");
    check("bow tie", &polygon("[[-1,53],[-0.9,53.1],[-0.9,53],[-1,53.1],[-1,53]]"), "ring-crosses-itself×1");
    check("clockwise", &polygon("[[-1,53],[-1,53.1],[-0.9,53.1],[-0.9,53],[-1,53]]"), "| winding-order×1");
    check("swapped", &polygon("[[53,-1],[53,-0.9],[53.1,-0.9],[53.1,-1],[53,-1]]"), "swapped-coordinates×1");
    check("far", &polygon("[[20,41],[21,41],[21,42],[20,42],[20,41]]"), "far-from-uk×1");
    check("globe", &polygon("[[-181,53],[-180,53],[-180,54],[-181,54],[-181,53]]"), "off-the-globe×1");
    check("1e999", &polygon("[[1e999,53],[-0.9,53],[-0.9,53.1],[-1,53.1],[-1,53]]"), "number-out-of-range×1");
    check("height", &polygon("[[-1,53,5],[-0.9,53,5],[-0.9,53.1,5],[-1,53.1,5],[-1,53,5]]"), "rows 1");
    check("empty", &polygon(""), "empty-geometry×1");
    let outside = "[-2,53],[-2,53.1],[-1.9,53.1],[-1.9,53],[-2,53]";
    check("hole outside", &polygon(&format!("[{square}],[{outside}]")), "hole-outside-shell×1");
    let spike = "[[-1,53],[-0.9,53],[-0.9,53.1],[-0.95,53.1],[-0.95,53.2],[-0.95,53.1],[-1,53.1],[-1,53]]";
    check("spike", &polygon(spike), "rows 1, rejected 0, merged 0 |  | repaired×1");
    check("null", &ward("null"), "no-geometry×1");
    check("point", &ward(r#"{"type":"Point","coordinates":[-1,53]}"#), "not-an-area×1");
    let deep = format!(r#"{{"type":"Polygon","coordinates":{}{}}}"#, "[".repeat(1000), "]".repeat(1000));
    check("deep", &ward(&deep), "too-deep×1");
    let huge = format!(r#"{{"type":"Polygon","coordinates":[[{}[0,0]]]}}"#, "[0,0],".repeat(1_000_001));
    check("huge", &ward(&huge), "too-many-vertices×1");
}

#[test]
fn a_bad_feature_leaves_the_others() {
    let feature = |name: &str, more: &str| {
        format!(
            r#"{{"type":"Feature"{more},"properties":{{"area_name":{name}}},"geometry":{{"type":"Polygon","coordinates":[[[-1,53],[-0.9,53],[-0.9,53.1],[-1,53]]]}}}}"#
        )
    };
    let good = feature("\"Oak\"", "");
    let surrogate = feature(r#""\ud800""#, "");
    let twice = feature("\"Elm\"", r#","type":"Feature""#);
    let text =
        format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{surrogate},\n{good},\n{twice},\n7]}}");
    let report = read("forum areas.geojson", text.as_bytes(), &options()).unwrap();
    let found: Vec<String> =
        report.batch.rejections.iter().map(|f| format!("{} {}", f.line.unwrap(), f.rule)).collect();
    assert_eq!(found, ["2 lone-surrogate", "4 duplicate-member", "5 not-a-feature"]);
    assert_eq!(report.areas().next().unwrap().locality.id(), "forum-areas:oak-2025");
}

#[test]
fn the_reference_system_is_believed_only_if_it_can_be() {
    let crs = |name: &str| format!(r#""crs":{{"type":"name","properties":{{"name":"{name}"}}}},"#);
    let metres = r#"{"type":"Polygon","coordinates":[[[380000,390000],[381000,390000],[381000,391000],[380000,390000]]]}"#;
    let file = |crs: &str| {
        String::from_utf8(ward(metres)).unwrap().replacen('{', &format!("{{{crs}"), 1).into_bytes()
    };
    check("grid", &file(&crs("EPSG:27700")), "rows 1");
    check("none", &file(""), "rows 1");
    check("degrees", &file(&crs("urn:ogc:def:crs:OGC:1.3:CRS84")), "refused grid-coordinates-claim-degrees");
    check("mercator", &file(&crs("EPSG:3857")), "refused unknown-crs");
    let said = ingest::Options { crs: Some(ingest::Crs::BritishNationalGrid), ..options() };
    let report = read("said.geojson", &file(&crs("EPSG:4326")), &said).unwrap();
    assert_eq!(report.batch.rows.len(), 1);
}

#[test]
fn a_table_without_end_is_refused_in_bounded_memory() {
    let endless = std::io::Read::chain(&b"name,postcode,capacity\n\"Hall"[..], std::io::repeat(b'x'));
    let refusal = common::read_from("halls.csv", Box::new(endless), &options()).err().unwrap();
    assert_eq!((refusal.finding.rule.as_ref(), refusal.finding.line), ("quote-never-closed", Some(2)));
    let line = std::io::Read::take(std::io::repeat(b'x'), 1 << 30);
    assert!(common::read_from("one line.csv", Box::new(line), &options()).is_err());
    let wide = "a,".repeat(100_000);
    check("wide", wide.as_bytes(), "refused too-many-columns");
}

#[test]
fn rows_that_do_not_fit_have_their_line() {
    let text = "Halls of the county\n\nname;postcode;capacity;\nOak Hall;M33 7ZF;12;\nElm\n;;\n\nAsh;m337zg;\"a\nb\";\n";
    let report = read("halls.csv", text.as_bytes(), &options()).unwrap();
    let found: Vec<String> =
        report.batch.rejections.iter().map(|f| format!("{} {}", f.line.unwrap(), f.rule)).collect();
    assert_eq!(found, ["5 row-length", "6 blank-row", "7 blank-row"]);
    let lines: Vec<u64> = report.batch.rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [4, 8]);
    assert_eq!(by_rule(&report.notices), "header-after-titles×1");
}

#[test]
fn windows_1252_is_read_and_said() {
    let report = read("halls.csv", b"name,postcode\nCaf\xe9 \x93Hall\x94,M33 7ZF\n", &options()).unwrap();
    assert_eq!(report.assets().next().unwrap().name, "Café “Hall”");
    assert_eq!(by_rule(&report.notices), "windows-1252×1");
}

#[test]
fn code_page_850_is_read_by_its_pound_signs_and_said() {
    let text = b"Council,Payee,Amount (\x9c),Date,Narrative\nOak Council,CAF\x90 LTD,\x9c5.50,2026-04-03,Over \x9c5\n";
    let report = read("april.csv", text, &options()).unwrap();
    let said: Vec<String> = report
        .lines()
        .map(|line| format!("{} {} {}", line.payee.name, line.pence, line.purpose.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(said, ["CAFÉ LTD £5.50 Over £5"]);
    assert_eq!(by_rule(&report.notices), "code-page-850×1");
}

#[test]
fn rows_that_repeat_are_merged_and_keys_are_used_once() {
    let text = "id,name,postcode\n1,Oak Hall,M33 7ZF\n1,Oak Hall,M33 7ZF\n1,Elm Hall,M33 7ZF\n";
    let report = read("halls.csv", text.as_bytes(), &options()).unwrap();
    assert_eq!(report.counts(), "read 3, rows 1, rejected 1, merged 1");
    assert!(report.batch.rejections[0].message.contains("line 2"));
}

#[test]
fn a_hidden_row_is_hidden_in_its_warnings_too() {
    let text = "name,postcode,website\nOak Women's Refuge,M33 OZF,nowhere\n";
    let report = read("venues.csv", text.as_bytes(), &options()).unwrap();
    assert_eq!(report.batch.rows[0].hidden_by, Some("domestic-abuse-refuge"));
    assert_eq!(by_rule(&report.batch.warnings), "bad-postcode×1 bad-website×1");
    assert!(
        report
            .batch
            .warnings
            .iter()
            .all(|w| !w.to_string().contains("M33") && !w.to_string().contains("nowhere"))
    );
}

#[test]
fn large_boundaries_are_read_and_knots_are_not() {
    let ring = |n: usize, at: &dyn Fn(f64) -> (f64, f64)| {
        let mut ring: Vec<String> =
            (0..n).map(|i| at(i as f64 / n as f64)).map(|(x, y)| format!("[{x},{y}]")).collect();
        ring.push(ring[0].clone());
        format!("[{}]", ring.join(","))
    };
    let circle = ring(100_000, &|t| {
        let angle = t * std::f64::consts::TAU;
        (-1.5 + 0.1 * angle.cos(), 53.0 + 0.1 * angle.sin())
    });
    check(
        "circle",
        &ward(&format!(r#"{{"type":"Polygon","coordinates":[{circle}]}}"#)),
        "rows 1, rejected 0",
    );
    let holes: Vec<String> = (0..10_000)
        .map(|i| {
            let (x, y) = (-1.45 + f64::from(i % 100) * 0.001, 52.95 + f64::from(i / 100) * 0.001);
            ring(3, &|t| {
                if t < 0.3 {
                    (x, y)
                } else if t < 0.6 {
                    (x, y + 0.0004)
                } else {
                    (x + 0.0004, y)
                }
            })
        })
        .collect();
    let square = "[[-1.5,52.9],[-1.3,52.9],[-1.3,53.1],[-1.5,53.1],[-1.5,52.9]]";
    let many = format!(r#"{{"type":"Polygon","coordinates":[{square},{}]}}"#, holes.join(","));
    check("ten thousand holes", &ward(&many), "rows 1, rejected 0");
    let knot =
        ring(60_000, &|t| (if ((t * 60_000.0) as u32).is_multiple_of(2) { -2.0 } else { -1.0 }, 53.0 + t));
    check("knot", &ward(&format!(r#"{{"type":"Polygon","coordinates":[{knot}]}}"#)), "rejected 1");
}
