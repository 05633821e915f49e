//! A store in a database answers as one in a file does, and analysts read it in SQL.

use black_box::{Database, PostGis, Program, Report, Server, real_data, repository};
use serde_json::Value;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// The name under which all servers here are reached, so that their links are the same.
const NAMED: [&str; 2] = ["--url", "https://assets.example.gov.uk"];

/// What `assetmap runs` tells, without when.
fn runs(program: &Program) -> Vec<Value> {
    let output = program.run(&["runs", "--json", "--limit", "1000"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut runs: Vec<Value> = serde_json::from_slice(&output.stdout).expect("JSON");
    for run in &mut runs {
        run.as_object_mut().expect("a run").remove("at");
    }
    runs
}

fn copy(from: &Program, to: &Program) {
    let output = from.run(&["store", "copy", from.place(), to.place()]);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(told.contains(&format!("copied to {}", to.place().replace("postgresql", "postgres"))), "{told}");
}

/// Every address of `/ogc` that a client comes upon, and some questions.
fn addresses(server: &Server) -> Vec<String> {
    let mut addresses = vec!["/ogc?f=json".to_owned(), "/ogc/collections?f=json".to_owned()];
    let has_money = server.get("/api/spend").status == 200;
    if has_money {
        addresses.push("/api/spend".to_owned());
    }
    let collections = server.json("/ogc/collections?f=json");
    for collection in collections["collections"].as_array().expect("collections") {
        let id = collection["id"].as_str().expect("an id");
        addresses.push(format!("/ogc/collections/{id}?f=json"));
        addresses.push(format!("/ogc/collections/{id}/items?limit=10000&f=json"));
        addresses.push(format!("/ogc/collections/{id}/items?limit=7&f=html"));
    }
    for ward in server.all_features("/ogc/collections/wards/items?limit=1000") {
        let code = ward["properties"]["code"].as_str().expect("a code");
        addresses
            .push(format!("/ogc/collections/assets/items?locality={code}&within_m=800&limit=1000&f=json"));
        addresses.push(format!("/area/{code}"));
        if has_money {
            addresses.push(format!("/api/spend/{code}"));
            addresses.push(format!("/api/spend/{code}/lines?limit=1000"));
        }
    }
    for words in ["library", "food+bank", "hall", "church"] {
        addresses.push(format!("/api/search?q={words}"));
    }
    addresses
}

/// An answer, JSON or a page, without the second in which it was given.
fn without_the_time(answer: String) -> String {
    let keys = ["\"timeStamp\":\"", "<dt>Answered</dt><dd><span class=\"summary__value\">"];
    keys.into_iter().fold(answer, |answer, key| match answer.split_once(key) {
        Some((before, after)) => format!("{before}{key}{}", &after["2026-11-22T14:54:31Z".len()..]),
        None => answer,
    })
}

/// Where two answers begin to differ.
fn difference(one: &[u8], other: &[u8]) -> String {
    let at = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let around = |bytes: &[u8]| {
        String::from_utf8_lossy(&bytes[at.saturating_sub(200)..bytes.len().min(at + 100)]).into_owned()
    };
    format!(" differs from byte {at} on:\n{}\n{}", around(one), around(other))
}

/// Compares all answers to the byte, but for the time of day; gives how many bytes.
fn answer_alike(one: &Server, other: &Server) -> usize {
    let addresses = addresses(one);
    assert!(addresses.len() > 20, "only {} addresses", addresses.len());
    let mut bytes = 0;
    for address in addresses {
        let [first, second] = [one, other].map(|server| server.get(&address));
        assert_eq!(first.status, 200, "{address}: {}", first.text());
        let (first, second) = (without_the_time(first.text()), without_the_time(second.text()));
        assert!(first == second, "{address}{}", difference(first.as_bytes(), second.as_bytes()));
        bytes += first.len();
    }
    bytes
}

/// Imported into a file and into a database, copied from one to the other and back: all four answer alike.
fn every_home_answers_alike(import: impl Fn(&Program) -> Vec<Report>) {
    let databases: [Database; 2] = [PostGis::shared().database(), PostGis::shared().database()];
    let (file, database) = (Program::new(), Program::on(&databases[0].url()));
    import(&file);
    import(&database);
    let there = Program::on(&databases[1].url().replace("postgres:", "postgresql:"));
    let and_back = Program::new();
    copy(&file, &there);
    copy(&there, &and_back);
    let told = runs(&file);
    assert!(!told.is_empty());
    let truth = Server::start_with(&file, &NAMED);
    for program in [&database, &there, &and_back] {
        assert_eq!(runs(program), told);
        let server = Server::start_with(program, &NAMED);
        println!("{}: {} bytes alike", program.place(), answer_alike(&truth, &server));
    }
    for report in import(&there) {
        assert_eq!((&report["created"], &report["updated"]), (&0.into(), &0.into()), "it is known: {report}");
        assert!(report["refused"].is_null(), "{report}");
    }
}

#[test]
fn the_borough_is_the_same_in_every_home() {
    every_home_answers_alike(|program| {
        let mut reports = program.import_borough();
        reports.extend(program.import_money());
        reports
    });
}

#[test]
fn trafford_is_the_same_in_every_home() {
    let Some(real) = real_data("Trafford in a file and in a database") else { return };
    let files = [
        "boundaries/trafford/ward_2023_full_resolution.geojson",
        "groups/charities_operating_in_trafford_2023.csv",
        "buildings/trafford/trafford_libraries.csv",
        "buildings/trafford/trafford_land_and_building_assets.csv",
        "buildings/libraries_england_2021.csv",
        "postcodes/trafford_postcodes.csv",
    ];
    let files: Vec<PathBuf> = files.iter().map(|file| real.join(file)).collect();
    every_home_answers_alike(|program| program.import(&[], &files).0);
}

/// The statements of a document's blocks of SQL.
fn statements(document: &str) -> Vec<String> {
    let blocks = document.split("```sql\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks
        .flat_map(|block| block.split(';'))
        .map(|statement| statement.trim().to_owned())
        .filter(|s| !s.is_empty())
        .collect()
}

#[test]
fn analysts_ask_what_is_documented_and_see_nothing_sealed() {
    let database = PostGis::shared().database();
    let program = Program::on(&database.url());
    program.import_borough();
    program.import_money();
    let as_analyst = |sql: &str| database.try_sql(&format!("SET ROLE assetmap_analyst; {sql}"));
    let document = std::fs::read_to_string(repository().join("docs/operations.md")).expect("the document");
    let statements = statements(&document);
    assert!(statements.len() > 6, "{statements:?}");
    for statement in &statements {
        let rows = as_analyst(statement).unwrap_or_else(|error| panic!("{statement}: {error}"));
        assert!(!rows.is_empty(), "{statement}: no rows");
    }

    let hidden = database.sql("SELECT id FROM sealed.assets");
    assert!(!hidden.is_empty(), "the borough has a refuge");
    let sealed = "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'sealed'";
    let sealed = database.sql(sealed);
    assert_eq!(sealed.len(), 6);
    for table in &sealed {
        let error = as_analyst(&format!("SELECT count(*) FROM {table}")).unwrap_err();
        assert!(error.contains("permission denied"), "{table}: {error}");
    }
    let public = "SELECT relname FROM pg_class
                  WHERE relnamespace = 'assetmap'::regnamespace AND relkind IN ('r', 'v')";
    let letters = database.sql("SELECT postcode FROM sealed.correspondence");
    assert!(letters.len() > 10);
    for table in database.sql(public) {
        let rows = as_analyst(&format!("SELECT t::text FROM assetmap.{table} t"))
            .expect("an analyst may read it")
            .join("\n");
        let shown = hidden.iter().filter(|id| rows.contains(*id)).count();
        assert_eq!(shown, 0, "{table} shows what is hidden");
        let error = as_analyst(&format!("DELETE FROM assetmap.{table}")).unwrap_err();
        assert!(error.contains("permission denied") || error.contains("cannot delete"), "{table}: {error}");
    }
}

#[test]
fn a_wrong_password_is_an_error_at_once_and_in_no_output() {
    let database = PostGis::shared().database();
    let address = database.url_of("locked:WRONG-SECRET");
    assert!(Program::new().run(&["profiles"]).status.success());
    for arguments in [&["serve"][..], &["runs"], &["import", "x.csv"], &["store", "copy", &address, "b.gpkg"]]
    {
        let file = Program::new();
        std::fs::write(file.folder().join("x.csv"), "name\n").expect("a file");
        let mut command = Program::on(&address).command(arguments);
        let start = Instant::now();
        let output = command.current_dir(file.folder()).output().expect("it runs");
        let took = start.elapsed();
        assert!(took < Duration::from_secs(2), "{arguments:?} took {took:?}");
        let told = String::from_utf8_lossy(&[output.stderr, output.stdout].concat()).into_owned();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains("does not let us in: password authentication failed"), "{told}");
        assert!(!told.contains("SECRET"), "{told}");
    }
}

#[test]
fn metrics_tell_of_the_connections_to_a_database_and_of_none_to_a_file() {
    let database = PostGis::shared().database();
    let on_a_file = Server::start(&Program::new()).get("/metrics").text();
    assert!(on_a_file.contains("assetmap_assets 0") && !on_a_file.contains("assetmap_pool"), "{on_a_file}");
    let on_a_database = Server::start(&Program::on(&database.url())).get("/metrics").text();
    for line in [
        "assetmap_pool_connections{state=\"idle\"} 1",
        "assetmap_pool_connections{state=\"in_use\"} 0",
        "assetmap_pool_most 8",
        "assetmap_pool_waiting 0",
        "assetmap_pool_waited_seconds 0",
        "assetmap_pool_gave_up_total 0",
    ] {
        assert!(on_a_database.contains(line), "no {line} in {on_a_database}");
    }
}

#[test]
fn a_store_of_a_newer_program_is_refused_and_left_as_it_is() {
    let database = PostGis::shared().database();
    let program = Program::on(&database.url());
    program.import(&[], &[repository().join("data/halls.csv")]);
    let server = Server::start_with(&program, &["--token", "ann=0123456789abcdefgh"]);
    database.sql("INSERT INTO assetmap.migrations VALUES (99, '0099_later', '')");
    let halls = repository().join("data/halls.csv").display().to_string();
    for arguments in [&["serve"][..], &["runs"], &["import", &halls], &["backup", "backup.zip"]] {
        let output = program.run(arguments);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(told.contains("written by a newer assetmap: its schema is number 99"), "{told}");
        assert!(told.contains("Use the newer assetmap; the store was not changed"), "{told}");
    }
    // One that was running goes on reading, and writes no more.
    assert_eq!(server.get("/ogc/collections/assets/items?f=json").status, 200);
    let club = br#"{"fields": {"kind": "group", "name": "Ash Club"}}"#;
    let headers = [("authorization", "Bearer 0123456789abcdefgh")];
    let refused = server.send("POST", "/api/assets", &headers, club);
    assert_eq!((refused.status, refused.header("retry-after")), (503, Some("60")), "{}", refused.text());
    assert!(refused.text().contains("The data is that of a newer assetmap"), "{}", refused.text());
    assert_eq!(database.sql("SELECT count(*) FROM assetmap.runs"), ["1"]);
}

#[test]
fn a_backup_is_put_back_into_either_home() {
    let from = Program::new();
    from.import_borough();
    let file = from.folder().join("backup.zip");
    let file = file.to_str().expect("a plain path");
    assert!(from.run(&["backup", file]).status.success());
    let again = from.run(&["backup", file]);
    assert_eq!(again.status.code(), Some(2), "nothing is written over");
    let database = PostGis::shared().database();
    let items = "/ogc/collections/assets/items?limit=10000";
    let wanted = Server::start(&from).json(items)["features"].clone();
    for to in [Program::new(), Program::on(&database.url())] {
        let restored = to.run(&["restore", file]);
        assert!(restored.status.success(), "{}", String::from_utf8_lossy(&restored.stderr));
        assert_eq!(Server::start(&to).json(items)["features"], wanted);
        let reports = to.import_borough();
        assert!(reports.iter().all(|r| r["created"] == 0 && r["updated"] == 0), "{reports:?}");
    }
    // One flipped bit is found.
    let mut bytes = std::fs::read(file).expect("the backup");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(file, bytes).expect("written");
    let to = Program::new();
    let damaged = to.run(&["restore", file]);
    assert_eq!(damaged.status.code(), Some(2));
    assert!(!to.store().exists(), "nothing was put back");
}
