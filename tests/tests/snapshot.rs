//! A second start is from the snapshot, and nobody can tell by the answers.

use black_box::{Program, Server, repository};
use std::process::Command;
use std::time::Duration;

const PATHS: &[&str] = &[
    "/ogc/collections/assets/items?limit=1000",
    "/ogc/collections/wards/items?limit=100",
    "/ogc/collections/assets/items?bbox=-1.7,52.1,-1.4,52.3&limit=20",
    "/api/search?q=hall",
    "/api/search?q=comunity+easton",
    "/",
];

fn stop(mut server: Server) {
    let ended = Command::new("kill").arg(server.pid().to_string()).status().expect("kill runs");
    assert!(ended.success() && server.ends_within(Duration::from_secs(30)));
}

fn started_from(server: &Server) -> String {
    let metrics = server.get("/metrics").text();
    let line = metrics.lines().find(|line| line.starts_with("assetmap_started_from{")).expect("it is said");
    line.split('"').nth(1).expect("a word").to_owned()
}

/// What a server says but for its own address and the time.
fn answers(server: &Server) -> Vec<String> {
    PATHS
        .iter()
        .map(|path| {
            let answer = server.get(path);
            assert_eq!(answer.status, 200, "{path}");
            without_time(answer.text().replace(&server.url, ""))
        })
        .collect()
}

fn without_time(mut text: String) -> String {
    const STAMP: &str = "\"timeStamp\":\"";
    if let Some(at) = text.find(STAMP).map(|at| at + STAMP.len()) {
        let length = text[at..].find('"').expect("it ends");
        text.replace_range(at..at + length, "");
    }
    text
}

#[test]
fn a_second_start_is_from_the_snapshot_and_answers_the_same() {
    let program = Program::new();
    let files = ["wards_2025.geojson", "postcodes.csv", "halls.csv", "community_groups.csv"];
    program.import(&[], &files.map(|file| repository().join("data").join(file)));

    let server = Server::start(&program);
    assert_eq!(started_from(&server), "store");
    let first = answers(&server);
    stop(server);

    let server = Server::start(&program);
    assert_eq!(started_from(&server), "snapshot");
    assert_eq!(answers(&server), first);
    stop(server);

    let server = Server::start_with(&program, &["--snapshot", "off"]);
    assert_eq!(started_from(&server), "store");
    assert_eq!(answers(&server), first);
}
