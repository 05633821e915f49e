//! Whatever the bytes: no panic, and no row lost.

mod common;

use common::{options, read};
use proptest::prelude::*;

/// Reads to the end; `read` checks that every batch conserves its rows.
fn survives(name: &str, bytes: &[u8]) {
    let _ = read(name, bytes, &options());
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z ]{0,12}",
        "-?[0-9]{1,7}(\\.[0-9]{1,6})?",
        Just("M33 7ZF".to_owned()),
        Just("NaN".to_owned()),
        "\\PC{0,8}",
        "\"[a-z,\n]{0,8}\"?",
    ]
}

const GOOD: &str = r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:4326"}},"features":[
{"type":"Feature","id":1,"bbox":[-1,53,-0.9,53.1],"properties":{"WD25CD":"E05000001","WD25NM":"Oak","LAD25CD":"E08000009"},"geometry":{"type":"MultiPolygon","coordinates":[[[[-1,53],[-0.9,53],[-0.9,53.1],[-1,53.1],[-1,53]],[[-0.98,53.02],[-0.98,53.04],[-0.96,53.04],[-0.98,53.02]]]]}},
{"type":"Feature","properties":{"WD25CD":"E05000002","WD25NM":"Elm","LAD25CD":"E08000009"},"geometry":{"type":"Polygon","coordinates":[[[-2,53],[-1.9,53],[-1.9,53.1],[-2,53]]]}}]}"#;

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        survives("halls.csv", &bytes);
        survives("x", &[b"name,postcode\n", &bytes[..]].concat());
    }

    #[test]
    fn arbitrary_tables(rows in prop::collection::vec(prop::collection::vec(cell(), 0..8), 0..20), separator in "[,;\t|]") {
        let body: String = rows.iter().map(|row| row.join(&separator) + "\n").collect();
        for header in ["id,name,type,postcode,capacity,opening hours,easting,northing", "pcds,doterm,lat,long,oseast1m,osnrth1m,osward,lsoa21",
            "site_id,site_name,facility_type,access_type,lon,lat", "registered_charity_number,charity_name,charity_activities,charity_contact_postcode", "id,name,description,category,kind,longitude,latitude,tags"] {
            survives("halls_2023.csv", format!("{}\n{body}", header.replace(',', &separator)).as_bytes());
        }
    }

    #[test]
    fn a_proposed_profile_is_one(header in prop::collection::vec("\\PC{0,12}", 1..6), rows in prop::collection::vec(prop::collection::vec(cell(), 1..6), 0..12)) {
        let line = |cells: &Vec<String>| cells.join(";") + "\n";
        let text: String = std::iter::once(&header).chain(&rows).map(line).collect();
        if let Ok((_, proposal)) = ingest::look("our list.csv", Box::new(text.as_bytes()), &options()) {
            let profile = ingest::Profile::parse(&proposal.toml);
            prop_assert!(profile.is_ok(), "{:?}\n{}", profile.err(), proposal.toml);
        }
    }

    #[test]
    fn mutated_geojson(at in 0..GOOD.len(), with in "[-0-9eE.\"{}\\[\\],:a-z]{0,3}", cut in 0usize..6) {
        let end = (at + cut).min(GOOD.len());
        survives("wards.geojson", format!("{}{with}{}", &GOOD[..at], &GOOD[end..]).as_bytes());
    }

    #[test]
    fn arbitrary_rings(ring in prop::collection::vec((-2.0f64..-1.0, 53.0f64..54.0), 0..12), grain in 1.0f64..50.0) {
        let grain = grain.round();
        let snap = |v: f64| (v * grain).round() / grain;
        let mut ring: Vec<String> = ring.iter().map(|(x, y)| format!("[{},{}]", snap(*x), snap(*y))).collect();
        ring.extend(ring.first().cloned());
        let geometry = format!(r#"{{"type":"Polygon","coordinates":[[{}]]}}"#, ring.join(","));
        let text = format!(r#"{{"type":"Feature","properties":{{"area_name":"Oak"}},"geometry":{geometry}}}"#);
        let report = read("areas.geojson", text.as_bytes(), &options()).unwrap();
        prop_assert_eq!(report.batch.read, 1);
    }
}

#[test]
fn profiles_from_any_text() {
    for text in
        ["", "id = 1", "id = \"a\"", "[", "id=\"a\"\ntitle=\"b\"\nrecord=\"building\"\nfoo=1", "when = 3"]
    {
        assert!(ingest::Profile::parse(text).is_err(), "{text}");
    }
}
