//! Made-up files such as people keep: what they are taken for, and that the proposed profile loads them.

mod common;

use common::{by_rule, options, read};
use ingest::{Options, Profile, look};

/// What a file looks like, what each column was taken for, and what becomes of its rows with the proposed profile.
fn check(name: &str, text: &[u8]) -> String {
    let (look, proposal) = look(name, Box::new(text), &options()).unwrap_or_else(|r| panic!("{name}: {r}"));
    let taken: Vec<String> = proposal
        .columns
        .iter()
        .map(|taken| format!("{}={}", taken.column, taken.field.as_deref().unwrap_or("-")))
        .collect();
    let profile = Profile::parse(&proposal.toml).unwrap_or_else(|e| panic!("{name}: {e}\n{}", proposal.toml));
    let options = Options { profile: Some(profile), ..options() };
    let report = read(name, text, &options).unwrap_or_else(|r| panic!("{name}: {r}\n{}", proposal.toml));
    let first = report.assets().next().map_or_else(
        || by_rule(&report.batch.rejections),
        |asset| {
            let place = asset.position.map(|at| at.to_string());
            let postcode = asset.postcode.as_ref().map(|postcode| postcode.to_string());
            let labels: Vec<&str> = asset.facilities.iter().map(|f| f.label.as_str()).collect();
            format!(
                "{} {} [{}] {} {} {}",
                asset.kind.as_str(),
                asset.name,
                asset.key,
                postcode.unwrap_or_else(|| "-".into()),
                place.unwrap_or_else(|| "-".into()),
                labels.join("+")
            )
        },
    );
    let header = look.header_line.map_or_else(|| "-".into(), |line| line.to_string());
    format!(
        "{} {} header {header}\n{}\n{} | {}",
        look.format,
        look.delimiter.unwrap_or("-"),
        taken.join(" "),
        report.counts(),
        first.trim()
    )
}

#[track_caller]
fn gives(name: &str, text: &str, expected: &str) {
    assert_eq!(check(name, text.as_bytes()), expected, "{name}");
}

#[test]
fn semicolons_titles_and_headers_of_ones_own() {
    gives(
        "our venues.csv",
        "Halls and rooms of Oakshire;;;;\nMay 2025;;;;\n\nVenue / Group;Post Code ;E;N;Seats\nOak Hall;QX1 1AA;380000;390000;120\nElm Rooms;QX1 1AB;381000;391000;40\nAsh Barn;QX1 1AD;382000;392000;60\n",
        "CSV semicolon header 4\n\
         Venue / Group=name Post Code=postcode E=easting N=northing Seats=facilities\n\
         read 3, rows 3, rejected 0, merged 0 | building Oak Hall [oak hall|qx1 1aa|380000] QX1 1AA 53.40645, -2.30231 Capacity",
    );
}

#[test]
fn two_numbers_in_one_cell() {
    gives(
        "things.csv",
        "Organisation,Location,Tel\nOak Choir,\"53.4, -2.3\",0161 496 0001\nElm Club,\"53.5, -2.4\",0161 496 0002\n",
        "CSV comma header 1\n\
         Organisation=name Location=point Tel=phone\n\
         read 2, rows 2, rejected 0, merged 0 | group Oak Choir [oak choir|53.4, -2.3] - 53.40000, -2.30000",
    );
}

#[test]
fn names_in_two_columns_and_an_address_in_four() {
    gives(
        "list.csv",
        "Name 1\tName 2\tAddress 1\tTown\tPcode\tContact name\nOak\tScouts\t1 Elm Road\tOakham\tQX1 1AA\tJo Bloggs\nAsh\tGuides\t2 Elm Road\tOakham\tQX1 1AB\tJo Bloggs\n",
        "CSV tab header 1\n\
         Name 1=name Name 2=name Address 1=address Town=address Pcode=postcode Contact name=-\n\
         read 2, rows 2, rejected 0, merged 0 | building Oak Scouts [oak|scouts|qx1 1aa|1 elm road] QX1 1AA -",
    );
}

#[test]
fn headers_that_say_nothing() {
    gives(
        "clubs.csv",
        "Wer;Wo;Wann\nOak Walkers;QX1 1AA;Mondays 10:00\nElm Knitters;QX1 1AB;Tuesdays 14:00\nAsh Singers;QX1 1AD;Fridays\n",
        "CSV semicolon header 1\n\
         Wer=name Wo=postcode Wann=opening_hours\n\
         read 3, rows 3, rejected 0, merged 0 | group Oak Walkers [oak walkers|qx1 1aa] QX1 1AA -",
    );
}

#[test]
fn features_with_names_of_their_own() {
    let feature = |name: &str, x: f64| {
        format!(
            r#"{{"type":"Feature","properties":{{"ORG":"{name}","ref_no":"{x}","sort":"Hall"}},"geometry":{{"type":"Point","coordinates":[{x},53.4]}}}}"#
        )
    };
    let text = format!(
        r#"{{"type":"FeatureCollection","features":[{},{}]}}"#,
        feature("Oak Hall", -2.3),
        feature("Elm Hall", -2.4)
    );
    gives(
        "map.geojson",
        &text,
        "GeoJSON - header -\n\
         ORG=name ref_no=key sort=category geometry=geometry\n\
         read 2, rows 2, rejected 0, merged 0 | building Oak Hall [-2.3] - 53.40000, -2.30000",
    );
}

#[test]
fn what_is_not_found_is_said() {
    let (_, proposal) =
        look("x.csv", Box::new(&b"colour,weight\nred,1\nred,2\n"[..]), &options()).expect("a table");
    assert_eq!(proposal.lacks.len(), 2);
    assert!(Profile::parse(&proposal.toml).is_ok(), "{}", proposal.toml);
    assert!(look("x", Box::new(&b"%PDF"[..]), &options()).is_err());
}

#[test]
fn tables_without_places_are_named() {
    for (text, rule) in [
        ("WD24CD,WD24NM,LAD24CD\nE05000001,Oak,E08000001\n", "lookup-table"),
        ("wdcd,longitude,latitude\nE05000001,-2.3456,53.4\n", "points-for-areas"),
        ("area_code,area_name,value\nE05000001,Oak,7\n", "figures-for-areas"),
        ("Supplier Name,Net Amount\nOak Ltd,7\n", "payments"),
        ("a_id,b_id,label\nGB-CHC-1,GB-COH-2,Oak\n", "lookup-table"),
        ("code,name\n101,Education\n", "code-list"),
        ("colour,shape\nred,round\n", "no-profile-fits"),
    ] {
        let refusal = read("x.csv", text.as_bytes(), &options()).err().expect("refused");
        assert_eq!(refusal.finding.rule, rule, "{text}");
    }
}
