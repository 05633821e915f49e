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
         read 3, rows 3, rejected 0, merged 0 | building Oak Hall [oak hall|qx1 1aa] QX1 1AA 53.40645, -2.30231 Capacity",
    );
}

#[test]
fn two_numbers_in_one_cell() {
    gives(
        "things.csv",
        "Organisation,Location,Tel\nOak Choir,\"53.4, -2.3\",0161 496 0001\nElm Club,\"53.5, -2.4\",0161 496 0002\n",
        "CSV comma header 1\n\
         Organisation=name Location=point Tel=phone\n\
         read 2, rows 2, rejected 0, merged 0 | group Oak Choir [oak choir] - 53.40000, -2.30000",
    );
}

#[test]
fn names_in_two_columns_and_an_address_in_four() {
    gives(
        "list.csv",
        "Name 1\tName 2\tAddress 1\tTown\tPcode\tContact name\nOak\tScouts\t1 Elm Road\tOakham\tQX1 1AA\tJo Bloggs\nAsh\tGuides\t2 Elm Road\tOakham\tQX1 1AB\tJo Bloggs\n",
        "CSV tab header 1\n\
         Name 1=name Name 2=name Address 1=address Town=address Pcode=postcode Contact name=-\n\
         read 2, rows 2, rejected 0, merged 0 | building Oak Scouts [oak|scouts|qx1 1aa] QX1 1AA -",
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
        ("Supplier Name,Net Amount\nOak Ltd,7\n", "not-spending"),
        ("a_id,b_id,label\nGB-CHC-1,GB-COH-2,Oak\n", "lookup-table"),
        ("code,name\n101,Education\n", "code-list"),
        ("colour,shape\nred,round\n", "no-profile-fits"),
    ] {
        let refusal = read("x.csv", text.as_bytes(), &options()).err().expect("refused");
        assert_eq!(refusal.finding.rule, rule, "{text}");
    }
}

#[test]
fn a_mailing_list_shows_no_person_and_no_address_for_letters() {
    let list = "Contact #,Org / group,What they get up to,Who picks up,Tel.,E-mail addr,Where we post to,List segment,Opted in?,Last changed\n\
        1,Oak Choir,Songs for all,Mrs J. Moss,1614960001,oak@example.org,\"1 Elm Road, Oakham QX1 1AA, Oakshire\",Arts,Y,27/10/2024 10:15\n\
        2,Elm Club,Games and tea,Ash P.,7700900123,elm@example.org,\"c/o 2 Elm Road, qx11ab\",Faith,N,03/06/2024 14:15\n\
        3,Ash Guides,Badges,Dave,7.70E+09,,address withheld,Youth,y,03/06/2024 14:15\n";
    gives(
        "mailing.csv",
        list,
        "CSV comma header 1\n\
         Contact #=key Org / group=name What they get up to=summary Who picks up=- Tel.=phone E-mail addr=email Where we post to=correspondence List segment=category Opted in?=consent Last changed=as_of\n\
         read 3, rows 3, rejected 0, merged 0 | group Oak Choir [1] - -",
    );
    let (_, proposal) = look("mailing.csv", Box::new(list.as_bytes()), &options()).expect("a table");
    assert!(proposal.remarks.iter().any(|remark| remark.contains("CONSENT")), "{:?}", proposal.remarks);
    assert_eq!(proposal.lacks, Vec::<String>::new());
    let options = Options { profile: Some(Profile::parse(&proposal.toml).expect("a profile")), ..options() };
    let report = read("mailing.csv", list.as_bytes(), &options).expect("a list");
    let said: Vec<String> = report
        .assets()
        .map(|asset| {
            assert_eq!((&asset.address, &asset.postcode, &asset.position), (&None, &None, &None));
            let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".into());
            let letters = asset.correspondence.as_ref().map_or("-", |postcode| postcode.as_str());
            format!("{} {} {} {letters}", asset.name, text(&asset.phone), text(&asset.email))
        })
        .collect();
    assert_eq!(
        said,
        ["Oak Choir 01614960001 oak@example.org QX1 1AA", "Elm Club - - QX1 1AB", "Ash Guides - - -"]
    );
    assert_eq!(by_rule(&report.batch.warnings), "bad-phone×1 no-consent×1 no-postcode×1");
}

#[test]
fn rows_that_must_not_be_published_are_for_staff() {
    let list = "Venue,Postcode,Do not publish\nOak Hall,QX1 1AA,N\nElm Hall,QX1 1AB,Y\nAsh Hall,QX1 1AD,\n";
    let (_, proposal) = look("x.csv", Box::new(list.as_bytes()), &options()).expect("a table");
    let options = Options { profile: Some(Profile::parse(&proposal.toml).expect("a profile")), ..options() };
    let report = read("x.csv", list.as_bytes(), &options).expect("a list");
    let seen: Vec<&str> = report.assets().map(|asset| asset.visibility.as_str()).collect();
    assert_eq!(seen, ["public", "staff", "public"], "{}", proposal.toml);
}

#[test]
fn halls_have_what_people_ask_in_other_words() {
    gives(
        "rooms.csv",
        "Ref,Venue,Pcode,E (m),N (m),Biggest room holds,Hire cost per hr (charities),Wheelchair OK?,Hearing loop,Car spaces,Bookings secretary,Ring,When open,Yr built\n\
         R/1,Oak Hall,QX1 1AA,\"380,000\",\"390,000\",60 seated / 90 standing,£12.50,Yes - level,Y,20,Mr A Moss,1614960001,Mon-Fri 9-5,1923\n\
         R/2,Elm Hall,QX1 1AB,381000,391000,c. 150,free to charities,n/k,N,street only,J. Ash,0161 496 0002,Every day,1968\n\
         R/3,Ash Hall,QX1 1AD,38100,391000,tbc,POA,No,,0,Parish clerk,0161 496 0003,By arrangement,\n\
         ,TOTAL: 3 venues,,,,,,,,,,,,\n",
        "CSV comma header 1\n\
         Ref=- Venue=name Pcode=postcode E (m)=easting N (m)=northing Biggest room holds=facilities Hire cost per hr (charities)=facilities Wheelchair OK?=facilities Hearing loop=facilities Car spaces=facilities Bookings secretary=- Ring=phone When open=opening_hours Yr built=-\n\
         read 4, rows 3, rejected 1, merged 0 | building Oak Hall [oak hall|qx1 1aa] QX1 1AA 53.40645, -2.30231 Capacity+Price+Step-free access+Parking spaces+Hearing loop",
    );
}

/// An id in nearly every row is the key; a row without is no reason against it.
#[test]
fn an_identifier_is_the_key_though_a_row_lacks_it() {
    let mut list = String::from("Ref,Venue,Street,Pcode\n");
    for n in 1..=30 {
        list.push_str(&format!("VH/{n:03},Hall {n},{n} Elm Road,QX1 1AA\n"));
    }
    list.push_str(",TOTAL: 30 venues,,\n");
    gives(
        "halls of ours.csv",
        &list,
        "CSV comma header 1\n\
         Ref=key Venue=name Street=address Pcode=postcode\n\
         read 31, rows 30, rejected 1, merged 0 | building Hall 1 [vh/001] QX1 1AA -",
    );
}

#[test]
fn parks_drawn_as_polygons_are_places() {
    let feature = |n: u32, name: &str| {
        let x = -2.3 - f64::from(n) / 100.0;
        format!(
            r#"{{"type":"Feature","properties":{{"fid":{n},"SITENAME_1":"{name}","GS_TYP":"Park","TOILET_YN":"Y","WARD_NM":"Oak"}},"geometry":{{"type":"Polygon","coordinates":[[[{x},53.4],[{x}1,53.4],[{x}1,53.41],[{x},53.4]]]}}}}"#
        )
    };
    let text = format!(
        r#"{{"type":"FeatureCollection","features":[{},{}]}}"#,
        feature(1, "Oak Park"),
        feature(2, "Elm Park")
    );
    let found = check("export.geojson", text.as_bytes());
    let expected = "GeoJSON - header -\n\
        fid=- SITENAME_1=name GS_TYP=category TOILET_YN=facilities WARD_NM=- geometry=geometry\n\
        read 2, rows 2, rejected 0, merged 0 | building Oak Park [oak park] - 53.40";
    assert!(found.starts_with(expected), "{found}");
}

#[test]
fn pins_of_all_sorts_are_read_and_the_rest_is_said() {
    let pins = "Hub;Map pin (Lat,Lng)\nOak;53.42, -2.32\nElm;QX1 1AA\nAsh;53.45247° N, 2.39746° W\nYew;-2.33, 53.43\nFir;see website\n";
    let (_, proposal) = look("pins.csv", Box::new(pins.as_bytes()), &options()).expect("a table");
    let options = Options { profile: Some(Profile::parse(&proposal.toml).expect("a profile")), ..options() };
    let report = read("pins.csv", pins.as_bytes(), &options).expect("a list");
    let places: Vec<String> = report
        .assets()
        .map(|asset| match (&asset.position, &asset.postcode) {
            (Some(position), _) => position.to_string(),
            (None, postcode) => postcode.as_ref().map_or("-".into(), ToString::to_string),
        })
        .collect();
    assert_eq!(places, ["53.42000, -2.32000", "QX1 1AA", "53.45247, -2.39746", "53.43000, -2.33000", "-"]);
    assert_eq!(by_rule(&report.batch.warnings), "place-not-understood×1 turned-pin×1");
}

#[test]
fn grid_references_are_places_as_far_as_their_digits_go() {
    let halls = "Hall name,OS Grid Ref\nOak Hall,SJ 797 917\nElm Hall,SJ7620194703\nAsh Hall,SJ7392\n";
    let (_, proposal) = look("refs.csv", Box::new(halls.as_bytes()), &options()).expect("a table");
    let options = Options { profile: Some(Profile::parse(&proposal.toml).expect("a profile")), ..options() };
    let report = read("refs.csv", halls.as_bytes(), &options).expect("a list");
    let places: Vec<String> =
        report.assets().map(|asset| asset.position.map_or("-".into(), |at| at.to_string())).collect();
    assert_eq!(places, ["53.42217, -2.30618", "53.44857, -2.35980", "-"]);
    assert_eq!(
        (by_rule(&report.batch.warnings), by_rule(&report.notices)),
        ("coarse-grid-reference×1".into(), "grid-reference×1".into())
    );
}

#[test]
fn a_list_without_a_word_for_its_names_has_them_all_the_same() {
    gives(
        "youth.csv",
        "Ref no.,Activity / session,Run by,Where it is held,Post Cd,When,Text or call,GDPR - ok to share?\n\
         YP1,Monday Mash Up,Oak Youth Trust,Oak Hall Elm Road,QX1 1AA,Mon 6-8pm,7700 900123,Yes\n\
         YP2,Street Dance,Ash CIC,Ash Centre Moss Lane,QX1 1AB,Weds 17:00-18:30,0161 496 0001,No\n\
         YP3,Junior Chefs,Mrs Jones,4 Fir Avenue,QX1 1AD,Sat,,Yes\n",
        "CSV comma header 1\n\
         Ref no.=key Activity / session=name Run by=- Where it is held=address Post Cd=postcode When=opening_hours Text or call=phone GDPR - ok to share?=consent\n\
         read 3, rows 3, rejected 0, merged 0 | building Monday Mash Up [yp1] QX1 1AA -",
    );
}

#[test]
fn what_is_a_persons_is_left_out_and_nothing_of_it_is_a_place() {
    gives(
        "clubs.csv",
        "Club / Group,Where We Meet,Ages Catered For,Training Night(s),Start - Finish,Subs / Cost,Club Welfare Officer,Secretary,Secretary Home Address,Secretary Mobile,Club Tel.,Disability Friendly?,Closed / notes\n\
         Oak Juniors,\"Oak Hall, Elm Road (QX1 1AA)\",8-16 yrs,Tues & Thurs,6.30pm - 8.00pm,£3.50,Jo Moss,Al Fir,\"14 Ash Close, Oakham QX1 1AB\",07700 900112,0161 496 0101,Yes,Ring Al at home\n\
         Elm Dance,\"Elm Hall, Ash Lane, QX1 1AD\",6-10,Tues,4.15pm - 5.15pm,£3.00,,Bo Yew,,07700 900140,0161 496 0140,No (stairs),\n\
         Elm Dance,\"Elm Hall, Ash Lane, QX1 1AD\",11-16,Tues,5.30pm - 6.45pm,£3.00,,Bo Yew,,07700 900140,0161 496 0140,Yes,\n",
        "CSV comma header 1\n\
         Club / Group=name Where We Meet=address Ages Catered For=facilities Training Night(s)=opening_hours Start - Finish=opening_hours Subs / Cost=facilities Club Welfare Officer=- Secretary=- Secretary Home Address=- Secretary Mobile=- Club Tel.=phone Disability Friendly?=facilities Closed / notes=-\n\
         read 3, rows 3, rejected 0, merged 0 | group Oak Juniors [oak juniors|8-16 yrs] QX1 1AA - Ages+Price+Disability friendly",
    );
}

#[test]
fn mobiles_in_a_list_that_names_people_may_be_theirs() {
    gives(
        "clubs.csv",
        "Club,Post code,Secretary,Mobile\nOak Choir,QX1 1AA,Jo Moss,07700 900112\nElm Club,QX1 1AB,Al Fir,07700 900113\n",
        "CSV comma header 1\n\
         Club=name Post code=postcode Secretary=- Mobile=-\n\
         read 2, rows 2, rejected 0, merged 0 | group Oak Choir [oak choir|qx1 1aa] QX1 1AA -",
    );
}

/// Two columns of a map of growing spaces are those of the shipped profile for green space, and the others are not.
#[test]
fn names_cut_off_after_ten_letters_are_read_for_what_they_are() {
    let feature = |n: u32, name: &str, geometry: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"fid":{n},"site_name":"{name}","site_type":"Allotment","nearest_po":"QX1 1A{n}","no_of_plot":4{n},"annual_ren":"£6{n}.50","contact_na":"Mr J Moss","contact_ad":"3 Elm Road, Oakham QX1 1AD","contact_ph":"07700 90030{n}","disabled_a":"Yes"}},"geometry":{geometry}}}"#
        )
        .replace("QX1 1A1", "QX1 1AA")
        .replace("QX1 1A2", "QX1 1AB")
        .replace("QX1 1A3", "QX1 1AA")
    };
    let point = r#"{"type":"Point","coordinates":[-2.3,53.4]}"#;
    let features =
        [feature(1, "Oak Plots", point), feature(2, "Elm Plots", "null"), feature(3, "Oak Plots", point)];
    let same = features[2].replace("43", "41").replace("63.50", "61.50");
    let text =
        format!(r#"{{"type":"FeatureCollection","features":[{},{},{same}]}}"#, features[0], features[1]);
    gives(
        "growing.geojson",
        &text,
        "GeoJSON - header -\n\
         fid=- site_name=name site_type=category nearest_po=postcode no_of_plot=facilities annual_ren=facilities contact_na=- contact_ad=- contact_ph=- disabled_a=facilities geometry=geometry\n\
         read 3, rows 2, rejected 0, merged 1 | building Oak Plots [oak plots|qx1 1aa] QX1 1AA 53.40000, -2.30000 Plots+Price+Step-free access",
    );
    let refusal = read("growing.geojson", text.as_bytes(), &options());
    assert!(!matches!(&refusal, Ok(report) if report.profile == "greenspace-sites"));
}

#[test]
fn a_postcode_in_a_key_is_the_same_however_it_is_spaced() {
    let list = "Venue,Postcode,Seats\nOak Hall,QX11AA,20\n\"Oak Hall \",QX1 1AA,20\n";
    gives(
        "halls.csv",
        list,
        "CSV comma header 1\n\
         Venue=name Postcode=postcode Seats=facilities\n\
         read 2, rows 1, rejected 0, merged 1 | building Oak Hall [oak hall|qx1 1aa] QX1 1AA - Capacity",
    );
}

#[test]
fn columns_that_a_known_profile_does_not_read_are_named() {
    let list = "name,postcode,capacity,colour,empty\nOak Hall,M33 7ZF,120,red,\n";
    let mut file =
        ingest::FileReader::open("village_halls.csv", Box::new(list.as_bytes()), &options()).expect("a list");
    while file.next_batch(10).expect("rows").is_some() {}
    assert_eq!(file.unread(), ["colour"]);
}

#[test]
fn a_telephone_number_is_no_place() {
    let list = "Hub,Map pin,Postcode\nOak,\"53.42, -2.32\",QX1 1AA\nElm,07700 900112,QX1 1AB\n";
    let (_, proposal) = look("pins.csv", Box::new(list.as_bytes()), &options()).expect("a table");
    let options = Options { profile: Some(Profile::parse(&proposal.toml).expect("a profile")), ..options() };
    let report = read("pins.csv", list.as_bytes(), &options).expect("a list");
    let placed: Vec<bool> = report.assets().map(|asset| asset.position.is_some()).collect();
    assert_eq!(placed, [true, false]);
    let said: Vec<&str> = report.batch.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(said, ["a telephone number stands where the place should"]);
}

/// Two rows that differ only in how somebody is reached are one thing, and the difference is said.
#[test]
fn rows_that_differ_only_in_a_telephone_are_one() {
    let list = "Club,Post code,Tel\nOak Choir,QX1 1AA,0161 496 0001\nOak Choir,QX1 1AA,0161 496 0002\nElm Club,QX1 1AB,0161 496 0003\n";
    gives(
        "clubs.csv",
        list,
        "CSV comma header 1\n\
         Club=name Post code=postcode Tel=phone\n\
         read 3, rows 2, rejected 0, merged 1 | group Oak Choir [oak choir|qx1 1aa] QX1 1AA -",
    );
    let (_, proposal) = look("clubs.csv", Box::new(list.as_bytes()), &options()).expect("a table");
    let options = Options { profile: Some(Profile::parse(&proposal.toml).expect("a profile")), ..options() };
    let report = read("clubs.csv", list.as_bytes(), &options).expect("a list");
    assert_eq!(by_rule(&report.batch.warnings), "group-differs×1");
}
