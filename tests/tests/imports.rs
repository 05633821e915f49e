//! Published files, as they are: every row is accounted for, and importing again changes only what changed.

use black_box::{Program, Report, real_data, repository};
use serde_json::Value;
use std::path::{Path, PathBuf};

fn number(report: &Report, name: &str) -> u64 {
    report[name].as_u64().unwrap_or_else(|| panic!("{name} in {report}"))
}

/// `read created updated unchanged merged rejected`, and that they add up.
fn counts(report: &Report) -> [u64; 6] {
    let counts =
        ["read", "created", "updated", "unchanged", "merged", "rejected"].map(|name| number(report, name));
    assert_eq!(counts[0], counts[1..].iter().sum::<u64>(), "{report}");
    assert_eq!(report["rejections"].as_array().map(Vec::len), Some(counts[5] as usize), "{report}");
    counts
}

/// The real files of one council, and how many rows each has.
const TRAFFORD: &[(&str, u64)] = &[
    ("boundaries/trafford/ward_2023_full_resolution.geojson", 21),
    ("postcodes/trafford_postcodes.csv", 11_264),
    ("groups/charities_operating_in_trafford_2023.csv", 736),
    ("buildings/trafford/trafford_libraries.csv", 13),
    ("buildings/trafford/trafford_community_hubs.csv", 6),
    ("buildings/trafford/trafford_land_and_building_assets.csv", 608),
    ("buildings/libraries_england_2021.csv", 3_318),
];

#[test]
fn real_files_load_and_load_again_unchanged() {
    let Some(real) = real_data("loading Trafford's files") else { return };
    let program = Program::new();
    let files: Vec<PathBuf> = TRAFFORD.iter().map(|(file, _)| real.join(file)).collect();
    let (first, _) = program.import(&[], &files);
    for (report, (file, rows)) in first.iter().zip(TRAFFORD) {
        let [read, created, updated, unchanged, merged, rejected] = counts(report);
        println!("{file}: {read} read, {created} created, {merged} merged, {rejected} rejected");
        assert_eq!((read, updated, unchanged), (*rows, 0, 0), "{file}: {report}");
        assert!(rejected * 100 <= read, "{file}: {rejected} rejected");
    }
    let (second, _) = program.import(&[], &files);
    for (before, after) in first.iter().zip(&second) {
        let [read, created, updated, unchanged, ..] = counts(after);
        let [_, created_before, .., rejected] = counts(before);
        assert_eq!((created, updated, unchanged), (0, 0, created_before), "{after}");
        assert_eq!(number(after, "rejected"), rejected);
        assert_eq!(number(after, "read"), read);
    }
    assert_eq!(second.last().map(|r| &r["revision"]), first.last().map(|r| &r["revision"]));
}

#[test]
fn the_fictional_borough_loads_and_each_report_adds_up() {
    let program = Program::new();
    for report in program.import_borough() {
        assert!(report["refused"].is_null(), "{report}");
        let [read, created, ..] = counts(&report);
        assert!(created * 10 >= read * 9, "{report}");
    }
    for report in program.import_borough() {
        let [_, created, updated, ..] = counts(&report);
        assert_eq!((created, updated), (0, 0), "{report}");
    }
}

/// Rows shuffled, columns reordered, one cell edited: all but that row are unchanged.
#[test]
fn only_the_edited_row_of_a_shuffled_file_is_updated() {
    let program = Program::new();
    let mut files = vec![
        (repository().join("data/halls.csv"), "hire price", "£99 an hour"),
        (repository().join("data/libraries.csv"), "website", "https://example.org/moved"),
        (repository().join("data/land_and_building_assets.csv"), "LandArea", "77"),
        (repository().join("data/charity_register_extract.csv"), "charity_activities", "Something else now."),
    ];
    if let Some(real) = real_data("shuffling Trafford's files") {
        files.extend([
            (real.join("postcodes/trafford_postcodes.csv"), "lon", "-2.3"),
            (
                real.join("groups/charities_operating_in_trafford_2023.csv"),
                "charity_activities",
                "Something else now.",
            ),
            (real.join("buildings/trafford/trafford_libraries.csv"), "type", "Closed for works"),
            (
                real.join("buildings/trafford/trafford_community_hubs.csv"),
                "opening_hours",
                "Never on Sundays",
            ),
            (real.join("buildings/trafford/trafford_land_and_building_assets.csv"), "LandArea", "77"),
            (real.join("buildings/libraries_england_2021.csv"), "Notes", "Something else now."),
        ]);
    }
    for (file, column, text) in files {
        let (first, _) = program.import(&[], std::slice::from_ref(&file));
        let [_, created, ..] = counts(&first[0]);
        let edited = shuffled(&program, &file, column, text);
        let (second, _) = program.import(&[], &[edited]);
        let [read, created_again, updated, unchanged, merged, rejected] = counts(&second[0]);
        assert_eq!(
            (created_again, updated, unchanged),
            (0, 1, created - 1),
            "{}: {}",
            file.display(),
            second[0]
        );
        assert_eq!(read, updated + unchanged + merged + rejected);
    }
}

/// A copy with its rows in another order, its columns from last to first, and one cell of the first row with another
/// text in it.
fn shuffled(program: &Program, file: &Path, column: &str, text: &str) -> PathBuf {
    let mut rows = table(file);
    let header = rows.remove(0);
    let at = header.iter().position(|name| name == column).unwrap_or_else(|| panic!("no column {column}"));
    rows[0][at] = text.to_owned();
    let third = rows.len() / 3;
    rows.rotate_left(third);
    rows.reverse();
    let line = |cells: &Vec<String>| {
        let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        cells.iter().rev().map(quoted).collect::<Vec<_>>().join(",")
    };
    let lines: Vec<String> = std::iter::once(&header).chain(&rows).map(line).collect();
    let copy = program.folder().join("again").join(file.file_name().expect("a file"));
    std::fs::create_dir_all(copy.parent().expect("a folder")).expect("a temporary folder");
    std::fs::write(&copy, lines.join("\r\n")).expect("a temporary file");
    copy
}

/// A CSV file as cells, by a reader that shares nothing with the program's.
fn table(file: &Path) -> Vec<Vec<String>> {
    let bytes = std::fs::read(file).expect("a file");
    let text = String::from_utf8_lossy(&bytes);
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut chars = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(c) = chars.next() {
        let cell = rows.last_mut().and_then(|row| row.last_mut()).expect("a cell");
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => rows.last_mut().expect("a row").push(String::new()),
            '\r' if !quoted => {}
            '\n' if !quoted => rows.push(vec![String::new()]),
            c => cell.push(c),
        }
    }
    rows.retain(|row| row.len() > 1);
    rows
}

#[test]
fn bad_files_are_refused_or_flagged_with_line_and_reason() {
    let program = Program::new();
    let flaws = repository().join("data/flaws");
    for file in files_in(&flaws) {
        let (reports, status) = program.import(&[], std::slice::from_ref(&file));
        let named = is_flagged(&reports[0]);
        assert!(named, "{}: {}", file.display(), reports[0]);
        assert!(
            status == 2
                || status == 1
                || ["notices", "warnings"].iter().any(|name| reports[0][*name][0].is_object()),
            "{status}: {}",
            reports[0]
        );
    }
}

#[test]
fn hostile_geojson_is_refused_or_flagged_within_256_megabytes() {
    let Some(real) = real_data("hostile files") else { return };
    let program = Program::new();
    for file in files_in(&real.join("hostile/geojson_bad")) {
        let output = std::process::Command::new("bash")
            .args(["-c", r#"ulimit -v 262144; exec "$@""#, "bash"])
            .arg(program.command(&[]).get_program())
            .args(program.command(&["import", "--format", "json"]).get_args())
            .arg(&file)
            .output()
            .expect("bash runs");
        let text = String::from_utf8_lossy(&output.stdout);
        let reports: Vec<Value> =
            serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e} {output:?}", file.display()));
        assert!(is_flagged(&reports[0]), "{}: {}", file.display(), reports[0]);
        assert!(matches!(output.status.code(), Some(1 | 2)), "{}: {:?}", file.display(), output.status);
    }
}

/// Whether a report says what is wrong: a refusal, a rejection, a warning or a notice, each with a rule and words.
fn is_flagged(report: &Report) -> bool {
    counts(report);
    let lists = ["rejections", "warnings", "notices"]
        .map(|name| report[name].as_array().cloned().unwrap_or_default());
    let refused = Some(report["refused"].clone()).filter(|refused| !refused.is_null());
    let mut findings = lists.concat().into_iter().chain(refused).peekable();
    let any = findings.peek().is_some();
    any && findings.all(|f| {
        f["rule"].as_str().is_some_and(|r| !r.is_empty())
            && f["message"].as_str().is_some_and(|m| m.len() > 10)
    })
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").flatten().map(|e| e.path()).collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

#[test]
fn postcodes_loaded_later_place_what_was_kept_without_a_position() {
    let data = repository().join("data");
    let located = |order: [&str; 2]| {
        let program = Program::new();
        program.import(&[], &[data.join("wards_2025.geojson")]);
        program.import(&[], &order.map(|file| data.join(file)));
        let server = black_box::Server::start(&program);
        let mut features = server.all_features("/ogc/collections/assets/items");
        features.sort_by_key(|f| f["id"].as_str().map(str::to_owned));
        features
    };
    let before = located(["postcodes.csv", "community_groups.csv"]);
    let after = located(["community_groups.csv", "postcodes.csv"]);
    assert_eq!(before, after);
    assert!(before.iter().any(|f| f["properties"]["position_quality"] == "postcode"));
    assert!(before.iter().any(|f| f["geometry"].is_null()), "what has no postcode is kept");
}

#[test]
fn a_stopped_import_leaves_the_store_as_it_was() {
    let program = Program::new();
    program.import_borough();
    let before = black_box::Server::start(&program).json("/ogc/collections/assets");
    // Enough rows that it is still reading when it is told to stop.
    let mut rows = String::from("id,name,description,category,kind,longitude,latitude,tags\n");
    for i in 0..400_000 {
        rows.push_str(&format!("{i},Place {i},,hall,building,-1.5,52.{:04},\n", i % 10_000));
    }
    let file = program.folder().join("many.csv");
    std::fs::write(&file, rows).expect("a temporary file");
    let mut import =
        program.command(&["import", file.to_str().expect("a plain path")]).spawn().expect("it starts");
    std::thread::sleep(std::time::Duration::from_millis(1_500));
    std::process::Command::new("kill").args(["-INT", &import.id().to_string()]).status().expect("kill runs");
    let status = import.wait().expect("it ends");
    assert_eq!(status.code(), Some(130), "{status:?}");
    let after = black_box::Server::start(&program).json("/ogc/collections/assets");
    assert_eq!(before["itemCount"], after["itemCount"]);
}

#[test]
fn what_is_hidden_is_in_no_output() {
    let program = Program::new();
    let reports = program.import_borough();
    let hidden: u64 = reports
        .iter()
        .flat_map(|r| r["hidden"].as_object().into_iter().flatten())
        .filter_map(|(_, n)| n.as_u64())
        .sum();
    assert!(hidden >= 3, "{hidden} rows are hidden");
    let names = ["Lantern House", "Dunnock House"];
    let bytes = std::fs::read(program.store()).expect("the store's file");
    for name in names {
        assert!(!bytes.windows(name.len()).any(|w| w == name.as_bytes()), "{name} is in the file");
    }
    let server = black_box::Server::start(&program);
    let ward =
        server.json("/ogc/collections/wards/items?limit=1")["features"][0]["properties"]["code"].clone();
    let ward = ward.as_str().expect("a code");
    let paths = [
        "/ogc/collections/assets/items?limit=10000".to_owned(),
        "/ogc/collections/assets/items?limit=10000&f=csv".to_owned(),
        format!("/ogc/collections/assets/items?locality={ward}&within_m=20000&limit=10000"),
        "/api/search?q=lantern%20house".to_owned(),
        "/api/search?q=dunnock".to_owned(),
        format!("/?area={ward}&within=20000&show=land,green,across,registered,closed"),
        "/?q=lantern".to_owned(),
    ];
    for path in paths {
        let answer = server.get(&path);
        assert_eq!(answer.status, 200, "{path}");
        for name in names {
            let text = answer.text();
            let found =
                text.find(name).map(|at| text[at.saturating_sub(80)..].chars().take(200).collect::<String>());
            assert_eq!(found, None, "{name} is in {path}");
        }
    }
    let output = program.run(&["runs", "--json"]);
    for name in names {
        assert!(!String::from_utf8_lossy(&output.stdout).contains(name));
    }
}

/// The rows that were not loaded, written out, mended in one cell and imported again with the same profile.
#[test]
fn rejected_rows_are_mended_and_imported() {
    let program = Program::new();
    let halls = program.folder().join("village_halls.csv");
    std::fs::write(&halls, "name,postcode,phone\nOak Hall,QX1 1AA,\n,QX1 1AB,+44 161 496 0000\n")
        .expect("a file");
    let rejects = program.folder().join("village_halls_rejects.csv");
    let (reports, status) = program.import(&["--rejects", rejects.to_str().expect("a plain path")], &[halls]);
    assert_eq!((counts(&reports[0])[1], status), (1, 1));
    let text = std::fs::read_to_string(&rejects).expect("the rejects");
    let line = text.lines().nth(1).expect("a row");
    assert!(line.ends_with(",,QX1 1AB,+44 161 496 0000"), "{text}");
    let mended = text.replace(",,QX1 1AB", ",Elm Hall,QX1 1AB");
    std::fs::write(&rejects, mended).expect("a file");
    let (reports, status) = program.import(&[], &[rejects]);
    assert_eq!((counts(&reports[0])[1], status), (1, 0), "{}", reports[0]);
}

/// What `check` advises is what works: the commands are run as they are printed.
#[test]
fn the_next_command_works_as_it_is_printed() {
    let program = Program::new();
    let list = program.folder().join("our rooms.csv");
    std::fs::write(&list, "Ref,Venue,Pcode\nR1,Oak Hall,QX1 1AA\nR2,Elm Hall,QX1 1AB\n").expect("a file");
    let next = |output: &std::process::Output| {
        let text = String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).into_owned();
        let line = text.lines().rfind(|line| line.contains("assetmap ")).unwrap_or_else(|| panic!("{text}"));
        line.trim().trim_start_matches("next: ").to_owned()
    };
    let run = |command: &str| {
        let binary = program.command(&[]).get_program().to_str().expect("a plain path").to_owned();
        let command = command.replacen("assetmap", &binary, 1);
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", &command]).current_dir(program.folder()).output().expect("sh runs")
    };
    let first = program.run(&["check", list.to_str().expect("a plain path")]);
    let second = run(&next(&first));
    let third = run(&next(&second));
    let said = String::from_utf8_lossy(&third.stdout).into_owned();
    assert!(said.contains("2 rows = 2 created"), "{said} {third:?}");
    let check = run(&next(&second).replace(" import ", " check "));
    assert!(
        next(&check).contains(" import ") && next(&check).ends_with("--profile ours.toml"),
        "{}",
        next(&check)
    );
}
