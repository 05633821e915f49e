//! Every shipped profile against a few made-up rows: the profile that is chosen, and the first record.

mod common;

use common::{Report, by_rule, options, read};
use ingest::{Options, Profile, Record};
use model::{AreaCode, AssetRecord};

fn report(name: &str, text: &str) -> Report {
    read(name, text.as_bytes(), &options()).unwrap_or_else(|refusal| panic!("{name}: {refusal}"))
}

/// A record in a few words.
fn words(asset: &AssetRecord) -> String {
    let text = |value: Option<String>| value.unwrap_or_else(|| "-".into());
    let categories: Vec<&str> = asset.categories.iter().map(|c| c.id()).collect();
    format!(
        "{} | {} | {} | {} | {} | {} | {}",
        asset.key,
        asset.kind.as_str(),
        asset.name,
        text(asset.address.clone()),
        text(asset.postcode.as_ref().map(ToString::to_string)),
        text(asset.position.map(|p| p.to_string())),
        categories.join(",")
    )
}

#[track_caller]
fn check(name: &str, text: &str, profile: &str, record: &str) {
    let report = report(name, text);
    let found = report.assets().next().map(words).unwrap_or_else(|| by_rule(&report.batch.rejections));
    assert_eq!((report.profile.as_str(), found.as_str()), (profile, record), "{name}");
}

#[test]
fn tables_of_groups_and_buildings() {
    check(
        "assets.csv",
        "id,name,description,category,kind,longitude,latitude,tags\nA1,Oak Library,A park,hall,building,-2.3,53.4,x\n",
        "assets",
        "a1 | building | Oak Library | - | - | 53.40000, -2.30000 | hall",
    );
    check(
        "libraries.csv",
        "name,address,postcode,type,email,website,area_name,area_code,lon,lat\nOak  Library,\"1 Elm Road, Oak\",QX1 1AA,Run by us,o@example.org,example.org,Oak,E08000001,-2.3,53.4\n",
        "libraries",
        "oak library|e08000001 | building | Oak Library | 1 Elm Road, Oak | QX1 1AA | 53.40000, -2.30000 | library",
    );
    check(
        "trafford_hubs.csv",
        "community_hub,address,postcode,website,email,telephone,opening_hours,lon,lat\nOak,The Hub,QX1 1AA,NA,NA,NA,Mondays,-2.3,53.4\n",
        "trafford-community-hubs",
        "oak | building | Oak community hub | The Hub | QX1 1AA | 53.40000, -2.30000 | community_hub",
    );
    check(
        "halls.csv",
        "id,name,type,address,postcode,easting,northing,capacity,opening hours,last checked\nH1,Oak Rooms,Village hall,1 Elm Road,,380000,390000,50,,2024-05-01\n",
        "halls",
        "h1 | building | Oak Rooms | 1 Elm Road | - | 53.40645, -2.30231 | hall",
    );
    check(
        "community_groups.csv",
        "ID,Name,Description,Category,Where they meet,Address,Postcode,Website,Contact email,Phone,Meeting times,Areas served,Last updated\n7,Oak Choir,We sing,Music,Oak Hall,1 Elm Road,,,,,Mondays,E05000001; E05000002,18/12/2019\n",
        "community-groups",
        "7 | group | Oak Choir | Oak Hall, 1 Elm Road | - | - | arts_group",
    );
    check(
        "food_banks.csv",
        "Name,Referral method,Opening times,Address,Postcode,Website,Area name,Area code\nOak Church,Self,Mondays,1 Elm Road,QX1 1AA,,Oak,E08000001\n",
        "food-banks",
        "oak church|1 elm road|qx1 1aa | group | Oak Church | 1 Elm Road | QX1 1AA | - | food_bank",
    );
    check(
        "village_halls.csv",
        "Venue,Post Code,Lat,Lng\nOak Memorial Hall,QX1 1AA,53.4,-2.3\n",
        "buildings",
        "oak memorial hall|qx1 1aa | building | Oak Memorial Hall | - | QX1 1AA | 53.40000, -2.30000 | hall",
    );
    check(
        "sports_clubs.csv",
        "name,category,address,postcode\nOak FC,Football,Elm Road,M33\n",
        "sports-clubs",
        "oak fc|m33 | group | Oak FC | Elm Road | - | - | sports_club",
    );
    check(
        "clubs.csv",
        "name,category,address,postcode\nOak FC,Football,Elm Road,M33\n",
        "groups",
        "oak fc|m33 | group | Oak FC | Elm Road | - | - | sports_club",
    );
}

#[test]
fn council_property() {
    let header = "OrganisationLabel,EffectiveDate,UPRN,AssetCode,PropertyName,StreetNumber,StreetName,PostTown,PostCode,CoordinateReferenceSystem,GeoX,GeoY,TenureType,TenureDetail,OtherDetail,HoldingType,BuildingSize,LandArea,EnergyRating";
    check(
        "land.csv",
        &format!(
            "{header}\nOak,2023-09-29,012345,X1,Oak House,9,Elm Road,Oak,QX1,WGS84,-2.3,53.4,Freehold,,School,Buildings,,,C\n"
        ),
        "land-and-building-assets",
        "oak|x1 | building | Oak House | 9 Elm Road, Oak | - | 53.40000, -2.30000 | school",
    );
    check(
        "land.csv",
        &format!(
            "{header}\nOak,2023-09-29,012345,X1,Oak House,9,Elm Road,Oak,QX1,OSGB36,380000,390000,Freehold,,,Land,,,C\n"
        ),
        "land-and-building-assets",
        "oak|x1 | building | Oak House | 9 Elm Road, Oak | - | 53.40645, -2.30231 | land",
    );
    check(
        "cheltenham.csv",
        "Organisation,Organisation Label,UPRN,AssetCode,Site Address,GeoX,GeoY,TenureType,Tenure Detail,Holding Type\nC,1,010,9/1,1 Oak Place QX1 1AA,395000,222000,Freehold,Leasehold,Community Buildings\n",
        "cheltenham-land-and-buildings",
        "9/1 | building | 1 Oak Place | 1 Oak Place | QX1 1AA | 51.89653, -2.07406 | community",
    );
}

#[test]
fn libraries_of_england() {
    let text = "Local authority,Library name,Address 1,Address 2,Address 3,Postcode,Unique property reference number,Statutory,Type of library,Year opened,Year closed,Monday staffed hours,Tuesday staffed hours\nOak,Elm,1 Ash Road,Oak,Oak,QX1 1AA,,yes,LAL,,2012,09:00-17:00,00:00-00:00\n";
    check(
        "l.csv",
        text,
        "libraries-england",
        "oak|elm|qx1 1aa||2012 | building | Elm | 1 Ash Road, Oak | QX1 1AA | - | library",
    );
    let report = report("l.csv", text);
    let library = report.assets().next().unwrap();
    assert_eq!(
        (library.status.as_str(), library.opening_hours.as_deref()),
        ("closed", Some("Monday 09:00-17:00"))
    );
}

const REGISTER: &str = "registered_charity_number,charity_company_registration_number,charity_name,charity_type,charity_activities,date_of_registration,charity_contact_address,charity_contact_postcode,charity_contact_web\n123456,738693,OAK CHOIR,Other,NA,1965-04-29,\"4 Elm Road, Oak\",QX1 1AA ,NA\n";

#[test]
fn a_register_serves_what_its_name_or_the_user_says() {
    check(
        "register.csv",
        REGISTER,
        "charity-register",
        "123456 | group | OAK CHOIR | - | - | - | arts_group",
    );
    let silent = report("register.csv", REGISTER);
    assert_eq!(by_rule(&silent.notices), "register-without-area×1");
    let charity = silent.assets().next().unwrap();
    assert_eq!(charity.correspondence.as_ref().unwrap().as_str(), "QX1 1AA");
    let ids: Vec<&str> = charity.identifiers.iter().map(model::OrgId::as_str).collect();
    assert_eq!(ids, ["GB-CHC-123456", "GB-COH-00738693"]);
    for row in &silent.batch.rows {
        let Record::Asset(asset) = &row.record else { panic!("a charity") };
        assert_eq!(ingest::locate(asset, None), None);
    }
    let trafford = report("charities_in_trafford_2024.csv", REGISTER);
    let charity = trafford.assets().next().unwrap();
    assert_eq!((charity.serves[0].as_str(), charity.as_of.unwrap().year()), ("E08000009", 2024));
    assert_eq!(by_rule(&trafford.notices), "");
    let serves = vec![AreaCode::parse("E08000001").unwrap()];
    let said = read("register.csv", REGISTER.as_bytes(), &Options { serves, ..options() }).unwrap();
    assert_eq!(said.assets().next().unwrap().serves[0].as_str(), "E08000001");
    assert_ne!(said.batch.rows[0].fingerprint, silent.batch.rows[0].fingerprint);
}

#[test]
fn postcode_directories_of_any_year() {
    for (name, text) in [
        (
            "ONSPD_2018.csv",
            "pcd,pcd2,pcds,doterm,oslaua,osward,oseast1m,osnrth1m,osgrdind,lsoa11,msoa11,lat,long\nQX1 1AA,QX1  1AA,QX1 1AA,202001,E08000001,E05000001,380000,390000,1,E01000001,E02000001,53.4,-2.3\n",
        ),
        (
            "ONSPD_2025.csv",
            "pcd7,pcd8,pcds,doterm,lad25cd,wd25cd,east1m,north1m,gridind,lsoa11cd,lsoa21cd,msoa21cd,lat,long\nQX1 1AA,QX1  1AA,QX1 1AA,202001,E08000001,E05000001,380000,390000,1,E01000009,E01000001,E02000001,53.4,-2.3\n",
        ),
        (
            "NSPL_2021.csv",
            "pcd,pcd2,pcds,doterm,oseast1m,osnrth1m,osgrdind,laua,ward,lsoa11,msoa11,lat,long\nQX1 1AA,QX1  1AA,\"QX1 1AA\",\"202001\",\"380000\",\"0390000\",\"1\",E08000001,E05000001,E01000001,E02000001,53.4,-2.3\n",
        ),
        (
            "extract.csv",
            "postcode,ward_code,lsoa_code,msoa_code,la_code,lon,lat,doterm\nqx11aa,E05000001,E01000001,E02000001,E08000001,-2.3,53.4,2020\n",
        ),
    ] {
        let report = report(name, text);
        let found = report
            .postcodes()
            .next()
            .unwrap_or_else(|| panic!("{name}: {}", by_rule(&report.batch.rejections)));
        let areas =
            [&found.ward, &found.district, &found.lsoa, &found.msoa].map(|a| a.as_ref().unwrap().as_str());
        assert_eq!(areas, ["E05000001", "E08000001", "E01000001", "E02000001"], "{name}");
        assert_eq!((found.postcode.as_str(), found.terminated), ("QX1 1AA", true));
        assert_eq!(found.position.unwrap().to_string(), "53.40000, -2.30000");
    }
    let none = "pcds,lat,long,gridind\nQX1 1AA,99.999999,0.000000,9\nQX1 1AB,,,\nQX1 1AD,53.4,-2.3,9\nM337ZZZ,53.4,-2.3,1\n";
    let report = report("list.csv", none);
    assert_eq!(report.postcodes().filter(|p| p.position.is_none()).count(), 3);
    assert_eq!(by_rule(&report.batch.rejections), "bad-postcode×1");
}

#[test]
fn areas_know_their_parents() {
    let geometry = r#"{"type":"Polygon","coordinates":[[[-1,53],[-0.9,53],[-0.9,53.1],[-1,53]]]}"#;
    let text = format!(
        r#"{{"type":"Feature","properties":{{"wd24cd":"E05000001","wd24nm":"Oak","LAD24CD":"E08000001"}},"geometry":{geometry}}}"#
    );
    let report = report("wards_bgc_2020.geojson", &text);
    let ward = report.areas().next().unwrap();
    assert_eq!((ward.key.as_str(), ward.source.as_str()), ("ward:E05000001:2024", "boundaries-generalised"));
    assert_eq!(ward.parents[0].as_str(), "E08000001");
    let vintage = model::Vintage::from_year(1999);
    let said = read("w.geojson", text.as_bytes(), &Options { vintage, ..options() }).unwrap();
    assert_eq!(said.areas().next().unwrap().locality.id(), "E05000001-1999");
}

#[test]
fn a_profile_of_ones_own_is_used_when_it_fits() {
    let own = Profile::parse("id=\"ours\"\ntitle=\"Ours\"\nrecord=\"building\"\nmatch=[\"hall\"]\nkey=[\"hall\"]\n[fields]\nname=\"hall\"\n").unwrap();
    let options = Options { profile: Some(own), ..options() };
    assert_eq!(read("x.csv", b"hall,b\nOak,1\n", &options).unwrap().profile, "ours");
    let refusal = read("x.csv", b"shed,b\nOak,1\n", &options).err().unwrap();
    assert_eq!(refusal.finding.rule, "profile-does-not-fit");
}

const SITES: &str =
    "site_id,site_name,facility_type,access_type,facility_areas_on_site,website,lon,lat,ward_code\n";

#[test]
fn the_rows_of_a_site_are_one_record_wherever_they_stand() {
    let rows = [
        "1,Oak Park,Tennis courts,Free,3,NA,-2.3,53.4,E05000001",
        "2,Elm Pool,Swimming pools,Pay and play,0,NA,-2.4,53.4,E05000001",
        "1,Oak Park,Grass pitches,Private use,1,example.org,-2.3,53.4,E05000001",
        "3,,Golf,Private use,1,NA,-2.4,53.4,E05000001",
        "3,,Studios,Private use,1,NA,-2.4,53.4,E05000001",
        "1,Oak Park,Tennis courts,Free,3,NA,-2.3,53.4,E05000001",
    ];
    let sites = report("sites.csv", &format!("{SITES}{}\n", rows.join("\n")));
    assert_eq!(sites.counts(), "read 6, rows 2, rejected 2, merged 2");
    assert_eq!(by_rule(&sites.batch.rejections), "no-name×2");
    let park = sites.assets().find(|asset| asset.key == "1").unwrap();
    let facilities: Vec<String> =
        park.facilities.iter().map(|f| format!("{}: {}", f.label, f.value)).collect();
    assert_eq!(
        facilities,
        [
            "What there is: Grass pitches: 1; Tennis courts: 3",
            "Who may use it: Grass pitches: Private use; Tennis courts: Free"
        ]
    );
    assert_eq!(park.website.as_deref(), Some("example.org"));
    let raw = &sites.batch.rows.iter().find(|row| row.line == 2).unwrap().raw;
    assert_eq!(raw.matches("\"site_id\":\"1\"").count(), 3, "{raw}");
    let reversed: Vec<&str> = rows.iter().rev().copied().collect();
    let other = report("sites.csv", &format!("{SITES}{}\n", reversed.join("\n")));
    assert_eq!(other.fingerprints(), sites.fingerprints());
}

#[test]
fn names_are_made_of_what_a_file_knows_and_say_so() {
    let feature = |name: &str, id: u32| {
        format!(
            r#"{{"type":"Feature","properties":{{"ID":"{id}","DISTNAME":"{name}","BUILDGTHEM":"Retail","CLASSIFICA":"Post Office","FEATCODE":1,"area_code":"E08000001","area_name":"Oak"}},"geometry":{{"type":"Polygon","coordinates":[[[-2.3,53.4],[-2.29,53.4],[-2.29,53.41],[-2.3,53.4]]]}}}}"#
        )
    };
    let text = format!(
        r#"{{"type":"FeatureCollection","features":[{},{}]}}"#,
        feature("Unknown", 1),
        feature("Elm Post Office", 2)
    );
    let offices = report("post_offices.geojson", &text);
    let names: Vec<&str> = offices.assets().map(|asset| asset.name.as_str()).collect();
    assert_eq!(names, ["Post office, Oak", "Elm Post Office"]);
    let summary = offices.assets().next().unwrap().summary.clone().unwrap();
    assert!(summary.ends_with("this name was made from its type."), "{summary}");
    assert!(offices.assets().all(|asset| asset.position.is_some()));
    assert_eq!(offices.source.covers[0].as_str(), "E08000001");
}

#[test]
fn usual_facilities_have_the_same_labels_everywhere() {
    let text = "name,postcode,Seats,Car park,Wheelchair access,Hourly rate\nOak Hall,QX1 1AA,120,Y,no,£9\n";
    let halls = report("village_halls.csv", text);
    let hall = halls.assets().next().unwrap();
    let said: Vec<String> = hall.facilities.iter().map(|f| format!("{}={}", f.label, f.value)).collect();
    assert_eq!(said, ["Capacity=120", "Parking=Yes", "Price=£9", "Step-free access=No"]);
}

#[test]
fn lists_of_points_and_postcodes_without_a_header() {
    let text = "ListEntry,Name,Grade,hyperlink,Easting,Northing,area_code\n1,Oak Cross,II,https://example.org,\"380000.5, 380001.5\",\"390000.5, 390001.5\",E08000001\n";
    let listed = report("listed.csv", text);
    assert_eq!(listed.assets().next().unwrap().position.unwrap().to_string(), "53.40646, -2.30229");
    assert_eq!(by_rule(&listed.batch.warnings), "several-points×1");
    let uri = "http://data.ordnancesurvey.co.uk/id/1";
    let tile = format!(
        "osgb1,{uri},Oak,,,,populatedPlace,Hamlet,380000,390000{0}\nQX11AA,{uri},QX1 1AA,,,,other,Postcode,380000,390000{0}\n",
        ",".repeat(24)
    );
    let postcodes = report("SE26.csv", &tile);
    assert_eq!(
        (postcodes.profile.as_str(), postcodes.counts().as_str()),
        ("os-open-names", "read 2, rows 1, rejected 1, merged 0")
    );
}

/// Polygons of places are no areas, whatever else stands in the file; areas say so by codes, names or the file's name.
#[test]
fn polygons_are_areas_only_when_they_say_so() {
    let features = |properties: [&str; 2]| {
        let feature = |(n, properties): (usize, &str)| {
            let x = -1.0 - n as f64;
            format!(
                r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{{"type":"Polygon","coordinates":[[[{x},53],[{x}.1,53.1],[{x}.2,53],[{x},53]]]}}}}"#
            )
        };
        let all: Vec<String> = properties.into_iter().enumerate().map(feature).collect();
        format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, all.join(","))
    };
    let wards = [r#""area_code":"E05000001","title":"Oak""#, r#""area_code":"E05000002","title":"Elm""#];
    let in_one_ward = [
        r#""SITENAME_1":"Oak Park","ward_code":"E05000001""#,
        r#""SITENAME_1":"Elm Park","ward_code":"E05000001""#,
    ];
    let named = [r#""ward_name":"Oak""#, r#""ward_name":"Elm""#];
    for (file, properties, expected) in [
        ("export.geojson", wards, "boundaries"),
        ("export.geojson", in_one_ward, "no-profile-fits"),
        ("export.geojson", named, "no-profile-fits"),
        ("steward_parks.geojson", named, "no-profile-fits"),
        ("our wards.geojson", named, "boundaries"),
        ("forum.geojson", [r#""area_name":"Oak""#, r#""area_name":"Elm""#], "boundaries"),
        ("parks.geojson", [r#""area_name":"Sale","n":1"#; 2], "no-profile-fits"),
    ] {
        let text = features(properties);
        let found = match read(file, text.as_bytes(), &options()) {
            Ok(report) => report.profile,
            Err(refusal) => refusal.finding.rule.to_string(),
        };
        assert_eq!(found, expected, "{file} {properties:?}");
    }
    let report = read("our wards.geojson", features(named).as_bytes(), &options()).unwrap();
    assert_eq!((report.source.publisher, report.source.title.as_str()), (None, "Our wards"));
    let report = read("export.geojson", features(wards).as_bytes(), &options()).unwrap();
    assert_eq!(report.source.publisher.as_deref(), Some("Office for National Statistics"));
}
