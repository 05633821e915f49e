//! The database is restarted under load: reading goes on, saving says when to come again, and all heals by itself.
//!
//! `RESTARTS=20 EARLY=20` is the full form.

use black_box::{PostGis, Program, Server};
use serde_json::{Value, json};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

const TOKEN: &str = "ann=0123456789abcdefgh";
const SECRET: (&str, &str) = ("authorization", "Bearer 0123456789abcdefgh");
/// From so long after the database accepts connections again, every save succeeds.
const HEALED: Duration = Duration::from_secs(5);
/// How long it is looked at after that.
const LOOKED_AT: Duration = Duration::from_millis(1_500);

fn number(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

/// What happened under load.
#[derive(Default)]
struct Log {
    /// When a save began that was refused with 503 and Retry-After.
    refused: Mutex<Vec<Instant>>,
    /// When a save was acknowledged.
    saved: Mutex<Vec<Instant>>,
    reads: AtomicUsize,
    over: AtomicBool,
}

impl Log {
    fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed)
    }
}

/// Makes an entry on this server; gives its id and revision.
fn create(server: &Server, name: &str) -> (String, u64) {
    let body = json!({"fields": {"kind": "group", "name": name, "summary": "0"}});
    let made = server.send("POST", "/api/assets", &[SECRET], body.to_string().as_bytes());
    assert_eq!(made.status, 201, "{}", made.text());
    let made = made.json();
    (made["id"].as_str().expect("an id").to_owned(), made["revision"].as_u64().expect("a revision"))
}

/// Saves one number after another; each until it is acknowledged, under the same name. Gives the last.
fn save(server: &Server, id: &str, mut revision: u64, log: &Log) -> u64 {
    let mut number = 1;
    while !log.is_over() {
        let body = json!({"fields": {"summary": number.to_string()}});
        let (seen, key) = (revision.to_string(), format!("{id}-{number}"));
        let headers = [SECRET, ("if-match", seen.as_str()), ("idempotency-key", &key)];
        let begin = Instant::now();
        let answer =
            server.send("PATCH", &format!("/api/assets/{id}"), &headers, body.to_string().as_bytes());
        match answer.status {
            200 => {
                revision = answer.json()["revision"].as_u64().expect("a revision");
                number += 1;
                log.saved.lock().expect("whole").push(Instant::now());
            }
            503 => {
                let after = answer.header("retry-after").and_then(|seconds| seconds.parse::<u32>().ok());
                assert!(after.is_some_and(|seconds| seconds > 0), "{answer:?}");
                assert!(answer.text().contains("does not answer at the moment"), "{}", answer.text());
                log.refused.lock().expect("whole").push(begin);
                sleep(Duration::from_millis(80));
            }
            other => panic!("save {number} was answered with {other}: {}", answer.text()),
        }
        sleep(Duration::from_millis(20));
    }
    number - 1
}

fn read(server: &Server, id: &str, log: &Log) {
    let paths = [
        "/ogc/collections/assets/items?f=json".to_owned(),
        format!("/asset/{id}"),
        "/api/search?q=club".to_owned(),
        "/readyz".to_owned(),
    ];
    for path in paths.iter().cycle().take_while(|_| !log.is_over()) {
        let answer = server.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        log.reads.fetch_add(1, Ordering::Relaxed);
        sleep(Duration::from_millis(10));
    }
}

/// Restarts the database again and again; gives how long it took at worst from when it accepted connections until a
/// save was acknowledged.
fn restart(postgis: &PostGis, log: &Log) -> Duration {
    let mut slowest = Duration::ZERO;
    for round in 0..number("RESTARTS", 2) {
        sleep(Duration::from_millis(500 + round * 37 % 500));
        postgis.down("immediate");
        // Away for a moment, or for some seconds.
        sleep(Duration::from_millis(round % 4 * 700));
        postgis.up();
        let up = Instant::now();
        sleep(HEALED + LOOKED_AT);
        let late = log.refused.lock().expect("whole").iter().filter(|at| **at > up + HEALED).count();
        assert_eq!(late, 0, "saves were refused 5 seconds after the database was back");
        let first = log.saved.lock().expect("whole").iter().find(|at| **at > up).copied();
        slowest = slowest.max(first.expect("something was saved since") - up);
    }
    slowest
}

#[test]
fn a_database_is_restarted_under_load() {
    let postgis = PostGis::start();
    let program = Program::on(&postgis.url("tester", "postgres"));
    let mut servers = [(); 2].map(|()| Server::start_with(&program, &["--create", "--token", TOKEN]));
    let entries = [create(&servers[0], "Ash Club"), create(&servers[1], "Elm Club")];
    let log = Log::default();
    let (saved, slowest) = std::thread::scope(|threads| {
        let saving = [0, 1].map(|n| {
            let (server, (id, revision), log) = (&servers[n], &entries[n], &log);
            threads.spawn(move || read(server, id, log));
            threads.spawn(move || save(server, id, *revision, log))
        });
        let restarted = threads.spawn(|| restart(&postgis, &log)).join();
        log.over.store(true, Ordering::Relaxed);
        let saved = saving.map(|thread| thread.join().expect("it was only ever refused with 503"));
        (saved, restarted.expect("it heals"))
    });
    for (server, other) in [(0, 1), (1, 0)] {
        let (id, saved) = (&entries[server].0, saved[server]);
        let now = servers[server].send("GET", &format!("/api/assets/{id}"), &[SECRET], b"").json();
        assert_eq!(now["fields"]["summary"], saved.to_string(), "what was acknowledged last is there");
        let history = format!("/api/assets/{id}/history?limit=100");
        let history = servers[server].send("GET", &history, &[SECRET], b"").json();
        let told = history["history"].as_array().expect("a list").iter().filter(|h| h["what"] == "changed");
        let told: Vec<Value> = told.map(|h| h["fields"]["summary"][1].clone()).collect();
        let expected: Vec<String> = (1..=saved).rev().take(told.len()).map(|n| n.to_string()).collect();
        assert_eq!(told, expected, "each save once");
        let newest = now["revision"].to_string();
        let item = format!("/ogc/collections/assets/items/{id}?f=json");
        let seen = servers[other].get_with(&item, &[("assetmap-at-least", newest.as_str())]);
        assert_eq!(seen.json()["properties"]["summary"], saved.to_string(), "the other server follows");
    }
    for server in &mut servers {
        assert!(!server.ends_within(Duration::ZERO), "no server was restarted");
    }
    let refused = log.refused.lock().expect("whole").len();
    assert!(refused > 0, "no save met the database while it was away");
    println!(
        "{} of {} saves were refused, all with 503 and Retry-After; {} reads, all answered; saving again {slowest:.1?} after \
         the database at worst",
        refused,
        refused as u64 + saved.iter().sum::<u64>(),
        log.reads.load(Ordering::Relaxed)
    );
}

#[test]
fn a_server_that_is_started_before_its_database_becomes_ready_by_itself() {
    let postgis = PostGis::start();
    let program = Program::on(&postgis.url("tester", "postgres"));
    drop(Server::start(&program));
    postgis.down("fast");
    let failed = program.run(&["runs"]);
    assert_eq!(failed.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&failed.stderr).contains("does not answer"), "{failed:?}");
    let early = number("EARLY", 2);
    let (up, ready) = std::thread::scope(|threads| {
        let starting = threads.spawn(|| (Server::start(&program), Instant::now()));
        sleep(Duration::from_secs(early));
        postgis.up();
        let up = Instant::now();
        let (server, ready) = starting.join().expect("it starts when the database does");
        assert_eq!(server.get("/readyz").status, 200);
        (up, ready)
    });
    let took = ready.saturating_duration_since(up);
    assert!(took < HEALED, "{took:?}");
    println!("0 of 1 starts failed: started {early} s before the database, ready {took:.1?} after it");
}
